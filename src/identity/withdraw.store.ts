import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { columnOf, personFields, saidFields } from './person-draft.rules.ts';
import type { Filled } from './sighting.store.ts';
import type { Write } from './take-back.rules.ts';

/** Columns of the fields that a sighting may have filled; see person-draft.rules.ts. */
const columns = new Map<string, string>([...personFields, ...saidFields, 'nameIsJunk', 'doNotContact'].map((field) => [field, columnOf(field)]));

export async function withdrawSightings(
  tx: Tx,
  by: { inquiryIds: readonly string[] } | { importId: string },
  at: Date,
): Promise<{ people: string[]; inComponents: string[]; fills: Write[] }> {
  const { workspaceId } = tx.scope;
  const which = 'importId' in by ? sql`import_id = ${by.importId} and inquiry_id is null` : sql`inquiry_id = any(${by.inquiryIds}::uuid[])`;
  const gone = await tx.rows<{
    personId: string;
    organizationId: string | null;
    id: string;
    filled: Filled | null;
  }>(sql`update identity.sighting set withdrawn_at = ${at}
    where workspace_id = ${workspaceId} and ${which} and withdrawn_at is null returning id, person_id, organization_id, filled`);
  const people = [...new Set(gone.map((one) => one.personId))];
  if (people.length === 0) return { people, inComponents: [], fills: [] };
  // counts and dates from what is left
  await tx.run(sql`with left_over as (
      -- a correction by hand is no sighting of anybody
      select p.id, count(s.id)::int as sightings, min(s.seen_at) as first_seen_at, max(s.seen_at) as last_seen_at
      from unnest(${people}::uuid[]) p (id) left join identity.sighting s on s.workspace_id = ${workspaceId} and s.person_id = p.id and s.withdrawn_at is null and s.method <> 'edited'
      group by p.id)
    update identity.person p set
      sightings = case when p.own is null then l.sightings else p.sightings end,
      first_seen_at = case when p.own is null then coalesce(l.first_seen_at, p.first_seen_at) else p.first_seen_at end,
      last_seen_at = case when p.own is null then coalesce(l.last_seen_at, p.last_seen_at) else p.last_seen_at end,
      own = case when p.own is null then null else p.own || jsonb_strip_nulls(jsonb_build_object('sightings', l.sightings, 'first_seen_at', l.first_seen_at, 'last_seen_at', l.last_seen_at)) end
    from left_over l where p.workspace_id = ${workspaceId} and p.id = l.id`);
  const organizations = [...new Set(gone.flatMap((one) => one.organizationId ?? []))];
  await tx.run(sql`with left_over as (
      select o.id, (select date_trunc('hour', max(s.seen_at), 'UTC') from identity.sighting s
        where s.workspace_id = ${workspaceId} and s.organization_id = o.id and s.withdrawn_at is null and s.method <> 'edited') as last_seen_at
      from unnest(${organizations}::uuid[]) o (id))
    update identity.organization o set last_seen_at = greatest(o.first_seen_at, l.last_seen_at)
    from left_over l where o.workspace_id = ${workspaceId} and o.id = l.id`);
  const merged = await tx.rows<{ id: string }>(sql`select distinct coalesce(survivor_id, id) as id from identity.person
    where workspace_id = ${workspaceId} and id = any(${people}::uuid[]) and (survivor_id is not null or own is not null)`);
  return { people, inComponents: merged.map((one) => one.id), fills: gone.flatMap(({ id, personId, filled }) => (filled === null ? [] : [writeOf({ id, personId, filled })])) };
}

/** A sighting's `filled` as a write into its person: what was empty (or an initial, or junk: then it says what was) and what it put there. */
function writeOf({ id, personId, filled }: FilledSighting): Write {
  const { was = {}, ...put } = filled;
  const cells = Object.entries(put).flatMap(([field, now]) => {
    const column = columns.get(field);
    // The name as a whole was taken; parts that were not given emptied what stood there.
    return column === undefined || (now === null && was[field] === undefined) ? [] : [[column, { was: was[field] ?? (typeof now === 'boolean' ? !now : null), now }] as const];
  });
  return { subjectId: personId, id, cells: Object.fromEntries(cells) };
}
interface FilledSighting {
  id: string;
  personId: string;
  filled: Filled;
}

/** What standing sightings wrote. */
export async function findFills(tx: Tx, personIds: readonly string[]): Promise<Write[]> {
  const rows = await tx.rows<FilledSighting>(sql`select id, person_id, filled from identity.sighting
    where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[]) and withdrawn_at is null and filled is not null`);
  return rows.map(writeOf);
}

/** What an import of a list filled that was empty before. */
export async function findFillsOfImport(tx: Tx, importId: string): Promise<Write[]> {
  const rows = await tx.rows<FilledSighting>(sql`select id, person_id, filled from identity.sighting
    where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and inquiry_id is null and withdrawn_at is null and filled is not null`);
  return rows.map(writeOf);
}

export async function saveMovedFills(tx: Tx, moved: readonly Write[]): Promise<void> {
  if (moved.length === 0) return;
  const fieldOf = new Map([...columns].map(([field, column]) => [column, field]));
  const rows = moved.map(({ id, cells }) => ({ id, was: Object.fromEntries(Object.entries(cells).map(([column, { was }]) => [fieldOf.get(column)!, was])) }));
  await tx.run(sql`update identity.sighting s set filled = jsonb_set(s.filled, '{was}', v.was)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, was jsonb) where s.workspace_id = ${tx.scope.workspaceId} and s.id = v.id`);
}

/** Who of these is said not to want to be contacted by a sighting that stands. */
export async function findSilent(tx: Tx, personIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ personId: string }>(sql`select distinct person_id from identity.sighting
    where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[]) and withdrawn_at is null and filled ? 'doNotContact'`);
  return new Set(rows.map(({ personId }) => personId));
}

/** Merges that stand, the latest first, between one of these people of whom no sighting is left and anybody. */
export async function findMergesOfUnseen(tx: Tx, people: readonly string[]): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`with unseen as materialized (
      select u.id from unnest(${people}::uuid[]) u (id)
      where not exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.person_id = u.id and s.withdrawn_at is null))
    select m.id from identity.merge m where m.workspace_id = ${workspaceId} and m.kind = 'person' and m.undone_at is null
      and (m.merged_id = any(array(select id from unseen)) or m.survivor_id = any(array(select id from unseen)))
      -- the erased stay as they are: there is nothing to part
      and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.id = m.survivor_id and p.erased_at is not null)
    order by m.merged_at desc, m.id desc`);
  return rows.map((row) => row.id);
}

/**
 * People of whom no sighting is left, and organizations that were known by them alone: those those that a standing list of
 * organizations made, that were changed by hand or bought something stay.
 */
export async function retirePeople(tx: Tx, people: readonly string[], at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  const retired = await tx.run(sql`update identity.person p set retired_at = ${at}
    where workspace_id = ${workspaceId} and id = any(${people}::uuid[]) and retired_at is null
      and not exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.person_id = p.id and s.withdrawn_at is null)`);
  const organizations = await tx.run(sql`update identity.organization o set retired_at = ${at}
    where workspace_id = ${workspaceId} and retired_at is null and survivor_id is null and own is null and not is_customer
      and id in (select organization_id from identity.sighting where workspace_id = ${workspaceId} and person_id = any(${people}::uuid[]) and withdrawn_at = ${at})
      and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.retired_at is null)
      and not exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.organization_id = o.id and s.withdrawn_at is null)
      and not exists (select 1 from capture.import m where m.workspace_id = ${workspaceId} and m.id = o.import_id and m.kind = 'organizations' and m.status not in ('undoing', 'undone'))
      and not exists (select 1 from journal.fact f where f.workspace_id = ${workspaceId} and f.chain_id = o.id and f.type = 'organization.changed')`);
  if (retired + organizations > 0)
    await tx.run(sql`update identity.tally set people = greatest(0, people - ${retired}), organizations = greatest(0, organizations - ${organizations}) where workspace_id = ${workspaceId}`);
}
