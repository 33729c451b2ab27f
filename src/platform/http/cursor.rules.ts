/** Keyset cursors: the sort values of the last row, opaque to the caller. */
export function encodeCursor(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values)).toString('base64url');
}

/** The values of a cursor, or undefined where it is not one of ours (then the list begins at its start). */
export function decodeCursor(cursor: string | undefined): unknown[] | undefined {
  if (!cursor) return undefined;
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(values) ? values : undefined;
  } catch {
    return undefined;
  }
}

/**
 * One page of a list that was asked for one row more than the page shows: its rows as they are shown, and a cursor of the last one's sort
 * values where more follow.
 */
export function paged<Row, Item>(
  rows: readonly Row[],
  limit: number,
  sortValues: (row: Row) => readonly unknown[],
  show: (row: Row) => Item,
): { items: Item[]; nextCursor: string | null } {
  return { items: rows.slice(0, limit).map(show), nextCursor: rows.length > limit ? encodeCursor(sortValues(rows[limit - 1]!)) : null };
}
