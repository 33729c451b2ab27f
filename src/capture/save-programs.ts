import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import type { CostDraft, ProgramDraft } from './program.contract.ts';
import { deleteCosts, insertCosts, lockPrograms, noteWriter, savePrograms } from './program.store.ts';
import { findProgramsBy, listCosts } from './program.queries.ts';
import type { CostRow, ProgramRow } from './program.queries.ts';
import { newFormKey } from './public-keys.ts';

function checkDates(program: { startsOn?: string | null | undefined; endsOn?: string | null | undefined }): void {
  if (program.startsOn && program.endsOn && program.endsOn < program.startsOn) refuse('invalid', 'capture/program-dates', 'The program ends before it starts. Swap or correct the two dates.');
}
async function checkExternalId(tx: Tx, externalId: string | null | undefined, self: string | null): Promise<void> {
  if (!externalId) return;
  const same = (await findProgramsBy(tx, [externalId])).find((program) => program.externalId === externalId && program.id !== self);
  if (same) refuse('conflict', 'capture/program-external-id', `“${same.name}” already has the external id ${externalId}.`);
}

const definedOnly = <T extends object>(draft: T): Partial<T> => Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)) as Partial<T>;

export async function createProgram(tx: Tx, cx: Context, draft: ProgramDraft): Promise<string> {
  checkDates(draft);
  await checkExternalId(tx, draft.externalId, null);
  const now = cx.clock.now();
  const row: ProgramRow = { ...blankProgram(cx.ids.next(), now), formKey: newFormKey(tx.scope.workspaceId), ...(definedOnly(draft) as Partial<ProgramRow>) };
  await savePrograms(tx, [row]);
  await append(tx, cx, [{ type: 'program.created', chainId: row.id, subjectId: row.id, data: { programId: row.id } }]);
  return row.id;
}

export const blankProgram = (id: string, at: Date): ProgramRow => ({
  id, externalId: null, name: '', channel: null, status: 'planned', startsOn: null, endsOn: null, budgetMinor: null, expectedMinor: null, currency: null, goalInquiries: null,
  goalLeads: null, goalSales: null, ownerName: null, note: null, formKey: null, form: null, custom: {}, importId: null, lastImportId: null, createdAt: at, updatedAt: at,
});

export async function changeProgram(tx: Tx, cx: Context, id: string, change: Partial<ProgramDraft & Pick<ProgramRow, 'form' | 'formKey'>>): Promise<void> {
  const [before] = await lockPrograms(tx, [id]);
  if (!before) refuse('not-found', 'capture/no-program', 'There is no such program.');
  const row: ProgramRow = { ...before, ...(definedOnly(change) as Partial<ProgramRow>), lastImportId: null, updatedAt: cx.clock.now() };
  checkDates(row);
  if (row.externalId !== before.externalId) await checkExternalId(tx, row.externalId, id);
  const fields = Object.keys(change).filter((key) => JSON.stringify(row[key as keyof ProgramRow]) !== JSON.stringify(before[key as keyof ProgramRow]));
  if (fields.length === 0) return;
  await savePrograms(tx, [row]);
  await append(tx, cx, [{ type: 'program.updated', chainId: id, subjectId: id, data: { programId: id, fields } }]);
}

/** Records costs on their days; facts say so. */
export async function recordCosts(tx: Tx, cx: Context, rows: readonly CostRow[]): Promise<void> {
  await insertCosts(tx, rows, cx.clock.now());
  await append(tx, cx, rows.map((row): NewFact => ({ type: 'program.costRecorded', chainId: row.programId, subjectId: row.id, data: { programId: row.programId, amountMinor: row.amountMinor, currency: row.currency, onDate: row.onDate } })));
}
/** Removes costs; the journal keeps that they stood there. */
export async function removeCosts(tx: Tx, cx: Context, rows: readonly CostRow[]): Promise<void> {
  if (rows.length === 0) return;
  await deleteCosts(tx, rows.map((row) => row.id));
  await append(tx, cx, rows.map((row): NewFact => ({ type: 'program.costRemoved', chainId: row.programId, subjectId: row.id, data: { programId: row.programId, amountMinor: row.amountMinor, currency: row.currency, onDate: row.onDate } })));
}

export async function addCost(tx: Tx, cx: Context, programId: string, draft: CostDraft, workspaceCurrency: string): Promise<CostRow> {
  const [program] = await lockPrograms(tx, [programId]);
  if (!program) refuse('not-found', 'capture/no-program', 'There is no such program.');
  const row: CostRow = { id: cx.ids.next(), programId, onDate: draft.onDate, amountMinor: draft.amountMinor, currency: draft.currency ?? program.currency ?? workspaceCurrency, note: draft.note ?? null, importId: null };
  await recordCosts(tx, cx, [row]);
  return row;
}
export async function removeCost(tx: Tx, cx: Context, programId: string, costId: string): Promise<void> {
  const cost = (await listCosts(tx, [programId])).find((row) => row.id === costId);
  if (!cost) refuse('not-found', 'capture/no-cost', 'There is no such cost on this program.');
  await removeCosts(tx, cx, [cost]);
  // What a list brought is taken away by hand: whoever takes the list back is asked.
  if (cost.importId !== null) await noteWriter(tx, [programId], null);
}
