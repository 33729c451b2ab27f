import type { FindWork } from '../distribute/index.ts';
import { sql } from '../platform/db/index.ts';

// What was done on a hand-off `a`, as its clocks and the figures about them have it: one home, so that they cannot differ.

/** The verdict after which nobody goes on trying. */
export const givenUp = 'Cannot be reached';

/** The first verdict that says something, given while the hand-off lasted and not taken back: at, verdict, reason. */
export const verdictWithin = sql`select d.at, d.verdict, d.reason from followup.disposition d
  where d.workspace_id = a.workspace_id and d.lead_id = a.lead_id and d.verdict <> 'dont_know' and d.undone_at is null and d.at >= a.started_at
    and (a.ended_at is null or d.at <= a.ended_at) and (a.judge_by is not null or a.tries_by is not null)
  order by d.at limit 1`;

/** Contacts until the attempts were due, the verdict `v` or the end: tries. */
export const triesWithin = sql`select count(*)::int as tries from followup.activity f
  where f.workspace_id = a.workspace_id and f.lead_id = a.lead_id and f.kind <> 'note' and f.at >= a.started_at and f.at <= least(a.tries_by, v.at, a.ended_at)
    and a.tries_by is not null`;

/** Whether attempts or a verdict are late and still owed: until there is a verdict or, for attempts alone, another contact. */
export const stillOwes = sql`a.ended_at is null and a.owes_since is not null and not exists (${verdictWithin}) and (
  exists (select from distribute.breach b where b.workspace_id = a.workspace_id and b.assignment_id = a.id and b.clock = 'verdict')
  or not exists (select from followup.activity f where f.workspace_id = a.workspace_id and f.lead_id = a.lead_id and f.kind <> 'note' and f.at > a.tries_by))`;

export const findWork: FindWork = async (tx, assignmentIds) => {
  const rows = await tx.rows<{ id: string; verdictAt: Date | null; gaveUp: boolean; tries: number }>(sql`
    select a.id, v.at as verdict_at, coalesce(v.verdict = 'bad' and v.reason = ${givenUp}, false) as gave_up, t.tries
    from distribute.assignment a left join lateral (${verdictWithin}) v on true left join lateral (${triesWithin}) t on true
    where a.workspace_id = ${tx.scope.workspaceId} and a.id = any(${assignmentIds}::uuid[])`);
  return new Map(rows.map(({ id, ...work }) => [id, work]));
};
