import { raw, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

/** Fields that a sighting may have filled, by group as they were filled; see person-draft.rules.ts. */
const fields = {
  externalId: 'external_id',
  givenName: 'given_name',
  familyName: 'family_name',
  fullName: 'full_name',
  title: 'title',
  email: 'email',
  emailKey: 'email_key',
  phone: 'phone',
  phoneE164: 'phone_e164',
  mobileE164: 'mobile_e164',
  organizationId: 'organization_id',
  street: 'street',
  postalCode: 'postal_code',
  city: 'city',
  state: 'state',
  country: 'country',
  language: 'language',
} as const;

export async function withdrawSightings(
  tx: Tx,
  by: { inquiryIds: readonly string[] } | { importId: string },
  at: Date,
): Promise<{ people: string[]; inComponents: string[] }> {
  const { workspaceId } = tx.scope;
  const which = 'importId' in by ? sql`import_id = ${by.importId} and inquiry_id is null` : sql`inquiry_id = any(${by.inquiryIds}::uuid[])`;
  const gone = await tx.rows<{
    personId: string;
    organizationId: string | null;
    filled: Record<string, string> | null;
  }>(sql`update identity.sighting set withdrawn_at = ${at}
    where workspace_id = ${workspaceId} and ${which} and withdrawn_at is null returning person_id, organization_id, filled`);
  const people = [...new Set(gone.map((one) => one.personId))];
  if (people.length === 0) return { people, inComponents: [] };
  await emptyAgain(
    tx,
    gone.flatMap(({ personId, filled }) => (filled === null ? [] : [{ personId, filled }])),
  );
  // counts and dates from what is left
  await tx.run(sql`with left_over as (
      select p.id, count(s.id)::int as sightings, min(s.seen_at) as first_seen_at, max(s.seen_at) as last_seen_at
      from unnest(${people}::uuid[]) p (id) left join identity.sighting s on s.workspace_id = ${workspaceId} and s.person_id = p.id and s.withdrawn_at is null
      group by p.id)
    update identity.person p set
      sightings = case when p.own is null then l.sightings else p.sightings end,
      first_seen_at = case when p.own is null then coalesce(l.first_seen_at, p.first_seen_at) else p.first_seen_at end,
      last_seen_at = case when p.own is null then coalesce(l.last_seen_at, p.last_seen_at) else p.last_seen_at end,
      own = case when p.own is null then null else p.own || jsonb_strip_nulls(jsonb_build_object('sightings', l.sightings, 'first_seen_at', l.first_seen_at, 'last_seen_at', l.last_seen_at)) end
    from left_over l where p.workspace_id = ${workspaceId} and p.id = l.id`);
  const organizations = [...new Set(gone.flatMap((one) => one.organizationId ?? []))];
  await tx.run(sql`with left_over as (
      select o.id, max(s.seen_at) as last_seen_at from unnest(${organizations}::uuid[]) o (id)
      left join identity.person p on p.workspace_id = ${workspaceId} and p.organization_id = o.id
      left join identity.sighting s on s.workspace_id = ${workspaceId} and s.person_id = p.id and s.organization_id = o.id and s.withdrawn_at is null
      group by o.id)
    update identity.organization o set last_seen_at = greatest(o.first_seen_at, l.last_seen_at)
    from left_over l where o.workspace_id = ${workspaceId} and o.id = l.id`);
  const merged = await tx.rows<{ id: string }>(sql`select distinct coalesce(survivor_id, id) as id from identity.person
    where workspace_id = ${workspaceId} and id = any(${people}::uuid[]) and (survivor_id is not null or own is not null)`);
  return { people, inComponents: merged.map((one) => one.id) };
}

async function emptyAgain(tx: Tx, filled: { personId: string; filled: Record<string, string> }[]): Promise<void> {
  if (filled.length === 0) return;
  const cells = filled.flatMap((one) =>
    Object.entries(one.filled).flatMap(([field, value]) => {
      const column = fields[field as keyof typeof fields];
      return column === undefined || value === null ? [] : [{ id: one.personId, column, value }];
    }),
  );
  const { workspaceId } = tx.scope;
  for (const column of new Set(cells.map((cell) => cell.column))) {
    const mine = cells.filter((cell) => cell.column === column);
    const name = raw(column);
    await tx.run(sql`update identity.person p set
        ${name} = case when p.${name}::text = v.value then null else p.${name} end,
        own = case when p.own ->> ${column} = v.value then p.own || jsonb_build_object(${column}::text, null) else p.own end
      from unnest(${mine.map((cell) => cell.id)}::uuid[], ${mine.map((cell) => cell.value)}::text[]) v (id, value)
      where p.workspace_id = ${workspaceId} and p.id = v.id`);
  }
}

/** Merges that stand, the latest first, between one of these people of whom no sighting is left and anybody. */
export async function findMergesOfUnseen(tx: Tx, people: readonly string[]): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`with unseen as materialized (
      select u.id from unnest(${people}::uuid[]) u (id)
      where not exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.person_id = u.id and s.withdrawn_at is null))
    select m.id from identity.merge m where m.workspace_id = ${workspaceId} and m.kind = 'person' and m.undone_at is null
      and (m.merged_id = any(array(select id from unseen)) or m.survivor_id = any(array(select id from unseen)))
    order by m.merged_at desc, m.id desc`);
  return rows.map((row) => row.id);
}

export async function retirePeople(tx: Tx, people: readonly string[], at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  const retired = await tx.run(sql`update identity.person p set retired_at = ${at}
    where workspace_id = ${workspaceId} and id = any(${people}::uuid[]) and retired_at is null
      and not exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.person_id = p.id and s.withdrawn_at is null)`);
  await tx.run(sql`update identity.organization o set retired_at = ${at}
    where workspace_id = ${workspaceId} and retired_at is null
      and id in (select organization_id from identity.sighting where workspace_id = ${workspaceId} and person_id = any(${people}::uuid[]) and withdrawn_at = ${at})
      and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.retired_at is null)
      and o.import_id is not null`);
  if (retired > 0)
    await tx.run(sql`update identity.tally set people = greatest(0, people - ${retired}) where workspace_id = ${workspaceId}`);
}
