import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { moneyText } from '../platform/values/money.rules.ts';
import { tellConsequences } from './consequences.ts';
import type { Consequence } from './consequences.ts';
import { getImport } from './configure-import.ts';
import type { ImportedMoney } from './import-kind.ts';
import type { ImportCounts, ImportPreview } from './import.contract.ts';
import { planImport } from './plan-import.ts';
import type { ImportPlan } from './plan-import.ts';
import { noCounts } from './present.rules.ts';
import { addCounts, readBatch, roomNote, takeBatch } from './take-rows.ts';
import type { ReadBatch } from './take-rows.ts';

const shownRows = 20;
/** Files up to here are tried whole; of larger ones so many rows, from their beginning. */
const wholeMax = 3000;
class TakenBack extends Error {}

/**
 * What would happen: reads up to `rowsMax` rows, tries up to `triedMax` of them on the database in a transaction that is taken back, and
 * tells in counts and sentences. Nothing changes.
 */
export async function previewImport(cx: Context, scope: Scope, id: string, { rowsMax = 20_000, triedMax = wholeMax } = {}): Promise<ImportPreview> {
  const record = await getImport(cx, scope, id);
  const plan = await planImport(cx, scope, record);
  const shown: ImportPreview['rows'] = [];
  const kinds = new Map<string, ImportPreview['problems'][number]>();
  const tried: ReadBatch[] = [];
  let read = 0;
  let triedRows = 0;
  let complete = true;
  let skipHeader = plan.hasHeader;
  reading: for await (const handful of plan.read()) {
    const rows = skipHeader ? handful.slice(1) : handful;
    skipHeader = false;
    if (read + rows.length > rowsMax) {
      rows.length = Math.max(0, rowsMax - read);
      complete = false;
    }
    const batch = readBatch(plan, rows);
    read += rows.length;
    for (const { problem } of batch.problems) {
      const key = `${problem.severity} ${problem.kind}`;
      const known = kinds.get(key);
      if (known) known.count++;
      else kinds.set(key, { kind: problem.kind, severity: problem.severity, count: 1, example: problem.sentence });
    }
    if (shown.length < shownRows) show(batch, shown);
    if (triedRows < triedMax) {
      const part = { ...batch, rows: batch.rows.slice(0, triedMax - triedRows) };
      triedRows += part.rows.length;
      tried.push(part);
    }
    if (!complete) break reading;
  }
  const { counts, problems, notes, consequences } = await tryOut(cx, scope, plan, id, tried);
  for (const { kind, severity, sentence } of problems) {
    const key = `${severity} ${kind}`;
    const known = kinds.get(key);
    if (!known) kinds.set(key, { kind, severity, count: 1, example: sentence });
    else if (kind.endsWith('-refused') || kind === 'refused') known.count++;
  }
  return {
    rows: shown,
    columns: plan.rows.columns.map(({ index, key, field, sentence }) => ({ index, header: plan.headers[index] || key, field: field?.name ?? null, readAs: field ? field.label : key === '' ? 'left out' : plan.ownFields.has(index) ? `your field ${plan.ownFields.get(index)}` : 'kept as extra', sentence })),
    rowsRead: read,
    complete,
    problems: [...kinds.values()].toSorted((a, b) => b.count - a.count),
    outcomes: counts,
    triedRows: tried.reduce((sum, batch) => sum + batch.size, 0),
    rowsEstimate: complete ? read : Math.max(read, plan.rowsEstimate),
    consequences,
    sentences: [...notes, ...record.analysis!.sentences, ...plan.sentences],
  };
}

/** Takes rows in for a moment, to count what would be new and what is known already. */
async function tryOut(cx: Context, scope: Scope, plan: ImportPlan, importId: string, batches: readonly ReadBatch[], carrying = true): Promise<{ counts: ImportCounts; problems: { kind: string; severity: 'row' | 'cell'; sentence: string }[]; notes: string[]; consequences: Consequence[] }> {
  let consequences: Consequence[] = [];
  let counts: ImportCounts = { ...noCounts };
  const problems: { kind: string; severity: 'row' | 'cell'; sentence: string }[] = [];
  try {
    await cx.db.write(scope, async (tx) => {
      // A transaction that met another one is tried again: it counts from the start.
      counts = { ...noCounts };
      problems.length = 0;
      const since = cx.ids.next();
      for (const batch of batches) {
        const taken = await takeBatch(tx, cx, plan, importId, batch, carrying);
        counts = addCounts(counts, taken.counts);
        problems.push(...taken.problems);
      }
      await tx.settled();
      consequences = await tellConsequences(tx, importId, since);
      throw new TakenBack();
    });
  } catch (error) {
    if (!(error instanceof TakenBack)) {
      if (!carrying) throw error;
      // Whatever the chain stumbled over, the run would take the rows in all the same: they are counted without going on to leads.
      cx.log.warn({ importId, err: error }, 'a preview is made without going on to leads');
      return tryOut(cx, scope, plan, importId, batches, false);
    }
  }
  const said = Map.groupBy(
    problems.filter(({ kind }) => kind === roomNote),
    ({ sentence }) => sentence,
  );
  const notes = [...said].map(([sentence, list]) => `${list.length.toLocaleString('en-US')} × ${sentence}`);
  return { counts, problems: problems.filter(({ kind }) => kind.endsWith('refused')), notes, consequences };
}

function show(batch: ReadBatch, into: ImportPreview['rows']): void {
  const taken = new Map(batch.rows.map((row) => [row.row, row]));
  for (const [row] of batch.cells) {
    if (into.length === shownRows) return;
    const read = taken.get(row);
    into.push({
      row,
      values: Object.fromEntries(Object.entries(read?.values ?? {}).map(([name, value]) => [name, written(value)])),
      extra: read?.extra ?? {},
      problems: batch.problems.filter((problem) => problem.row === row).map(({ problem }) => problem.sentence),
    });
  }
}
function written(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (typeof value === 'object' && value !== null && 'minor' in value) {
    const { minor, currency } = value as ImportedMoney;
    return `${moneyText({ minor, currency })} ${currency}`;
  }
  return String(value);
}
