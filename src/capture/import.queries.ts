import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { ImportAnalysis, ImportCounts, ImportSettings, ImportView } from './import.contract.ts';
import type { CellProblem } from './read-row.rules.ts';

export interface ImportRecord {
  id: string;
  kind: string | null;
  fileName: string;
  fileBytes: number;
  fileHash: Buffer | null;
  status: ImportView['status'];
  shape: string | null;
  analysis: ImportAnalysis | null;
  settings: ImportSettings;
  savedMapping: string | null;
  doneRow: number;
  counts: Partial<ImportCounts>;
  sentences: string[];
  jobId: string | null;
  problem: string | null;
  createdAt: Date;
  startedAt: Date | null;
  progressedAt: Date | null;
  finishedAt: Date | null;
  undoneAt: Date | null;
  /** Since when the file itself is not kept any more. */
  fileErasedAt: Date | null;
  createdByName: string | null;
  createdByEmail: string | null;
  createdByPartner: boolean;
  /** When the run at hand began, and with how many rows done. */
  runStartedAt: Date | null;
  runFromRows: number | null;
  mends: string | null;
  sameId: string | null;
  sameCreatedAt: Date | null;
  sameStatus: ImportView['status'] | null;
}

const select = sql`select m.id, m.kind, m.file_name, m.file_bytes, m.file_hash, m.status, m.shape, m.analysis, m.settings, m.saved_mapping, m.done_row, m.counts, m.sentences, m.job_id,
  m.problem, m.created_at, m.started_at, m.progressed_at, m.finished_at, m.undone_at, m.file_erased_at, m.run_started_at, m.run_from_rows, m.mends, u.name as created_by_name, u.email as created_by_email, coalesce('partner' = any(u.roles), false) as created_by_partner, same.id as same_id, same.created_at as same_created_at, same.status as same_status
  from capture.import m
  left join platform.app_user u on u.workspace_id = m.workspace_id and u.id = m.created_by
  left join lateral (select e.id, e.created_at, e.status from capture.import e
    where e.workspace_id = m.workspace_id and e.file_hash = m.file_hash and e.id < m.id and e.started_at is not null order by e.id desc limit 1) same on true`;

export async function findChunk(tx: Tx, importId: string, n: number): Promise<Buffer | undefined> {
  return (await tx.maybe<{ bytes: Buffer }>(sql`select bytes from capture.import_chunk where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and n = ${n}`))?.bytes;
}

export const findReceived = async (tx: Tx, importId: string): Promise<number> =>
  (await tx.one<{ bytes: number }>(sql`select coalesce(sum(octet_length(bytes)), 0)::bigint as bytes from capture.import_chunk where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and n >= 0`)).bytes;

export const countArchiveBytes = async (tx: Tx, importId: string): Promise<number> =>
  (await tx.one<{ bytes: number }>(sql`select coalesce(sum(octet_length(bytes)), 0)::bigint as bytes from capture.import_chunk where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and n < 0`)).bytes;

export async function findImport(tx: Tx, id: string): Promise<ImportRecord | undefined> {
  return tx.maybe<ImportRecord>(sql`${select} where m.workspace_id = ${tx.scope.workspaceId} and m.id = ${id}`);
}

export const findImports = (tx: Tx, ids: readonly string[]): Promise<ImportRecord[]> =>
  tx.rows<ImportRecord>(sql`${select} where m.workspace_id = ${tx.scope.workspaceId} and m.id = any(${ids}::uuid[]) order by m.id desc`);

export async function listImports(tx: Tx, before: string | undefined, limit: number): Promise<ImportRecord[]> {
  return tx.rows<ImportRecord>(sql`${select} where m.workspace_id = ${tx.scope.workspaceId} and m.status <> 'uploading' and (${before ?? null}::uuid is null or m.id < ${before ?? null}) order by m.id desc limit ${limit}`);
}

export interface ProblemRow extends CellProblem {
  row: number;
  n: number;
  /** Kept for rows that were not taken in, once a row. */
  cells: string[] | null;
}

export async function listProblems(tx: Tx, importId: string, after: { row: number; n: number }, limit: number, severity?: 'row'): Promise<ProblemRow[]> {
  return tx.rows<ProblemRow>(sql`select row, n, severity, kind, field, sentence, cells from capture.import_problem
    where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and (row, n) > (${after.row}, ${after.n}) ${severity ? sql`and severity = ${severity}` : sql``}
    order by row, n limit ${limit}`);
}

export interface SavedMapping {
  name: string;
  kind: string;
  settings: ImportSettings;
}

export async function findSavedMappings(tx: Tx, shape: string): Promise<SavedMapping[]> {
  return tx.rows<SavedMapping>(sql`select name, kind, settings from capture.saved_mapping where workspace_id = ${tx.scope.workspaceId} and shape = ${shape} order by used_at desc limit 20`);
}

/** What the room said of whole rows, each sentence once with how often. */
export const countNotes = (tx: Tx, importId: string, kind: string): Promise<{ sentence: string; count: number }[]> =>
  tx.rows(sql`select sentence, count(*)::int as count from capture.import_problem where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and kind = ${kind}
    group by sentence order by count(*) desc, sentence limit 10`);
