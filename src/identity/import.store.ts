import { raw, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Kind } from './merge.store.ts';

const snake = (field: string): string => field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
export type Change = { id: string; values: Record<string, unknown> };
const columns = (change: Change): Record<string, unknown> =>
  Object.fromEntries(Object.entries(change.values).map(([field, value]) => [snake(field), value]));

/** what the columns about to be replaced say now and will say: `{column: {was, now}}`, the first word of an import counting */
export async function keepBefore(tx: Tx, importId: string, changes: readonly Change[], kind: Kind = 'person'): Promise<void> {
  if (changes.length === 0) return;
  const { workspaceId } = tx.scope;
  const said = new Map<string, Record<string, unknown>>();
  for (const one of changes) said.set(one.id, { ...said.get(one.id), ...columns(one) });
  const rows = [...said].map(([id, now]) => ({ id, now }));
  await tx.run(sql`insert into identity.import_change (workspace_id, import_id, kind, subject_id, before)
    select ${workspaceId}, ${importId}, ${kind}, p.id,
      (select jsonb_object_agg(n.key, jsonb_build_object('was', coalesce(p.own, to_jsonb(p)) -> n.key, 'now', n.value)) from jsonb_each(v.now) n)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, now jsonb)
    join identity.${raw(kind)} p on p.workspace_id = ${workspaceId} and p.id = v.id
    on conflict (workspace_id, import_id, kind, subject_id) do update set before =
      (select jsonb_object_agg(e.key, case when import_change.before ? e.key then jsonb_set(e.value, '{was}', import_change.before -> e.key -> 'was') else e.value end)
         from jsonb_each(import_change.before || excluded.before) e)`);
}

export async function setListedPeople(tx: Tx, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((one) => ({ id: one.id, values: columns(one) }));
  await tx.run(sql`update identity.person p set
      (external_id, given_name, family_name, full_name, title, email, email_key, phone, phone_e164, mobile_e164, organization_id, street, postal_code, city, state, country, language) =
      (select r.external_id, r.given_name, r.family_name, r.full_name, r.title, r.email, r.email_key, r.phone, r.phone_e164, r.mobile_e164, r.organization_id,
         r.street, r.postal_code, r.city, r.state, r.country, r.language from jsonb_populate_record(p, v.values) r),
      own = case when p.own is null then null else p.own || v.values end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, values jsonb)
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = v.id`);
}

export async function setListedOrganizations(tx: Tx, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map((one) => ({ id: one.id, values: columns(one) }));
  await tx.run(sql`update identity.organization p set
      (external_id, name, name_key, domain, website, phone, phone_e164, street, postal_code, city, state, country, industry, vertical, employees, annual_revenue_minor, is_customer) =
      (select r.external_id, r.name, r.name_key, r.domain, r.website, r.phone, r.phone_e164, r.street, r.postal_code, r.city, r.state, r.country, r.industry, r.vertical,
         r.employees, r.annual_revenue_minor, r.is_customer from jsonb_populate_record(p, v.values) r),
      own = case when p.own is null then null else p.own || v.values end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as v (id uuid, values jsonb)
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = v.id`);
}

/** Puts back what an import replaced, where nobody changed it since. Doing it twice changes nothing. */
export async function restoreBefore(tx: Tx, kind: Kind, importId: string): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const changed = await tx.rows<{ subjectId: string; values: Record<string, unknown> | null }>(sql`
    select c.subject_id, (select jsonb_object_agg(e.key, e.value -> 'was') from jsonb_each(c.before) e where coalesce(p.own, to_jsonb(p)) -> e.key is not distinct from e.value -> 'now') as values
    from identity.import_change c join identity.${raw(kind)} p on p.workspace_id = ${workspaceId} and p.id = c.subject_id
    where c.workspace_id = ${workspaceId} and c.import_id = ${importId} and c.kind = ${kind}`);
  const changes = changed.flatMap((one) => (one.values === null ? [] : [{ id: one.subjectId, values: one.values }]));
  await (kind === 'person' ? setListedPeople(tx, changes) : setListedOrganizations(tx, changes));
  await tx.run(sql`delete from identity.import_change where workspace_id = ${workspaceId} and import_id = ${importId} and kind = ${kind}`);
  return changed.map((one) => one.subjectId);
}

/** Organizations only this import made and nobody belongs to; the others stay, and are nobody's import any more. */
export async function retireListedOrganizations(tx: Tx, importId: string, at: Date): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const gone = await tx.rows<{ id: string }>(sql`update identity.organization o set retired_at = ${at}
    where o.workspace_id = ${workspaceId} and o.import_id = ${importId} and o.retired_at is null
      and not exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.organization_id = o.id and p.retired_at is null)
      and not exists (select 1 from identity.organization m where m.workspace_id = ${workspaceId} and m.survivor_id = o.id)
    returning id`);
  return gone.map((one) => one.id);
}
