import type { ImportCounts, ImportView } from './import.contract.ts';
import type { Inquiry } from './inquiry.contract.ts';
import type { InquiryView } from './inquiry.queries.ts';
import type { Program, ProgramCost } from './program.contract.ts';
import type { CostRow, ProgramView } from './program.queries.ts';
import type { ImportRecord } from './import.queries.ts';
import type { Source } from './source.contract.ts';
import type { SourceRow } from './source.queries.ts';

/** Rows as the API shows them. */
export const showInquiry = (row: InquiryView): Inquiry => ({
  id: row.id, receipt: row.receipt, status: row.status, problem: row.problem, channel: row.channel, sourceId: row.sourceId, sourceName: row.sourceName,
  programId: row.programId, programName: row.programName, importId: row.importId, importRow: row.importRow, externalId: row.externalId,
  receivedAt: row.receivedAt.toISOString(), occurredAt: row.occurredAt.toISOString(), fields: row.fields, firstTouch: row.firstTouch, lastTouch: row.lastTouch,
});

export const showProgram = (row: ProgramView, currency: string): Program => ({
  id: row.id, externalId: row.externalId, name: row.name, channel: row.channel, status: row.status, startsOn: row.startsOn, endsOn: row.endsOn, budgetMinor: row.budgetMinor,
  expectedMinor: row.expectedMinor, currency: row.currency ?? currency, goalInquiries: row.goalInquiries, goalLeads: row.goalLeads, goalSales: row.goalSales,
  ownerName: row.ownerName, note: row.note, formKey: row.formKey, importId: row.importId, createdAt: row.createdAt.toISOString(), updatedAt: row.updatedAt.toISOString(),
  costMinor: row.costMinor, costEntries: row.costEntries, inquiries: row.inquiries,
});

export const showCost = (row: CostRow): ProgramCost => ({
  id: row.id, programId: row.programId, onDate: row.onDate, amountMinor: row.amountMinor, currency: row.currency, note: row.note, importId: row.importId,
});

export const showSource = (row: SourceRow): Source => ({ id: row.id, name: row.name, channel: row.channel, writeKey: row.writeKey, createdAt: row.createdAt.toISOString(), inquiries: row.inquiries });

export const noCounts: ImportCounts = { rows: 0, new: 0, updated: 0, matched: 0, skipped: 0, problem: 0, cells: 0 };

export function showImport(row: ImportRecord): ImportView {
  const counts = { ...noCounts, ...row.counts };
  const ended = row.finishedAt ?? row.progressedAt;
  const began = row.runStartedAt ?? row.startedAt;
  const seconds = began && ended ? (ended.getTime() - began.getTime()) / 1000 : 0;
  const rowsPerSecond = seconds > 0 ? Math.round((counts.rows - (row.runFromRows ?? 0)) / seconds) : null;
  const rowsLeft = Math.max(0, (row.analysis?.rowsEstimate ?? 0) - counts.rows);
  return {
    id: row.id, kind: row.kind, fileName: row.fileName, fileBytes: row.fileBytes, status: row.status, analysis: row.analysis, settings: row.settings,
    savedMapping: row.savedMapping, counts, rowsDone: counts.rows, rowsPerSecond, secondsLeft: row.status === 'running' && rowsPerSecond ? Math.ceil(rowsLeft / rowsPerSecond) : null, mends: row.mends,
    sentences: row.sentences, problem: row.problem,
    sameFileAs: row.sameId ? { id: row.sameId, createdAt: row.sameCreatedAt!.toISOString(), status: row.sameStatus! } : null,
    createdBy: row.createdByName, createdAt: row.createdAt.toISOString(), startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null, undoneAt: row.undoneAt?.toISOString() ?? null, fileErasedAt: row.fileErasedAt?.toISOString() ?? null,
  };
}
