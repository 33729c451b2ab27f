import { writeSetting } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { agreedAt, differsInAgreed, promisesOf } from './agreed-promise.rules.ts';
import { seeDeck } from './books.store.ts';
import type { ResponsePromise } from './response.rules.ts';

export type PromiseSeen = ResponsePromise & { agreedVersion: number | null };

/** The promise of what is given now, and the version of the agreement it stands in; null: it is the setting's. */
export async function readPromise(tx: Tx, now: Date): Promise<PromiseSeen> {
  const deck = await seeDeck(tx);
  return { ...promisesOf(deck)(now), agreedVersion: agreedAt(deck, now)?.version ?? null };
}

/** Changes the setting; refused (`conflict`) where both sides have signed something else. */
export async function changePromise(tx: Tx, cx: Context, promise: ResponsePromise): Promise<PromiseSeen> {
  const now = cx.clock.now();
  const { agreedVersion, ...holds } = await readPromise(tx, now);
  if (agreedVersion !== null && differsInAgreed(promise, holds))
    refuse('conflict', 'distribute/promise-agreed', `How fast sales answers stands in version ${agreedVersion} of the agreement, which both sides signed. Draft a new version there.`);
  await writeSetting(tx, cx, 'responsePromise', promise);
  return readPromise(tx, now);
}
