import { empty, join, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { Model } from './attribution.rules.ts';
import { amongSales, ofSales, type Sales } from './who-bought.ts';
import type { MatchedBy, MatchReason } from './match.rules.ts';

export interface Between {
  from?: string | undefined;
  to?: string | undefined;
}
const within = (column: Sql, { from, to }: Between): Sql =>
  sql`${from ? sql` and ${column} >= ${from}::date` : empty}${to ? sql` and ${column} <= ${to}::date` : empty}`;

/** The currency the ledger is read in: the workspace's own, or, where nothing at all is in it, the one most amounts are in. */
export async function ledgerCurrency(tx: Tx): Promise<string> {
  const { workspaceId } = tx.scope;
  const { currency } = await tx.one<{ currency: string }>(sql`
    select coalesce(
      (select w.currency from platform.workspace w where w.id = ${workspaceId} and (
        exists (select from revenue.opportunity o where o.workspace_id = ${workspaceId} and o.currency = w.currency and o.amount_minor <> 0)
        or exists (select from capture.program_cost c where c.workspace_id = ${workspaceId} and c.currency = w.currency)
        or exists (select from revenue.invoice i where i.workspace_id = ${workspaceId} and i.currency = w.currency and i.net_minor <> 0))),
      (select currency from (select currency from revenue.opportunity where workspace_id = ${workspaceId} and amount_minor <> 0
        union all select currency from capture.program_cost where workspace_id = ${workspaceId}
        union all select currency from revenue.invoice where workspace_id = ${workspaceId} and net_minor <> 0) used group by currency order by count(*) desc limit 1),
      (select w.currency from platform.workspace w where w.id = ${workspaceId})) as currency`);
  return currency;
}

export interface CreditSum {
  programId: string | null;
  channel: string | null;
  attributed: boolean;
  wonMinor: number;
  invoicedMinor: number;
  sales: number;
}

/** What each program (and where there is none, each channel) was credited under one model. */
export const sumCredits = (tx: Tx, model: Model, currency: string, between: Between, sales?: Sales): Promise<CreditSum[]> =>
  tx.rows(sql`
    select c.program_id, case when c.program_id is null then c.channel end as channel, c.attributed, coalesce(sum(c.amount_minor) filter (where c.sale_kind = 'opportunity'), 0)::bigint as won_minor,
      coalesce(sum(c.amount_minor) filter (where c.sale_kind = 'invoice'), 0)::bigint as invoiced_minor, count(distinct c.sale_id) filter (where c.sale_kind = 'opportunity')::int as sales
    from revenue.credit c where c.workspace_id = ${tx.scope.workspaceId} and c.model = ${model} and c.currency = ${currency}${within(sql`c.sold_on`, between)}${ofSales(sql`c.sale_id`, sales)} group by 1, 2, 3`);

export interface Ledger {
  wonMinor: number;
  wonCount: number;
  invoicedMinor: number;
  invoiceCount: number;
  cancelledCount: number;
  cancelledMinor: number;
}

/** The ledger itself, straight from opportunities and invoices: what credits have to add up to. */
export const sumLedger = (tx: Tx, currency: string, between: Between, timeZone: string, sales?: Sales): Promise<Ledger> =>
  tx.one(sql`
    select * from (select coalesce(sum(amount_minor), 0)::bigint as won_minor, count(*)::int as won_count from revenue.opportunity
        where workspace_id = ${tx.scope.workspaceId} and outcome = 'won' and currency = ${currency}${within(sql`(closed_at at time zone ${timeZone})::date`, between)}${amongSales(sql`id`, sales?.opportunities)}) o
      cross join (select coalesce(sum(net_minor) filter (where status in ('open', 'paid')), 0)::bigint as invoiced_minor, count(*) filter (where status in ('open', 'paid'))::int as invoice_count,
          count(*) filter (where status = 'cancelled')::int as cancelled_count, coalesce(sum(net_minor) filter (where status = 'cancelled'), 0)::bigint as cancelled_minor
        from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and currency = ${currency}${within(sql`issued_on`, between)}${amongSales(sql`id`, sales?.invoices)}) i`);

export const sumOtherCurrencies = (
  tx: Tx,
  currency: string,
  between: Between,
  timeZone: string,
  sales?: Sales,
): Promise<{ currency: string; wonMinor: number; invoicedMinor: number }[]> =>
  tx.rows(sql`
    select currency, sum(won)::bigint as won_minor, sum(invoiced)::bigint as invoiced_minor from (
      select currency, amount_minor as won, 0 as invoiced from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and outcome = 'won' and currency <> ${currency} and amount_minor <> 0${within(sql`(closed_at at time zone ${timeZone})::date`, between)}${amongSales(sql`id`, sales?.opportunities)}
      union all select currency, 0, net_minor from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and status in ('open', 'paid') and currency <> ${currency}${within(sql`issued_on`, between)}${amongSales(sql`id`, sales?.invoices)}
    ) amounts group by 1 order by 1`);

export interface ProgramCost {
  id: string;
  name: string;
  channel: string | null;
  costMinor: number | null;
}

/** Every program with what it cost in the period; null where nobody entered a cost at all. */
export const listProgramCosts = (tx: Tx, currency: string, between: Between): Promise<ProgramCost[]> =>
  tx.rows(sql`
    select p.id, p.name, p.channel, case when count(c.id) = 0 then null else coalesce(sum(c.amount_minor) filter (where true${within(sql`c.on_date`, between)}), 0)::bigint end as cost_minor
    from capture.program p left join capture.program_cost c on c.workspace_id = p.workspace_id and c.program_id = p.id and c.currency = ${currency}
    where p.workspace_id = ${tx.scope.workspaceId} and p.status <> 'withdrawn' group by p.id, p.name, p.channel order by lower(p.name), p.id`);

export interface InvoiceView {
  id: string;
  externalId: string | null;
  number: string;
  kind: 'invoice' | 'credit_note';
  status: 'open' | 'paid' | 'cancelled' | 'draft';
  statusText: string | null;
  subject: string | null;
  personId: string | null;
  personName: string | null;
  organizationId: string | null;
  organizationName: string | null;
  leadId: string | null;
  leadName: string | null;
  opportunityId: string | null;
  opportunityName: string | null;
  programId: string | null;
  programName: string | null;
  billedName: string | null;
  billedEmail: string | null;
  reference: string | null;
  issuedOn: string;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
  currency: string;
  matchedBy: MatchedBy;
  matchReasons: MatchReason[];
}

export interface InvoiceFilter extends Between {
  text?: string | undefined;
  status?: string | undefined;
  matchedBy?: string | undefined;
  leadId?: string | undefined;
  personId?: string | undefined;
  organizationId?: string | undefined;
  programId?: string | undefined;
  id?: string | undefined;
}

export async function listInvoices(tx: Tx, f: InvoiceFilter, after: unknown[] | undefined, limit: number): Promise<InvoiceView[]> {
  const parts: Sql[] = [sql`i.workspace_id = ${tx.scope.workspaceId}`];
  if (f.id) parts.push(sql`i.id = ${f.id}`);
  if (f.status) parts.push(sql`i.status = ${f.status}`);
  if (f.matchedBy) parts.push(sql`i.matched_by = ${f.matchedBy}`);
  if (f.leadId) parts.push(sql`i.lead_id = ${f.leadId}`);
  if (f.personId) parts.push(sql`i.person_id = ${f.personId}`);
  if (f.organizationId) parts.push(sql`i.organization_id = ${f.organizationId}`);
  if (f.programId) parts.push(sql`i.program_id = ${f.programId}`);
  if (f.text)
    parts.push(
      sql`(i.number = ${f.text.trim()} or strpos(lower(concat_ws(' ', i.number, i.billed_name, i.subject, i.billed_email)), ${f.text.trim().toLowerCase()}) > 0)`,
    );
  if (after) parts.push(sql`(i.issued_on, i.id) < (${after[0]}::date, ${after[1]}::uuid)`);
  return tx.rows(sql`
    select i.id, i.external_id, i.number, i.kind, i.status, i.status_text, i.subject, i.person_id, coalesce(nullif(p.full_name, ''), nullif(concat_ws(' ', p.given_name, p.family_name), ''), p.email) as person_name,
      i.organization_id, g.name as organization_name, i.lead_id, case when i.lead_id is not null then coalesce(nullif(p.full_name, ''), p.email, g.name, i.billed_name, i.number) end as lead_name,
      i.opportunity_id, o.name as opportunity_name, i.program_id, r.name as program_name, i.billed_name, i.billed_email, i.reference, i.issued_on, i.net_minor, i.tax_minor, i.gross_minor, i.currency,
      i.matched_by, i.match_reasons
    from revenue.invoice i
    left join identity.person p on p.workspace_id = i.workspace_id and p.id = i.person_id
    left join identity.organization g on g.workspace_id = i.workspace_id and g.id = i.organization_id
    left join capture.program r on r.workspace_id = i.workspace_id and r.id = i.program_id
    left join revenue.opportunity o on o.workspace_id = i.workspace_id and o.id = i.opportunity_id
    where ${join(parts, ' and ')}${within(sql`i.issued_on`, f)} order by i.issued_on desc, i.id desc limit ${limit}`);
}

export const sumInvoices = (
  tx: Tx,
  currency: string,
  between: Between,
): Promise<{ status: string; kind: string; matchedBy: MatchedBy; count: number; netMinor: number }[]> =>
  tx.rows(sql`select status, kind, matched_by, count(*)::int as count, sum(net_minor)::bigint as net_minor from revenue.invoice
    where workspace_id = ${tx.scope.workspaceId} and currency = ${currency}${within(sql`issued_on`, between)} group by 1, 2, 3`);

export interface CreditView {
  id: string;
  saleKind: 'invoice' | 'opportunity';
  saleId: string;
  saleName: string | null;
  model: Model;
  attributed: boolean;
  programId: string | null;
  programName: string | null;
  sourceId: string | null;
  sourceName: string | null;
  channel: string | null;
  inquiryId: string | null;
  leadId: string | null;
  amountMinor: number;
  currency: string;
  soldOn: string;
  why: string;
}

export interface CreditFilter extends Between {
  model?: Model | undefined;
  saleKind?: string | undefined;
  saleId?: string | undefined;
  programId?: string | undefined;
  channel?: string | undefined;
  attributed?: string | undefined;
  sales?: Sales | undefined;
}

export async function listCredits(tx: Tx, f: CreditFilter, after: unknown[] | undefined, limit: number): Promise<CreditView[]> {
  const parts: Sql[] = [sql`c.workspace_id = ${tx.scope.workspaceId}`];
  if (f.model) parts.push(sql`c.model = ${f.model}`);
  if (f.saleKind) parts.push(sql`c.sale_kind = ${f.saleKind}`);
  if (f.saleId) parts.push(sql`c.sale_id = ${f.saleId}`);
  if (f.programId) parts.push(sql`c.program_id = ${f.programId}`);
  if (f.channel !== undefined)
    parts.push(f.channel === '' ? sql`coalesce(r.channel, c.channel) is null` : sql`coalesce(r.channel, c.channel) = ${f.channel}`);
  if (f.attributed) parts.push(sql`c.attributed = ${f.attributed === 'true'}`);
  if (after) parts.push(sql`(c.sold_on, c.id) < (${after[0]}::date, ${after[1]}::uuid)`);
  return tx.rows(sql`
    select c.id, c.sale_kind, c.sale_id, coalesce(o.name, i.number) as sale_name, c.model, c.attributed, c.program_id, r.name as program_name, c.source_id, s.name as source_name,
      coalesce(r.channel, c.channel) as channel, c.inquiry_id, c.lead_id, c.amount_minor, c.currency, c.sold_on, c.why
    from revenue.credit c
    left join revenue.opportunity o on c.sale_kind = 'opportunity' and o.workspace_id = c.workspace_id and o.id = c.sale_id
    left join revenue.invoice i on c.sale_kind = 'invoice' and i.workspace_id = c.workspace_id and i.id = c.sale_id
    left join capture.program r on r.workspace_id = c.workspace_id and r.id = c.program_id
    left join capture.source s on s.workspace_id = c.workspace_id and s.id = c.source_id
    where ${join(parts, ' and ')}${within(sql`c.sold_on`, f)}${ofSales(sql`c.sale_id`, f.sales)} order by c.sold_on desc, c.id desc limit ${limit}`);
}
