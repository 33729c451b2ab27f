import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueJob, findOpenJob } from '../../platform/jobs/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { findWorkspace } from '../workspace.queries.ts';
import { countListsJob } from './count-lists.ts';
import { tellLists } from './list-figures.rules.ts';
import * as where from './list-where.rules.ts';
import type { ListQuality } from './lists.contract.ts';
import { findCounting, findUsualSale, listLists } from './lists.queries.ts';

async function readLists(tx: Tx, cx: Context): Promise<{ items: ListQuality[]; currency: string; countedAt: Date | null }> {
  const { currency } = await findWorkspace(tx);
  const items = tellLists(await listLists(tx), await findUsualSale(tx, currency), cx.clock.now());
  return { items, currency, countedAt: (await findCounting(tx)).countedAt };
}

export async function makeLists(tx: Tx, cx: Context) {
  return {
    ...(await readLists(tx, cx)),
    counting: (await findOpenJob(tx, countListsJob)) !== undefined,
    where: { reachable: where.whereReachable, junk: where.whereJunk, good: where.whereGood, outOfReach: where.whereOutOfReach, useless: where.whereUseless },
  };
}

/** One list, judged among all of them. */
export async function getList(tx: Tx, cx: Context, id: string) {
  const { items, countedAt } = await readLists(tx, cx);
  const found = items.find((one) => one.id === id);
  return found ? { ...found, countedAt } : refuse('not-found', 'report/no-such-list', 'There is no such list here: it was taken back, brings no people, or is one of inquiries of which nobody said whose list it is or what it cost.');
}

export async function askToCount(tx: Tx, cx: Context): Promise<{ jobId: string }> {
  return { jobId: (await findOpenJob(tx, countListsJob))?.id ?? (await enqueueJob(tx, cx, countListsJob, {})) };
}
