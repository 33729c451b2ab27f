import fc from 'fast-check';
import { expect, test } from 'vitest';
import { route, type Books, type Grade, type RoutableHolder, type RoutableLead } from '../route.rules.ts';
import { layTable } from '../seats.rules.ts';
import { gini, Past, Tally } from './simulate.rules.ts';

const from = Date.parse('2026-01-05T09:00:00Z');
const hour = 3_600_000;
const holder = (id: string, capacityPerWeek: number | null): RoutableHolder => ({
  id,
  kind: 'rep',
  name: id,
  email: null,
  externalId: null,
  active: true,
  away: [],
  capacityPerWeek,
  startsMs: [],
  verticals: [],
  languages: [],
});
const books = (capacities: (number | null)[]): Books => ({
  holders: capacities.map((capacity, i) => holder(`h${i}`, capacity)),
  territories: [
    { id: 't', name: 'All', rules: {}, overflow: false, holders: capacities.map((_, i) => ({ holderId: `h${i}`, weight: 1 })) },
  ],
  balances: [],
  relationships: new Map(),
  deskId: 'desk',
});
const lead = (i: number, hours: number, grade: Grade = 'warm'): RoutableLead => ({
  leadId: `l${i}`,
  atMs: from + hours * hour,
  grade,
  score: 0,
  personId: null,
  organizationId: null,
  language: null,
  owners: [],
  excluded: new Map(),
  country: null,
  state: null,
  postalCode: null,
  vertical: null,
  employees: null,
  annualRevenueMinor: null,
  product: null,
});

test('with room for all it is what the routing gives, lead by lead', () => {
  const leads = Array.from({ length: 50 }, (_, i) => lead(i, i));
  const past = new Past(layTable(books([null, null, null])));
  const dealt = [...past.take(leads.slice(0, 20)), ...past.take(leads.slice(20)), ...past.end(from + 100 * hour)];
  expect(dealt.map((one) => one.holderId)).toEqual(route(leads, books([null, null, null])).placements.map((one) => one.holderId));
});

test('whatever the room, every lead is told once, nobody is over, and what waited is given when room returns', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(null, 0, 0.5, 1, 3), { minLength: 1, maxLength: 4 }),
      fc.array(fc.nat({ max: 24 * 40 }), { minLength: 1, maxLength: 60 }),
      (capacities, hours) => {
        const leads = hours.toSorted((a, b) => a - b).map((at, i) => lead(i, at));
        const past = new Past(layTable(books(capacities)));
        const dealt = [...past.take(leads), ...past.end(from + 24 * 60 * hour)];
        expect(dealt.map((one) => one.leadId).toSorted()).toEqual(leads.map((one) => one.leadId).toSorted());
        capacities.forEach((capacity, i) => {
          if (capacity === null) return;
          const at = dealt.filter((one) => one.holderId === `h${i}`).map((one) => one.placedMs!);
          for (const start of at)
            expect(at.filter((other) => other >= start && other < start + 7 * 24 * hour).length).toBeLessThanOrEqual(Math.ceil(capacity));
        });
        // Somebody without a limit: nobody waits.
        if (capacities.includes(null)) for (const one of dealt) expect(one.end).toBe('placed');
      },
    ),
  );
});

test('of each grade no more than said, and no more open at once than said; what is closed makes room', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ hot: fc.constantFrom(0, 0.5, 1, 2), openMost: fc.constantFrom(1, 2, 5) }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.record({ at: fc.nat({ max: 24 * 30 }), isHot: fc.boolean(), closesAfter: fc.option(fc.integer({ min: 1, max: 24 * 20 })) }), { minLength: 1, maxLength: 50 }),
      (limits, given) => {
        const table = books(limits.map(() => null));
        table.holders = table.holders.map((one, i) => ({ ...one, capacityByGrade: { hot: limits[i]!.hot }, openMost: limits[i]!.openMost }));
        const leads = given
          .toSorted((a, b) => a.at - b.at)
          .map((one, i) => ({
            ...lead(i, one.at, one.isHot ? 'hot' : 'cold'),
            closedMs: one.closesAfter === null ? null : from + (one.at + one.closesAfter) * hour,
          }));
        const end = from + 24 * 90 * hour;
        const past = new Past(layTable(table));
        const dealt = [...past.take(leads), ...past.end(end)];
        expect(dealt.map((one) => one.leadId).toSorted()).toEqual(leads.map((one) => one.leadId).toSorted());
        const closed = new Map(leads.map((one) => [one.leadId, one.closedMs ?? Infinity]));
        limits.forEach(({ hot, openMost }, i) => {
          const had = dealt.filter((one) => one.holderId === `h${i}`);
          for (const { placedMs } of had) {
            const at = placedMs!;
            const week = had.filter((one) => one.grade === 'hot' && one.placedMs! >= at && one.placedMs! < at + 7 * 24 * hour);
            expect(week.length).toBeLessThanOrEqual(Math.ceil(hot));
            // Open from when it was given until it was closed in truth.
            const open = had.filter((one) => one.placedMs! <= at && closed.get(one.leadId)! > at);
            expect(open.length).toBeLessThanOrEqual(openMost);
          }
        });
      },
    ),
  );
});

test('one hot lead a week still comes, and one place is taken again an hour after it is free', () => {
  const table = books([null]);
  table.holders = [{ ...table.holders[0]!, capacityByGrade: { hot: 1 }, openMost: 1 }];
  const past = new Past(layTable(table));
  const dealt = [
    ...past.take([{ ...lead(0, 0, 'hot'), closedMs: from + 10 * hour }, { ...lead(1, 1, 'cold'), closedMs: from + 50 * hour }, lead(2, 2, 'hot')]),
    ...past.end(from + 24 * 30 * hour),
  ];
  const placedAfter = (id: string) => (dealt.find((one) => one.leadId === id)!.placedMs! - from) / hour;
  expect(placedAfter('l0')).toBe(0);
  expect(placedAfter('l1')).toBeGreaterThanOrEqual(11);
  expect(placedAfter('l1')).toBeLessThan(13);
  expect(placedAfter('l2')).toBeGreaterThanOrEqual(7 * 24);
  expect(placedAfter('l2')).toBeLessThan(7 * 24 + 24);
  expect(dealt.every((one) => one.end === 'placed')).toBe(true);
});

test('one a week, three leads in an hour: one at once, one after a week, one after two', () => {
  const past = new Past(layTable(books([1])));
  const dealt = [...past.take([lead(0, 0), lead(1, 1), lead(2, 2)]), ...past.end(from + 24 * 30 * hour)];
  const tally = new Tally(['h0', 'h1']);
  for (const one of dealt) tally.add(one, one.leadId === 'l0' ? 'h1' : null);
  const result = tally.result();
  expect(result.loads).toEqual([
    { holderId: 'h0', leads: 3, was: 0, hot: 0, warm: 3, cold: 0, weekMost: 1 },
    { holderId: 'h1', leads: 0, was: 1, hot: 0, warm: 0, cold: 0, weekMost: 0 },
  ]);
  expect(result).toMatchObject({ leads: 3, compared: 1, elsewhere: 1, ends: { placed: 3 }, waited: { leads: 2 } });
  expect(result.waited.mostHours).toBeGreaterThanOrEqual(24 * 14 - 2);
  expect(result.weeks[0]).toEqual({ week: '2026-01-05', leads: 3, placed: 1, was: 1 });
});

test('nobody at all: nowhere', () => {
  const past = new Past(layTable({ ...books([]), territories: [] }));
  expect(past.take([lead(0, 0)])).toMatchObject([
    { end: 'nowhere', holderId: null, because: 'No territory covers a lead without a country' },
  ]);
});

test('unevenness', () => {
  expect([gini([1, 1, 1]), gini([]), gini([0, 0])]).toEqual([0, 0, 0]);
  expect(gini([0, 0, 0, 8])).toBeCloseTo(0.75);
});
