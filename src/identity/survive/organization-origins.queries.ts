import { sql, type Sql, type Tx } from '../../platform/db/index.ts';
import type { OrganizationSaid, OrganizationWhence } from './organization-origins.rules.ts';

const component = (workspaceId: string, survivorId: string): Sql =>
  sql`(select id from identity.organization where workspace_id = ${workspaceId} and (id = ${survivorId} or survivor_id = ${survivorId}))`;

/**
 * What was said of an organization and of those merged into it, the latest first: by inquiries in their own words, by lists and providers as
 * far as they put it into the organization.
 */
export async function listSaidOfOrganization(tx: Tx, survivorId: string): Promise<OrganizationSaid[]> {
  const { workspaceId } = tx.scope;
  const ids = component(workspaceId, survivorId);
  return tx.rows(sql`
    (select s.seen_at as at, s.inquiry_id, i.receipt, null::uuid as import_id, null as list, null::uuid as run_id, null as provider, i.fields, null::jsonb as values
      from identity.sighting s join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id
      where s.workspace_id = ${workspaceId} and s.organization_id in ${ids} and s.withdrawn_at is null order by s.seen_at desc, s.id desc limit 500)
    union all
    (select coalesce(m.finished_at, m.created_at), null, null, m.id, m.file_name, null, null, null, (select jsonb_object_agg(e.key, e.value -> 'now') from jsonb_each(c.before) e)
      from identity.import_change c join capture.import m on m.workspace_id = ${workspaceId} and m.id = c.import_id and m.kind not like 'append-%'
      where c.workspace_id = ${workspaceId} and c.kind = 'organization' and c.subject_id in ${ids} order by 1 desc limit 100)
    union all
    (select v.at, null, null, null, null, v.run_id, p.name, null, v.value
      from identity.appended_value v join identity.append_provider p on p.workspace_id = ${workspaceId} and p.id = v.provider_id
      where v.workspace_id = ${workspaceId} and v.kind = 'organization' and v.subject_id in ${ids} and v.status = 'used' and v.ended_at is null order by 1 desc limit 100)
    order by at desc`);
}

/** The organization as it is shown (who was merged answers with its survivor), the names of those who vouched for it, and the list that made it. */
export function findShownOrganization(
  tx: Tx,
  id: string,
): Promise<{ id: string; row: Record<string, unknown>; names: Record<string, string>; importId: string | null; list: string | null; at: Date } | undefined> {
  const { workspaceId } = tx.scope;
  return tx.maybe(sql`select o.id, to_jsonb(o) - 'own' as row, m.id as import_id, m.file_name as list, o.first_seen_at as at,
      coalesce((select jsonb_object_agg(u.id, u.name) from platform.app_user u
        where u.workspace_id = ${workspaceId} and u.id::text in (select e.value ->> 'by' from jsonb_each(coalesce(o.verified, '{}')) e)), '{}') as names
    from identity.organization asked join identity.organization o on o.workspace_id = ${workspaceId} and o.id = case when asked.survivor_id is null then asked.id else asked.survivor_id end
    left join capture.import m on m.workspace_id = ${workspaceId} and m.id = o.import_id
    where asked.workspace_id = ${workspaceId} and asked.id = ${id}`);
}

export interface NamedBy extends Omit<OrganizationWhence, 'runId' | 'provider'> {
  /** how many different people it named there */
  people: number;
  personId: string | null;
  person: string | null;
}

/** The inquiries and lists that named it, each list once, the latest first. A list of organizations names nobody of its people. */
export function listNamedBy(tx: Tx, survivorId: string, limit: number): Promise<(NamedBy & { total: number })[]> {
  const { workspaceId } = tx.scope;
  const ids = component(workspaceId, survivorId);
  return tx.rows(sql`with named as (
      select max(s.seen_at) as at, s.inquiry_id, s.list_id, count(distinct s.person_id)::int as people, (array_agg(s.person_id order by s.seen_at desc))[1] as person_id
        from (select *, case when inquiry_id is null then import_id end as list_id from identity.sighting
          where workspace_id = ${workspaceId} and organization_id in ${ids} and withdrawn_at is null and (inquiry_id is not null or import_id is not null)) s
        group by s.inquiry_id, s.list_id
      union all
      select coalesce(m.finished_at, m.created_at), null, m.id, 0, null from capture.import m
        where m.workspace_id = ${workspaceId} and m.kind = 'organizations' and m.undone_at is null and m.id in (
          select import_id from identity.organization where workspace_id = ${workspaceId} and id in ${ids}
          union select import_id from identity.import_change where workspace_id = ${workspaceId} and kind = 'organization' and subject_id in ${ids}))
    select n.at, n.inquiry_id, i.receipt, m.id as import_id, m.file_name as list, n.people, p.id as person_id, coalesce(p.full_name, p.email, p.phone) as person, count(*) over ()::int as total
      from named n
      left join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = n.inquiry_id
      left join capture.import m on m.workspace_id = ${workspaceId} and m.id = n.list_id
      left join identity.person p on p.workspace_id = ${workspaceId} and p.id = n.person_id and n.people = 1
      order by n.at desc, n.inquiry_id desc limit ${limit}`);
}
