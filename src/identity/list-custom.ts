import type { ImportRow, RowOutcome } from '../capture/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { listCustomFields } from '../platform/fields/index.ts';
import { readExtra } from '../platform/values/custom-field.rules.ts';
import { customColumn, keepBefore, loadOwn, setRows, type Change } from './import.store.ts';
import { refreshComponents } from './merge-people.ts';
import type { Kind } from './merge.store.ts';

interface ListedRow {
  row: ImportRow;
  subjectId: string;
  /** Whether the row is its owner's word and replaces what was known; otherwise it fills what was empty. */
  replaces: boolean;
}

/**
 * Columns named like an own field fill it. What they replace is kept with the import like any other column, so that it is taken back exactly.
 * @returns whom the rows changed, and what could not be read, by row: such a cell leaves the field as it was.
 */
export async function fillListedCustom(
  tx: Tx,
  cx: Context,
  kind: Kind,
  list: { importId: string; currency: string; rows: readonly ListedRow[] },
): Promise<{ changed: Set<string>; outcomes: Map<number, Pick<RowOutcome, 'sentence'>> }> {
  const outcomes = new Map<number, Pick<RowOutcome, 'sentence'>>();
  const fields = await listCustomFields(tx, { subject: kind });
  const read = fields.length === 0 ? [] : list.rows.map((one) => ({ ...one, ...readExtra(fields, one.row.extra, list.currency) }));
  for (const { row, problems } of read) if (problems.length > 0) outcomes.set(row.row, { sentence: problems.join(' ') });
  const telling = read.filter(({ values }) => Object.keys(values).length > 0);
  if (telling.length === 0) return { changed: new Set(), outcomes };
  const own = await loadOwn(tx, kind, [...new Set(telling.map((one) => one.subjectId))]);
  const said = new Map<string, Record<string, unknown>>();
  // Key by key what it is now, and what rows said that only fill.
  const [told, fills] = [new Map<string, Record<string, unknown>>(), new Map<string, Record<string, unknown>>()];
  for (const { subjectId, values, replaces } of telling) {
    const was = said.get(subjectId) ?? (own.get(subjectId)?.['custom'] as Record<string, unknown> | null) ?? {};
    const now: Record<string, unknown> = replaces ? { ...was, ...values } : { ...values, ...was };
    const keyed = (of: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.keys(values).map((key) => [customColumn(key), of[key]]));
    said.set(subjectId, now);
    told.set(subjectId, { ...told.get(subjectId), ...keyed(now) });
    const filling = fills.get(subjectId) ?? {};
    if (!replaces) fills.set(subjectId, { ...keyed(values), ...filling });
    else fills.set(subjectId, Object.fromEntries(Object.entries(filling).filter(([column]) => !(column in keyed(values)))));
  }
  const changes: Change[] = [...said]
    .filter(([id, custom]) => JSON.stringify(custom) !== JSON.stringify(own.get(id)?.['custom'] ?? null))
    .map(([id, custom]) => ({ id, values: { custom } }));
  const changesOf = (of: ReadonlyMap<string, Record<string, unknown>>): Change[] => [...of].map(([id, values]) => ({ id, values }));
  await keepBefore(tx, cx.ids.next(), list.importId, changesOf(told), kind, changesOf(fills));
  await setRows(tx, kind, changes);
  const changed = new Set(changes.map(({ id }) => id));
  if (changed.size > 0) await refreshComponents(tx, kind, [...changed]);
  return { changed, outcomes };
}
