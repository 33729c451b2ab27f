import { carry } from '../journal/index.ts';
import { applyRows } from './apply-rows.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import type { FileRow } from './import-file.ts';
import type { ImportRow, RowOutcome } from './import-kind.ts';
import type { ImportCounts } from './import.contract.ts';
import type { ProblemRow } from './import.queries.ts';
import type { ImportPlan } from './plan-import.ts';
import { noCounts } from './present.rules.ts';
import { readRow } from './read-row.rules.ts';
import type { CellProblem } from './read-row.rules.ts';

export interface ReadBatch {
  rows: ImportRow[];
  cells: Map<number, string[]>;
  problems: { row: number; problem: CellProblem }[];
  /** Rows that are not even tried. */
  kept: number;
  size: number;
}

/** Reads a handful of rows by the plan: what can be taken in, and what stands against the rest. */
export function readBatch(plan: ImportPlan, rows: readonly FileRow[]): ReadBatch {
  const batch: ReadBatch = { rows: [], cells: new Map(), problems: [], kept: 0, size: rows.length };
  for (const { row, cells, problem } of rows) {
    const read = readRow(plan.rows, cells);
    if (problem) read.problems.unshift({ severity: 'row', kind: 'malformed', field: null, sentence: problem });
    const stops = read.problems.some(({ severity }) => severity === 'row');
    for (const one of read.problems) batch.problems.push({ row, problem: one });
    if (stops) batch.kept++;
    else batch.rows.push({ row, values: read.values, extra: read.extra });
    batch.cells.set(row, cells);
  }
  return batch;
}

export interface TakenBatch {
  counts: ImportCounts;
  problems: ProblemRow[];
}

/** Hands the rows of a batch to their room and keeps the score. */
export async function takeBatch(tx: Tx, cx: Context, plan: ImportPlan, importId: string, batch: ReadBatch, carrying = false): Promise<TakenBatch> {
  const outcomes = batch.rows.length > 0 ? await (carrying && (plan.options.mode === 'both' || !plan.kind.updates) ? carry(tx, cx, () => applyRows(tx, cx, plan, importId, batch.rows)) : applyRows(tx, cx, plan, importId, batch.rows)) : [];
  return score(batch, outcomes);
}

/** What a room says of a row it took in whole ("cancelled: it never counts"): nothing is wrong with a cell of it. */
export const roomNote = 'noted';

export function score(batch: ReadBatch, outcomes: readonly RowOutcome[]): TakenBatch {
  const counts: ImportCounts = { ...noCounts, rows: batch.size, problem: batch.kept };
  const found = [...batch.problems];
  for (const { row, outcome, field, sentence } of outcomes) {
    counts[outcome]++;
    if (outcome === 'problem' || (sentence && outcome !== 'skipped')) found.push({ row, problem: { severity: outcome === 'problem' ? 'row' : 'cell', kind: field ? `${field}-refused` : outcome === 'problem' ? 'refused' : roomNote, field: field ?? null, sentence: sentence ?? 'The row could not be taken in.' } });
  }
  counts.cells = found.filter(({ problem }) => problem.severity === 'cell' && problem.kind !== roomNote).length;
  const seen = new Map<number, number>();
  const problems = found.map(({ row, problem }): ProblemRow => {
    const n = seen.get(row) ?? 0;
    seen.set(row, n + 1);
    return { ...problem, row, n, cells: problem.severity === 'row' ? (batch.cells.get(row) ?? []) : null };
  });
  return { counts, problems };
}

export const addCounts = (a: Partial<ImportCounts>, b: ImportCounts): ImportCounts => {
  const sum = { ...noCounts, ...a };
  for (const key of Object.keys(sum) as (keyof ImportCounts)[]) sum[key] += b[key];
  return sum;
};
