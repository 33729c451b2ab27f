/** The lists of possible duplicates, of people or of organizations. */
import { empty, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { pairTable, type PairStatus } from './duplicates.store.ts';
import type { OrganizationEvidence } from './judge-organizations.rules.ts';
import type { Kind } from './merge.store.ts';
import { soldRows, worthRows } from './quality/worth.ts';

export interface DuplicateRow {
  id: string;
  oneId: string;
  otherId: string;
  weight: number;
  evidence: OrganizationEvidence[];
  foundAt: Date;
  status: PairStatus;
  decidedAt: Date | null;
}

export type StakeKind = 'opportunity' | 'lead' | 'customer';
export interface Stake {
  kind: StakeKind;
  label: string;
  minor: number;
}
export interface OpenPair extends DuplicateRow {
  /** the open business of the two and what was sold to them */
  stakeMinor: number;
  /** how likely they are one */
  chance: number;
  /** what the list is ordered by: money times chance */
  valueMinor: number;
  stakes: Stake[];
}

/** Whose money it is, by any id that leads to them: select id, kind, label, minor. Of an organization, that of the people there. */
const moneyOf = (workspaceId: string, kind: Kind): Sql => {
  const ofPeople = sql`select person_id, kind, label, worth_minor as minor from (${worthRows(workspaceId)}) o where worth_minor > 0
        union all select person_id, 'customer', '', sold_minor from (${soldRows(workspaceId)}) s where sold_minor > 0`;
  if (kind === 'person')
    return sql`select case when m.survivor_id is null then m.id else m.survivor_id end as id, w.kind, w.label, w.minor
      from (${ofPeople}) w join identity.person m on m.workspace_id = ${workspaceId} and m.id = w.person_id`;
  return sql`select case when o.survivor_id is null then o.id else o.survivor_id end as id, w.kind, w.label, w.minor
      from (${ofPeople}) w join identity.person m on m.workspace_id = ${workspaceId} and m.id = w.person_id
      join identity.person p on p.workspace_id = ${workspaceId} and p.id = case when m.survivor_id is null then m.id else m.survivor_id end
      join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id`;
};

/** The two of a pair as they stand, where nobody was retired. */
const theTwo = (workspaceId: string, kind: Kind): Sql => {
  const { one } = pairTable(kind);
  const of = kind === 'person' ? sql`identity.person` : sql`identity.organization`;
  return sql`join ${of} a on a.workspace_id = ${workspaceId} and a.id = d.${one} and a.retired_at is null
      join ${of} b on b.workspace_id = ${workspaceId} and b.id = d.other_id and b.retired_at is null`;
};

/**
 * Pairs to decide, where most money hangs on it and they are likeliest one first: what their open business is worth and what was sold to them, times the chance. Weights are
 * binary logarithms of the odds, so the chance is 1 / (1 + 2^-weight). Pairs that became one by another way, and pairs with one retired, have nothing left to decide.
 */
export function listOpenDuplicates(
  tx: Tx,
  kind: Kind,
  filter: { stake?: StakeKind | 'none' | undefined; after?: { value: number; weight: number; id: string } | undefined; limit: number },
): Promise<OpenPair[]> {
  const { workspaceId } = tx.scope;
  const { stake, after } = filter;
  return tx.rows(sql`
    with pair as materialized (select d.id, case when a.survivor_id is null then a.id else a.survivor_id end as one_id, case when b.survivor_id is null then b.id else b.survivor_id end as other_id,
        d.weight, d.evidence, d.found_at, d.status, d.decided_at, 1 / (1 + power(2, -least(d.weight, 60)::float8)) as chance
      from ${pairTable(kind).table} d ${theTwo(workspaceId, kind)}
      where d.workspace_id = ${workspaceId} and d.status = 'open'),
    who as materialized (select one_id as id from pair union select other_id from pair),
    worth as materialized (${moneyOf(workspaceId, kind)}),
    stake as materialized (select w.id, sum(w.minor)::bigint as minor, jsonb_agg(jsonb_build_object('kind', w.kind, 'label', w.label, 'minor', w.minor) order by w.minor desc) as stakes
      from worth w join who on who.id = w.id group by w.id),
    valued as (select p.*, coalesce(a.minor, 0) + coalesce(b.minor, 0) as stake_minor, coalesce(a.stakes, '[]') || coalesce(b.stakes, '[]') as stakes,
        round((coalesce(a.minor, 0) + coalesce(b.minor, 0)) * p.chance)::bigint as value_minor
      from pair p left join stake a on a.id = p.one_id left join stake b on b.id = p.other_id where p.one_id <> p.other_id)
    select * from valued v where ${stake === undefined ? sql`true` : stake === 'none' ? sql`v.stake_minor = 0` : sql`v.stakes @> ${JSON.stringify([{ kind: stake }])}::jsonb`}
      ${after ? sql`and (v.value_minor, v.weight, v.id) < (${after.value}::bigint, ${after.weight}::real, ${after.id}::uuid)` : empty}
    order by v.value_minor desc, v.weight desc, v.id desc limit ${filter.limit}`);
}

export interface JoinRow {
  id: string;
  survivorId: string;
  mergedId: string;
  mergedAt: Date;
  mergedBy: string;
  byCheck: boolean;
  /** the pair on the list by which somebody decided */
  duplicateId: string | null;
  weight: number | null;
  evidence: OrganizationEvidence[];
}

/** Joins that stand, the latest first. */
export function listJoins(tx: Tx, kind: Kind, filter: { by?: 'check' | 'people' | undefined; after?: { at: string; id: string } | undefined; limit: number }): Promise<JoinRow[]> {
  const { workspaceId } = tx.scope;
  const { by, after } = filter;
  return tx.rows(sql`select m.id, m.survivor_id, m.merged_id, m.merged_at, coalesce(u.name, 'Baton') as merged_by, coalesce(m.reason ? 'checkId', false) as by_check,
      d.id as duplicate_id, coalesce((m.reason ->> 'weight')::real, d.weight) as weight, coalesce(m.reason -> 'evidence', d.evidence, '[]') as evidence
    from identity.merge m
    left join ${pairTable(kind).table} d on d.workspace_id = ${workspaceId} and d.id = (m.reason ->> 'duplicateId')::uuid and d.status = 'joined'
    left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id::text = m.merged_by
    where m.workspace_id = ${workspaceId} and m.kind = ${kind} and m.undone_at is null
      ${by === undefined ? empty : sql`and coalesce(m.reason ? 'checkId', false) = ${by === 'check'}`}
      ${after ? sql`and (m.merged_at, m.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : empty}
    order by m.merged_at desc, m.id desc limit ${filter.limit}`);
}

/** Pairs somebody decided, the weightiest first; as the two were, whatever they are part of now. */
export function listDecidedDuplicates(
  tx: Tx,
  kind: Kind,
  filter: { status: 'joined' | 'different'; after?: { weight: number; id: string } | undefined; limit: number },
): Promise<DuplicateRow[]> {
  const { workspaceId } = tx.scope;
  const { table, one } = pairTable(kind);
  return tx.rows(sql`select d.id, d.${one} as one_id, d.other_id, d.weight, d.evidence, d.found_at, d.status, d.decided_at from ${table} d
    where d.workspace_id = ${workspaceId} and d.status = ${filter.status}
      ${filter.after ? sql`and (d.weight, d.id) < (${filter.after.weight}::real, ${filter.after.id}::uuid)` : empty}
    order by d.weight desc, d.id desc limit ${filter.limit}`);
}

export async function countOpenDuplicates(tx: Tx, kind: Kind): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*)::int as count from ${pairTable(kind).table} where workspace_id = ${tx.scope.workspaceId} and status = 'open'`,
  );
  return count;
}

/** how many open pairs one is in */
export async function countDuplicatesOf(tx: Tx, kind: Kind, id: string): Promise<number> {
  const { table, one } = pairTable(kind);
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*)::int as count from ${table} where workspace_id = ${tx.scope.workspaceId} and status = 'open' and (${one} = ${id} or other_id = ${id})`,
  );
  return count;
}
