import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Job } from '../../platform/jobs/index.ts';
import { findWorkspace } from '../workspace.queries.ts';
import { beginCounting, countLists, endCounting, lockCounting, markListsStale } from './count-lists.store.ts';
import { findCounting } from './lists.queries.ts';

export const countListsJob = 'report.count-lists';

/** Counting takes at most this part of the time: a base of millions is counted every ten minutes or so, a small one every minute. */
const share = 1 / 100;
const atLeastMs = 86_400_000;

export async function countNow(cx: Context, scope: Scope): Promise<void> {
  const began = performance.now();
  await cx.db.write(scope, beginCounting);
  try {
    await cx.db.write(scope, async (tx) => {
      await lockCounting(tx);
      await countLists(tx, (await findWorkspace(tx)).currency);
      await endCounting(tx, cx.clock.now(), performance.now() - began);
    });
  } catch (error) {
    await cx.db.write(scope, markListsStale);
    throw error;
  }
}

/** Counts where something happened since, not too often; and once a day in any case. */
export async function countWhenStale(cx: Context, scope: Scope): Promise<number> {
  const { countedAt, tookMs, stale } = await cx.db.read(scope, findCounting);
  const since = countedAt === null ? Infinity : cx.clock.now().getTime() - countedAt.getTime();
  if ((stale && since >= tookMs / share) || (countedAt !== null && since >= atLeastMs)) await countNow(cx, scope);
  return 0;
}

export const countListsAsked: Job = async (cx, scope, job) => {
  await job.progress(0, null, 'counting every list');
  await countNow(cx, scope);
};
