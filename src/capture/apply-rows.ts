import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import type { ImportRow, RowOutcome } from './import-kind.ts';
import { releaseSavepoint, rollBackToSavepoint, setSavepoint } from './import.store.ts';
import type { ImportPlan } from './plan-import.ts';

const sentences = {
  create: 'Known already; this import only makes new ones.',
  update: 'Not known; this import only updates.',
};
const triesMax = 4;

/**
 * Hands rows to the room they belong to. An import that only makes, or only updates, tries them first in a transaction that is taken back
 * and hands over the rows whose outcome is wanted; what a row means is so decided by nobody but the room itself.
 */
export async function applyRows(tx: Tx, cx: Context, plan: ImportPlan, importId: string, rows: ImportRow[]): Promise<RowOutcome[]> {
  const { mode } = plan.options;
  if (mode === 'both' || !plan.kind.updates) return plan.kind.apply(tx, cx, { importId, rows, options: plan.options, run: plan });
  const skipped: RowOutcome[] = [];
  let wanted = rows;
  for (let tries = 0; wanted.length > 0; tries++) {
    await setSavepoint(tx);
    const outcomes = await plan.kind.apply(tx, cx, { importId, rows: wanted, options: plan.options, run: plan });
    await tx.settled();
    // A row that means what another row would have made is not known either.
    const made = new Set(outcomes.flatMap(({ outcome, subjectId }) => (outcome === 'new' && subjectId ? [subjectId] : [])));
    const unwanted = new Set(
      outcomes.flatMap(({ row, outcome, subjectId }) => ((mode === 'create' ? outcome === 'updated' || outcome === 'matched' : outcome === 'new' || (subjectId && made.has(subjectId))) ? [row] : [])),
    );
    if (unwanted.size === 0) {
      await releaseSavepoint(tx);
      return [...outcomes, ...skipped];
    }
    await rollBackToSavepoint(tx);
    await releaseSavepoint(tx);
    for (const { row } of wanted) if (unwanted.has(row) || tries === triesMax) skipped.push({ row, outcome: 'skipped', sentence: sentences[mode] });
    wanted = tries === triesMax ? [] : wanted.filter(({ row }) => !unwanted.has(row));
  }
  return skipped;
}
