/** What the screens read of people. Lists page by keyset; every filter has its index. */
import { empty, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { Evidence } from './compare.rules.ts';
import { soldRows, worthRows } from './quality/worth.ts';

export interface PersonListRow {
  id: string;
  givenName: string | null;
  familyName: string | null;
  fullName: string | null;
  title: string | null;
  email: string | null;
  phone: string | null;
  phoneE164: string | null;
  mobileE164: string | null;
  externalId: string | null;
  organizationId: string | null;
  organizationName: string | null;
  organizationDomain: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  country: string | null;
  sightings: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  doNotContact: boolean;
  doNotMail: boolean;
  doNotCall: boolean;
  unsubscribedAt: Date | null;
  erasedAt: Date | null;
}

const listColumns = sql`p.id, p.given_name, p.family_name, p.full_name, p.title, p.email, p.phone, p.phone_e164, p.mobile_e164, p.external_id,
  p.organization_id, o.name as organization_name, o.domain as organization_domain, p.street, p.postal_code, p.city, p.country, p.sightings,
  p.first_seen_at, p.last_seen_at, p.do_not_contact, p.do_not_mail, p.do_not_call, p.unsubscribed_at, p.erased_at`;

export interface PeopleFilter {
  ids?: string[] | undefined;
  country?: string | undefined;
  organizationId?: string | undefined;
  importId?: string | undefined;
  silent?: boolean | undefined;
  /** a select of ids they are among */
  among?: Sql | undefined;
  /** another: of a group */
  group?: Sql | undefined;
  /** what is true of them, in terms of p and o */
  where?: { joins: Sql; where: Sql } | undefined;
  after?: { lastSeenAt: string; id: string } | undefined;
  limit: number;
}

/** Whom the filter finds, page and order aside: `from … where …` in terms of p. */
function chosenPeople({ scope: { workspaceId } }: Tx, filter: Omit<PeopleFilter, 'after' | 'limit'>): Sql {
  const when = (condition: unknown, part: Sql): Sql => (condition === undefined || condition === false ? empty : part);
  return sql`from identity.person p ${filter.where?.joins ?? empty} where p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null
        ${when(filter.among, sql`and p.id in (${filter.among ?? empty})`)}
        ${when(filter.group, sql`and p.id in (${filter.group ?? empty})`)}
        ${when(filter.where, sql`and ${filter.where?.where ?? empty}`)}
        ${when(filter.ids, sql`and p.id = any(${filter.ids}::uuid[])`)}
        ${when(filter.country, sql`and p.country = ${filter.country}`)}
        ${when(filter.organizationId, sql`and p.organization_id = ${filter.organizationId}`)}
        ${when(filter.importId, sql`and p.import_id = ${filter.importId}`)}
        ${when(filter.silent, sql`and (p.do_not_contact or p.do_not_mail or p.do_not_call or p.unsubscribed_at is not null)`)}`;
}

/** Their ids, as a select. */
export const selectPeople = (tx: Tx, filter: Omit<PeopleFilter, 'after' | 'limit'>): Sql => sql`select p.id ${chosenPeople(tx, filter)}`;

export function listPeople(tx: Tx, filter: PeopleFilter): Promise<PersonListRow[]> {
  const { after } = filter;
  return tx.rows(sql`select ${listColumns} from (
      select p.* ${chosenPeople(tx, filter)} ${after ? sql`and (p.last_seen_at, p.id) < (${after.lastSeenAt}::timestamptz, ${after.id}::uuid)` : empty}
      order by p.last_seen_at desc, p.id desc limit ${filter.limit}) p
    left join identity.organization o on o.workspace_id = ${tx.scope.workspaceId} and o.id = p.organization_id
    order by p.last_seen_at desc, p.id desc`);
}

/** by id, merged and retired ones too, in no order */
export function loadPeopleRows(tx: Tx, ids: readonly string[]): Promise<PersonListRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select ${listColumns} from identity.person p
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[])`);
}

export interface PersonRow extends PersonListRow {
  survivorId: string | null;
  state: string | null;
  language: string | null;
  nameIsJunk: boolean;
  custom: Record<string, unknown> | null;
  retiredAt: Date | null;
}

/** the person or, where it was merged, its survivor */
export function findPerson(tx: Tx, id: string): Promise<PersonRow | undefined> {
  const { workspaceId } = tx.scope;
  return tx.maybe(sql`select ${listColumns}, p.survivor_id, p.state, p.language, p.name_is_junk, p.custom, p.retired_at
    from identity.person asked
    join identity.person p on p.workspace_id = ${workspaceId} and p.id = case when asked.survivor_id is null then asked.id else asked.survivor_id end
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    where asked.workspace_id = ${workspaceId} and asked.id = ${id}`);
}

export interface SightingRow {
  id: string;
  inquiryId: string | null;
  receipt: string | null;
  importId: string | null;
  seenAt: Date;
  method: string;
  weight: number | null;
  evidence: Evidence[];
  withdrawnAt: Date | null;
  personId: string;
  organization: string | null;
  said: Record<string, unknown> | null;
  channel: string | null;
  mailKey: string | null;
  phone: string | null;
  mobile: string | null;
}

/** everything the survivor and those merged into it were seen by, latest first */
export function listSightings(tx: Tx, survivorId: string): Promise<SightingRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select s.id, s.inquiry_id, i.receipt, s.import_id, s.seen_at, s.method, s.weight, s.evidence, s.withdrawn_at, s.person_id,
      o.name as organization, i.fields as said, i.channel, s.mail_key, s.phone, s.mobile
    from identity.sighting s
    left join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = s.organization_id
    where s.workspace_id = ${workspaceId} and s.person_id in (
      select id from identity.person where workspace_id = ${workspaceId} and (id = ${survivorId} or survivor_id = ${survivorId}))
    order by s.seen_at desc, s.id desc limit 100`);
}

export interface MergeListRow {
  id: string;
  mergedId: string;
  mergedName: string | null;
  survivorId: string;
  mergedAt: Date;
  mergedBy: string;
  undoneAt: Date | null;
}

export function listMerges(tx: Tx, survivorId: string): Promise<MergeListRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select m.id, m.merged_id, coalesce(p.full_name, p.email, o.name) as merged_name, m.survivor_id, m.merged_at,
      coalesce(u.name, 'Baton') as merged_by, m.undone_at
    from identity.merge m
    left join identity.person p on p.workspace_id = ${workspaceId} and p.id = m.merged_id
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = m.merged_id
    left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id::text = m.merged_by
    where m.workspace_id = ${workspaceId} and (m.survivor_id = ${survivorId} or m.merged_id = ${survivorId} or m.survivor_id in (
      select id from identity.person where workspace_id = ${workspaceId} and survivor_id = ${survivorId}))
    order by m.merged_at desc limit 100`);
}

export function listHistory(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; type: string; at: Date; actor: string; data: Record<string, unknown> }[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select f.id, f.type, f.at, coalesce(u.name, f.actor) as actor, f.data
    from journal.fact f left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id::text = f.actor
    where f.workspace_id = ${workspaceId} and f.chain_id = any(${ids}::uuid[]) order by f.id desc limit 200`);
}

export async function countDuplicatesOf(tx: Tx, id: string): Promise<number> {
  const { workspaceId } = tx.scope;
  const { count } = await tx.one<{ count: number }>(sql`select count(*)::int as count from identity.possible_duplicate
    where workspace_id = ${workspaceId} and status = 'open' and (person_id = ${id} or other_id = ${id})`);
  return count;
}

export interface DuplicateRow {
  id: string;
  personId: string;
  otherId: string;
  weight: number;
  evidence: Evidence[];
  foundAt: Date;
  status: 'open' | 'joined' | 'different';
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

/**
 * Pairs to decide, where most money hangs on it and they are likeliest one first: what their open business is worth and what was sold to them, times the chance. Weights are
 * binary logarithms of the odds, so the chance is 1 / (1 + 2^-weight). Pairs that became one by another way, and pairs with somebody retired, have nothing left to decide.
 */
export function listOpenDuplicates(
  tx: Tx,
  filter: { stake?: StakeKind | 'none' | undefined; after?: { value: number; weight: number; id: string } | undefined; limit: number },
): Promise<OpenPair[]> {
  const { workspaceId } = tx.scope;
  const { stake, after } = filter;
  return tx.rows(sql`
    with pair as materialized (select d.id, case when a.survivor_id is null then a.id else a.survivor_id end as person_id, case when b.survivor_id is null then b.id else b.survivor_id end as other_id,
        d.weight, d.evidence, d.found_at, d.status, d.decided_at, 1 / (1 + power(2, -least(d.weight, 60)::float8)) as chance
      from identity.possible_duplicate d
      join identity.person a on a.workspace_id = ${workspaceId} and a.id = d.person_id and a.retired_at is null
      join identity.person b on b.workspace_id = ${workspaceId} and b.id = d.other_id and b.retired_at is null
      where d.workspace_id = ${workspaceId} and d.status = 'open'),
    who as materialized (select person_id as id from pair union select other_id from pair),
    worth as materialized (select case when m.survivor_id is null then m.id else m.survivor_id end as id, w.kind, w.label, w.minor
      from (select person_id, kind, label, worth_minor as minor from (${worthRows(workspaceId)}) o where worth_minor > 0
        union all select person_id, 'customer', '', sold_minor from (${soldRows(workspaceId)}) s where sold_minor > 0) w
      join identity.person m on m.workspace_id = ${workspaceId} and m.id = w.person_id),
    stake as materialized (select w.id, sum(w.minor)::bigint as minor, jsonb_agg(jsonb_build_object('kind', w.kind, 'label', w.label, 'minor', w.minor) order by w.minor desc) as stakes
      from worth w join who on who.id = w.id group by w.id),
    valued as (select p.*, coalesce(a.minor, 0) + coalesce(b.minor, 0) as stake_minor, coalesce(a.stakes, '[]') || coalesce(b.stakes, '[]') as stakes,
        round((coalesce(a.minor, 0) + coalesce(b.minor, 0)) * p.chance)::bigint as value_minor
      from pair p left join stake a on a.id = p.person_id left join stake b on b.id = p.other_id where p.person_id <> p.other_id)
    select * from valued v where ${stake === undefined ? sql`true` : stake === 'none' ? sql`v.stake_minor = 0` : sql`v.stakes @> ${JSON.stringify([{ kind: stake }])}::jsonb`}
      ${after ? sql`and (v.value_minor, v.weight, v.id) < (${after.value}::bigint, ${after.weight}::real, ${after.id}::uuid)` : empty}
    order by v.value_minor desc, v.weight desc, v.id desc limit ${filter.limit}`);
}

/** Pairs somebody decided, the weightiest first. */
export function listDecidedDuplicates(
  tx: Tx,
  filter: { status: 'joined' | 'different'; after?: { weight: number; id: string } | undefined; limit: number },
): Promise<DuplicateRow[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select d.id, coalesce(a.survivor_id, a.id) as person_id, coalesce(b.survivor_id, b.id) as other_id, d.weight, d.evidence, d.found_at, d.status, d.decided_at
    from identity.possible_duplicate d
    join identity.person a on a.workspace_id = ${workspaceId} and a.id = d.person_id
    join identity.person b on b.workspace_id = ${workspaceId} and b.id = d.other_id
    where d.workspace_id = ${workspaceId} and d.status = ${filter.status}
      ${filter.after ? sql`and (d.weight, d.id) < (${filter.after.weight}::real, ${filter.after.id}::uuid)` : empty}
    order by d.weight desc, d.id desc limit ${filter.limit}`);
}

export async function countOpenDuplicates(tx: Tx): Promise<number> {
  const { count } = await tx.one<{ count: number }>(
    sql`select count(*)::int as count from identity.possible_duplicate where workspace_id = ${tx.scope.workspaceId} and status = 'open'`,
  );
  return count;
}

export function findDuplicate(tx: Tx, id: string): Promise<DuplicateRow | undefined> {
  return tx.maybe(sql`select id, person_id, other_id, weight, evidence, found_at, status, decided_at from identity.possible_duplicate
    where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);
}

export async function setDuplicateStatus(tx: Tx, id: string, status: 'open' | 'joined' | 'different', at: Date | null): Promise<void> {
  await tx.run(sql`update identity.possible_duplicate set status = ${status}, decided_at = ${at}, decided_by = ${tx.scope.userId ?? null}
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}
