/** What the screens read of people. Lists page by keyset; every filter has its index. */
import { atMost, empty, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { everKnownAs } from './behind-lead.queries.ts';
import type { Evidence } from './compare.rules.ts';

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
  /** every id the one they are of was ever known by */
  organizationIds?: readonly string[] | undefined;
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

/** Most were only ever one: said so, its people are read in the order of the list from their index. */
const ofOrganizations = (ids: readonly string[]): Sql => (ids.length === 1 ? sql`and p.organization_id = ${ids[0]}` : sql`and p.organization_id = any(${ids}::uuid[])`);

/** Every id an organization was ever known by. */
export const loadOrganizationIds = async (tx: Tx, id: string): Promise<string[]> =>
  (await tx.rows<{ id: string }>(sql`select k.id from (${everKnownAs('organization', tx.scope.workspaceId, sql`array[${id}]::uuid[]`)}) k`)).map((one) => one.id);

/** Whom the filter finds, page and order aside: `from … where …` in terms of p. */
function chosenPeople({ scope: { workspaceId } }: Tx, filter: Omit<PeopleFilter, 'after' | 'limit'>): Sql {
  const when = (condition: unknown, part: Sql): Sql => (condition === undefined || condition === false ? empty : part);
  return sql`from identity.person p ${filter.where?.joins ?? empty} where p.workspace_id = ${workspaceId} and p.survivor_id is null and p.retired_at is null
        ${when(filter.among, sql`and p.id in (${filter.among ?? empty})`)}
        ${when(filter.group, sql`and p.id in (${filter.group ?? empty})`)}
        ${when(filter.where, sql`and ${filter.where?.where ?? empty}`)}
        ${when(filter.ids, sql`and p.id = any(${filter.ids}::uuid[])`)}
        ${when(filter.country, sql`and p.country = ${filter.country}`)}
        ${when(filter.organizationIds, ofOrganizations(filter.organizationIds ?? []))}
        ${when(filter.importId, sql`and p.import_id = ${filter.importId}`)}
        ${when(filter.silent, sql`and (p.do_not_contact or p.do_not_mail or p.do_not_call or p.unsubscribed_at is not null)`)}`;
}

/** Their ids, as a select. */
export const selectPeople = (tx: Tx, filter: Omit<PeopleFilter, 'after' | 'limit'>): Sql => sql`select p.id ${chosenPeople(tx, filter)}`;

export function listPeople(tx: Tx, filter: PeopleFilter): Promise<PersonListRow[]> {
  const { after } = filter;
  return tx.rows(sql`select ${listColumns} from (
      select p.* ${chosenPeople(tx, filter)} ${after ? sql`and (p.last_seen_at, p.id) < (${after.lastSeenAt}::timestamptz, ${after.id}::uuid)` : empty}
      order by p.last_seen_at desc, p.id desc limit ${atMost(filter.limit)}) p
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
