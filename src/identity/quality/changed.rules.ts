/** Columns that follow from being seen or joined, and are nobody's word. */
const notWords = new Set(['own', 'survivor_id', 'sightings', 'first_seen_at', 'last_seen_at', 'retired_at', 'import_id', 'id', 'workspace_id']);

/** Whether two values of a column are the same, objects by what is in them. */
const sameValue = (one: unknown, other: unknown): boolean => (one ?? null) === (other ?? null) || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Columns of rows, by the rows' ids. */
export type Rows = Record<string, Record<string, unknown>>;

/** The columns in which a row differs, as it was and as it is. */
export function changedColumns(was: Record<string, unknown>, is: Record<string, unknown>): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const columns = Object.keys(is).filter((column) => !notWords.has(column) && !sameValue(was[column], is[column]));
  return {
    before: Object.fromEntries(columns.map((column) => [column, was[column] ?? null])),
    after: Object.fromEntries(columns.map((column) => [column, is[column] ?? null])),
  };
}

/** The same of several rows; those that are as they were are left out. */
export function changedRows(was: ReadonlyMap<string, Record<string, unknown>>, is: ReadonlyMap<string, Record<string, unknown>>): { before: Rows; after: Rows } {
  const [before, after]: [Rows, Rows] = [{}, {}];
  for (const [id, row] of is) {
    const changed = changedColumns(was.get(id) ?? {}, row);
    if (Object.keys(changed.after).length === 0) continue;
    before[id] = changed.before;
    after[id] = changed.after;
  }
  return { before, after };
}

/** Columns that are not what they were made any more. */
export const changedSince = (after: Rows, is: ReadonlyMap<string, Record<string, unknown>>): string[] => [
  ...new Set(Object.entries(after).flatMap(([id, row]) => Object.keys(row).filter((column) => !sameValue(is.get(id)?.[column], row[column])))),
];
