import { empty, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { InvoiceKind, InvoiceStatus } from './invoice.rules.ts';
import type { MatchedBy, MatchReason } from './match.rules.ts';
import { snake } from './opportunity.store.ts';

export interface InvoiceRow {
  id: string;
  externalId: string | null;
  number: string;
  kind: InvoiceKind;
  status: InvoiceStatus;
  statusText: string | null;
  subject: string | null;
  personId: string | null;
  organizationId: string | null;
  leadId: string | null;
  opportunityId: string | null;
  programId: string | null;
  sourceId: string | null;
  billedName: string | null;
  billedEmail: string | null;
  accountRef: string | null;
  contactRef: string | null;
  reference: string | null;
  issuedOn: string;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  currency: string;
  matchedBy: MatchedBy;
  matchReasons: MatchReason[];
  importId: string | null;
  lastImportId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const names = [
  'id',
  'external_id',
  'number',
  'kind',
  'status',
  'status_text',
  'subject',
  'person_id',
  'organization_id',
  'lead_id',
  'opportunity_id',
  'program_id',
  'source_id',
  'billed_name',
  'billed_email',
  'account_ref',
  'contact_ref',
  'reference',
  'issued_on',
  'net_minor',
  'tax_minor',
  'gross_minor',
  'currency',
  'matched_by',
  'match_reasons',
  'import_id',
  'last_import_id',
  'created_at',
  'updated_at',
] as const;
const columns = sql`id, external_id, number, kind, status, status_text, subject, person_id, organization_id, lead_id, opportunity_id, program_id, source_id, billed_name, billed_email,
  account_ref, contact_ref, reference, issued_on, net_minor, tax_minor, gross_minor, currency, matched_by, match_reasons, import_id, last_import_id, created_at, updated_at`;

export async function insertInvoices(tx: Tx, rows: readonly InvoiceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.copy(
    'revenue.invoice',
    ['workspace_id', ...names],
    rows.map((r) => [
      tx.scope.workspaceId,
      r.id,
      r.externalId,
      r.number,
      r.kind,
      r.status,
      r.statusText,
      r.subject,
      r.personId,
      r.organizationId,
      r.leadId,
      r.opportunityId,
      r.programId,
      r.sourceId,
      r.billedName,
      r.billedEmail,
      r.accountRef,
      r.contactRef,
      r.reference,
      r.issuedOn,
      r.netMinor,
      r.taxMinor,
      r.grossMinor,
      r.currency,
      r.matchedBy,
      JSON.stringify(r.matchReasons),
      r.importId,
      r.lastImportId,
      r.createdAt,
      r.updatedAt,
    ]),
  );
}

export async function updateInvoices(tx: Tx, rows: readonly InvoiceRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update revenue.invoice i set external_id = n.external_id, number = n.number, kind = n.kind, status = n.status, status_text = n.status_text, subject = n.subject, person_id = n.person_id,
      organization_id = n.organization_id, lead_id = n.lead_id, opportunity_id = n.opportunity_id, program_id = n.program_id, source_id = n.source_id, billed_name = n.billed_name,
      billed_email = n.billed_email, account_ref = n.account_ref, contact_ref = n.contact_ref, reference = n.reference, issued_on = n.issued_on, net_minor = n.net_minor, tax_minor = n.tax_minor,
      gross_minor = n.gross_minor, currency = n.currency, matched_by = n.matched_by, match_reasons = n.match_reasons, import_id = n.import_id, last_import_id = n.last_import_id, updated_at = n.updated_at
    from jsonb_to_recordset(${JSON.stringify(rows.map(snake))}::jsonb) as n (id uuid, external_id text, number text, kind text, status text, status_text text, subject text, person_id uuid,
      organization_id uuid, lead_id uuid, opportunity_id uuid, program_id uuid, source_id uuid, billed_name text, billed_email text, account_ref text, contact_ref text, reference text,
      issued_on date, net_minor bigint, tax_minor bigint, gross_minor bigint, currency char(3), matched_by text, match_reasons jsonb, import_id uuid, last_import_id uuid, updated_at timestamptz)
    where i.workspace_id = ${tx.scope.workspaceId} and i.id = n.id`);
}

export const findInvoices = (tx: Tx, ids: readonly string[]): Promise<InvoiceRow[]> =>
  tx.rows(
    sql`select ${columns} from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and id = any(${[...ids].sort()}::uuid[]) order by id for update`,
  );

/** By the accounting system's id, else by number of the same kind where no id is known. */
export const findKnownInvoices = (tx: Tx, externalIds: readonly string[], numbers: readonly string[]): Promise<InvoiceRow[]> =>
  tx.rows(sql`select ${columns} from revenue.invoice where workspace_id = ${tx.scope.workspaceId}
    and (external_id = any(${[...externalIds]}::text[]) or (external_id is null and number = any(${[...numbers]}::text[]))) order by id for update`);

export const findInvoicesOfImport = (tx: Tx, importId: string): Promise<InvoiceRow[]> =>
  tx.rows(
    sql`select ${columns} from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} order by id for update`,
  );

/** Invoices nobody was found for yet, or only an organization, that a new lead or person may explain. Never those matched by hand. */
export const findRematchable = (
  tx: Tx,
  personIds: readonly string[],
  organizationIds: readonly string[],
  references: readonly string[],
): Promise<InvoiceRow[]> =>
  tx.rows(sql`select ${columns} from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and matched_by <> 'manual' and lead_id is null
    and (person_id = any(${[...personIds]}::uuid[]) or organization_id = any(${[...organizationIds]}::uuid[]) or (matched_by = 'none' and (contact_ref = any(${[...references]}::text[]) or lower(billed_email) = any(${[...references]}::text[]))))
    order by id limit 5000 for update`);

/** Invoices whose lead, person or organization was taken back, and those that name somebody by an id or an address that is known by now; or only those of some leads. Never those matched by hand. */
export function findOutdatedMatches(tx: Tx, leadIds?: readonly string[]): Promise<InvoiceRow[]> {
  const { workspaceId } = tx.scope;
  const those = leadIds ? sql` and lead_id = any(${[...leadIds]}::uuid[])` : empty;
  return tx.rows(sql`select ${columns} from revenue.invoice v where workspace_id = ${workspaceId} and matched_by <> 'manual'${those} and (
      exists (select 1 from qualify.lead l where l.workspace_id = ${workspaceId} and l.id = v.lead_id and l.fate = 'withdrawn')
      or exists (select 1 from identity.person p where p.workspace_id = ${workspaceId} and p.id = v.person_id and p.retired_at is not null and p.survivor_id is null)
      or exists (select 1 from identity.organization g where g.workspace_id = ${workspaceId} and g.id = v.organization_id and g.retired_at is not null and g.survivor_id is null)
      or (v.person_id is null and v.contact_ref is not null and exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.external_id = v.contact_ref and s.withdrawn_at is null))
      or (v.person_id is null and v.billed_email is not null and exists (select 1 from identity.sighting s where s.workspace_id = ${workspaceId} and s.mail_key = lower(v.billed_email) and s.withdrawn_at is null))
      or (v.organization_id is null and v.account_ref is not null and exists (select 1 from identity.organization g where g.workspace_id = ${workspaceId} and g.external_id = v.account_ref and g.retired_at is null)))
    order by id limit 5000 for update`);
}

export async function removeInvoices(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`delete from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and id = any(${[...ids]}::uuid[])`);
}
