import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { InquiryFields, Touch } from './inquiry.contract.ts';
import type { InquiryRow } from './inquiry.queries.ts';

export async function insertInquiries(tx: Tx, rows: readonly InquiryRow[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.copy(
    'capture.inquiry',
    ['workspace_id', 'id', 'receipt', 'source_id', 'program_id', 'import_id', 'import_row', 'external_id', 'idempotency_key', 'channel', 'received_at', 'occurred_at', 'raw', 'raw_type', 'fields', 'first_touch', 'last_touch', 'status', 'problem'],
    rows.map((r) => [workspaceId, r.id, r.receipt, r.sourceId, r.programId, r.importId, r.importRow, r.externalId, r.idempotencyKey, r.channel, r.receivedAt, r.occurredAt, r.raw, r.rawType, r.fields, r.firstTouch, r.lastTouch, r.status, r.problem]),
  );
}

/** Takes delivery keys; returns those that were free. Keys come sorted, so that two writers never wait for each other in a circle. */
export async function takeKeys(tx: Tx, keys: readonly { key: string; inquiryId: string; importId: string | null }[]): Promise<Set<string>> {
  const rows = await tx.rows<{ key: string }>(sql`
    insert into capture.delivery_key (workspace_id, key, inquiry_id, import_id)
    select ${tx.scope.workspaceId}, k.key, k.inquiry_id, k.import_id
    from unnest(${keys.map((k) => k.key)}::text[], ${keys.map((k) => k.inquiryId)}::uuid[], ${keys.map((k) => k.importId)}::uuid[]) as k (key, inquiry_id, import_id)
    on conflict do nothing returning key`);
  return new Set(rows.map((row) => row.key));
}

export interface QuarantinedRow {
  id: string;
  channel: string;
  raw: Buffer | null;
  rawType: string | null;
  programId: string | null;
  sourceId: string | null;
  receivedAt: Date;
  problem: string | null;
}

/** Locks quarantined inquiries: those named, or the next ones after `after`. Those of mails are read again with their mail. */
export async function lockQuarantined(tx: Tx, ids: readonly string[] | null, after: string, limit: number): Promise<QuarantinedRow[]> {
  return tx.rows<QuarantinedRow>(sql`
    select id, channel, raw, raw_type, program_id, source_id, received_at, problem from capture.inquiry
    where workspace_id = ${tx.scope.workspaceId} and status = 'quarantined' and (channel <> 'mail' or raw is not null) and id > ${after} ${ids ? sql`and id = any(${ids}::uuid[])` : sql``}
    order by id limit ${limit} for update`);
}

export async function saveReplayed(tx: Tx, rows: readonly { id: string; sourceId: string | null; programId: string | null; externalId: string | null; occurredAt: Date | null; fields: InquiryFields; firstTouch: Touch | null; lastTouch: Touch | null }[], at: Date): Promise<void> {
  await tx.run(sql`
    update capture.inquiry i set status = 'parsed', problem = null, replayed_at = ${at}, source_id = r.source_id, program_id = r.program_id, external_id = r.external_id,
      occurred_at = coalesce(r.occurred_at, i.occurred_at), fields = r.fields || case when i.fields ? 'consents' then jsonb_build_object('consents', i.fields -> 'consents') else '{}'::jsonb end, first_touch = r.first_touch, last_touch = r.last_touch
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.sourceId)}::uuid[], ${rows.map((r) => r.programId)}::uuid[], ${rows.map((r) => r.externalId)}::text[],
      ${rows.map((r) => r.occurredAt)}::timestamptz[], ${rows.map((r) => JSON.stringify(r.fields))}::jsonb[],
      ${rows.map((r) => r.firstTouch && JSON.stringify(r.firstTouch))}::jsonb[], ${rows.map((r) => r.lastTouch && JSON.stringify(r.lastTouch))}::jsonb[])
      as r (id, source_id, program_id, external_id, occurred_at, fields, first_touch, last_touch)
    where i.workspace_id = ${tx.scope.workspaceId} and i.id = r.id and i.status = 'quarantined'`);
}

/** Withdraws the next inquiries of an import that are not withdrawn yet; returns their ids and what they were. */
export async function withdrawOfImport(tx: Tx, importId: string, after: string, limit: number): Promise<{ id: string }[]> {
  return tx.rows<{ id: string }>(sql`
    update capture.inquiry i set status = 'withdrawn'
    from (select i.id from capture.inquiry i join capture.import m on m.workspace_id = i.workspace_id and m.id = ${importId} and i.id between m.first_inquiry_id and m.last_inquiry_id
      where i.workspace_id = ${tx.scope.workspaceId} and i.id > ${after} and i.import_id = ${importId} and i.status <> 'withdrawn' order by i.id limit ${limit} for update of i) w
    where i.workspace_id = ${tx.scope.workspaceId} and i.id = w.id returning i.id`);
}

/** Widens the range of ids that the inquiries of an import lie in. */
export async function widenImport(tx: Tx, importId: string, first: string, last: string): Promise<void> {
  await tx.run(sql`update capture.import set first_inquiry_id = least(first_inquiry_id, ${first}::uuid), last_inquiry_id = greatest(last_inquiry_id, ${last}::uuid)
    where workspace_id = ${tx.scope.workspaceId} and id = ${importId}`);
}

/** One writer at a time looks for records that came before and adds the rest. */
export async function lockRecords(tx: Tx): Promise<void> {
  await tx.run(sql`select pg_advisory_xact_lock(hashtextextended(${`capture.records ${tx.scope.workspaceId}`}, 20))`);
}
