import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Held } from '../worker.rules.ts';

export const findPartnerIds = async (tx: Tx): Promise<string[]> =>
  (await tx.rows<{ id: string }>(sql`select id from distribute.holder where workspace_id = ${tx.scope.workspaceId} and kind = 'partner'`)).map(({ id }) => id);

/** Webhooks that are told of what happens; also those that rest, which are told once they are on again. */
export const listTelling = (tx: Tx): Promise<{ id: string; holderId: string | null; events: string[] }[]> =>
  tx.rows(sql`select id, holder_id, events from followup.webhook where workspace_id = ${tx.scope.workspaceId} and ended_at is null`);

/** Leads of people, under whichever id they were known. */
export async function findLeadsOfPeople(tx: Tx, personIds: readonly string[]): Promise<{ personId: string; leadId: string }[]> {
  if (personIds.length === 0) return [];
  return tx.rows(sql`
    select p.id as person_id, l.id as lead_id from unnest(${personIds}::uuid[]) as p (id)
      join qualify.lead l on l.workspace_id = ${tx.scope.workspaceId} and l.person_id = p.id
    union
    select m.survivor_id as person_id, l.id as lead_id from identity.person m join qualify.lead l on l.workspace_id = m.workspace_id and l.person_id = m.id
      where m.workspace_id = ${tx.scope.workspaceId} and m.survivor_id = any(${personIds}::uuid[])
    order by lead_id`);
}

interface LeadSpells extends Held {
  leadId: string;
  closedAt: Date | null;
  spells: { id: string; holderId: string; kind: string; fromHolderId: string | null; sequence: number }[];
}

/** Who has, had and worked leads. */
export async function findSpells(tx: Tx, leadIds: readonly string[]): Promise<LeadSpells[]> {
  if (leadIds.length === 0) return [];
  return tx.rows(sql`
    select l.id as lead_id, l.closed_at, s.open_holder_id, s.open_kind, s.last_holder_id, coalesce(s.spells, '[]'::jsonb) as spells
    from qualify.lead l
    left join lateral (
      select max(a.holder_id::text) filter (where a.ended_at is null) as open_holder_id, max(h.kind) filter (where a.ended_at is null) as open_kind,
        (array_agg(a.holder_id::text order by a.sequence desc, a.started_at desc) filter (where h.kind in ('rep', 'partner') and a.declined_at is null))[1] as last_holder_id,
        jsonb_agg(jsonb_build_object('id', a.id, 'holderId', a.holder_id, 'kind', h.kind, 'fromHolderId', a.from_holder_id, 'sequence', a.sequence)) as spells
      from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
      where a.workspace_id = l.workspace_id and a.lead_id = l.id
    ) s on true
    where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${leadIds}::uuid[])`);
}
