/**
 * Merging as pointers. Every merge is an edge from the merged to its survivor; who survives, and what the survivor's row shows, is
 * always computed from the rows' own words and the edges that stand. So undoing an edge, in any order, restores both sides exactly.
 */
export type Row = Record<string, unknown> & { id: string };

export interface Edge {
  survivorId: string;
  mergedId: string;
}

/** How the rows of one kind combine. Groups are taken whole: half of one address and half of another is neither. */
export interface Shape {
  groups: readonly (readonly string[])[];
  /** true when any is */
  any: readonly string[];
  sum: readonly string[];
  earliest: readonly string[];
  latest: readonly string[];
  objects: readonly string[];
}

export const personShape: Shape = {
  groups: [
    ['external_id'],
    ['given_name', 'family_name', 'full_name', 'name_is_junk'],
    ['title'],
    ['email', 'email_key'],
    ['phone', 'phone_e164'],
    ['mobile_e164'],
    ['organization_id'],
    ['street', 'postal_code', 'city', 'state', 'country'],
    ['language'],
  ],
  any: ['do_not_contact', 'do_not_mail', 'do_not_call'],
  sum: ['sightings'],
  earliest: ['first_seen_at', 'unsubscribed_at'],
  latest: ['last_seen_at'],
  objects: ['custom'],
};

export const organizationShape: Shape = {
  groups: [
    ['external_id'],
    ['domain'],
    ['website'],
    ['phone', 'phone_e164'],
    ['street', 'postal_code', 'city', 'state', 'country'],
    ['industry'],
    ['vertical'],
    ['employees'],
    ['annual_revenue_minor'],
    ['naics'],
    ['sic'],
    ['parent'],
    ['language'],
  ],
  any: ['is_customer'],
  sum: [],
  earliest: ['first_seen_at'],
  latest: ['last_seen_at'],
  objects: ['custom'],
};

export function columnsOf(shape: Shape): string[] {
  return [...shape.groups.flat(), ...shape.any, ...shape.sum, ...shape.earliest, ...shape.latest, ...shape.objects];
}

/** what the row said by itself, whatever is merged into it */
export function ownOf(row: Row, shape: Shape): Row {
  const own = row['own'] as Record<string, unknown> | null;
  const out: Row = { id: row.id };
  for (const column of columnsOf(shape)) out[column] = own ? (own[column] ?? null) : (row[column] ?? null);
  return out;
}

/** the survivor's word first; what it lacks comes from the others, the longest known first */
export function combine(own: Row, others: readonly Row[], shape: Shape): Row {
  const out: Row = { ...own };
  const sorted = others.toSorted((a, b) => text(a['first_seen_at']).localeCompare(text(b['first_seen_at'])) || a.id.localeCompare(b.id));
  for (const group of shape.groups) {
    if (says(out, group)) continue;
    const giver = sorted.find((one) => says(one, group));
    if (giver) for (const column of group) out[column] = giver[column] ?? null;
  }
  for (const column of shape.any) out[column] = [own, ...others].some((one) => one[column] === true);
  for (const column of shape.sum) out[column] = [own, ...others].reduce((total, one) => total + Number(one[column] ?? 0), 0);
  const instants = (column: string): string[] =>
    [own, ...others]
      .map((one) => one[column])
      .filter((at) => typeof at === 'string')
      .toSorted();
  for (const column of shape.earliest) out[column] = instants(column)[0] ?? null;
  for (const column of shape.latest) out[column] = instants(column).at(-1) ?? null;
  for (const column of shape.objects) {
    const all = [...sorted.toReversed(), own].map((one) => one[column]).filter((value) => typeof value === 'object' && value !== null);
    out[column] = all.length === 0 ? null : Object.assign({}, ...all);
  }
  return out;
}

function says(row: Row, group: readonly string[]): boolean {
  if (group.includes('name_is_junk') && row['name_is_junk'] === true) return false;
  return group.some((column) => column !== 'name_is_junk' && row[column] !== null && row[column] !== undefined);
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** each id's last survivor, following the edges */
export function survivorsOf(ids: readonly string[], edges: readonly Edge[]): Map<string, string> {
  const next = new Map(edges.map((edge) => [edge.mergedId, edge.survivorId]));
  const survivors = new Map<string, string>();
  for (const id of ids) {
    const path: string[] = [];
    let at = id;
    while (!survivors.has(at) && next.has(at) && !path.includes(at)) {
      path.push(at);
      at = next.get(at) as string;
    }
    const root = survivors.get(at) ?? at;
    for (const step of [...path, id, at]) survivors.set(step, root);
  }
  return survivors;
}

export interface Regrouped {
  id: string;
  survivorId: string | null;
  values: Row;
  own: Row | null;
}

/** every row of a component as it must read, given the edges that stand */
export function regroup(rows: readonly Row[], edges: readonly Edge[], shape: Shape): Regrouped[] {
  const survivors = survivorsOf(
    rows.map((row) => row.id),
    edges,
  );
  const owns = new Map(rows.map((row) => [row.id, ownOf(row, shape)]));
  return rows.map((row) => {
    const root = survivors.get(row.id) as string;
    const own = owns.get(row.id) as Row;
    if (root !== row.id) return { id: row.id, survivorId: root, values: own, own: null };
    const others = rows.filter((one) => one.id !== row.id && survivors.get(one.id) === row.id).map((one) => owns.get(one.id) as Row);
    if (others.length === 0) return { id: row.id, survivorId: null, values: own, own: null };
    return { id: row.id, survivorId: null, values: combine(own, others, shape), own };
  });
}
