/** Conditions as they stand in an address and go to the API: `Criteria` of the shared condition language. */
export type Criteria = { field: string; op: string; value?: string | number | string[] } | { all: Criteria[] } | { any: Criteria[] };

/** What is asked for already, and these as well; what cannot be read in an address is left out. */
export function andWhere(where: string | undefined, more: readonly Criteria[]): string | undefined {
  if (more.length === 0) return where;
  const all = [...more];
  try {
    if (where) all.unshift(JSON.parse(where) as Criteria);
  } catch {
    // An address somebody broke: the filters on the screen still hold.
  }
  return JSON.stringify(all.length === 1 ? all[0] : { all });
}
