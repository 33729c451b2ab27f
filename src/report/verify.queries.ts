import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface ChainFact {
  id: string;
  type: string;
  chainId: string;
  seq: number;
  subjectId: string;
  at: Date;
  actor: string;
  data: Record<string, unknown>;
  hash: Buffer;
}

/** The journal in the order of its chains, a page at a time: memory stays flat however long it is. */
export const readChains = (tx: Tx, afterChain: string, afterSeq: number, limit: number): Promise<ChainFact[]> =>
  tx.rows(sql`select id, type, chain_id, seq, subject_id, at, actor, data, hash from journal.fact
    where workspace_id = ${tx.scope.workspaceId} and (chain_id, seq) > (${afterChain}::uuid, ${afterSeq}::int) order by chain_id, seq limit ${limit}`);

export interface InquiryStatus {
  inquiryId: string;
  status: string;
}

export const readInquiries = (tx: Tx, after: string, limit: number): Promise<InquiryStatus[]> =>
  tx.rows(
    sql`select id as inquiry_id, status from capture.inquiry where workspace_id = ${tx.scope.workspaceId} and id > ${after}::uuid order by id limit ${limit}`,
  );

/** Which lead the inquiries of a range belong to. */
export const readMembers = (tx: Tx, after: string, last: string): Promise<{ inquiryId: string; leadId: string }[]> =>
  tx.rows(sql`select inquiry_id, lead_id from qualify.lead_inquiry
    where workspace_id = ${tx.scope.workspaceId} and inquiry_id > ${after}::uuid and inquiry_id <= ${last}::uuid and withdrawn_at is null`);

export const readDismissed = (tx: Tx, after: string, last: string): Promise<{ inquiryId: string }[]> =>
  tx.rows(
    sql`select inquiry_id from qualify.dismissal where workspace_id = ${tx.scope.workspaceId} and inquiry_id > ${after}::uuid and inquiry_id <= ${last}::uuid`,
  );

export interface LeadFate {
  leadId: string;
  inquiryId: string;
  closed: boolean;
  fate: string | null;
}

export const readLeads = (tx: Tx): Promise<LeadFate[]> =>
  tx.rows(
    sql`select id as lead_id, inquiry_id, closed_at is not null as closed, fate from qualify.lead where workspace_id = ${tx.scope.workspaceId}`,
  );

export const readHolders = (tx: Tx): Promise<{ leadId: string; holders: string[] }[]> =>
  tx.rows(
    sql`select lead_id, array_agg(holder_id::text) as holders from distribute.assignment where workspace_id = ${tx.scope.workspaceId} and ended_at is null group by 1`,
  );

export async function findDesk(tx: Tx): Promise<string | undefined> {
  const desk = await tx.maybe<{ id: string }>(
    sql`select id from distribute.holder where workspace_id = ${tx.scope.workspaceId} and kind = 'desk'`,
  );
  return desk?.id;
}

/** Moments at which two assignments held one lead. */
export const findOverlaps = (tx: Tx): Promise<{ leadId: string; at: Date }[]> =>
  tx.rows(sql`
    select lead_id, started_at as at from (
      select lead_id, started_at, max(coalesce(ended_at, 'infinity')) over (partition by lead_id order by started_at, sequence, id rows between unbounded preceding and 1 preceding) as held_until
      from distribute.assignment where workspace_id = ${tx.scope.workspaceId}) o
    where started_at < held_until limit 1000`);

/** Accounts of turns in which not as many leads were shared out as given: each lead dealt, or given back, is one of both. */
export const findUnevenAccounts = (tx: Tx): Promise<{ accountId: string; grade: string; given: number; shared: number }[]> =>
  tx.rows(sql`select territory_id as account_id, grade, sum(received)::int as given, sum(entitled)::float8 as shared from distribute.balance
    where workspace_id = ${tx.scope.workspaceId} group by 1, 2 having abs(sum(entitled) - sum(received)) > 0.01 limit 1000`);

export const countAssignments = async (tx: Tx): Promise<number> =>
  (await tx.one<{ n: number }>(sql`select count(*)::int as n from distribute.assignment where workspace_id = ${tx.scope.workspaceId}`)).n;

export async function findReceipts(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; receipt: string }>(
    sql`select id, receipt from capture.inquiry where workspace_id = ${tx.scope.workspaceId} and id = any(${[...ids]}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row.receipt]));
}
