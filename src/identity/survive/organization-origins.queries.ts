import { sql, type Sql, type Tx } from '../../platform/db/index.ts';
import { everKnownAs } from '../behind-lead.queries.ts';
import type { Row } from '../merge.rules.ts';
import type { SightedFields } from '../sight.rules.ts';
import type { Whence } from './organization-origins.rules.ts';
import type { Verified } from './survive.rules.ts';

/** every id this one was ever known by, as a select of `id` */
const knownAs = (tx: Tx, id: string): Sql => sql`select k.id from (${everKnownAs('organization', tx.scope.workspaceId, sql`array[${id}]::uuid[]`)}) k`;
const standing = sql`m.status not in ('undoing', 'undone')`;
const listedAt = sql`coalesce(m.finished_at, m.started_at, m.created_at)`;

/** The organization and all that is merged into it, the one that stands first, each in its own words. */
export async function loadOwnWords(tx: Tx, id: string): Promise<Row[]> {
  const rows = await tx.rows<{ own: Row }>(sql`select to_jsonb(o) || coalesce(o.own, '{}') as own from identity.organization o
    where o.workspace_id = ${tx.scope.workspaceId} and o.id in (${knownAs(tx, id)}) order by o.survivor_id is not null, o.id`);
  return rows.map(({ own }) => own);
}

/** The first arrivals from it, in the order of time. */
export const listArrivals = (tx: Tx, ids: readonly string[]): Promise<{ at: Date; inquiryId: string; receipt: string; fields: SightedFields }[]> =>
  tx.rows(sql`select s.seen_at as at, s.inquiry_id, i.receipt, i.fields from identity.sighting s
    join capture.inquiry i on i.workspace_id = ${tx.scope.workspaceId} and i.id = s.inquiry_id
    where s.workspace_id = ${tx.scope.workspaceId} and s.organization_id = any(${ids}::uuid[]) and s.withdrawn_at is null order by s.seen_at, s.id limit 500`);

/** Of what a list said of an organization, what it wrote into it: the rest stood already, or was not believed. */
const wrote = sql`e.value -> 'was' is distinct from e.value -> 'now'`;

/** What lists that stand wrote into it, and what they said that was not believed (`beside`), in the order of time. What providers wrote has receipts, what inquiries wrote they say. */
export const listWritten = (tx: Tx, ids: readonly string[]): Promise<{ at: Date; importId: string; list: string; cells: Record<string, unknown>; beside: Record<string, unknown> }[]> =>
  tx.rows(sql`select ${listedAt} as at, c.import_id, m.file_name as list, w.cells, w.beside
    from identity.import_change c cross join lateral (select coalesce(jsonb_object_agg(e.key, e.value -> 'now') filter (where ${wrote}), '{}') as cells,
      coalesce(jsonb_object_agg(e.key, e.value -> 'said') filter (where e.value -> 'said' <> e.value -> 'now'), '{}') as beside from jsonb_each(c.before) e) w
    join capture.import m on m.workspace_id = ${tx.scope.workspaceId} and m.id = c.import_id
    where c.workspace_id = ${tx.scope.workspaceId} and c.kind = 'organization' and c.subject_id = any(${ids}::uuid[]) and (w.cells <> '{}' or w.beside <> '{}') and m.kind <> 'inquiries' and ${standing}
      and not exists (select 1 from identity.append_run r where r.workspace_id = ${tx.scope.workspaceId} and r.id = c.import_id)
    order by coalesce(c.id, c.import_id)`);

/** By id, the list that stands and brought it first. */
export async function findBroughtBy(tx: Tx, ids: readonly string[]): Promise<Map<string, Whence>> {
  const rows = await tx.rows<Whence & { id: string }>(sql`select o.id, ${listedAt} as at, null as inquiry_id, null as receipt, m.id as import_id, m.file_name as list
    from identity.organization o join capture.import m on m.workspace_id = ${tx.scope.workspaceId} and m.id = o.import_id
    where o.workspace_id = ${tx.scope.workspaceId} and o.id = any(${ids}::uuid[]) and m.kind <> 'inquiries' and ${standing}`);
  return new Map(rows.map(({ id, ...whence }) => [id, whence]));
}

/** Who entered the name it has, the last time; `by` as for whoever vouches for a value. */
export const findNamed = (tx: Tx, id: string): Promise<Verified[string] | undefined> =>
  tx.maybe(sql`select to_jsonb(f.at) #>> '{}' as at, f.actor as by from journal.fact f
    where f.workspace_id = ${tx.scope.workspaceId} and f.chain_id = ${id} and f.type = 'organization.changed' and f.data -> 'fields' ? 'name' order by f.seq desc limit 1`);

/** What users are called, by id. */
export async function findUserNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; name: string }>(sql`select id, name from platform.app_user where workspace_id = ${tx.scope.workspaceId} and id::text = any(${ids}::text[])`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** The inquiries that were recognised as from it, as a select of their ids. */
export const inquiriesOfOrganization = (tx: Tx, id: string): Sql => sql`select s.inquiry_id from identity.sighting s
  where s.workspace_id = ${tx.scope.workspaceId} and s.withdrawn_at is null and s.inquiry_id is not null and s.organization_id in (${knownAs(tx, id)})`;

export const countInquiries = (tx: Tx, id: string): Promise<{ n: number }> => tx.one(sql`select count(*)::int as n from (${inquiriesOfOrganization(tx, id)}) i`);

export interface NamingList {
  importId: string;
  list: string;
  kind: string;
  at: Date;
  /** it brought the organization */
  isFirst: boolean;
  /** columns it filled */
  filled: string[];
  /** people here whom it names, as the list of people finds them by both */
  people: number;
  inquiries: number;
  /** how many lists there are in all */
  lists: number;
}
/** Lists that stand and brought it, filled it, spoke of it, or have somebody from it: the latest first. */
export const listNaming = (tx: Tx, id: string, limit: number): Promise<NamingList[]> => {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`with known as materialized (${knownAs(tx, id)}),
      seen as materialized (select s.import_id, s.inquiry_id from identity.sighting s
        where s.workspace_id = ${workspaceId} and s.organization_id in (select id from known) and s.withdrawn_at is null and s.import_id is not null),
      written as materialized (select c.import_id, e.key from identity.import_change c left join lateral jsonb_each(c.before) e on ${wrote}
        where c.workspace_id = ${workspaceId} and c.kind = 'organization' and c.subject_id in (select id from known)),
      made as materialized (select o.import_id from identity.organization o where o.workspace_id = ${workspaceId} and o.id in (select id from known) and o.import_id is not null),
      here as materialized (select p.id, p.id as stands, p.import_id from identity.person p
        where p.workspace_id = ${workspaceId} and p.organization_id in (select id from known) and p.survivor_id is null and p.retired_at is null),
      everybody as materialized (select id, stands, import_id from here
        union all select m.id, h.stands, m.import_id from here h join identity.person m on m.workspace_id = ${workspaceId} and m.survivor_id = h.id),
      named as materialized (select e.stands, s.import_id from everybody e join identity.sighting s on s.workspace_id = ${workspaceId} and s.person_id = e.id
          where s.withdrawn_at is null and s.import_id is not null
        union select stands, import_id from everybody where import_id is not null)
    select m.id as import_id, m.file_name as list, m.kind, ${listedAt} as at, m.id in (select import_id from made) as is_first,
      array(select distinct w.key from written w where w.import_id = m.id and w.key is not null order by 1) as filled,
      (select count(*)::int from named n where n.import_id = m.id) as people,
      (select count(s.inquiry_id)::int from seen s where s.import_id = m.id) as inquiries,
      count(*) over ()::int as lists
    from capture.import m
    where m.workspace_id = ${workspaceId} and ${standing} and m.id in (select import_id from seen union select import_id from written union select import_id from made)
    order by 4 desc, m.id desc limit ${limit}`);
};
