/**
 * What imports wrote over one another is a pile per field. Taking a writer out of its middle changes nothing that shows: only the one that lies
 * on it remembers what lay below instead. Taken off the top, what lay below shows again. Who only fills the empty lies on the pile, too, with
 * what they said: where nothing is left below, that counts. So imports can be undone in any order, and what is left is what the others say. Where somebody else wrote on top (a person, by hand), that word stands and is told, unless it is to go too.
 */
import { vouch, type Verified } from './survive/survive.rules.ts';

export interface Cell {
  was: unknown;
  now: unknown;
  /** what was said where only the empty is filled: it may have stood already, or something else; it counts once nothing stands below */
  said?: unknown;
}
export interface Write {
  subjectId: string;
  /** follows time */
  id: string;
  cells: Record<string, Cell>;
}
export interface TakenBack {
  /** what the rows are to say */
  set: { id: string; values: Record<string, unknown> }[];
  /** writers further up that remember something else now */
  moved: Write[];
  /** what somebody else wrote on top since: `was` is what would be put back, `now` what the writer had left */
  kept: { subjectId: string; column: string; was: unknown; now: unknown; current: unknown }[];
}

export const same = (a: unknown, b: unknown): boolean => (a ?? null) === (b ?? null) || JSON.stringify(a) === JSON.stringify(b);

export const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === false;

/** What somebody vouched for (`verified` of the row, by `groupOf` a column) stands like what was written by hand on top. `current`: the rows as they are, by id. `others`: what else wrote into them. With `overwrite`, what was written on top goes as well. */
export function takeBack(
  writes: readonly Write[],
  current: ReadonlyMap<string, Record<string, unknown>>,
  others: readonly Write[],
  overwrite = false,
  groupOf = (_column: string): string | undefined => undefined,
): TakenBack {
  const piles = Map.groupBy(
    others.map((one): Write => ({ ...one, cells: { ...one.cells } })).toSorted(byId),
    (one) => one.subjectId,
  );
  const set = new Map<string, Record<string, unknown>>();
  const moved = new Set<Write>();
  const kept: TakenBack['kept'] = [];
  // Several writes of one writer lie on one another: the latest is taken off first.
  for (const { subjectId, id, cells } of writes.toSorted(byId).reverse()) {
    const row = current.get(subjectId);
    if (!row) continue;
    for (const [column, { was, now }] of Object.entries(cells)) {
      // Who only said what stood, or was not believed, takes nothing along.
      if (same(was, now)) continue;
      /** what stood from here up, and what stands there now */
      let [before, after] = [now, was];
      let isTop = true;
      for (const above of piles.get(subjectId) ?? []) {
        const cell = above.id > id ? above.cells[column] : undefined;
        if (cell === undefined) continue;
        // Where somebody wrote in between by hand, that is what it remembers, and it does well to.
        isTop = same(cell.was, before) && !same(after, before);
        if (!isTop) break;
        above.cells[column] = 'said' in cell ? { ...cell, was: after ?? null, now: isEmpty(after) ? cell.said : after } : { ...cell, was: after ?? null };
        moved.add(above);
        [before, after] = [cell.now, above.cells[column].now];
      }
      if (!isTop || same(before, after)) continue;
      const values = set.get(subjectId) ?? {};
      const shown = column in values ? values[column] : row[column];
      if (same(shown, after)) continue;
      const verified = ('verified' in values ? values['verified'] : row['verified']) as Verified | null | undefined;
      const group = groupOf(column);
      const isVouched = group !== undefined && verified?.[group] !== undefined;
      if ((same(shown, before) && !isVouched) || overwrite) set.set(subjectId, { ...values, [column]: after ?? null, ...(isVouched ? { verified: vouch(verified, group, null) } : {}) });
      else kept.push({ subjectId, column, was: after ?? null, now: now ?? null, current: shown ?? null });
    }
  }
  return { set: [...set].map(([id, values]) => ({ id, values })), moved: [...moved], kept };
}
export const byId = (a: { id: string }, b: { id: string }): number => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
