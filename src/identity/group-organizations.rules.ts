/** Which joins of organizations may stand together, and which pairs have to be looked at together. */
import { contradictions, type JudgedOrganization, type OrganizationEvidence } from './judge-organizations.rules.ts';

/** a group of more than this is no organization, but a name that many have */
const groupMost = 100;

/**
 * Joins that may stand together: all but those of a group in which two are two themselves, or were kept apart by somebody. A record without a
 * place fits every branch; which of them it is, somebody must say (`torn`, with the reason after its evidence).
 */
export function fitting<P extends { a: JudgedOrganization; b: JudgedOrganization; evidence: readonly OrganizationEvidence[] }>(
  pairs: readonly P[],
  apart: (one: string, other: string) => boolean = () => false,
): { joins: P[]; torn: P[] } {
  const groups = new Map<string, JudgedOrganization[]>();
  const groupOf = (one: JudgedOrganization): JudgedOrganization[] => groups.get(one.id) ?? [one];
  for (const { a, b } of pairs) {
    const [mine, theirs] = [groupOf(a), groupOf(b)];
    if (mine === theirs) continue;
    const all = [...mine, ...theirs];
    for (const { id } of all) groups.set(id, all);
  }
  const known = new Map<JudgedOrganization[], boolean>();
  const isTorn = (group: JudgedOrganization[]): boolean => {
    const torn =
      known.get(group) ??
      (group.length > groupMost || group.some((one, at) => group.slice(at + 1).some((other) => apart(one.id, other.id) || contradictions(one, other).length > 0)));
    known.set(group, torn);
    return torn;
  };
  const [joins, torn]: [P[], P[]] = [[], []];
  for (const pair of pairs)
    if (isTorn(groupOf(pair.a))) torn.push({ ...pair, evidence: [...pair.evidence, { field: 'others like them', outcome: 'they fit others, too, who are not one', weight: 0, asks: true }] });
    else joins.push(pair);
  return { joins, torn };
}

/** Pairs in batches of about so many, what hangs together in one batch; the order within a component is kept. */
export function inComponents<P extends { a: number; b: number }>(pairs: readonly P[], most: number): P[][] {
  const head = new Map<number, number>();
  const find = (row: number): number => {
    let at = row;
    for (let next = head.get(at); next !== undefined && next !== at; next = head.get(at)) at = next;
    head.set(row, at);
    return at;
  };
  for (const { a, b } of pairs) head.set(find(a), find(b));
  const batches: P[][] = [];
  for (const component of Map.groupBy(pairs, ({ a }) => find(a)).values()) {
    const last = batches.at(-1);
    if (last && last.length + component.length <= most) last.push(...component);
    else batches.push(component);
  }
  return batches;
}
