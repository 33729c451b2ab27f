import { behindLead } from '../../identity/index.ts';
import { empty, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Chosen } from './calling.contract.ts';

export interface ListSeen {
  id: string;
  name: string;
  scriptId: string;
  scriptName: string;
  fromHour: number;
  untilHour: number;
  perDayMost: number;
  attemptsMost: number;
  dealAnew: boolean;
  chosen: Chosen;
  chosenNames: Record<'segment' | 'program' | 'import' | 'holder', string | null>;
  madeAt: Date;
  closedAt: Date | null;
  leftOut: number;
  leads: number;
  called: number;
  reached: number;
  qualified: number;
  left: number;
  callBacks: number;
}
export const listLists = (tx: Tx, id?: string): Promise<ListSeen[]> =>
  tx.rows(sql`
    select c.id, c.name, c.script_id, s.name as script_name, c.from_hour, c.until_hour, c.per_day_most, c.attempts_most, c.deal_anew, c.chosen, c.made_at, c.closed_at, c.left_out,
      jsonb_build_object(
        'segment', (select g.name from identity.segment g where g.workspace_id = c.workspace_id and g.id = (c.chosen->>'segmentId')::uuid),
        'program', (select p.name from capture.program p where p.workspace_id = c.workspace_id and p.id = (c.chosen->>'programId')::uuid),
        'import', (select i.file_name from capture.import i where i.workspace_id = c.workspace_id and i.id = (c.chosen->>'importId')::uuid),
        'holder', (select h.name from distribute.holder h where h.workspace_id = c.workspace_id and h.id = (c.chosen->>'holderId')::uuid)) as chosen_names,
      n.leads, n.qualified, n.left, n.call_backs, k.called, k.reached
    from followup.call_list c join followup.call_script s on s.workspace_id = c.workspace_id and s.id = c.script_id
    cross join lateral (select count(*)::int as leads, count(*) filter (where t.outcome = 'qualified')::int as qualified, count(*) filter (where t.state = 'waiting')::int as "left",
        count(*) filter (where t.state = 'waiting' and t.call_back)::int as call_backs
      from followup.call_target t where t.workspace_id = c.workspace_id and t.list_id = c.id) n
    cross join lateral (select count(distinct k.lead_id)::int as called, count(distinct k.lead_id) filter (where k.reached)::int as reached
      from followup.call k where k.workspace_id = c.workspace_id and k.list_id = c.id) k
    where c.workspace_id = ${tx.scope.workspaceId} ${id ? sql`and c.id = ${id}` : empty} order by c.closed_at is not null, c.made_at desc, c.id`);

export const countOutcomes = (tx: Tx, listId: string): Promise<{ outcome: string; leads: number }[]> =>
  tx.rows(sql`select outcome, count(*)::int as leads from followup.call_target where workspace_id = ${tx.scope.workspaceId} and list_id = ${listId} and state = 'done' and outcome is not null
    group by 1 order by 2 desc, 1`);

export const countCallers = (tx: Tx, listId: string): Promise<{ name: string; calls: number; reached: number; qualified: number }[]> =>
  tx.rows(sql`select coalesce(u.name, 'Somebody') as name, count(*)::int as calls, count(*) filter (where k.reached)::int as reached, count(*) filter (where k.outcome = 'qualified')::int as qualified
    from followup.call k left join platform.app_user u on u.workspace_id = k.workspace_id and u.id = k.user_id
    where k.workspace_id = ${tx.scope.workspaceId} and k.list_id = ${listId} group by k.user_id, u.name order by 2 desc, 1`);

export interface CalledLead {
  leadId: string;
  personName: string | null;
  title: string | null;
  organizationName: string | null;
  phone: string | null;
  mobile: string | null;
  email: string | null;
  city: string | null;
  country: string | null;
  grade: 'hot' | 'warm' | 'cold';
  score: number;
  message: string | null;
  product: string | null;
  programName: string | null;
  sourceName: string | null;
  holderName: string | null;
  askedAt: Date;
  budget: string | null;
  authority: string | null;
  need: string | null;
  timing: string | null;
  answers: Record<string, string | null> | null;
}
/** Whoever is at hand: who they are, what they asked, what is known. */
export const findCalled = (tx: Tx, leadId: string): Promise<CalledLead | undefined> =>
  tx.maybe(sql`select l.id as lead_id, p.full_name as person_name, p.title, o.name as organization_name, coalesce(p.phone_e164, p.phone) as phone, p.mobile_e164 as mobile, p.email, p.city,
      coalesce(l.country, p.country) as country, l.grade, l.score, i.fields->>'message' as message, l.product, g.name as program_name, s.name as source_name, h.name as holder_name, i.occurred_at as asked_at,
      l.budget, l.authority, l.need, l.timing, l.answers
    from qualify.lead l
    ${behindLead(sql`l`)}
    join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id
    left join capture.program g on g.workspace_id = l.workspace_id and g.id = l.program_id
    left join capture.source s on s.workspace_id = l.workspace_id and s.id = l.source_id
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    left join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = ${leadId}`);

export const listCalls = (
  tx: Tx,
  leadId: string,
): Promise<{ at: Date; outcome: string; note: string | null; by: string | null; answers: { ask: string; answer: string }[] }[]> =>
  tx.rows(sql`select k.at, k.outcome, k.note, u.name as by, k.answers from followup.call k left join platform.app_user u on u.workspace_id = k.workspace_id and u.id = k.user_id
    where k.workspace_id = ${tx.scope.workspaceId} and k.lead_id = ${leadId} order by k.at desc, k.id desc limit 20`);

/** When somebody who waits on a list is due at the earliest. */
export const findNextDue = async (tx: Tx, listId: string, now: Date): Promise<Date | null> =>
  (
    await tx.one<{ at: Date | null }>(
      sql`select min(due_at) as at from followup.call_target where workspace_id = ${tx.scope.workspaceId} and list_id = ${listId} and state = 'waiting' and due_at > ${now}`,
    )
  ).at;
