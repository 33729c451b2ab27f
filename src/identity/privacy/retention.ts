import { readSetting, writeSetting } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueJob, findOpenJob, type RunningJob } from '../../platform/jobs/index.ts';
import type { Found, Outdated } from '../../platform/personal-data.ts';
import { refuse } from '../../platform/refusal.ts';
import { loadClock } from '../base-check.store.ts';
import { askErasure, erase } from './erase-person.ts';
import { personalData } from './personal-data.ts';
import { findErasureOf, listRuns } from './privacy.queries.ts';
import { defaultRule, monthsBefore, mostMax, peopleRule, retentionSetting, trialHolds, type RetentionRule, type RetentionRules } from './retention.rules.ts';
import { addCleared, findLastWorked, findSilentPeople, findTrial, insertRun, listSilentPeople } from './retention.store.ts';

export const retainJob = 'identity.retain';
const sampleMax = 20;
const runsShown = 50;
/** Rows a transaction. */
const batchRows = 5_000;
/** at night, by the workspace's clock */
const hours = { from: 1, to: 5 };
const restMs = 20 * 3_600_000;

const outdated = (): Record<string, Outdated> => Object.assign({}, ...personalData().map((room) => room.outdated ?? {}));
const needs = (tx: Tx) => personalData().flatMap((room) => (room.needs ? [room.needs(tx.scope.workspaceId)] : []));

const people = {
  title: 'People nobody hears of',
  means: 'Not seen in any inquiry, list or correction, nothing said about being contacted, and never a lead, an opportunity or a customer: erased. Who said no in some way stays remembered as hashes.',
};

/** The rules as they stand, each with what it does, and what they did lately. */
export async function readRetention(tx: Tx) {
  const set = await readSetting<RetentionRules>(tx, retentionSetting, {});
  const kinds = [[peopleRule, people] as const, ...Object.entries(outdated())];
  return { rules: kinds.map(([rule, { title, means }]) => ({ rule, title, means, ...defaultRule(rule), ...set[rule] })), runs: await listRuns(tx, runsShown) };
}

const known = (rule: string): void => {
  if (rule !== peopleRule && !(rule in outdated())) refuse('not-found', 'identity/no-such-rule', 'There is no such rule.');
};

/** What a rule would find now; only the trial itself is noted. */
export async function tryRule(tx: Tx, cx: Context, rule: string, months: number): Promise<Found & { before: Date }> {
  known(rule);
  const now = cx.clock.now();
  const before = monthsBefore(now, months);
  const found = await find(tx, rule, before);
  await insertRun(tx, { id: cx.ids.next(), rule, months, trial: true, before, found: found.count, cleared: 0, beganAt: now, endedAt: now, beganBy: tx.scope.userId ?? 'baton' });
  return { ...found, before };
}

const find = (tx: Tx, rule: string, before: Date): Promise<Found> =>
  rule === peopleRule ? findSilentPeople(tx, before, needs(tx), sampleMax) : outdated()[rule]!.find(tx, before, sampleMax);

/** Changes a rule. It is switched on only by somebody who has seen within a day what it would do. */
export async function changeRule(tx: Tx, cx: Context, rule: string, change: RetentionRule): Promise<void> {
  known(rule);
  if (change.most > mostMax(rule)) refuse('invalid', 'identity/retention-most', `At most ${mostMax(rule).toLocaleString('en-US')} a night for this rule.`);
  if (change.enabled && !(await findTrial(tx, rule, change.months, new Date(cx.clock.now().getTime() - trialHolds))))
    refuse('conflict', 'identity/retention-untried', 'Try the rule first, with the same number of months: see what it would take before it does.');
  const set = await readSetting<RetentionRules>(tx, retentionSetting, {});
  await writeSetting(tx, cx, retentionSetting, { ...set, [rule]: change });
}

const enabled = async (tx: Tx): Promise<[string, RetentionRule][]> =>
  Object.entries(await readSetting<RetentionRules>(tx, retentionSetting, {})).filter(([rule, { enabled: on }]) => on && (rule === peopleRule || rule in outdated()));

/** Once a night, where any rule is on. */
export async function retainNightly(cx: Context, scope: Scope): Promise<number> {
  await cx.db.write(scope, async (tx) => {
    if ((await enabled(tx)).length === 0) return;
    const { timeZone } = await loadClock(tx);
    const now = cx.clock.now();
    const hour = Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(now));
    if (hour < hours.from || hour >= hours.to) return;
    const last = await findLastWorked(tx);
    if (last && now.getTime() - last.beganAt.getTime() < restMs) return;
    if (!(await findOpenJob(tx, retainJob))) await enqueueJob(tx, cx, retainJob, {});
  });
  return 0;
}

/** Works the rules that are on, each up to its most; what is left waits for the next night. */
export async function retain(cx: Context, scope: Scope, job: Pick<RunningJob, 'cancelled' | 'progress'>): Promise<void> {
  for (const [rule, set] of await cx.db.read(scope, enabled)) {
    const beganAt = cx.clock.now();
    const before = monthsBefore(beganAt, set.months);
    const id = cx.ids.next();
    await cx.db.write(scope, async (tx) => {
      const { count } = await find(tx, rule, before);
      await insertRun(tx, { id, rule, months: set.months, trial: false, before, found: count, cleared: 0, beganAt, endedAt: null, beganBy: 'baton' });
    });
    if (rule === peopleRule) await letGo(cx, scope, job, { runId: id, before, most: set.most });
    else await empty(cx, scope, job, { rule, runId: id, before, most: set.most });
    await cx.db.write(scope, (tx) => addCleared(tx, id, 0, cx.clock.now()));
    if (await job.cancelled()) return;
  }
}

interface Letting {
  runId: string;
  before: Date;
  most: number;
}

async function empty(cx: Context, scope: Scope, job: Pick<RunningJob, 'cancelled' | 'progress'>, { rule, runId, before, most }: Letting & { rule: string }): Promise<void> {
  for (let done = 0; done < most; ) {
    const size = Math.min(batchRows, most - done);
    const cleared = await cx.db.write(scope, async (tx) => {
      const n = await outdated()[rule]!.clear(tx, before, cx.clock.now(), size);
      await addCleared(tx, runId, n, null);
      return n;
    });
    done += cleared;
    await job.progress(done, most, rule);
    if (cleared < size || (await job.cancelled())) return;
  }
}

/** People one by one, each erased as if they had asked: somebody who comes back meanwhile is not among the next. */
async function letGo(cx: Context, scope: Scope, job: Pick<RunningJob, 'cancelled' | 'progress'>, { runId, before, most }: Letting): Promise<void> {
  const silent = await cx.db.read(scope, (tx) => listSilentPeople(tx, before, needs(tx), most));
  for (const [at, { id, refused }] of silent.entries()) {
    if (await job.cancelled()) return;
    const erasure = await cx.db.write(scope, async (tx) => {
      await askErasure(tx, cx, id, { why: 'retention', remembers: refused }, { job: false });
      return findErasureOf(tx, [id]);
    });
    await erase(cx, scope, { payload: { erasureId: erasure!.id } });
    await cx.db.write(scope, (tx) => addCleared(tx, runId, 1, null));
    if (at % 20 === 0) await job.progress(at + 1, silent.length, peopleRule);
  }
}
