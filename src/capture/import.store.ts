import { dropInHand, sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { ImportSettings } from './import.contract.ts';
import { findImport } from './import.queries.ts';
import type { ImportRecord, ProblemRow } from './import.queries.ts';

export async function insertImport(tx: Tx, row: { id: string; fileName: string; at: Date }): Promise<void> {
  await tx.run(sql`insert into capture.import (workspace_id, id, file_name, status, created_by, created_at)
    values (${tx.scope.workspaceId}, ${row.id}, ${row.fileName}, 'uploading', ${tx.scope.userId ?? null}, ${row.at})`);
}

export async function insertChunk(tx: Tx, importId: string, n: number, bytes: Buffer): Promise<void> {
  await tx.run(sql`insert into capture.import_chunk (workspace_id, import_id, n, bytes) values (${tx.scope.workspaceId}, ${importId}, ${n}, ${bytes})`);
}

/** Adds to the piece with this number, or begins it. */
export async function upsertChunk(tx: Tx, importId: string, n: number, bytes: Buffer): Promise<void> {
  await tx.run(sql`insert into capture.import_chunk (workspace_id, import_id, n, bytes) values (${tx.scope.workspaceId}, ${importId}, ${n}, ${bytes})
    on conflict (workspace_id, import_id, n) do update set bytes = import_chunk.bytes || excluded.bytes`);
}

/** An archive makes room for what is unpacked from it: its pieces are numbered −1, −2, … from here on. */
export async function setArchiveAside(tx: Tx, importId: string): Promise<void> {
  await tx.run(sql`update capture.import_chunk set n = -1 - n where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and n >= 0`);
}
export async function deleteChunks(tx: Tx, importId: string, { archive }: { archive: boolean }): Promise<void> {
  await tx.run(sql`delete from capture.import_chunk where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and (n < 0) = ${archive}`);
}

export async function deleteImport(tx: Tx, id: string): Promise<void> {
  await tx.run(sql`delete from capture.import where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function lockImport(tx: Tx, id: string): Promise<ImportRecord | undefined> {
  await tx.run(sql`select from capture.import where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);
  return findImport(tx, id);
}

export async function deleteBrokenUploads(tx: Tx, before: Date): Promise<number> {
  return tx.run(sql`delete from capture.import where workspace_id = ${tx.scope.workspaceId} and status = 'uploading' and created_at < ${before}`);
}

export type ImportChange = Partial<Omit<ImportRecord, 'id' | 'createdAt' | 'createdByName' | 'createdByEmail' | 'createdByPartner' | 'sameId' | 'sameCreatedAt' | 'sameStatus' | 'fileErasedAt'>>;

/** Saves what changed of an import; absent keys stay as they are. */
export async function saveImport(tx: Tx, id: string, change: ImportChange): Promise<void> {
  const has = (key: keyof ImportChange): boolean => Object.hasOwn(change, key);
  const json = (value: unknown): string | null => (value === null || value === undefined ? null : JSON.stringify(value));
  await tx.run(sql`update capture.import set
    kind = case when ${has('kind')} then ${change.kind ?? null} else kind end,
    file_bytes = coalesce(${change.fileBytes ?? null}::bigint, file_bytes),
    file_hash = coalesce(${change.fileHash ?? null}::bytea, file_hash),
    status = coalesce(${change.status ?? null}, status),
    shape = coalesce(${change.shape ?? null}, shape),
    analysis = coalesce(${json(change.analysis)}::jsonb, analysis),
    settings = coalesce(${json(change.settings)}::jsonb, settings),
    saved_mapping = case when ${has('savedMapping')} then ${change.savedMapping ?? null} else saved_mapping end,
    done_row = coalesce(${change.doneRow ?? null}::int, done_row),
    counts = coalesce(${json(change.counts)}::jsonb, counts),
    sentences = coalesce(${json(change.sentences)}::jsonb, sentences),
    job_id = coalesce(${change.jobId ?? null}::uuid, job_id),
    problem = case when ${has('problem')} then ${change.problem ?? null} else problem end,
    started_at = coalesce(${change.startedAt ?? null}::timestamptz, started_at),
    progressed_at = coalesce(${change.progressedAt ?? null}::timestamptz, progressed_at),
    finished_at = case when ${has('finishedAt')} then ${change.finishedAt ?? null}::timestamptz else finished_at end,
    run_started_at = coalesce(${change.runStartedAt ?? null}::timestamptz, run_started_at),
    run_from_rows = coalesce(${change.runFromRows ?? null}::int, run_from_rows),
    mends = coalesce(${change.mends ?? null}::uuid, mends),
    undone_at = coalesce(${change.undoneAt ?? null}::timestamptz, undone_at)
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function insertProblems(tx: Tx, importId: string, rows: readonly ProblemRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.copy('capture.import_problem', ['workspace_id', 'import_id', 'row', 'n', 'severity', 'kind', 'field', 'sentence', 'cells'],
    rows.map((r) => [tx.scope.workspaceId, importId, r.row, r.n, r.severity, r.kind, r.field, r.sentence, r.cells === null ? null : JSON.stringify(r.cells)]));
}

export async function keepBefore(tx: Tx, importId: string, subject: string, rows: readonly { id: string; before: object }[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`insert into capture.import_change (workspace_id, import_id, subject, subject_id, before)
    select ${tx.scope.workspaceId}, ${importId}, ${subject}, c.id, c.before from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => JSON.stringify(r.before))}::jsonb[]) as c (id, before)
    on conflict do nothing`);
}

export async function takeBefore<T>(tx: Tx, importId: string, subject: string): Promise<{ id: string; before: T }[]> {
  return tx.rows<{ id: string; before: T }>(sql`delete from capture.import_change where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and subject = ${subject}
    returning subject_id as id, before`);
}

export async function saveMapping(tx: Tx, row: { id: string; name: string; kind: string; shape: string; settings: ImportSettings; at: Date }): Promise<void> {
  await tx.run(sql`insert into capture.saved_mapping (workspace_id, id, name, kind, shape, settings, used_at)
    values (${tx.scope.workspaceId}, ${row.id}, ${row.name}, ${row.kind}, ${row.shape}, ${JSON.stringify(row.settings)}::jsonb, ${row.at})
    on conflict (workspace_id, shape, kind) do update set name = excluded.name, settings = excluded.settings, used_at = excluded.used_at`);
}

/** A point inside the transaction to fall back to when rows turn out not to be storable. */
export const setSavepoint = (tx: Tx): Promise<number> => tx.run(sql`savepoint rows`);
export const releaseSavepoint = (tx: Tx): Promise<number> => tx.run(sql`release savepoint rows`);
export async function rollBackToSavepoint(tx: Tx): Promise<void> {
  await tx.run(sql`rollback to savepoint rows`);
  dropInHand(tx);
}
