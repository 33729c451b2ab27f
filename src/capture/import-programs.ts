import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { ChangedSince, ImportBatch, ImportedMoney, ImportKind, RowOutcome } from './import-kind.ts';
import { keepBefore, takeBefore } from './import.store.ts';
import { findProgramsBy, listCosts } from './program.queries.ts';
import type { CostRow, ProgramRow } from './program.queries.ts';
import { deleteCostsOfImport, findChangedPrograms, lockPrograms, noteWriter, passOnCosts, savePrograms, withdrawProgramsOfImport } from './program.store.ts';
import { programFields } from './program-words.rules.ts';
import { programStatusOf } from './program-status.rules.ts';
import { newFormKey } from './public-keys.ts';
import { blankProgram, recordCosts, removeCosts } from './save-programs.ts';

const importedNote = 'Actual cost, imported';
const text = (value: unknown, length = 200): string | null => (typeof value === 'string' && value !== '' ? value.slice(0, length) : null);

interface Draft {
  row: number;
  program: ProgramRow;
  before: ProgramRow | undefined;
  cost: CostRow | undefined;
  note: string | undefined;
}

async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  const now = cx.clock.now();
  const names = batch.rows.flatMap(({ values }) => [text(values['externalId']), text(values['name'])].filter((name) => name !== null));
  const found = await findProgramsBy(tx, names);
  const locked = new Map((await lockPrograms(tx, found.map(({ id }) => id))).map((program) => [program.id, program]));
  const byExternalId = new Map(found.flatMap((p) => (p.externalId ? [[p.externalId, p.id] as const] : [])));
  // Among namesakes the newest; a row with an id of its own never lands on a namesake that has another.
  const byName = new Map(found.toReversed().map((p) => [p.name.toLowerCase(), p.id]));
  const current = new Map<string, Draft>();

  const outcomes = batch.rows.map(({ row, values, extra }): RowOutcome => {
    const externalId = text(values['externalId']);
    const name = text(values['name'])!;
    let id = externalId ? byExternalId.get(externalId) : undefined;
    const namesake = byName.get(name.toLowerCase());
    if (!id && namesake && (!externalId || !(current.get(namesake)?.program ?? locked.get(namesake))?.externalId)) id = namesake;
    const earlier = id ? (current.get(id)?.program ?? locked.get(id)) : undefined;
    const program: ProgramRow = earlier ? { ...earlier } : { ...blankProgram(cx.ids.next(), now), formKey: newFormKey(tx.scope.workspaceId), importId: batch.importId, lastImportId: batch.importId };
    const note = fill(program, values, extra, earlier !== undefined);
    program.updatedAt = now;
    if (!earlier || !same(earlier, program)) program.lastImportId = batch.importId;
    const cost = costOf(cx, batch, values, program);
    const isNew = !earlier || (current.get(program.id)?.before === undefined && !locked.has(program.id));
    current.set(program.id, { row, program, before: locked.get(program.id), cost: cost ?? current.get(program.id)?.cost, note });
    if (externalId) byExternalId.set(externalId, program.id);
    byName.set(name.toLowerCase(), program.id);
    const outcome = !earlier ? 'new' : isNew || same(earlier, program) ? 'matched' : 'updated';
    return { row, subjectId: program.id, outcome, ...(note ? { field: 'endsOn', sentence: note } : {}) };
  });

  const drafts = [...current.values()];
  const changed = drafts.filter(({ before, program }) => !before || !same(before, program));
  await keepBefore(tx, batch.importId, 'program', changed.flatMap(({ before }) => (before ? [{ id: before.id, before }] : [])));
  await savePrograms(tx, changed.map(({ program }) => program));
  await append(tx, cx, changed.map(({ program, before }): NewFact =>
    before
      ? { type: 'program.updated', chainId: program.id, subjectId: program.id, data: { programId: program.id, fields: changedFields(before, program) } }
      : { type: 'program.created', chainId: program.id, subjectId: program.id, data: { programId: program.id } },
  ));
  const replaced = await replaceCosts(tx, cx, batch.importId, drafts);
  return outcomes.map((outcome) => (outcome.outcome === 'matched' && replaced.has(outcome.row) ? { ...outcome, outcome: 'updated' } : outcome));
}

const same = (a: ProgramRow, b: ProgramRow): boolean => changedFields(a, b).length === 0;
const changedFields = (a: ProgramRow, b: ProgramRow): string[] =>
  Object.keys(b).filter((key) => key !== 'updatedAt' && key !== 'lastImportId' && JSON.stringify(a[key as keyof ProgramRow]) !== JSON.stringify(b[key as keyof ProgramRow]));

/** Fills a program from a row; an empty cell changes nothing. Returns what had to be left out. */
function fill(program: ProgramRow, values: Record<string, unknown>, extra: Record<string, string>, known: boolean): string | undefined {
  const take = <K extends keyof ProgramRow>(key: K, value: ProgramRow[K] | null | undefined): void => {
    if (value !== null && value !== undefined) program[key] = value;
  };
  take('name', text(values['name']));
  take('externalId', text(values['externalId']));
  take('channel', text(values['channel'], 100));
  take('startsOn', values['startsOn'] as string | undefined);
  take('endsOn', values['endsOn'] as string | undefined);
  take('ownerName', text(values['ownerName']));
  take('note', text(values['note'], 5000));
  for (const [key, name] of [['goalInquiries', 'goalInquiries'], ['goalLeads', 'goalLeads'], ['goalSales', 'goalSales']] as const) {
    const goal = values[name];
    if (typeof goal === 'number' && goal >= 0 && goal < 1e9) program[key] = Math.round(goal);
  }
  const budget = values['budget'] as ImportedMoney | undefined;
  const expected = values['expected'] as ImportedMoney | undefined;
  const cost = values['actualCost'] as ImportedMoney | undefined;
  take('budgetMinor', budget?.minor);
  take('expectedMinor', expected?.minor);
  take('currency', (budget ?? expected ?? cost)?.currency);
  const status = text(values['status']);
  if (status) {
    program.status = programStatusOf(status);
    program.custom = { ...program.custom, status };
  }
  if (typeof values['createdOn'] === 'string') program.custom = { ...program.custom, createdOn: values['createdOn'] };
  if (Object.keys(extra).length > 0) program.custom = { ...program.custom, ...extra };
  if (!known && !program.channel) program.channel = null;
  if (program.startsOn && program.endsOn && program.endsOn < program.startsOn) {
    const sentence = `It ends on ${program.endsOn}, before it starts; the end was left out.`;
    program.endsOn = null;
    return sentence;
  }
  return undefined;
}

function costOf(cx: Context, batch: ImportBatch, values: Record<string, unknown>, program: ProgramRow): CostRow | undefined {
  const cost = values['actualCost'] as ImportedMoney | undefined;
  if (!cost) return undefined;
  const onDate = (values['costOn'] ?? program.startsOn ?? values['createdOn'] ?? cx.clock.now().toISOString().slice(0, 10)) as string;
  return { id: cx.ids.next(), programId: program.id, onDate, amountMinor: cost.minor, currency: cost.currency, note: importedNote, importId: batch.importId };
}

/** An actual cost is a total: it takes the place of the total an earlier import brought, never of costs entered by hand. */
async function replaceCosts(tx: Tx, cx: Context, importId: string, drafts: readonly Draft[]): Promise<Set<number>> {
  const withCost = drafts.filter((draft) => draft.cost);
  if (withCost.length === 0) return new Set();
  const existing = (await listCosts(tx, withCost.map(({ program }) => program.id))).filter((cost) => cost.importId !== null && cost.note === importedNote);
  const gone: CostRow[] = [];
  const fresh: CostRow[] = [];
  const rows = new Set<number>();
  const touched: { id: string; before: ProgramRow }[] = [];
  for (const { cost, program, row, before } of withCost) {
    const old = existing.filter(({ programId }) => programId === program.id);
    if (old.length === 1 && old[0]!.amountMinor === cost!.amountMinor && old[0]!.onDate === cost!.onDate && old[0]!.currency === cost!.currency) continue;
    gone.push(...old);
    fresh.push(cost!);
    rows.add(row);
    if (before) touched.push({ id: program.id, before });
  }
  await keepBefore(tx, importId, 'program', touched);
  await keepBefore(tx, importId, 'program_cost', gone.filter((cost) => cost.importId !== importId).map((cost) => ({ id: cost.id, before: cost })));
  await removeCosts(tx, cx, gone);
  await recordCosts(tx, cx, fresh);
  await noteWriter(tx, fresh.map(({ programId }) => programId), importId);
  return rows;
}

/** The program of each row of another kind of file, by id or name; those nobody knows are made where the import may. */
export async function makeMissingPrograms(tx: Tx, cx: Context, batch: ImportBatch, wanted: readonly { externalId: string | null; name: string | null }[]): Promise<(string | null)[]> {
  const texts = new Set(wanted.flatMap(({ externalId, name }) => [externalId, name].filter((word) => word !== null)));
  if (texts.size === 0) return wanted.map(() => null);
  const byExternalId = new Map<string, string>();
  const byName = new Map<string, string>();
  for (const { id, externalId, name } of await findProgramsBy(tx, [...texts])) {
    if (externalId) byExternalId.set(externalId, id);
    if (!byName.has(name.toLowerCase())) byName.set(name.toLowerCase(), id);
  }
  const made: ProgramRow[] = [];
  const ids = wanted.map(({ externalId, name }) => {
    if (!externalId && !name) return null;
    let id = (externalId ? byExternalId.get(externalId) : undefined) ?? (name ? byName.get(name.toLowerCase()) : undefined);
    if (!id && batch.options.createMissing) {
      const row = { ...blankProgram(cx.ids.next(), cx.clock.now()), name: (name ?? externalId)!.slice(0, 200), externalId, importId: batch.importId, lastImportId: batch.importId, formKey: newFormKey(tx.scope.workspaceId) };
      made.push(row);
      id = row.id;
      if (externalId) byExternalId.set(externalId, id);
      if (name) byName.set(name.toLowerCase(), id);
    }
    return id ?? null;
  });
  await savePrograms(tx, made);
  await append(tx, cx, made.map(({ id }): NewFact => ({ type: 'program.created', chainId: id, subjectId: id, data: { programId: id } })));
  return ids;
}

/** Takes back what an import did to programs and their costs; those somebody, or another import, changed since only where told to. */
export async function undoPrograms(tx: Tx, cx: Context, importId: string, options?: { overwrite?: boolean }): Promise<void> {
  const changed = (await findChangedPrograms(tx, importId)).map(({ is }) => is.id);
  const kept = new Set(options?.overwrite === false ? changed : []);
  const gone = await deleteCostsOfImport(tx, importId, kept);
  const costsBefore = (await takeBefore<CostRow>(tx, importId, 'program_cost')).map(({ before }) => before);
  // Lists that came after this one, and replaced what it brought, now stand on what was before it.
  await passOnCosts(tx, importId, costsBefore);
  const missing = costsBefore.filter(({ programId }) => !kept.has(programId));
  const standing = (await listCosts(tx, missing.map(({ programId }) => programId))).filter((cost) => cost.importId !== null && cost.note === importedNote);
  const restoredCosts = missing.filter(({ id }) => !standing.some((cost) => cost.id === id));
  // An actual cost is one total: another list's, which took the place of this one's, makes room for the one from before.
  await removeCosts(tx, cx, standing.filter((cost) => restoredCosts.some(({ programId }) => programId === cost.programId)));
  const restored = (await takeBefore<ProgramRow>(tx, importId, 'program')).filter(({ id }) => !kept.has(id)).map(({ before }) => ({ ...before, createdAt: new Date(before.createdAt), updatedAt: cx.clock.now() }));
  const withdrawn = await withdrawProgramsOfImport(tx, importId, cx.clock.now(), kept);
  await savePrograms(tx, restored);
  await recordCosts(tx, cx, restoredCosts);
  await append(tx, cx, [
    ...gone.map((cost): NewFact => ({ type: 'program.costRemoved', chainId: cost.programId, subjectId: cost.id, data: { programId: cost.programId, amountMinor: cost.amountMinor, currency: cost.currency, onDate: cost.onDate } })),
    ...[...restored.map(({ id }) => id), ...withdrawn].map((id): NewFact => ({ type: 'program.updated', chainId: id, subjectId: id, data: { programId: id, fields: ['status'] } })),
  ]);
}

const namedMost = 20;
/** What is told of a program that was changed since, by what people call it. */
const told: [string, (program: ProgramRow) => string | number | null][] = [
  ['name', ({ name }) => name],
  ['status', ({ status }) => status],
  ['channel', ({ channel }) => channel],
  ['starts', ({ startsOn }) => startsOn],
  ['ends', ({ endsOn }) => endsOn],
  ['budget', ({ budgetMinor }) => budgetMinor],
  ['expected', ({ expectedMinor }) => expectedMinor],
  ['owner', ({ ownerName }) => ownerName],
  ['goal of leads', ({ goalLeads }) => goalLeads],
  ['goal of sales', ({ goalSales }) => goalSales],
];

/** Programs of an import that were changed after it: they stay when it is taken back, unless told to overwrite. */
export async function programsChangedSince(tx: Tx, importId: string): Promise<ChangedSince> {
  const found = await findChangedPrograms(tx, importId);
  const text = (value: string | number | null | undefined): string | null => (value === null || value === undefined ? null : String(value));
  return {
    count: found.length,
    items: found.slice(0, namedMost).map(({ before, is }) => ({
      id: is.id,
      label: is.name,
      // What the import itself wrote is not kept.
      fields: told.flatMap(([field, of]) => {
        const [was, since] = [text(before && of(before)), text(of(is))];
        return was === since ? [] : [{ field, before: was, imported: null, since }];
      }),
    })),
  };
}

export const programsKind: ImportKind = {
  kind: 'programs',
  label: 'Programs',
  matchedBy: { fields: ['externalId', 'name'], sentence: 'A row finds its program by the external id, else by its name; what it says replaces what was known.' },
  updates: true,
  fields: programFields,
  apply,
  undo: undoPrograms,
  changedSince: programsChangedSince,
};
