import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { SubjectRow } from './subject.rules.ts';

const columns = sql`i.id as inquiry_id, i.occurred_at, i.channel, i.fields, i.source_id, s.name as source_name, s.channel as source_channel,
  i.program_id, g.name as program_name, g.channel as program_channel,
  p.id as person_id, p.external_id, p.full_name, p.title, p.email, p.phone, p.mobile_e164, p.street, p.postal_code, p.city, p.state, p.country, p.language,
  p.name_is_junk, p.do_not_contact, p.unsubscribed_at is not null as unsubscribed,
  o.id as organization_id, o.name as organization_name, o.country as organization_country, o.state as organization_state, o.postal_code as organization_postal_code,
  o.industry, o.vertical as organization_vertical, o.employees, o.annual_revenue_minor, o.is_customer`;

/** the inquiry with its person (the survivor), organization, source and program */
const joined = (workspaceId: string, wanted: Sql): Sql => sql`
  ${wanted}
  join identity.person q on q.workspace_id = ${workspaceId} and q.id = w.person_id
  join identity.person p on p.workspace_id = ${workspaceId} and p.id = coalesce(q.survivor_id, q.id)
  left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
  left join capture.source s on s.workspace_id = ${workspaceId} and s.id = i.source_id
  left join capture.program g on g.workspace_id = ${workspaceId} and g.id = i.program_id`;

/** Identified inquiries that nobody decided on yet. */
export function loadUndecided(tx: Tx, identified: readonly { inquiryId: string; personId: string }[]): Promise<SubjectRow[]> {
  const { workspaceId } = tx.scope;
  const wanted = sql`from unnest(${identified.map((one) => one.inquiryId)}::uuid[], ${identified.map((one) => one.personId)}::uuid[]) w (id, person_id)
    join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = w.id and i.status = 'parsed'`;
  return tx.rows(sql`select ${columns} ${joined(workspaceId, wanted)}
    where not exists (select 1 from qualify.lead_inquiry li where li.workspace_id = ${workspaceId} and li.inquiry_id = i.id)
      and not exists (select 1 from qualify.dismissal d where d.workspace_id = ${workspaceId} and d.inquiry_id = i.id)
    order by i.id`);
}

/** Every inquiry of these leads that was not withdrawn. */
export function loadSubjectsOfLeads(tx: Tx, leadIds: readonly string[]): Promise<(SubjectRow & { leadId: string })[]> {
  const { workspaceId } = tx.scope;
  if (leadIds.length === 0) return Promise.resolve([]);
  const wanted = sql`from (
      select li.lead_id, li.inquiry_id as id, l.person_id from qualify.lead_inquiry li join qualify.lead l on l.workspace_id = ${workspaceId} and l.id = li.lead_id
      where li.workspace_id = ${workspaceId} and li.lead_id = any(${leadIds}::uuid[]) and li.withdrawn_at is null) w
    join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = w.id`;
  return tx.rows(sql`select w.lead_id, ${columns} ${joined(workspaceId, wanted)} order by i.id`);
}

/** The latest inquiries, whatever was decided about them, to try a definition on. */
export function loadLatestSubjects(tx: Tx, limit: number): Promise<(SubjectRow & { receipt: string; isLead: boolean })[]> {
  const { workspaceId } = tx.scope;
  const wanted = sql`from (
      select i.id, i.receipt from capture.inquiry i where i.workspace_id = ${workspaceId} and i.status = 'parsed' order by i.id desc limit ${limit}) latest
    join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = latest.id
    join identity.sighting w on w.workspace_id = ${workspaceId} and w.inquiry_id = latest.id`;
  return tx.rows(sql`select latest.receipt, ${columns},
      exists (select 1 from qualify.lead_inquiry li where li.workspace_id = ${workspaceId} and li.inquiry_id = i.id) as is_lead
    ${joined(workspaceId, wanted)} order by i.id desc`);
}
