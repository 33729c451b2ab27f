import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { workedCalendar } from '../../distribute/index.ts';
import type { WeeklyCalendar } from '../../distribute/index.ts';
import type { Playbook, StepState } from './playbook.rules.ts';

export interface PlaybookVersion {
  version: number;
  playbooks: Playbook[];
  madeAt: Date;
}
export async function findInForce(tx: Tx): Promise<PlaybookVersion | undefined> {
  return tx.maybe(sql`select version, playbooks, made_at from followup.playbook_version where workspace_id = ${tx.scope.workspaceId} order by version desc limit 1`);
}
export async function addVersion(tx: Tx, version: number, playbooks: readonly Playbook[], at: Date): Promise<void> {
  await tx.run(sql`insert into followup.playbook_version (workspace_id, version, playbooks, made_at, made_by)
    values (${tx.scope.workspaceId}, ${version}, ${JSON.stringify(playbooks)}, ${at}, ${tx.scope.userId ?? null})`);
}

export interface ToBegin {
  leadId: string;
  personId: string | null;
  organizationId: string | null;
  inquiryId: string;
  calendar: WeeklyCalendar | null;
  timeZone: string;
  hasAction: boolean;
}
/** Open leads of these that are in no playbook yet, with what their holder's working days are. */
export async function listToBegin(tx: Tx, leadIds: readonly string[]): Promise<ToBegin[]> {
  return tx.rows<ToBegin>(sql`select l.id as lead_id, l.person_id, l.organization_id, l.inquiry_id, ${workedCalendar} as calendar, h.time_zone,
      exists (select 1 from followup.next_action n where n.workspace_id = l.workspace_id and n.lead_id = l.id) as has_action
    from qualify.lead l
    join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id and h.kind in ('rep', 'partner')
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${leadIds}::uuid[]) and l.closed_at is null
      and not exists (select 1 from followup.playbook_run r where r.workspace_id = l.workspace_id and r.lead_id = l.id)`);
}

export async function addRuns(
  tx: Tx,
  runs: readonly { leadId: string; version: number; playbookId: string; startedAt: Date; states: readonly StepState[] }[],
): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.copy(
    'followup.playbook_run',
    ['workspace_id', 'lead_id', 'version', 'playbook_id', 'started_at'],
    runs.map((run) => [workspaceId, run.leadId, run.version, run.playbookId, run.startedAt]),
  );
  await tx.copy(
    'followup.playbook_step',
    ['workspace_id', 'lead_id', 'step_id', 'place', 'due_at'],
    runs.flatMap((run) => run.states.map((state, place) => [workspaceId, run.leadId, state.stepId, place, state.dueAt])),
  );
}

export interface Run {
  leadId: string;
  version: number;
  startedAt: Date;
  endedAt: Date | null;
  playbook: Playbook;
  states: StepState[];
  calendar: WeeklyCalendar | null;
  timeZone: string | null;
  /** what is to be done next, and whether a person said so */
  actionWhat: string | null;
  actionByPerson: boolean;
}
type StoredState = Record<keyof StepState, string | number | null>;

/** These leads' runs with their playbook, their steps in order and what is to be done next. */
export async function findRuns(tx: Tx, leadIds: readonly string[]): Promise<Run[]> {
  const rows = await tx.rows<Omit<Run, 'states'> & { states: StoredState[] }>(sql`
    select r.lead_id, r.version, r.started_at, r.ended_at, p.playbook, ${workedCalendar} as calendar, h.time_zone, n.what as action_what, coalesce(n.set_by is not null, false) as action_by_person, (
      select coalesce(jsonb_agg(jsonb_build_object('stepId', s.step_id, 'dueAt', s.due_at, 'attempts', s.attempts, 'reachedAt', s.reached_at, 'doneAt', s.done_at, 'skippedAt', s.skipped_at,
        'skipReason', s.skip_reason) order by s.place), '[]') from followup.playbook_step s where s.workspace_id = r.workspace_id and s.lead_id = r.lead_id) as states
    from followup.playbook_run r
    join followup.playbook_version v on v.workspace_id = r.workspace_id and v.version = r.version
    cross join lateral (select e.value as playbook from jsonb_array_elements(v.playbooks) e where e.value ->> 'id' = r.playbook_id::text) p
    left join distribute.assignment a on a.workspace_id = r.workspace_id and a.lead_id = r.lead_id and a.ended_at is null
    left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    left join followup.next_action n on n.workspace_id = r.workspace_id and n.lead_id = r.lead_id
    where r.workspace_id = ${tx.scope.workspaceId} and r.lead_id = any(${leadIds}::uuid[])`);
  const instant = (value: string | number | null): Date | null => (value === null ? null : new Date(value));
  return rows.map((row) => ({
    ...row,
    states: row.states.map((state) => ({
      stepId: String(state.stepId),
      dueAt: new Date(state.dueAt!),
      attempts: Number(state.attempts),
      reachedAt: instant(state.reachedAt),
      doneAt: instant(state.doneAt),
      skippedAt: instant(state.skippedAt),
      skipReason: state.skipReason === null ? null : String(state.skipReason),
    })),
  }));
}

export async function saveSteps(tx: Tx, steps: readonly ({ leadId: string } & StepState)[]): Promise<void> {
  if (steps.length === 0) return;
  await tx.run(sql`update followup.playbook_step s set due_at = c.due_at, attempts = c.attempts, reached_at = c.reached_at, done_at = c.done_at, skipped_at = c.skipped_at, skip_reason = c.skip_reason
    from unnest(${steps.map((s) => s.leadId)}::uuid[], ${steps.map((s) => s.stepId)}::uuid[], ${steps.map((s) => s.dueAt)}::timestamptz[], ${steps.map((s) => s.attempts)}::int[],
      ${steps.map((s) => s.reachedAt)}::timestamptz[], ${steps.map((s) => s.doneAt)}::timestamptz[], ${steps.map((s) => s.skippedAt)}::timestamptz[], ${steps.map((s) => s.skipReason)}::text[])
      as c (lead_id, step_id, due_at, attempts, reached_at, done_at, skipped_at, skip_reason)
    where s.workspace_id = ${tx.scope.workspaceId} and s.lead_id = c.lead_id and s.step_id = c.step_id`);
}

/** A verdict that lets go of the lead ends its run; taken back it goes on. */
export async function endRuns(tx: Tx, leadIds: readonly string[], at: Date | null): Promise<void> {
  if (leadIds.length === 0) return;
  await tx.run(sql`update followup.playbook_run set ended_at = ${at} where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[])`);
}

export async function findOutcomes(tx: Tx, activityIds: readonly string[]): Promise<Map<string, string | null>> {
  const rows = await tx.rows<{ id: string; outcome: string | null }>(
    sql`select id, outcome from followup.activity where workspace_id = ${tx.scope.workspaceId} and id = any(${activityIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, outcome }) => [id, outcome]));
}

export interface StepResult {
  stepId: string;
  leads: number;
  done: number;
  reached: number;
  skipped: number;
  /** of those done: judged hot, warm or sale afterwards; sold afterwards */
  goodAfter: number;
  soldAfter: number;
}
/** What came of every step there ever was, also of former versions: counted over leads. */
export async function listResults(tx: Tx): Promise<StepResult[]> {
  return tx.rows<StepResult>(sql`
    select s.step_id, count(*)::int as leads, count(s.done_at)::int as done, count(s.reached_at)::int as reached, count(s.skipped_at)::int as skipped,
      (count(*) filter (where s.done_at is not null and d.at >= s.done_at and d.verdict in ('hot', 'warm', 'sale')))::int as good_after,
      (count(*) filter (where s.done_at is not null and d.at >= s.done_at and d.verdict = 'sale'))::int as sold_after
    from followup.playbook_step s
    left join followup.disposition d on d.workspace_id = s.workspace_id and d.lead_id = s.lead_id and d.current
    where s.workspace_id = ${tx.scope.workspaceId} group by s.step_id`);
}
