import { join, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { InquiryFields, Touch } from './inquiry.contract.ts';

export interface InquiryRow {
  id: string;
  receipt: string;
  sourceId: string | null;
  programId: string | null;
  importId: string | null;
  importRow: number | null;
  externalId: string | null;
  idempotencyKey: string | null;
  channel: string;
  receivedAt: Date;
  occurredAt: Date;
  raw: Buffer | null;
  rawType: string | null;
  fields: InquiryFields;
  firstTouch: Touch | null;
  lastTouch: Touch | null;
  status: 'parsed' | 'quarantined' | 'withdrawn';
  problem: string | null;
}

export async function findByKeys(tx: Tx, keys: readonly string[]): Promise<Map<string, { id: string; receipt: string; status: InquiryRow['status'] }>> {
  const rows = await tx.rows<{ key: string; id: string; receipt: string; status: InquiryRow['status'] }>(sql`
    select k.key, i.id, i.receipt, i.status from capture.delivery_key k
    join capture.inquiry i on i.workspace_id = k.workspace_id and i.id = k.inquiry_id
    where k.workspace_id = ${tx.scope.workspaceId} and k.key = any(${keys}::text[])`);
  return new Map(rows.map((row) => [row.key, row]));
}

/** How many of these texts are external ids of inquiries. */
export async function countKnownExternalIds(tx: Tx, texts: readonly string[]): Promise<number> {
  const { n } = await tx.one<{ n: number }>(sql`
    select count(distinct external_id) as n from capture.inquiry where workspace_id = ${tx.scope.workspaceId} and external_id = any(${texts}::text[]) and status <> 'withdrawn'`);
  return n;
}

/** Inquiries that stand under these external ids, with the moment each tells of. */
export async function findRecords(tx: Tx, externalIds: readonly string[]): Promise<{ externalId: string; id: string; receipt: string; status: InquiryRow['status']; occurredAt: Date }[]> {
  return tx.rows(sql`select external_id, id, receipt, status, occurred_at from capture.inquiry
    where workspace_id = ${tx.scope.workspaceId} and external_id = any(${externalIds as string[]}::text[]) and status <> 'withdrawn' order by id`);
}

/** External id → the newest inquiry that carries it. */
export async function findByExternalIds(tx: Tx, externalIds: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ externalId: string; id: string }>(sql`
    select distinct on (external_id) external_id, id from capture.inquiry
    where workspace_id = ${tx.scope.workspaceId} and external_id = any(${externalIds}::text[]) and status <> 'withdrawn' order by external_id, id desc`);
  return new Map(rows.map((row) => [row.externalId, row.id]));
}

const columns = sql`i.id, i.receipt, i.status, i.problem, i.channel, i.source_id, s.name as source_name, i.program_id, p.name as program_name, i.import_id, i.import_row,
  i.external_id, i.received_at, i.occurred_at, i.fields, i.first_touch, i.last_touch`;

const joins = sql`left join capture.source s on s.workspace_id = i.workspace_id and s.id = i.source_id
  left join capture.program p on p.workspace_id = i.workspace_id and p.id = i.program_id`;

export type InquiryView = InquiryRow & { sourceName: string | null; programName: string | null };

export interface InquiryFilter {
  status?: string | undefined;
  sourceId?: string | undefined;
  programId?: string | undefined;
  importId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
  receipt?: string | undefined;
  externalId?: string | undefined;
  /** selects of ids, each of which they are among */
  among?: readonly Sql[] | undefined;
}

export async function listInquiries(tx: Tx, filter: InquiryFilter, before: string | undefined, limit: number): Promise<InquiryView[]> {
  const where: Sql[] = [sql`i.workspace_id = ${tx.scope.workspaceId}`];
  if (filter.status) where.push(sql`i.status = ${filter.status}`);
  if (filter.sourceId) where.push(sql`i.source_id = ${filter.sourceId}`);
  if (filter.programId) where.push(sql`i.program_id = ${filter.programId}`);
  if (filter.importId) {
    // The ids of an import lie close together: its range is read, the rest of the table is not.
    const edge = (column: Sql): Sql => sql`(select ${column} from capture.import where workspace_id = ${tx.scope.workspaceId} and id = ${filter.importId})`;
    where.push(sql`i.import_id = ${filter.importId} and i.id >= ${edge(sql`first_inquiry_id`)} and i.id <= ${edge(sql`last_inquiry_id`)}`);
  }
  if (filter.from) where.push(sql`i.occurred_at >= ${filter.from}`);
  if (filter.to) where.push(sql`i.occurred_at < ${filter.to}`);
  if (filter.receipt && filter.externalId) where.push(sql`(i.receipt = ${filter.receipt} or i.external_id = ${filter.externalId})`);
  else if (filter.externalId) where.push(sql`i.external_id = ${filter.externalId}`);
  for (const ids of filter.among ?? []) where.push(sql`i.id in (${ids})`);
  if (before) where.push(sql`i.id < ${before}`);
  return tx.rows<InquiryView>(sql`select ${columns} from capture.inquiry i ${joins} where ${join(where, ' and ')} order by i.id desc limit ${limit}`);
}

export async function findInquiry(tx: Tx, by: { id: string } | { receipt: string }): Promise<InquiryView | undefined> {
  const rows = await tx.rows<InquiryView>(sql`select ${columns} from capture.inquiry i ${joins}
    where i.workspace_id = ${tx.scope.workspaceId} and ${'id' in by ? sql`i.id = ${by.id}` : sql`i.receipt = ${by.receipt}`} order by i.id desc limit 1`);
  return rows[0];
}

export async function findRaw(tx: Tx, id: string): Promise<{ raw: Buffer | null; rawType: string | null; importId: string | null; importRow: number | null } | undefined> {
  // What came by mail is kept once, as the mail.
  return tx.maybe(sql`select coalesce(i.raw, m.raw) as raw, i.raw_type, i.import_id, i.import_row from capture.inquiry i
    left join capture.lead_mail m on m.workspace_id = i.workspace_id and m.id = case when i.channel = 'mail' and i.idempotency_key like 'mail:%' then substr(i.idempotency_key, 6, 36)::uuid end
    where i.workspace_id = ${tx.scope.workspaceId} and i.id = ${id}`);
}

export async function countQuarantined(tx: Tx): Promise<{ problem: string; count: number }[]> {
  return tx.rows<{ problem: string; count: number }>(sql`
    select coalesce(problem, '') as problem, count(*) as count from capture.inquiry
    where workspace_id = ${tx.scope.workspaceId} and status = 'quarantined' group by 1 order by 2 desc, 1 limit 100`);
}
