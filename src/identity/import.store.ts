import { raw, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import { organizationShape, personShape, type Shape } from './merge.rules.ts';
import type { Kind } from './merge.store.ts';
import { columnOf } from './person-draft.rules.ts';
import type { Write } from './take-back.rules.ts';

export type Change = { id: string; values: Record<string, unknown> };
export const columns = (values: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(values).map(([field, value]) => [columnOf(field), value]));

/**
 * What the columns about to be replaced say now and will say: `{column: {was, now}}`, the first word of an import counting. `sayings`: what was
 * said where only the empty is filled, also where it stands already or is not believed (`said`).
 */
export async function keepBefore(tx: Tx, id: string, importId: string, changes: readonly Change[], kind: Kind = 'person', sayings: readonly Change[] = []): Promise<void> {
  if (changes.length === 0 && sayings.length === 0) return;
  const { workspaceId } = tx.scope;
  const kept = new Map<string, { now: Record<string, unknown>; said: Record<string, unknown> }>();
  for (const { id: of, values } of sayings) kept.set(of, { now: {}, said: columns(values) });
  for (const { id: of, values } of changes) {
    const { now = {}, said = {} } = kept.get(of) ?? {};
    kept.set(of, { now: { ...now, ...columns(values) }, said });
  }
  const rows = [...kept].map(([of, values]) => ({ id: of, ...values }));
  await tx.run(sql`insert into identity.import_change (workspace_id, id, import_id, kind, subject_id, before)
    select ${workspaceId}, ${id}::uuid, ${importId}, ${kind}, p.id,
      coalesce((select jsonb_object_agg(n.key, case when v.said ? n.key then jsonb_build_object('was', w.was, 'now', case when v.now ? n.key then v.now -> n.key else w.was end, 'said', v.said -> n.key)
          else jsonb_build_object('was', w.was, 'now', v.now -> n.key) end)
        from jsonb_object_keys(v.now || v.said) n (key)
        cross join lateral (select case when starts_with(n.key, ${customColumn('')}) then r.own -> 'custom' -> substr(n.key, ${customColumn('').length + 1}) else r.own -> n.key end as was) w), '{}')
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, now jsonb, said jsonb)
    join identity.${raw(kind)} p on p.workspace_id = ${workspaceId} and p.id = v.id
    cross join lateral (select coalesce(p.own, to_jsonb(p)) as own offset 0) r
    on conflict (workspace_id, import_id, kind, subject_id) do update set id = excluded.id, before =
      (select coalesce(jsonb_object_agg(e.key, case when not import_change.before ? e.key then e.value when e.value -> 'now' = import_change.before -> e.key -> 'now' then import_change.before -> e.key
          else jsonb_set(e.value, '{was}', import_change.before -> e.key -> 'was') end), '{}') from jsonb_each(import_change.before || excluded.before) e)`);
}

const settable: Record<Kind, readonly string[]> = { person: wordsOf(personShape), organization: ['name', 'name_key', ...wordsOf(organizationShape)] };
function wordsOf({ groups, any, objects }: Shape): string[] {
  return [...groups.flatMap(({ columns: of, at }) => (at === undefined ? of : [...of, at])), 'verified', ...any, ...objects];
}

/** Sets what is given of each row, and in its own word from before a merge; whoever calls shows the joined anew (refreshComponents). */
export async function setRows(tx: Tx, kind: Kind, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((one) => ({ id: one.id, values: columns(one.values) }));
  const set = settable[kind];
  await tx.run(sql`update identity.${raw(kind)} p set
      (${raw(set.join(', '))}) = (select ${raw(set.map((column) => `r.${column}`).join(', '))} from jsonb_populate_record(p, v.values) r),
      own = case when p.own is null then null else p.own || v.values end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, values jsonb)
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = v.id`);
}

/** What imports, or one of them, wrote into these rows, or one of them into any, in the order of time. */
export async function findWrites(tx: Tx, kind: Kind, by: { importId: string; after: string; limit: number } | { subjectIds: readonly string[]; importId?: string | undefined; notImportId?: string | undefined }): Promise<(Write & { importId: string })[]> {
  const { workspaceId } = tx.scope;
  const which = 'after' in by
    ? sql`import_id = ${by.importId} and subject_id > ${by.after} order by subject_id limit ${by.limit}`
    : sql`subject_id = any(${by.subjectIds}::uuid[]) and (${by.importId ?? null}::uuid is null or import_id = ${by.importId ?? null}) and (${by.notImportId ?? null}::uuid is null or import_id <> ${by.notImportId ?? null})`;
  return tx.rows(sql`select import_id, subject_id, coalesce(id, import_id) as id, before as cells from identity.import_change where workspace_id = ${workspaceId} and kind = ${kind} and ${which}`);
}

/** People and organizations that were known and a list of either wrote into, in the order of their ids. Inquiries tell of themselves. */
export async function loadListed(tx: Tx, importId: string, after: string, limit: number): Promise<{ id: string; kind: Kind }[]> {
  const { workspaceId } = tx.scope;
  const changed = (kind: Kind): Sql => sql`(select subject_id as id, kind from identity.import_change
    where workspace_id = ${workspaceId} and import_id = ${importId} and kind = ${kind} and subject_id > ${after}
      and exists (select 1 from jsonb_each(before) e where e.value -> 'was' is distinct from e.value -> 'now') order by 1 limit ${limit})`;
  return tx.rows(sql`select distinct id, kind from (
      (select person_id as id, 'person' as kind from identity.sighting
        where workspace_id = ${workspaceId} and import_id = ${importId} and inquiry_id is null and person_id > ${after} and filled is not null order by 1 limit ${limit})
      union all ${changed('person')} union all ${changed('organization')}) written
    where exists (select 1 from capture.import where workspace_id = ${workspaceId} and id = ${importId} and kind in ('people', 'organizations')) order by id limit ${limit}`);
}

/** By which a custom field is told of like a column of its own. */
export const customColumn = (key: string): string => `custom.${key}`;

/** The rows' own words, columns by their names in the database. */
export async function loadOwn(tx: Tx, kind: Kind, ids: readonly string[]): Promise<Map<string, Record<string, unknown>>> {
  const rows = await tx.rows<{ id: string; own: Record<string, unknown> }>(sql`
    select id, to_jsonb(p) || coalesce(p.own, '{}') as own from identity.${raw(kind)} p where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
  return new Map(rows.map((row) => [row.id, row.own]));
}

export async function saveMoved(tx: Tx, kind: Kind, moved: readonly Write[]): Promise<void> {
  if (moved.length === 0) return;
  await tx.run(sql`update identity.import_change c set before = v.before
    from jsonb_to_recordset(${JSON.stringify(moved.map((one) => ({ import_id: (one as Write & { importId: string }).importId, subject_id: one.subjectId, before: one.cells })))}::jsonb) as v (import_id uuid, subject_id uuid, before jsonb)
    where c.workspace_id = ${tx.scope.workspaceId} and c.kind = ${kind} and c.import_id = v.import_id and c.subject_id = v.subject_id`);
}

export async function forgetWrites(tx: Tx, kind: Kind, importId: string): Promise<void> {
  await tx.run(sql`delete from identity.import_change where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and kind = ${kind}`);
}

/** A list of organizations that stands speaks of organization `o`, made by another list or by people seen there. */
export const isListed = (tx: Tx): Sql => sql`exists (select 1 from identity.import_change c join capture.import l on l.workspace_id = c.workspace_id and l.id = c.import_id
  where c.workspace_id = ${tx.scope.workspaceId} and c.kind = 'organization' and c.subject_id = o.id and l.kind = 'organizations' and l.status not in ('undoing', 'undone'))`;

/** Organizations this import made that stand by themselves and others speak of, with the columns somebody changed by hand. `isSeen`: people were seen there. */
export function findMadeBy(tx: Tx, importId: string): Promise<{ id: string; isSeen: boolean; byHand: string[] }[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select o.id, s.is_seen, array(select distinct lower(regexp_replace(e.field, '([A-Z])', '_\\1', 'g')) from journal.fact f cross join lateral jsonb_array_elements_text(f.data -> 'fields') e (field)
      where f.workspace_id = ${workspaceId} and f.chain_id = o.id and f.type = 'organization.changed' and f.data -> 'fields' ->> 0 not in ('merged', 'unmerged')) as by_hand
    from identity.organization o cross join lateral (select exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.organization_id = o.id and s.withdrawn_at is null) as is_seen) s
    where o.workspace_id = ${workspaceId} and o.import_id = ${importId} and o.retired_at is null and o.survivor_id is null and o.own is null
      and (s.is_seen or ${isListed(tx)} or exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.retired_at is null))
    order by o.id`);
}

/** Those of these that arrivals or lists of people made, or a list that was taken back: they stand by who speaks of them. */
export async function findUnlisted(tx: Tx, organizationIds: readonly string[]): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`select o.id from identity.organization o left join capture.import m on m.workspace_id = ${workspaceId} and m.id = o.import_id
    where o.workspace_id = ${workspaceId} and o.id = any(${organizationIds}::uuid[]) and (o.import_id is null or m.kind <> 'organizations' or m.status in ('undoing', 'undone'))`);
  return rows.map(({ id }) => id);
}

/** Organizations only this import made, nobody belongs to and no other list speaks of; the next list that does has made them, those people belong to stay. */
export async function retireListedOrganizations(tx: Tx, importId: string, at: Date): Promise<string[]> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update identity.organization o set import_id = n.import_id
    from (select distinct on (c.subject_id) c.subject_id, c.import_id from identity.organization m
      join identity.import_change c on c.workspace_id = ${workspaceId} and c.kind = 'organization' and c.subject_id = m.id and c.import_id <> ${importId}
      join capture.import l on l.workspace_id = ${workspaceId} and l.id = c.import_id and l.kind = 'organizations' and l.status not in ('undoing', 'undone')
      where m.workspace_id = ${workspaceId} and m.import_id = ${importId} and m.retired_at is null order by c.subject_id, coalesce(c.id, c.import_id)) n
    where o.workspace_id = ${workspaceId} and o.id = n.subject_id`);
  const gone = await tx.rows<{ id: string }>(sql`update identity.organization o set retired_at = ${at}
    where o.workspace_id = ${workspaceId} and o.import_id = ${importId} and o.retired_at is null
      and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.retired_at is null)
      and not exists (select 1 from identity.organization m where m.workspace_id = ${workspaceId} and m.survivor_id = o.id)
    returning id`);
  return gone.map((one) => one.id);
}
