import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { fitDecays, likelihoodOf } from './decay-fit.rules.ts';
import { findDecays, listWaits, saveDecays } from './decay.store.ts';

const everyHours = 20;

/** Learns once a night, or a first time: returns 1 if it did. A workspace without history keeps what is published; in a past that is being told nobody asks. */
export async function fitWhenDue(cx: Context, scope: Scope): Promise<number> {
  if (cx.replay) return 0;
  const known = await cx.db.read(scope, findDecays);
  if (known && cx.clock.now().getTime() - known.fittedAt.getTime() < everyHours * 3_600_000) return 0;
  return (await fitDecay(cx, scope)) ? 1 : 0;
}

/**
 * Fits what waiting costs to the history there is and keeps it for the queue; a fit replaces the last. Reads in one statement, writes in one.
 * Between two sources others get their turn: with much history one takes some thirty milliseconds.
 */
export async function fitDecay(cx: Context, scope: Scope): Promise<boolean> {
  const at = cx.clock.now();
  const waits = await cx.db.read(scope, (tx) => listWaits(tx, at));
  if (waits.length === 0) return false;
  const likelihoods = new Map<string | null, number[]>();
  for (const [sourceId, own] of Map.groupBy(waits, (one) => one.sourceId)) {
    likelihoods.set(sourceId, likelihoodOf(own));
    await new Promise(setImmediate);
  }
  await cx.db.write(scope, async (tx) => {
    await saveDecays(tx, fitDecays(waits, likelihoods), at);
    cx.live.publish(tx, 'setting');
  });
  return true;
}
