import { empty, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export type SaleKind = 'invoice' | 'opportunity';

export interface SaleRow {
  kind: SaleKind;
  id: string;
  amountMinor: number;
  currency: string;
  soldAt: Date;
  soldOn: string;
  personId: string | null;
  organizationId: string | null;
  inquiryId: string | null;
  leadId: string | null;
  /** the program the sale itself names */
  statedProgramId: string | null;
  statedSourceId: string | null;
  statedChannel: string | null;
}

/** Sales that count, as they stand: won opportunities, and invoices and credit notes that are neither cancelled nor drafts. */
export const loadSales = (tx: Tx, opportunityIds: readonly string[], invoiceIds: readonly string[], timeZone: string): Promise<SaleRow[]> =>
  tx.rows(sql`
    select 'opportunity' as kind, o.id, o.amount_minor, o.currency, o.closed_at as sold_at, (o.closed_at at time zone ${timeZone})::date as sold_on, o.person_id, o.organization_id, o.inquiry_id, o.lead_id,
      o.program_id as stated_program_id, o.source_id as stated_source_id, p.channel as stated_channel
    from revenue.opportunity o left join capture.program p on p.workspace_id = o.workspace_id and p.id = o.program_id
    where o.workspace_id = ${tx.scope.workspaceId} and o.id = any(${[...opportunityIds]}::uuid[]) and o.outcome = 'won'
    union all
    select 'invoice', i.id, i.net_minor, i.currency, (i.issued_on + 1)::timestamp at time zone ${timeZone}, i.issued_on, i.person_id, i.organization_id, null, i.lead_id,
      case when i.matched_by = 'manual' then i.program_id end, null, p.channel
    from revenue.invoice i left join capture.program p on p.workspace_id = i.workspace_id and p.id = i.program_id
    where i.workspace_id = ${tx.scope.workspaceId} and i.id = any(${[...invoiceIds]}::uuid[]) and i.status in ('open', 'paid')`);

export interface TouchRow {
  saleId: string;
  inquiryId: string;
  at: Date;
  programId: string | null;
  sourceId: string | null;
  channel: string | null;
}

const touch = sql`i.id as inquiry_id, i.occurred_at as at, i.program_id, i.source_id, coalesce(nullif(p.channel, ''), nullif(so.channel, ''), i.channel) as channel`;
const origin = sql`left join capture.program p on p.workspace_id = i.workspace_id and p.id = i.program_id left join capture.source so on so.workspace_id = i.workspace_id and so.id = i.source_id`;

/** The inquiries of each sale's person, under every id that person ever had, and those of its lead. */
export async function loadTouchesOfPeople(tx: Tx, sales: readonly SaleRow[]): Promise<TouchRow[]> {
  if (sales.length === 0) return [];
  const { workspaceId } = tx.scope;
  return tx.rows(sql`
    with sale as materialized (select * from unnest(${sales.map((one) => one.id)}::uuid[], ${sales.map((one) => one.personId)}::uuid[], ${sales.map((one) => one.leadId)}::uuid[], ${sales.map((one) => one.inquiryId)}::uuid[]) as s (id, person_id, lead_id, inquiry_id)),
    survivor as (select s.id, coalesce(p.survivor_id, p.id) as person_id from sale s join identity.person p on p.workspace_id = ${workspaceId} and p.id = s.person_id),
    inquiry as (
      select s.id, x.inquiry_id from survivor s join identity.sighting x on x.workspace_id = ${workspaceId} and x.person_id = s.person_id and x.withdrawn_at is null and x.inquiry_id is not null
      union
      select s.id, x.inquiry_id from survivor s join identity.person m on m.workspace_id = ${workspaceId} and m.survivor_id = s.person_id
        join identity.sighting x on x.workspace_id = ${workspaceId} and x.person_id = m.id and x.withdrawn_at is null and x.inquiry_id is not null
      union
      select s.id, li.inquiry_id from sale s join qualify.lead_inquiry li on li.workspace_id = ${workspaceId} and li.lead_id = s.lead_id and li.withdrawn_at is null
      union
      select s.id, s.inquiry_id from sale s where s.inquiry_id is not null)
    select q.id as sale_id, ${touch} from inquiry q join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = q.inquiry_id and i.status = 'parsed' ${origin}`);
}

/** For sales whose person is unknown or never enquired: the inquiries of anybody at the organization. */
export async function loadTouchesOfOrganizations(tx: Tx, sales: readonly SaleRow[]): Promise<TouchRow[]> {
  if (sales.length === 0) return [];
  const { workspaceId } = tx.scope;
  return tx.rows(sql`
    select s.id as sale_id, ${touch}
    from unnest(${sales.map((one) => one.id)}::uuid[], ${sales.map((one) => one.organizationId)}::uuid[]) as s (id, organization_id)
    join identity.person x on x.workspace_id = ${workspaceId} and x.organization_id = s.organization_id
    join identity.sighting g on g.workspace_id = ${workspaceId} and g.person_id = x.id and g.withdrawn_at is null and g.inquiry_id is not null
    join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = g.inquiry_id and i.status = 'parsed' ${origin}`);
}

export interface CreditRow {
  id: string;
  saleKind: SaleKind;
  saleId: string;
  model: string;
  attributed: boolean;
  programId: string | null;
  sourceId: string | null;
  channel: string | null;
  inquiryId: string | null;
  leadId: string | null;
  amountMinor: number;
  currency: string;
  soldOn: string;
  why: string;
}

export async function removeCreditsOf(tx: Tx, kind: SaleKind, saleIds: readonly string[]): Promise<void> {
  if (saleIds.length > 0)
    await tx.run(
      sql`delete from revenue.credit where workspace_id = ${tx.scope.workspaceId} and sale_kind = ${kind} and sale_id = any(${[...saleIds]}::uuid[])`,
    );
}

export async function insertCredits(tx: Tx, rows: readonly CreditRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.copy(
    'revenue.credit',
    [
      'workspace_id',
      'id',
      'sale_kind',
      'sale_id',
      'model',
      'attributed',
      'program_id',
      'source_id',
      'channel',
      'inquiry_id',
      'lead_id',
      'amount_minor',
      'currency',
      'sold_on',
      'why',
    ],
    rows.map((r) => [
      tx.scope.workspaceId,
      r.id,
      r.saleKind,
      r.saleId,
      r.model,
      r.attributed,
      r.programId,
      r.sourceId,
      r.channel,
      r.inquiryId,
      r.leadId,
      r.amountMinor,
      r.currency,
      r.soldOn,
      r.why,
    ]),
  );
}

/** Sales that an inquiry of these people or organizations, or a lead's change, may be credited for. */
export async function findSalesOf(
  tx: Tx,
  personIds: readonly string[],
  organizationIds: readonly string[],
  leadIds: readonly string[],
  programIds: readonly string[] = [],
  sourceIds: readonly string[] = [],
): Promise<{ kind: SaleKind; id: string }[]> {
  if (personIds.length + organizationIds.length + leadIds.length + programIds.length + sourceIds.length === 0) return [];
  const { workspaceId } = tx.scope;
  const of = sql`(person_id = any(${[...personIds]}::uuid[]) or organization_id = any(${[...organizationIds]}::uuid[]) or lead_id = any(${[...leadIds]}::uuid[])${programIds.length + sourceIds.length > 0 ? sql` or program_id = any(${[...programIds]}::uuid[]) or id in (select sale_id from revenue.credit where workspace_id = ${workspaceId} and (program_id = any(${[...programIds]}::uuid[]) or source_id = any(${[...sourceIds]}::uuid[])))` : empty})`;
  return tx.rows(sql`
    select 'opportunity' as kind, id from revenue.opportunity where workspace_id = ${workspaceId} and outcome = 'won' and ${of}
    union all select 'invoice', id from revenue.invoice where workspace_id = ${workspaceId} and status in ('open', 'paid') and ${of}`);
}
