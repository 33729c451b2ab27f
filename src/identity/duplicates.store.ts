/** Pairs that may be one, of people or of organizations: each kind has a table of its own, of the same shape. */
import { raw, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { OrganizationEvidence } from './judge-organizations.rules.ts';
import type { Kind } from './merge.store.ts';

const tables = { person: { name: 'identity.possible_duplicate', one: 'person_id' }, organization: { name: 'identity.organization_duplicate', one: 'organization_id' } } as const;
/** the table of a kind, and its column of the first of the two */
export const pairTable = (kind: Kind): { table: Sql; one: Sql } => ({ table: raw(tables[kind].name), one: raw(tables[kind].one) });

export type PairStatus = 'open' | 'joined' | 'different';

export function findDuplicate(tx: Tx, kind: Kind, id: string): Promise<{ id: string; oneId: string; otherId: string; status: PairStatus } | undefined> {
  const { table, one } = pairTable(kind);
  return tx.maybe(sql`select id, ${one} as one_id, other_id, status from ${table} where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);
}

export async function setDuplicateStatus(tx: Tx, kind: Kind, id: string, status: PairStatus, at: Date | null): Promise<void> {
  await tx.run(sql`update ${pairTable(kind).table} set status = ${status}, decided_at = ${at}, decided_by = ${tx.scope.userId ?? null}
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

/** Pairs among these that somebody spoke about: asked about before, kept apart, or parted after a join. By their survivors' ids in order. */
export function loadSpokenOf(tx: Tx, kind: Kind, ids: readonly string[]): Promise<{ oneId: string; otherId: string; apart: boolean }[]> {
  const { workspaceId } = tx.scope;
  const { table, one } = pairTable(kind);
  return tx.rows(sql`
    select least(coalesce(a.survivor_id, a.id), coalesce(b.survivor_id, b.id)) as one_id, greatest(coalesce(a.survivor_id, a.id), coalesce(b.survivor_id, b.id)) as other_id,
      bool_or(spoken.apart) as apart
    from (
      select ${one} as one_id, other_id, status = 'different' as apart from ${table}
        where workspace_id = ${workspaceId} and (${one} = any(${ids}::uuid[]) or other_id = any(${ids}::uuid[]))
      union all
      select survivor_id, merged_id, true from identity.merge
        where workspace_id = ${workspaceId} and kind = ${kind} and undone_at is not null
          and (survivor_id = any(${ids}::uuid[]) or merged_id = any(${ids}::uuid[]))) spoken
    join identity.${raw(kind)} a on a.workspace_id = ${workspaceId} and a.id = spoken.one_id
    join identity.${raw(kind)} b on b.workspace_id = ${workspaceId} and b.id = spoken.other_id
    group by 1, 2`);
}

/** Since when each is known, the longest first: who survives a join where nobody says otherwise. */
export function loadFirstSeen(tx: Tx, kind: Kind, ids: readonly string[]): Promise<{ id: string; firstSeenAt: Date }[]> {
  return tx.rows(sql`select id, first_seen_at from identity.${raw(kind)} where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[]) order by first_seen_at, id`);
}

export interface OrganizationDoubt {
  id: string;
  oneId: string;
  otherId: string;
  weight: number;
  evidence: readonly OrganizationEvidence[];
}

/** Pairs somebody was asked about already are left as they are. Doubts about people come with their sightings (sighting.store.ts). */
export async function insertOrganizationDoubts(tx: Tx, doubts: readonly OrganizationDoubt[], at: Date): Promise<void> {
  if (doubts.length === 0) return;
  await tx.run(sql`insert into identity.organization_duplicate (workspace_id, id, organization_id, other_id, weight, evidence, found_at)
    select ${tx.scope.workspaceId}, v.id, least(v."oneId", v."otherId"), greatest(v."oneId", v."otherId"), v.weight, v.evidence, ${at}
    from jsonb_to_recordset(${JSON.stringify(doubts)}::jsonb) as v (id uuid, "oneId" uuid, "otherId" uuid, weight real, evidence jsonb)
    on conflict (workspace_id, organization_id, other_id) do nothing`);
}
