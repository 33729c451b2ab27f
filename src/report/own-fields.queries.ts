import { sql, type Sql, type Tx } from '../platform/db/index.ts';
import type { LeadRow } from './leads.queries.ts';

export interface OwnField {
  subject: 'person' | 'organization' | 'inquiry';
  key: string;
}

/** 'person.plant' as the field it names */
export const ownFieldOf = (text: string): OwnField => ({ subject: text.slice(0, text.indexOf('.')) as OwnField['subject'], key: text.slice(text.indexOf('.') + 1) });

/** The value an own field has for a lead of `report.lead_row`, as text; of inquiries it is what the first one said. `of` names the lead's row. */
export function ownValue(workspaceId: string, { subject, key }: OwnField, of: Sql): Sql {
  if (subject === 'person') return sql`(select p.custom->>${key} from identity.person p where p.workspace_id = ${workspaceId} and p.id = ${of}.person_id)`;
  if (subject === 'organization') return sql`(select o.custom->>${key} from identity.organization o where o.workspace_id = ${workspaceId} and o.id = ${of}.organization_id)`;
  return sql`(select i.fields->'custom'->>${key} from capture.inquiry i where i.workspace_id = ${workspaceId} and i.id = ${of}.inquiry_id)`;
}

/** Leads whose own field is just that; '' finds those of which it is not known. The people who have it are looked up once, not lead by lead. */
export function whereOwn(workspaceId: string, field: OwnField, value: string): Sql {
  if (value === '') return sql`${ownValue(workspaceId, field, sql`r`)} is null`;
  const { subject, key } = field;
  if (subject === 'inquiry') return sql`${ownValue(workspaceId, field, sql`r`)} = ${value}`;
  return subject === 'person'
    ? sql`r.person_id in (select p.id from identity.person p where p.workspace_id = ${workspaceId} and p.custom->>${key} = ${value})`
    : sql`r.organization_id in (select o.id from identity.organization o where o.workspace_id = ${workspaceId} and o.custom->>${key} = ${value})`;
}

export type OwnValues = Record<OwnField['subject'], Record<string, unknown>>;

/** The own fields of the people and companies behind these leads, and of their first inquiries, by lead. */
export async function loadOwnValues(tx: Tx, rows: readonly LeadRow[]): Promise<Map<string, OwnValues>> {
  const { workspaceId } = tx.scope;
  const found = await tx.rows<{ id: string; custom: Record<string, unknown> }>(sql`
    select id, custom from identity.person where workspace_id = ${workspaceId} and id = any(${rows.map((row) => row.personId)}::uuid[]) and custom is not null
    union all select id, custom from identity.organization where workspace_id = ${workspaceId} and id = any(${rows.flatMap((row) => row.organizationId ?? [])}::uuid[]) and custom is not null
    union all select id, fields->'custom' from capture.inquiry where workspace_id = ${workspaceId} and id = any(${rows.map((row) => row.inquiryId)}::uuid[]) and jsonb_typeof(fields->'custom') = 'object'`);
  const custom = new Map(found.map((one) => [one.id, one.custom]));
  return new Map(
    rows.map((row) => [row.leadId, { person: custom.get(row.personId) ?? {}, organization: custom.get(row.organizationId ?? '') ?? {}, inquiry: custom.get(row.inquiryId) ?? {} }]),
  );
}
