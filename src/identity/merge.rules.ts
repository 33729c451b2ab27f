/**
 * Merging as pointers. Every merge is an edge from the merged to its survivor; who survives, and what the survivor's row shows, is
 * always computed from the rows' own words and the edges that stand. So undoing an edge, in any order, restores both sides exactly.
 */
import { columnOf, fieldsByGroup } from './person-draft.rules.ts';
import type { SurvivalRule } from './survive/groups.rules.ts';
import { giverOf, type Group, type Verified } from './survive/survive.rules.ts';

export type Row = Record<string, unknown> & { id: string };

/** by group; where none is given, what was known first counts */
export type Rules = Readonly<Record<string, SurvivalRule>>;

export interface Edge {
  survivorId: string;
  mergedId: string;
}

/** How the rows of one kind combine: which row's word counts for a group is told in survive.rules.ts. */
export interface Shape {
  groups: readonly Group[];
  /** true when any is */
  any: readonly string[];
  sum: readonly string[];
  earliest: readonly string[];
  latest: readonly string[];
  objects: readonly string[];
}

export const personShape: Shape = {
  groups: [
    { name: 'externalId', columns: ['external_id'], rule: 'first' },
    { name: 'name', columns: ['given_name', 'family_name', 'full_name', 'name_is_junk'], at: 'name_at' },
    ...fieldsByGroup.map(([name, fields]) => ({ name, columns: fields.map(columnOf), at: `${name}_at` })),
  ],
  any: ['do_not_contact', 'do_not_mail', 'do_not_call'],
  sum: ['sightings'],
  earliest: ['first_seen_at', 'unsubscribed_at'],
  latest: ['last_seen_at'],
  objects: ['custom'],
};

export const organizationShape: Shape = {
  groups: [
    { name: 'externalId', columns: ['external_id'] },
    { name: 'domain', columns: ['domain'] },
    { name: 'website', columns: ['website'] },
    { name: 'phone', columns: ['phone', 'phone_e164'] },
    { name: 'address', columns: ['street', 'postal_code', 'city', 'state', 'country'] },
    { name: 'industry', columns: ['industry'] },
    { name: 'vertical', columns: ['vertical'] },
    { name: 'employees', columns: ['employees'] },
    { name: 'annualRevenueMinor', columns: ['annual_revenue_minor'] },
    { name: 'naics', columns: ['naics'] },
    { name: 'sic', columns: ['sic'] },
    { name: 'parent', columns: ['parent'] },
    { name: 'language', columns: ['language'] },
  ],
  any: ['is_customer'],
  sum: [],
  earliest: ['first_seen_at'],
  latest: ['last_seen_at'],
  objects: ['custom'],
};

function groupsOf({ groups }: Shape): ReadonlyMap<string, string> {
  return new Map(groups.flatMap(({ name, columns, at }) => [...columns, ...(at ? [at] : [])].map((column) => [column, name] as const)));
}
/** The group a column of a row stands or falls with: what somebody vouches for. */
export const groupOfColumn = { person: groupsOf(personShape), organization: groupsOf(organizationShape) };

/** The columns that say since when these are said, all at one moment as JSON has it; organizations keep none. */
export function momentsOf(kind: keyof typeof groupOfColumn, columns: Iterable<string>, at: string): Record<string, string> {
  if (kind === 'organization') return {};
  const told = new Set([...columns].map((column) => groupOfColumn.person.get(column)));
  return Object.fromEntries(personShape.groups.flatMap((group) => (group.at !== undefined && told.has(group.name) ? [[group.at, at]] : [])));
}

export function columnsOf(shape: Shape): string[] {
  return [...shape.groups.flatMap(({ columns, at }) => (at === undefined ? columns : [...columns, at])), 'verified', ...shape.any, ...shape.sum, ...shape.earliest, ...shape.latest, ...shape.objects];
}

/** what the row said by itself, whatever is merged into it */
export function ownOf(row: Row, shape: Shape): Row {
  const own = row['own'] as Record<string, unknown> | null;
  const out: Row = { id: row.id };
  for (const column of columnsOf(shape)) out[column] = own ? (own[column] ?? null) : (row[column] ?? null);
  return out;
}

/** Which row of a component gives a group its value; the survivor's own first, then the longest known, where all else is equal. */
export function giversOf(own: Row, others: readonly Row[], shape: Shape, rules: Rules): Map<string, Row> {
  const rows = [own, ...byAge(others)];
  return new Map(shape.groups.flatMap((group) => {
    const giver = giverOf(rows, group, group.rule ?? rules[group.name] ?? 'first');
    return giver ? [[group.name, giver]] : [];
  }));
}

/** what the survivor's row shows of itself and the others */
export function combine(own: Row, others: readonly Row[], shape: Shape, rules: Rules): Row {
  const out: Row = { ...own };
  const sorted = byAge(others);
  const givers = giversOf(own, others, shape, rules);
  const verified: Verified = {};
  for (const group of shape.groups) {
    const giver = givers.get(group.name) ?? own;
    for (const column of group.columns) out[column] = giver[column] ?? null;
    // Said when the giver's own row was first seen: that may be another moment than the survivor's.
    if (group.at) out[group.at] = givers.has(group.name) ? (giver[group.at] ?? giver['first_seen_at'] ?? null) : null;
    const vouched = (giver['verified'] as Verified | null | undefined)?.[group.name];
    if (vouched) verified[group.name] = vouched;
  }
  out['verified'] = Object.keys(verified).length > 0 ? verified : null;
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

const byAge = (rows: readonly Row[]): Row[] => rows.toSorted((a, b) => text(a['first_seen_at']).localeCompare(text(b['first_seen_at'])) || a.id.localeCompare(b.id));
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
export function regroup(rows: readonly Row[], edges: readonly Edge[], shape: Shape, rules: Rules): Regrouped[] {
  const survivors = survivorsOf(
    rows.map((row) => row.id),
    edges,
  );
  const owns = new Map(rows.map((row) => [row.id, ownOf(row, shape)]));
  const bySurvivor = Map.groupBy(rows, (row) => survivors.get(row.id) as string);
  return rows.map((row) => {
    const root = survivors.get(row.id) as string;
    const own = owns.get(row.id) as Row;
    if (root !== row.id) return { id: row.id, survivorId: root, values: own, own: null };
    const others = bySurvivor.get(row.id)!.filter((one) => one.id !== row.id).map((one) => owns.get(one.id) as Row);
    if (others.length === 0) return { id: row.id, survivorId: null, values: own, own: null };
    return { id: row.id, survivorId: null, values: combine(own, others, shape, rules), own };
  });
}
