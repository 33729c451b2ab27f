/** Pairs gathered into clusters without letting one doubtful bridge join two groups that otherwise disagree. */

export interface Link {
  a: number;
  b: number;
  /** log2 odds that they are one, prior included */
  bits: number;
}

/**
 * Cluster of each row, numbered from 0 in the order of their first rows. Links are taken strongest first. Two groups are joined when the
 * link is over `from` bits and the pairs across, as far as they were compared, do not speak against it on the whole: so a chain of near
 * misses breaks at its weakest place. `onlyOne(a, b)` forbids two rows in one cluster (two rows of a file known to be free of duplicates).
 */
export function clusterLinks(
  rows: number,
  links: readonly Link[],
  from: number,
  across: (a: number, b: number) => number,
  onlyOne?: (row: number) => number,
): Int32Array {
  const group = Int32Array.from({ length: rows }, (_, row) => row);
  const members = new Map<number, number[]>();
  const of = (row: number): number[] => members.get(group[row]!) ?? [row];
  const strongest = links.filter((link) => link.bits >= from).toSorted((x, y) => y.bits - x.bits || x.a - y.a || x.b - y.b);
  for (const link of strongest) {
    if (group[link.a] === group[link.b]) continue;
    const one = of(link.a);
    const other = of(link.b);
    if (onlyOne) {
      const sides = new Set<number>();
      if ([...one, ...other].some((row) => sides.has(onlyOne(row)) || !sides.add(onlyOne(row)))) continue;
    }
    if (one.length + other.length > 2) {
      let sum = 0;
      let n = 0;
      for (const a of one.length > 20 ? one.slice(0, 20) : one)
        for (const b of other.length > 20 ? other.slice(0, 20) : other) {
          sum += Math.max(-12, Math.min(12, across(a, b)));
          n++;
        }
      if (sum / n < -1) continue;
    }
    const [large, small] = one.length >= other.length ? [one, other] : [other, one];
    const name = group[large[0]!]!;
    for (const row of small) group[row] = name;
    members.set(name, [...large, ...small]);
  }
  const number = new Map<number, number>();
  return group.map((name) => {
    if (!number.has(name)) number.set(name, number.size);
    return number.get(name)!;
  });
}
