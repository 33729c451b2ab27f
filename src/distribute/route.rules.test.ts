import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { route } from './route.rules.ts';
import type { Books, Grade, RoutableHolder, RoutableLead, RoutableTerritory } from './route.rules.ts';

const now = Date.parse('2026-11-20T09:00:00Z');
const day = 86_400_000;
const holder = (id: string, given: Partial<RoutableHolder> = {}): RoutableHolder => ({
  id,
  kind: 'rep',
  name: id.toUpperCase(),
  email: `${id}@hartwell.example`,
  externalId: null,
  active: true,
  away: [],
  capacityPerWeek: null,
  startsMs: [],
  verticals: [],
  languages: [],
  ...given,
});
const territory = (id: string, holders: string[], given: Partial<RoutableTerritory> = {}): RoutableTerritory => ({
  id,
  name: id,
  rules: {},
  overflow: false,
  holders: holders.map((holderId) => ({ holderId, weight: 1 })),
  ...given,
});
let count = 0;
const lead = (given: Partial<RoutableLead> = {}): RoutableLead => ({
  leadId: `lead-${++count}`,
  atMs: now,
  grade: 'warm',
  score: 50,
  personId: null,
  organizationId: null,
  language: null,
  owners: [],
  excluded: new Map(),
  country: 'ES',
  state: null,
  postalCode: null,
  vertical: null,
  employees: null,
  annualRevenueMinor: null,
  product: null,
  ...given,
});
const books = (given: Partial<Books>): Books => ({
  holders: [],
  territories: [],
  balances: [],
  relationships: new Map(),
  deskId: 'desk',
  ...given,
});
const one = (given: Partial<RoutableLead>, b: Books) => route([lead(given)], b).placements[0]!;

describe('routing', () => {
  const three = [holder('ana'), holder('ben'), holder('cas')];
  const everywhere = territory('Everywhere', ['ana', 'ben', 'cas']);

  test('the named owner comes first; by name, id or mail', () => {
    const b = books({ holders: [holder('ana', { externalId: '007', capacityPerWeek: 1 }), holder('ben')], territories: [everywhere] });
    for (const owner of ['ANA', ' ana@hartwell.example', '007'])
      expect(one({ owners: [owner] }, b)).toMatchObject({ holderId: 'ana', rule: 'owner' });
    expect(one({ owners: ['nobody we know'] }, b)).toMatchObject({ rule: 'turn' });
  });

  test('by size: who is large, who is small, and who is not known, which is said', () => {
    const b = books({
      holders: three,
      territories: [
        territory('Large', ['ana'], { rules: { employees: { from: 250 } } }),
        territory('Rich', ['ben'], { rules: { annualSales: { fromMinor: 1_000_000_00 } } }),
        territory('All else', ['cas']),
      ],
    });
    expect(one({ employees: 250 }, b)).toMatchObject({ holderId: 'ana' });
    expect(one({ employees: 249, annualRevenueMinor: 1_000_000_00 }, b)).toMatchObject({ holderId: 'ben' });
    expect(one({ employees: 249, annualRevenueMinor: 999_999_99 }, b).because.map(({ label }) => label)).toEqual(['Territory', 'Turn']);
    expect(one({}, b)).toMatchObject({
      holderId: 'cas',
      because: [
        { label: 'Territory', detail: 'All else' },
        { label: 'Not known', detail: 'Large goes by number of employees, not known of it; Rich goes by annual sales, not known of it' },
        { label: 'Turn' },
      ],
    });
    const without = { ...b, territories: b.territories.slice(0, 1) };
    expect(one({}, without)).toMatchObject({ rule: 'desk', because: [{ detail: 'No territory covers ES with an unknown number of employees; Large goes by number of employees, not known of it' }] });
    // Of one place and three sizes, dealt at one table.
    const { placements } = route([lead({ employees: 300 }), lead({ employees: 3 }), lead({ employees: 300 })], b);
    expect(placements.map(({ territoryId }) => territoryId)).toEqual(['Large', 'All else', 'Large']);
  });

  test('a full owner gets no more: the surplus is dealt, and says past whom it went', () => {
    const b = books({ holders: [holder('ana', { capacityPerWeek: 1 }), holder('ben')], territories: [everywhere] });
    const { placements } = route(
      Array.from({ length: 3 }, () => lead({ owners: ['ana'] })),
      b,
    );
    expect(placements.map((p) => p.holderId)).toEqual(['ana', 'ben', 'ben']);
    expect(placements[1]).toMatchObject({ rule: 'turn', passedOver: [{ holderId: 'ana', because: 'full' }] });
    expect(placements[1]!.passedOver).toHaveLength(1);
    expect(placements[1]!.passedOver[0]!.detail).toMatch(/^the named owner, but full: 1 in \d+ days$/);
  });

  test('full by grade or by open work is passed over with the detail, an owner too', () => {
    const b = books({
      holders: [holder('ana', { capacityByGrade: { hot: 1 } }), holder('ben', { openMost: 2, openLeads: 1 }), holder('cas', { capacityByGrade: { hot: 0 } })],
      territories: [everywhere],
    });
    const { placements } = route(
      Array.from({ length: 4 }, () => lead({ grade: 'hot', owners: ['ana'] })),
      b,
    );
    expect(placements.map((p) => p.holderId)).toEqual(['ana', 'ben', 'desk', 'desk']);
    expect(placements[3]!.passedOver).toEqual([
      { holderId: 'ana', name: 'ANA', because: 'full', detail: 'the named owner, but full: 1 hot in 7 days' },
      { holderId: 'ben', name: 'BEN', because: 'full', detail: 'full: 2 open' },
      { holderId: 'cas', name: 'CAS', because: 'full', detail: 'takes no hot leads' },
    ]);
    // Open work may be let go at any time; a week's place returns when the week is over.
    expect(placements[3]!.retryAtMs).toBe(now + 15 * 60_000);
  });

  test('who holds a lead that is dealt again has room for it, and for another if it goes', () => {
    const only = books({ holders: [holder('ana', { openMost: 1, openLeads: 1 })], territories: [territory('Everywhere', ['ana'])] });
    expect(one({ openHolderId: 'ana' }, only)).toMatchObject({ holderId: 'ana' });
    expect(one({}, only)).toMatchObject({ rule: 'desk' });
    const gone = lead({ openHolderId: 'ana', excluded: new Map([['ana', 'silent']]), score: 99 });
    expect(route([gone, lead()], only).placements.map((p) => p.holderId)).toEqual(['desk', 'ana']);
  });

  test('a territory has leads from its first moment to its last; what waits is asked again when one begins', () => {
    const dated = (name: string, holderId: string, fromMs: number | null, untilMs: number | null) => ({ ...territory(name, [holderId]), fromMs, untilMs });
    const b = books({ holders: three, territories: [dated('Old', 'ana', null, now), dated('New', 'ben', now + day, null), dated('Later', 'cas', now + 2 * day, now + 3 * day)] });
    expect(one({ atMs: now - 1 }, b)).toMatchObject({ holderId: 'ana' });
    expect(one({}, b)).toMatchObject({ rule: 'desk', retryAtMs: now + day });
    expect(one({ atMs: now + day }, b)).toMatchObject({ holderId: 'ben' });
    const closed = books({ holders: three, territories: [b.territories[0]!, b.territories[2]!] });
    expect(one({ atMs: now + 3 * day }, closed)).toMatchObject({ rule: 'desk', retryAtMs: null });
  });

  test('nobody else there: it waits until who has the claim has room again', () => {
    const b = books({ holders: [holder('ana', { capacityPerWeek: 1, startsMs: [now - 5 * day] })], relationships: new Map([['acme', 'ana']]) });
    for (const given of [{ owners: ['ana'] }, { organizationId: 'acme' }]) expect(one(given, b)).toMatchObject({ rule: 'desk', retryAtMs: now + 2 * day });
  });

  test('who already works with the organization keeps it, within capacity; also for two inquiries in one batch', () => {
    const b = books({ holders: three, territories: [everywhere], relationships: new Map([['acme', 'cas']]) });
    expect(one({ organizationId: 'acme' }, b)).toMatchObject({ holderId: 'cas', rule: 'relationship' });
    const full = books({ ...b, holders: [...three.slice(0, 2), holder('cas', { capacityPerWeek: 0 })] });
    expect(one({ organizationId: 'acme' }, full).holderId).not.toBe('cas');
    const { placements } = route(
      [lead({ organizationId: 'nova' }), lead({}), lead({ organizationId: 'nova' })],
      books({ holders: three, territories: [everywhere] }),
    );
    expect(placements[2]!.holderId).toBe(placements[0]!.holderId);
  });

  test('nobody can take it: the desk, with everybody passed over and when to ask again', () => {
    const b = books({
      holders: [
        holder('ana', { away: [{ fromMs: now - day, untilMs: now + day }] }),
        holder('ben', { capacityPerWeek: 1, startsMs: [now - 2 * day] }),
        holder('cas', { active: false }),
      ],
      territories: [everywhere],
    });
    const placement = one({}, b);
    expect(placement).toMatchObject({ holderId: 'desk', rule: 'desk', retryAtMs: now + day });
    expect(placement.passedOver.map((p) => [p.holderId, p.because])).toEqual([
      ['ana', 'away'],
      ['ben', 'full'],
      ['cas', 'inactive'],
    ]);
    expect(placement.because[0]).toEqual({
      label: 'Waiting for a holder',
      detail: 'Nobody in Everywhere can take it: 1 away, 1 full, 1 inactive',
    });
  });

  test('no territory covers it', () => {
    const b = books({ holders: three, territories: [territory('France', ['ana'], { rules: { countries: ['FR'] } })] });
    expect(one({}, b).because[0]!.detail).toBe('No territory covers ES');
  });

  test('the first territory decides unless it lets leads overflow', () => {
    const spain = territory('Spain', ['ana'], { rules: { countries: ['ES'] } });
    const rest = territory('Rest', ['ben']);
    const full = [holder('ana', { capacityPerWeek: 0 }), holder('ben')];
    expect(one({}, books({ holders: full, territories: [spain, rest] }))).toMatchObject({ rule: 'desk', territoryId: 'Spain' });
    expect(one({}, books({ holders: full, territories: [{ ...spain, overflow: true }, rest] }))).toMatchObject({
      holderId: 'ben',
      territoryId: 'Rest',
    });
  });

  test('never again to who declined or stayed silent', () => {
    const b = books({ holders: three, territories: [everywhere], relationships: new Map([['acme', 'ana']]) });
    expect(
      one(
        {
          organizationId: 'acme',
          owners: ['ANA'],
          excluded: new Map([
            ['ana', 'declined'],
            ['ben', 'silent'],
          ]),
        },
        b,
      ).holderId,
    ).toBe('cas');
  });

  test('the language decides among those who can, and gives way when nobody speaks it', () => {
    const b = books({
      holders: [holder('ana', { languages: ['de'] }), holder('ben', { languages: ['es'] })],
      territories: [territory('T', ['ana', 'ben'])],
    });
    expect(one({ language: 'es' }, b).holderId).toBe('ben');
    expect(one({ language: 'fr' }, b).rule).toBe('turn');
  });

  test('scarce room goes to the best', () => {
    const b = books({ holders: [holder('ana', { capacityPerWeek: 1 })], territories: [territory('T', ['ana'])] });
    const { placements } = route([lead({ grade: 'cold' }), lead({ grade: 'hot' })], b);
    expect(placements.map((p) => p.holderId)).toEqual(['desk', 'ana']);
  });

  test('balances stay within one lead per grade, across batches, and replay to the same answer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom<Grade>('hot', 'warm', 'cold'), { minLength: 1, maxLength: 200 }),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 6 }),
        fc.integer({ min: 1, max: 50 }),
        (grades, weights, size) => {
          const holders = weights.map((_, i) => holder(`h${i}`));
          const territories = [{ ...territory('T', []), holders: weights.map((weight, i) => ({ holderId: `h${i}`, weight })) }];
          let balances: Books['balances'] = [];
          for (let from = 0; from < grades.length; from += size) {
            const batch = grades.slice(from, from + size).map((grade) => lead({ grade }));
            const routing = route(batch, books({ holders, territories, balances }));
            expect(route(batch, books({ holders, territories, balances }))).toEqual(routing);
            const changed = new Map(routing.balances.map((b) => [`${b.grade}${b.holderId}`, b]));
            balances = [...balances.filter((b) => !changed.has(`${b.grade}${b.holderId}`)), ...routing.balances];
            for (const b of balances) expect(Math.abs(b.entitled - b.received)).toBeLessThanOrEqual(1);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test('capacity is never exceeded whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 60 }),
        (capacities, n) => {
          const holders = capacities.map((capacityPerWeek, i) => holder(`h${i}`, { capacityPerWeek }));
          const { placements } = route(
            Array.from({ length: n }, (_, i) => lead({ organizationId: `o${i % 7}` })),
            books({
              holders,
              territories: [
                territory(
                  'T',
                  holders.map((h) => h.id),
                ),
              ],
            }),
          );
          capacities.forEach((most, i) => expect(placements.filter((p) => p.holderId === `h${i}`).length).toBeLessThanOrEqual(most));
          expect(placements.filter((p) => p.rule !== 'desk').length).toBe(
            Math.min(
              n,
              capacities.reduce((a, b) => a + b, 0),
            ),
          );
        },
      ),
    );
  });
});
