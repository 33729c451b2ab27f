import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { lockIdentity } from '../candidates.store.ts';
import { findSurvivors } from '../merge.store.ts';
import { appendValues, type Appended } from './append-values.ts';
import { addToRun, findProvider, findRun } from './append.store.ts';
import { costOf } from './decide-value.rules.ts';
import { findDoubt, setDoubt } from './doubt.store.ts';
import { offersOf } from './take-rows.ts';

/** Somebody says whom a row is about (one of the candidates), or that it is about nobody known (null). What it says is then appended in its run. */
export async function decideDoubt(tx: Tx, cx: Context, id: string, subjectId: string | null): Promise<{ id: string; status: 'used' | 'left'; values: Appended[] }> {
  await lockIdentity(tx);
  const doubt = await findDoubt(tx, id);
  if (!doubt) refuse('not-found', 'identity/no-such-doubt', 'There is no such row to decide.');
  if (doubt.status !== 'open') refuse('conflict', 'identity/doubt-decided', 'This row was decided already, or its run was undone.');
  if (subjectId === null) {
    await setDoubt(tx, id, 'left', cx.clock.now());
    return { id, status: 'left', values: [] };
  }
  const survivors = await findSurvivors(tx, doubt.kind, [subjectId, ...doubt.candidates.map((one) => one.id)]);
  const chosen = survivors.get(subjectId);
  if (!chosen || !doubt.candidates.some((one) => survivors.get(one.id) === chosen)) refuse('invalid', 'identity/no-candidate', 'Choose one of those the row may be about.');
  const run = (await findRun(tx, doubt.runId))!;
  const provider = (await findProvider(tx, { id: run.providerId! }))!;
  let { priceMinor } = doubt.offers;
  if (run.terms.pricePer === 'hit') {
    priceMinor = costOf(run.terms.priceThousandMinor, run.priced, 1);
    await addToRun(tx, run.id, { priced: 1, costMinor: priceMinor });
  }
  await setDoubt(tx, id, 'used', cx.clock.now());
  return { id, status: 'used', values: await appendValues(tx, cx, run, offersOf(chosen, doubt.rowNo, provider.id, priceMinor, doubt.offers.sayings)) };
}
