import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { isListed } from './import.store.ts';
import { findJoinedSurvivors } from './merge.store.ts';
import { columnOf, personFields, saidFields } from './person-draft.rules.ts';
import type { Told } from './retell.rules.ts';
import { countPeople, type Filled } from './sighting.store.ts';
import type { Write } from './take-back.rules.ts';

/** Columns of the fields that a sighting may have filled; see person-draft.rules.ts. */
const columns = new Map<string, string>([...personFields, ...saidFields, 'nameIsJunk', 'doNotContact'].map((field) => [field, columnOf(field)]));

type Of = { inquiryIds: readonly string[] } | { importId: string };
const sightingsOf = (by: Of): Sql => ('importId' in by ? sql`import_id = ${by.importId} and inquiry_id is null` : sql`inquiry_id = any(${by.inquiryIds}::uuid[])`);

/** Whom standing sightings were taken for, the longest known first: so their rows are met in the order they lie in. */
export async function findSightedPeople(tx: Tx, by: Of): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select distinct person_id as id from identity.sighting
    where workspace_id = ${tx.scope.workspaceId} and ${sightingsOf(by)} and withdrawn_at is null order by 1`);
  return rows.map(({ id }) => id);
}

const toldColumns = sql`id, person_id, organization_id, import_id, seen_at, method, agrees, otherwise, filled, external_id, mail_key, phone, mobile`;
interface SightingRow {
  id: string;
  personId: string;
  organizationId: string | null;
  importId: string | null;
  seenAt: Date;
  method: string;
  agrees: number | null;
  otherwise: Told['otherwise'];
  filled: Filled | null;
  externalId: string | null;
  mailKey: string | null;
  phone: string | null;
  mobile: string | null;
}
const toldOf = ({ id, personId, importId, seenAt, method, agrees, otherwise, filled, ...keys }: SightingRow): Told => ({
  id,
  subjectId: personId,
  importId,
  isFirst: method === 'new' || method === 'unnamed',
  isEdit: method === 'edited',
  seenAt,
  agrees,
  otherwise,
  keys: { externalId: keys.externalId, emailKey: keys.mailKey, phoneE164: keys.phone, mobileE164: keys.mobile, organizationId: keys.organizationId },
  cells: filled === null ? {} : cellsOf(filled),
});

/** Those of these people's sightings are withdrawn (`gone`); who has others left (`seen`) is counted and dated by them. `merged`: the survivors of those joined with somebody. */
export async function withdrawSightings(tx: Tx, by: Of, people: readonly string[], at: Date): Promise<{ organizationIds: string[]; seen: Set<string>; merged: string[]; gone: Told[] }> {
  const { workspaceId } = tx.scope;
  const gone = await tx.rows<SightingRow>(sql`update identity.sighting set withdrawn_at = ${at}
    where workspace_id = ${workspaceId} and person_id = any(${people}::uuid[]) and ${sightingsOf(by)} and withdrawn_at is null returning ${toldColumns}`);
  const seen = await tx.rows<{ id: string }>(sql`with left_over as (
      -- a correction by hand is no sighting of anybody
      select s.person_id as id, count(*) filter (where seen)::int as sightings, min(s.seen_at) filter (where seen) as first_seen_at, max(s.seen_at) filter (where seen) as last_seen_at,
        (array_agg(s.import_id order by s.id) filter (where seen))[1] as import_id
      from identity.sighting s cross join lateral (select s.method <> 'edited' as seen) m
      where s.workspace_id = ${workspaceId} and s.person_id = any(${people}::uuid[]) and s.withdrawn_at is null group by 1)
    update identity.person p set
      import_id = case when l.sightings > 0 then l.import_id else p.import_id end,
      sightings = case when p.own is null then l.sightings else p.sightings end,
      first_seen_at = case when p.own is null then coalesce(l.first_seen_at, p.first_seen_at) else p.first_seen_at end,
      last_seen_at = case when p.own is null then coalesce(l.last_seen_at, p.last_seen_at) else p.last_seen_at end,
      own = case when p.own is null then null else p.own || jsonb_strip_nulls(jsonb_build_object('sightings', l.sightings, 'first_seen_at', l.first_seen_at, 'last_seen_at', l.last_seen_at)) end
    from left_over l where p.workspace_id = ${workspaceId} and p.id = l.id returning p.id`);
  return {
    organizationIds: [...new Set(gone.flatMap((one) => one.organizationId ?? []))],
    seen: new Set(seen.map((one) => one.id)),
    merged: await findJoinedSurvivors(tx, 'person', people),
    gone: gone.map(toldOf),
  };
}

/** A sighting's `filled` as cells of its person: what was empty (or an initial, or junk: then it says what was) and what it put there. */
function cellsOf({ was = {}, ...put }: Filled): Write['cells'] {
  const cells = Object.entries(put).flatMap(([field, now]) => {
    const column = columns.get(field);
    // The name as a whole was taken; parts that were not given emptied what stood there.
    return column === undefined || (now === null && was[field] === undefined) ? [] : [[column, { was: was[field] ?? (typeof now === 'boolean' ? !now : null), now }] as const];
  });
  return Object.fromEntries(cells);
}

/** Who else speaks of these people. */
export async function findTold(tx: Tx, personIds: readonly string[]): Promise<Told[]> {
  const rows = await tx.rows<SightingRow>(sql`select ${toldColumns} from identity.sighting
    where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[]) and withdrawn_at is null`);
  return rows.map(toldOf);
}

/** What an import of a list filled that was empty before. */
export async function findFillsOfImport(tx: Tx, importId: string): Promise<Write[]> {
  const rows = await tx.rows<{ id: string; personId: string; filled: Filled }>(sql`select id, person_id, filled from identity.sighting
    where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and inquiry_id is null and withdrawn_at is null and filled is not null`);
  return rows.map(({ id, personId, filled }) => ({ id, subjectId: personId, cells: cellsOf(filled) }));
}

/** What these filled, and agreed with, is something else since another was taken back. */
export async function saveTold(tx: Tx, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  const fieldOf = new Map([...columns].map(([field, column]) => [column, field]));
  const rows = told.map(({ id, agrees, otherwise, cells }) => {
    const fields = Object.entries(cells).map(([column, cell]) => [fieldOf.get(column)!, cell] as const);
    const was = Object.fromEntries(fields.flatMap(([field, cell]) => (cell.was === null || typeof cell.was === 'boolean' ? [] : [[field, cell.was]])));
    const filled = { ...Object.fromEntries(fields.map(([field, { now }]) => [field, now])), ...(Object.keys(was).length > 0 ? { was } : {}) };
    return { id, agrees, otherwise, filled: fields.length > 0 ? filled : null };
  });
  await tx.run(sql`update identity.sighting s set agrees = v.agrees, otherwise = v.otherwise, filled = v.filled
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, agrees smallint, otherwise jsonb, filled jsonb) where s.workspace_id = ${tx.scope.workspaceId} and s.id = v.id`);
}

/** Who of these is said not to want to be contacted by a sighting that stands. */
export async function findSilent(tx: Tx, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ personId: string }>(sql`select distinct person_id from identity.sighting
    where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[]) and withdrawn_at is null and filled ? 'doNotContact'`);
  return new Set(rows.map(({ personId }) => personId));
}

/** Merges that stand, the latest first, between one of these people and anybody. */
export async function findMergesOf(tx: Tx, people: readonly string[]): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`select m.id from identity.merge m where m.workspace_id = ${workspaceId} and m.kind = 'person' and m.undone_at is null
      and (m.merged_id = any(${people}::uuid[]) or m.survivor_id = any(${people}::uuid[]))
      -- the erased stay as they are: there is nothing to part
      and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.id = m.survivor_id and p.erased_at is not null)
    order by m.merged_at desc, m.id desc`);
  return rows.map((row) => row.id);
}

/** For people of whom no sighting is left; answers where they worked. */
export async function retirePeople(tx: Tx, people: readonly string[], at: Date): Promise<string[]> {
  if (people.length === 0) return [];
  const retired = await tx.rows<{ organizationId: string | null }>(sql`update identity.person set retired_at = ${at}, sightings = 0
    where workspace_id = ${tx.scope.workspaceId} and id = any(${people}::uuid[]) and retired_at is null returning organization_id`);
  await countPeople(tx, -retired.length, 0);
  return retired.flatMap(({ organizationId }) => organizationId ?? []);
}

/**
 * Joins of the check of the base that stand, the latest first, between anybody and one of these organizations that nothing speaks of any more: no
 * sighting, nobody who works there, no standing list. What people joined stays joined.
 */
export async function findJoinsOfUnseen(tx: Tx, of: { organizations: readonly string[] } | { importId: string }): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`with joined as materialized (
      select m.id, m.merged_at, m.survivor_id, m.merged_id from identity.merge m
      where m.workspace_id = ${workspaceId} and m.kind = 'organization' and m.undone_at is null and m.reason ? 'checkId'
        and ${'importId' in of ? sql`exists (select 1 from identity.organization o where o.workspace_id = ${workspaceId} and o.id in (m.survivor_id, m.merged_id) and o.import_id = ${of.importId})` : sql`(m.survivor_id = any(${of.organizations}::uuid[]) or m.merged_id = any(${of.organizations}::uuid[]))`}),
    unseen as materialized (
      select o.id from identity.organization o
      where o.workspace_id = ${workspaceId} and o.id in (select survivor_id from joined union select merged_id from joined)
        and not exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.organization_id = o.id and s.withdrawn_at is null)
        and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.retired_at is null)
        and not exists (select 1 from capture.import l where l.workspace_id = ${workspaceId} and l.id = o.import_id and l.kind = 'organizations' and l.status not in ('undoing', 'undone'))
        and not ${isListed(tx)})
    select id from joined where survivor_id in (select id from unseen) or merged_id in (select id from unseen) order by merged_at desc, id desc`);
  return rows.map((row) => row.id);
}

/**
 * Dates organizations by the sightings left of them; those of which none is left are retired, but for what a standing list of organizations
 * made, was merged, changed by hand or bought something.
 */
export async function retireOrganizations(tx: Tx, organizations: readonly string[], at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  const retired = await tx.one<{ n: number }>(sql`with seen as materialized (
      select o.id, o.first_seen_at, o.last_seen_at, l.last_seen_at as seen_at, l.stands, o.retired_at is null and not l.stands and o.survivor_id is null and o.own is null and not o.is_customer
          and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.retired_at is null)
          and not exists (select 1 from capture.import m where m.workspace_id = ${workspaceId} and m.id = o.import_id and m.kind = 'organizations' and m.status not in ('undoing', 'undone'))
          and not ${isListed(tx)}
          and not exists (select 1 from journal.fact f where f.workspace_id = ${workspaceId} and f.chain_id = o.id and f.type = 'organization.changed'
            and f.data -> 'fields' ->> 0 not in ('merged', 'unmerged')) as gone
      from identity.organization o cross join lateral (
        select date_trunc('hour', max(s.seen_at) filter (where s.method <> 'edited'), 'UTC') as last_seen_at, count(*) > 0 as stands from identity.sighting s
        where s.workspace_id = ${workspaceId} and s.organization_id = o.id and s.withdrawn_at is null) l
      where o.workspace_id = ${workspaceId} and o.id = any(${organizations}::uuid[])),
    done as (
      update identity.organization o set last_seen_at = greatest(s.first_seen_at, s.seen_at), retired_at = case when s.gone then ${at} else o.retired_at end
      from seen s where o.workspace_id = ${workspaceId} and o.id = s.id and (s.gone or s.last_seen_at <> greatest(s.first_seen_at, s.seen_at)) returning s.gone)
    select count(*) filter (where gone)::int as n from done`);
  await countPeople(tx, 0, -retired.n);
}
