import type { Board, NowRow, Speed } from './now.contract.ts';

/** What was counted, by who holds it and where. */
export interface Counted {
  owed: readonly { holderId: string | null; territoryId: string | null; offered: number; late: number; accept: number; contact: number; attempts: number; verdict: number }[];
  unassigned: readonly { territoryId: string | null; unassigned: number; since: Date }[];
  redirected: readonly { holderId: string | null; territoryId: string | null; leadId: string; today: boolean }[];
  speed: readonly { of: 'holder' | 'territory' | 'region' | 'all'; holderId: string | null; territoryId: string | null; contacts: number; waits: (number | null)[] | null; asked: number; kept: number }[];
}
/** The days the figures that look back are of, all included. */
export interface Days {
  today: string;
  monday: string;
  /** of first contacts */
  from: string;
}

type Figures = Omit<Board['total'], 'speed'>;
const nothing: Figures = { unassigned: 0, offered: 0, late: 0, accept: 0, contact: 0, attempts: 0, verdict: 0, redirectedToday: 0, redirectedWeek: 0 };
const still: Speed = { contacts: 0, medianMinutes: null, p90Minutes: null, asked: 0, kept: 0 };

/**
 * One row per territory and per holder of whom there is anything to say, the most overdue first, and all together; of a territory under which others lie it is of all of them. A lead counts once in
 * each row: one passed on twice today counts with both it was taken from, once in its territory and once in all.
 */
export function shapeBoard(
  counted: Counted,
  names: { holders: ReadonlyMap<string, { name: string; kind: string }>; territories: ReadonlyMap<string, string>; parents: ReadonlyMap<string, string> },
  days: Days,
): Pick<Board, 'total' | 'territories' | 'holders' | 'drills' | 'unassignedSince'> {
  const upFrom = (id: string | null): (string | null)[] => (id === null || !names.parents.has(id) ? [id] : [id, ...upFrom(names.parents.get(id)!)]);
  const regions = new Set(names.parents.values());
  const territories = figuresBy(counted, ({ territoryId }) => upFrom(territoryId));
  const holders = figuresBy(counted, ({ holderId }) => (holderId === undefined ? [] : [holderId]));
  const speedOf = (of: Counted['speed'][number]['of'], id: string | null): Speed => {
    const found = counted.speed.find((one) => one.of === of && (of === 'all' || (of === 'holder' ? one.holderId : one.territoryId) === id));
    return found ? { contacts: found.contacts, medianMinutes: tenth(found.waits?.[0]), p90Minutes: tenth(found.waits?.[1]), asked: found.asked, kept: found.kept } : still;
  };
  const keys = (of: 'holder' | 'territory', by: ReadonlyMap<string | null, Figures>): (string | null)[] => [
    ...new Set([...by.keys(), ...counted.speed.flatMap((one) => (one.of === of || (of === 'territory' && one.of === 'region') ? [of === 'holder' ? one.holderId : one.territoryId] : []))]),
  ];
  const [oldest] = counted.unassigned.map((one) => one.since.toISOString()).toSorted();
  return {
    total: { ...(figuresBy(counted, () => [null]).get(null) ?? nothing), speed: speedOf('all', null) },
    unassignedSince: oldest ?? null,
    drills: {
      unassigned: { unplaced: 'true', sort: 'oldest' },
      offered: { offered: 'true', sort: 'awaited' },
      late: { late: 'any' },
      accept: { late: 'accept', sort: 'awaited' },
      contact: { late: 'contact' },
      attempts: { late: 'attempts' },
      verdict: { late: 'verdict' },
      redirectedToday: { dateBy: 'redirected', from: days.today, to: days.today },
      redirectedWeek: { dateBy: 'redirected', from: days.monday, to: days.today },
      contacts: { dateBy: 'assigned', from: days.from, to: days.today, followedUp: 'true' },
    },
    territories: keys('territory', territories)
      .map((id): NowRow => {
        const row = { id, name: id === null ? 'No territory' : (names.territories.get(id) ?? '(removed)'), ...(territories.get(id) ?? nothing) };
        if (id !== null && regions.has(id)) return { ...row, name: `${row.name} and under it`, speed: speedOf('region', id), drill: { region: id }, drillFrom: { region: id }, drillGiven: { assignedUnder: id } };
        return { ...row, speed: speedOf('territory', id), drill: { territoryId: id ?? 'none' }, drillFrom: { territoryId: id ?? 'none' }, drillGiven: { assignedIn: id ?? 'none' } };
      })
      .sort(worstFirst),
    holders: keys('holder', holders)
      .flatMap((id): Board['holders'] => {
        const holder = id === null ? undefined : names.holders.get(id);
        if (id === null || !holder || (holder.kind !== 'rep' && holder.kind !== 'partner')) return [];
        return [{ id, ...holder, ...(holders.get(id) ?? nothing), speed: speedOf('holder', id), drill: { holderId: id }, drillFrom: { redirectedFrom: id }, drillGiven: { assignedTo: id } }];
      })
      .sort(worstFirst),
  };
}

/** `keysOf`: the rows in which something counts. */
function figuresBy({ owed, unassigned, redirected }: Counted, keysOf: (one: { holderId?: string | null; territoryId: string | null }) => (string | null)[]): Map<string | null, Figures> {
  const rows = new Map<string | null, Figures>();
  const row = (key: string | null): Figures => {
    const known = rows.get(key) ?? { ...nothing };
    rows.set(key, known);
    return known;
  };
  for (const one of owed)
    for (const key of keysOf(one)) for (const figure of ['offered', 'late', 'accept', 'contact', 'attempts', 'verdict'] as const) row(key)[figure] += one[figure];
  for (const one of unassigned) for (const key of keysOf(one)) row(key).unassigned += one.unassigned;
  const seen = new Set<string>();
  for (const one of redirected)
    for (const key of keysOf(one))
      for (const [figure, counts] of [['redirectedWeek', true], ['redirectedToday', one.today]] as const) {
        const mark = `${figure} ${key} ${one.leadId}`;
        if (!counts || seen.has(mark)) continue;
        seen.add(mark);
        row(key)[figure]++;
      }
  return rows;
}

const worstFirst = (a: NowRow, b: NowRow): number =>
  b.late + b.unassigned - (a.late + a.unassigned) || b.offered - a.offered || b.redirectedWeek - a.redirectedWeek || (a.name < b.name ? -1 : 1);
const tenth = (minutes: number | null | undefined): number | null => (minutes === null || minutes === undefined ? null : Math.round(minutes * 10) / 10);
