import { bulkRuns } from '../../platform/bulk/index.ts';
import { sql, type Sql, type Tx } from '../../platform/db/index.ts';
import type { CustodySnapshot } from '../../distribute/index.ts';
import type { LeadAction, LeadNow, Mark } from './lead-change.rules.ts';

/** The action as it was asked, with whose leads alone it may touch. */
export type KeptAction = LeadAction & { within: string[] | null };
/** What is put back: the custody, or the answer; of a verdict the disposition keeps what was before it. */
export type LeadBefore = { custody: CustodySnapshot | null } | { value: string | null } | { verdict: true };

export const leadRuns = bulkRuns<KeptAction, 'lead', LeadBefore, Mark>('followup');

/** These leads as they stand, in the order of their ids. */
export function loadLeadsNow(tx: Tx, ids: readonly string[]): Promise<LeadNow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`
    select l.id, coalesce(nullif(p.full_name, ''), p.email, 'Without a name') as label, l.fate, l.closed_at is not null as closed,
      a.id as assignment_id, a.holder_id, h.name as holder_name, h.kind as holder_kind, to_jsonb(a.accepted_at) #>> '{}' as accepted_at, to_jsonb(a.first_followup_at) #>> '{}' as first_followup_at,
      to_jsonb(a.follow_by) #>> '{}' as follow_by, to_jsonb(a.remind_at) #>> '{}' as remind_at, to_jsonb(a.reminded_at) #>> '{}' as reminded_at, to_jsonb(a.clock_at) #>> '{}' as clock_at,
      exists (select from qualify.lead o where o.workspace_id = ${workspaceId} and o.id <> l.id and o.closed_at is null and o.person_id in (
          select l.person_id union all select p.survivor_id union all select m.id from identity.person m where m.workspace_id = ${workspaceId} and m.survivor_id = coalesce(p.survivor_id, l.person_id))) as another_is_open,
      w.holder_id as last_holder_id, d.id as disposition_id, d.verdict,
      coalesce(l.answers, '{}') || jsonb_build_object('budget', l.budget, 'authority', l.authority, 'need', l.need, 'timing', l.timing) as answers
    from qualify.lead l
    left join identity.person p on p.workspace_id = ${workspaceId} and p.id = l.person_id
    left join distribute.assignment a on a.workspace_id = ${workspaceId} and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder h on h.workspace_id = ${workspaceId} and h.id = a.holder_id
    left join followup.disposition d on d.workspace_id = ${workspaceId} and d.lead_id = l.id and d.current
    left join lateral (select x.holder_id from distribute.assignment x join distribute.holder y on y.workspace_id = ${workspaceId} and y.id = x.holder_id and y.kind in ('rep', 'partner')
      where x.workspace_id = ${workspaceId} and x.lead_id = l.id and x.declined_at is null order by x.sequence desc, x.started_at desc limit 1) w on true
    where l.workspace_id = ${workspaceId} and l.id = any(${ids}::uuid[]) order by l.id`);
}

export async function noteRefused(tx: Tx, runId: string, refused: readonly { id: string; why: string }[]): Promise<void> {
  if (refused.length === 0) return;
  await tx.run(sql`update followup.bulk_change c set why = v.why from unnest(${refused.map((one) => one.id)}::uuid[], ${refused.map((one) => one.why)}::text[]) v (id, why)
    where c.workspace_id = ${tx.scope.workspaceId} and c.run_id = ${runId} and c.subject_id = v.id`);
}

/** Why leads of a run could not be changed, the most frequent first. */
export const countRefused = (tx: Tx, runId: string): Promise<{ why: string; count: number }[]> =>
  tx.rows(sql`select why, count(*)::int as count from followup.bulk_change where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId} and why is not null
    group by why order by count desc, why`);

export async function countAndFirst(tx: Tx, select: Sql, most: number): Promise<{ count: number; ids: string[] }> {
  const { count } = await tx.one<{ count: number }>(sql`select count(*)::int as count from (${select}) s`);
  const rows = await tx.rows<{ id: string }>(sql`select id from (${select}) s limit ${most}`);
  return { count, ids: rows.map(({ id }) => id) };
}

/** The holder leads are given to; without an id the desk. */
export const findTarget = (tx: Tx, holderId: string | null): Promise<{ id: string; name: string; active: boolean } | undefined> =>
  tx.maybe(sql`select id, name, active from distribute.holder where workspace_id = ${tx.scope.workspaceId}
    and ${holderId === null ? sql`kind = 'desk'` : sql`id = ${holderId}`}`);
