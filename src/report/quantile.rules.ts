// Exact medians without reading every row. Waits are counted in buckets that grow by about 4 %; the counts say which buckets hold the
// middle, and only the rows of those buckets are read. Sorting half a million waits takes a second; this takes milliseconds.

/** The bucket of a wait in seconds. db/migrations/0090 says the same in SQL; a test holds the two together. */
export function waitBucket(seconds: number): number {
  return Math.floor(Math.log(Math.max(0, seconds) + 1) * 25);
}

export interface BucketCount {
  bucket: number;
  count: number;
}

/** Positions of a quantile in n sorted values, as `percentile_cont` interpolates: between `below` and `above` at `part`. */
export function quantilePosition(n: number, quantile: number): { below: number; above: number; part: number } {
  const position = (n - 1) * quantile;
  const below = Math.floor(position);
  return { below, above: Math.ceil(position), part: position - below };
}

/** Which buckets hold the values at the positions of these quantiles. */
export function bucketsOf(counts: readonly BucketCount[], quantiles: readonly number[]): number[] {
  const sorted = inOrder(counts);
  const n = sorted.reduce((sum, one) => sum + one.count, 0);
  if (n === 0) return [];
  const wanted = quantiles.flatMap((quantile) => {
    const { below, above } = quantilePosition(n, quantile);
    return [below, above];
  });
  return [...new Set(wanted.map((position) => bucketAt(sorted, position).bucket))].sort((a, b) => a - b);
}

/**
 * The exact quantile, from the counts of all buckets and the values of the few that `bucketsOf` named.
 * Undefined when there is no value at all.
 */
export function quantileOf(
  counts: readonly BucketCount[],
  values: ReadonlyMap<number, readonly number[]>,
  quantile: number,
): number | undefined {
  const sorted = inOrder(counts);
  const n = sorted.reduce((sum, one) => sum + one.count, 0);
  if (n === 0) return undefined;
  const at = (position: number): number => {
    const { bucket, before } = bucketAt(sorted, position);
    const inside = [...(values.get(bucket) ?? [])].sort((a, b) => a - b);
    const value = inside[Math.min(position - before, inside.length - 1)];
    if (value === undefined) throw new Error(`Bucket ${bucket} was counted but its values were not read.`);
    return value;
  };
  const { below, above, part } = quantilePosition(n, quantile);
  const low = at(below);
  return below === above ? low : low + (at(above) - low) * part;
}

/** The plain quantile of a list, for lists short enough to sort. */
export function quantileOfList(list: readonly number[], quantile: number): number | undefined {
  if (list.length === 0) return undefined;
  const sorted = [...list].sort((a, b) => a - b);
  const { below, above, part } = quantilePosition(sorted.length, quantile);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * part;
}

function inOrder(counts: readonly BucketCount[]): BucketCount[] {
  return counts.filter((one) => one.count > 0).sort((a, b) => a.bucket - b.bucket);
}

function bucketAt(sorted: readonly BucketCount[], position: number): { bucket: number; before: number } {
  let before = 0;
  for (const one of sorted) {
    if (position < before + one.count) return { bucket: one.bucket, before };
    before += one.count;
  }
  const last = sorted[sorted.length - 1]!;
  return { bucket: last.bucket, before: before - last.count };
}
