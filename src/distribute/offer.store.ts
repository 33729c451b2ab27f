import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface NewOffer {
  assignmentId: string;
  leadId: string;
  holderId: string;
  ruleId: string;
  offeredAt: Date;
  until: Date;
}

/** Offers what the desk holds; who was offered it already keeps the offer as it was. */
export async function saveOffers(tx: Tx, offers: readonly NewOffer[]): Promise<void> {
  if (offers.length === 0) return;
  await tx.run(sql`insert into distribute.offer (workspace_id, assignment_id, holder_id, lead_id, rule_id, offered_at, until)
    select ${tx.scope.workspaceId}, o.* from unnest(${offers.map((o) => o.assignmentId)}::uuid[], ${offers.map((o) => o.holderId)}::uuid[], ${offers.map((o) => o.leadId)}::uuid[],
      ${offers.map((o) => o.ruleId)}::uuid[], ${offers.map((o) => o.offeredAt)}::timestamptz[], ${offers.map((o) => o.until)}::timestamptz[]) as o
    on conflict do nothing`);
}

export interface OfferSeen {
  leadId: string;
  assignmentId: string;
  holderId: string;
  ruleId: string;
  ruleVersion: number | null;
  grade: 'hot' | 'warm' | 'cold';
  score: number;
  country: string | null;
  state: string | null;
  vertical: string | null;
  product: string | null;
  offeredAt: Date;
  until: Date;
  offeredTo: number;
  rule: string | null;
}

/**
 * What stands open to these holders: offered, not past its time, and still with the desk. It says what kind of lead it is and nothing of
 * whose: who does not take it shall not have read it.
 */
export async function listOffers(tx: Tx, holderIds: readonly string[], now: Date, leadId?: string): Promise<OfferSeen[]> {
  return tx.rows<OfferSeen>(sql`
    select o.lead_id, o.assignment_id, o.holder_id, o.rule_id, a.rule_version, l.grade, l.score, l.country, l.state, l.vertical, l.product, o.offered_at, o.until,
      (select count(*)::int from distribute.offer x where x.workspace_id = o.workspace_id and x.assignment_id = o.assignment_id) as offered_to,
      (select e.value ->> 'name' from distribute.ruleset r, jsonb_array_elements(r.rules) e where r.workspace_id = o.workspace_id and r.version = a.rule_version
        and e.value ->> 'id' = o.rule_id::text) as rule
    from distribute.offer o
    join distribute.assignment a on a.workspace_id = o.workspace_id and a.id = o.assignment_id and a.ended_at is null
    join qualify.lead l on l.workspace_id = o.workspace_id and l.id = o.lead_id and l.closed_at is null
    where o.workspace_id = ${tx.scope.workspaceId} and o.holder_id = any(${holderIds}::uuid[]) and o.until > ${now}
      and (${leadId ?? null}::uuid is null or o.lead_id = ${leadId ?? null})
    order by array_position(array['hot', 'warm', 'cold'], l.grade), o.until, o.lead_id limit 200`);
}
