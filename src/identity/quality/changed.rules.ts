/** Columns that follow from being seen or joined, and are nobody's word. */
const notWords = new Set(['own', 'survivor_id', 'sightings', 'first_seen_at', 'last_seen_at', 'retired_at', 'import_id', 'id', 'workspace_id']);

/** Whether two values of a column are the same, objects by what is in them. */
export const sameValue = (one: unknown, other: unknown): boolean => (one ?? null) === (other ?? null) || JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));

function sorted(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value ?? null;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The columns in which a row differs, as it was and as it is. */
export function changedColumns(was: Record<string, unknown>, is: Record<string, unknown>): { before: Record<string, unknown>; after: Record<string, unknown> } {
  const columns = Object.keys(is).filter((column) => !notWords.has(column) && !sameValue(was[column], is[column]));
  return {
    before: Object.fromEntries(columns.map((column) => [column, was[column] ?? null])),
    after: Object.fromEntries(columns.map((column) => [column, is[column] ?? null])),
  };
}
