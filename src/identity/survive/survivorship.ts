import { readSetting, writeSetting, type Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { perTx, type Tx } from '../../platform/db/index.ts';
import { enqueueJob, type RunningJob } from '../../platform/jobs/index.ts';
import { lockIdentity } from '../candidates.store.ts';
import type { Kind } from '../merge.store.ts';
import type { Survivorship } from './groups.rules.ts';
import { standardSurvivorship, survivorshipSetting } from './survive.rules.ts';
import { findJoined } from './origins.queries.ts';
import { noUuid } from '../../platform/values/uuid.rules.ts';

export const surviveJob = 'identity.survive';
const slice = 500;
const inTx = perTx((): { rules?: Survivorship } => ({}));

/** Which of several values counts, by group of fields; organizations keep what was known first. */
export async function loadRules(tx: Tx, kind: Kind): Promise<Partial<Survivorship>> {
  return kind === 'person' ? loadSurvivorship(tx) : {};
}

export async function loadSurvivorship(tx: Tx): Promise<Survivorship> {
  const kept = inTx(tx);
  return (kept.rules ??= { ...standardSurvivorship, ...(await readSetting<Partial<Survivorship>>(tx, survivorshipSetting, {})) });
}

/** Other rules hold for what is said from now on, and for everybody joined before: those are gone through behind the answer. */
export async function changeSurvivorship(tx: Tx, cx: Context, rules: Partial<Survivorship>): Promise<Survivorship> {
  const next = { ...(await loadSurvivorship(tx)), ...rules };
  await writeSetting(tx, cx, survivorshipSetting, next);
  inTx(tx).rules = next;
  await enqueueJob(tx, cx, surviveJob, {});
  return next;
}

/** Everybody joined of several is shown anew, some hundreds at a time. `refresh` is what a merge does. */
export const showJoinedAnew = (refresh: (tx: Tx, survivorIds: readonly string[]) => Promise<void>) => async (cx: Context, scope: Scope, job: RunningJob): Promise<void> => {
  let done = 0;
  for (let after = noUuid; !(await job.cancelled()); ) {
    const ids = await cx.db.write(scope, async (tx) => {
      await lockIdentity(tx);
      const found = await findJoined(tx, after, slice);
      if (found.length > 0) await refresh(tx, found);
      return found;
    });
    done += ids.length;
    await job.progress(done, null, 'people joined of several');
    if (ids.length < slice) return;
    after = ids.at(-1)!;
  }
};
