import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { backlogOf, foresee, grades, kindsOf, mostThatFits, roomIn, type Kind, type Room } from './launch.rules.ts';

const room = (holderId: string, perWeek: number | null, given: Partial<Room> = {}): Room => ({
  holderId,
  perWeek,
  byGrade: {},
  usual: { hot: 0, warm: 0, cold: 0 },
  presence: [],
  ...given,
});
const pool = (...names: string[]) => names.map((holderId) => ({ holderId, weight: 1 }));
const warm = (share: number, row: string, ...pools: Kind['pools'][number][]): Kind => ({ share, grade: 'warm', row, pools });
const told = (flows: readonly { placed: number; backlog: number }[]) => flows.map(({ placed, backlog }) => [Math.round(placed * 100) / 100, Math.round(backlog * 100) / 100]);

describe('a launch check', () => {
  // The worked example of docs/how-it-decides/routing.md.
  const north = [room('ana', 5, { usual: { hot: 1, warm: 2, cold: 0 } }), room('ben', 5, { usual: { hot: 0, warm: 1, cold: 0 } })];
  const kinds = [warm(1, 'North', pool('ana', 'ben'))];

  test('ten, five and five leads into room for six a week: four wait, then three, then two, then nobody', () => {
    const found = foresee([10, 5, 5], kinds, north, 20);
    expect(found.weeks.map(({ expected, room: free, placed, backlog }) => [expected, free, placed, backlog].map(Math.round))).toEqual([
      [10, 6, 6, 4],
      [5, 6, 6, 3],
      [5, 6, 6, 2],
      [0, 6, 2, 0],
    ]);
    expect(backlogOf(found.weeks)).toEqual({ most: expect.closeTo(4), mostIn: 0, clearIn: 3 });
    expect(Math.round(found.given.get('ana')!.reduce((sum, one) => sum + one))).toBe(7);
    expect(mostThatFits([0.5, 0.25, 0.25], kinds, north)).toBe(12);
  });

  test('who is away takes none, who is there for a part takes that part; without a limit there is no end', () => {
    const away = room('cas', 4, { presence: [0, 0.5] });
    expect([0, 1, 2].map((week) => roomIn(away, week).all)).toEqual([0, 2, 4]);
    expect(roomIn(room('dan', null, { presence: [0] }), 0).all).toBe(0);
    expect(roomIn(room('dan', null), 0).all).toBe(Infinity);
    expect(mostThatFits([1], [warm(1, 'x', pool('dan'))], [room('dan', null)])).toBeNull();
    expect(mostThatFits([1], [warm(1, 'x')], [])).toBe(0);
    expect(mostThatFits([1], [], [])).toBe(0);
  });

  test('the second pool has what the first has no room for, before the week ends', () => {
    const rooms = [room('ana', 2), room('ben', 3)];
    const found = foresee([6], [warm(1, 'North', pool('ana'), pool('ben'))], rooms, 9);
    expect(told(found.weeks)).toEqual([
      [5, 1],
      [1, 0],
    ]);
    expect(found.given.get('ana')).toEqual([2, 1]);
  });

  test('who works in two territories has their room once; shares count while all have room', () => {
    const shared = foresee([8], [warm(0.5, 'North', pool('ana')), warm(0.5, 'South', pool('ana', 'ben'))], [room('ana', 4), room('ben', 4)], 1);
    expect(shared.weeks[0]).toMatchObject({ room: 8, placed: expect.closeTo(20 / 3), backlog: expect.closeTo(4 / 3) });
    const weighed = foresee([4], [warm(1, 'North', [{ holderId: 'ana', weight: 3 }, { holderId: 'ben', weight: 1 }])], [room('ana', 4), room('ben', 4)], 1);
    expect(weighed.given).toEqual(new Map([['ana', [3]], ['ben', [1]]]));
  });

  test('hot leads come first, and a grade that is full leaves room for others', () => {
    const of = (grade: Kind['grade'], share: number): Kind => ({ share, grade, row: grade, pools: [pool('ana')] });
    const found = foresee([6], [of('cold', 0.5), of('hot', 0.5)], [room('ana', 4, { byGrade: { hot: 2 } })], 1);
    expect(found.rows.get('hot')![0]).toMatchObject({ placed: 2, backlog: 1 });
    expect(found.rows.get('cold')![0]).toMatchObject({ placed: 2, backlog: 1 });
  });

  test('leads of one grade that are asked of the same are one kind', () => {
    const lead = { grade: 'warm' as const, row: 'North', pools: [pool('ana')], weight: 1 };
    const found = kindsOf([lead, lead, { ...lead, weight: 2, pools: [pool('ben')] }, { ...lead, grade: 'hot' }]);
    expect(found.map(({ share }) => share)).toEqual([0.4, 0.4, 0.2]);
  });

  test('whatever comes: expected = placed + waiting, nobody beyond their room, and nothing waits beside room', () => {
    const names = ['a', 'b', 'c', 'd'];
    const few = fc.constantFrom(null, 0, 0.5, 1, 3, 10);
    const rooms = fc.tuple(
      ...names.map((holderId) =>
        fc.record({
          holderId: fc.constant(holderId),
          perWeek: few,
          byGrade: fc.record({ hot: fc.constantFrom(0, 1, 4), warm: fc.constantFrom(1, 2) }, { requiredKeys: [] }),
          usual: fc.record({ hot: fc.constantFrom(0, 0.5), warm: fc.constantFrom(0, 2), cold: fc.constant(0) }),
          presence: fc.array(fc.constantFrom(0, 0.4, 1), { maxLength: 6 }),
        }),
      ),
    );
    const shares = fc.array(fc.record({ holderId: fc.constantFrom(...names, 'gone'), weight: fc.constantFrom(1, 2, 0.5) }), { maxLength: 3 });
    const leads = fc.array(fc.record({ grade: fc.constantFrom(...grades), row: fc.constantFrom('x', 'y'), pools: fc.array(shares, { maxLength: 3 }), weight: fc.constantFrom(1, 3) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(rooms, leads, fc.array(fc.double({ min: 0, max: 30, noNaN: true }), { minLength: 1, maxLength: 8 }), (given, some, expected) => {
        // One is asked once of each pool.
        const kinds = kindsOf(some.map((lead) => ({ ...lead, pools: lead.pools.map((one) => [...new Map(one.map((each) => [each.holderId, each])).values()]) })));
        const found = foresee(expected, kinds, given, 20);
        for (const flows of [found.weeks, ...found.rows.values()]) {
          let [came, placed] = [0, 0];
          for (const flow of flows) {
            [came, placed] = [came + flow.expected, placed + flow.placed];
            expect(flow.backlog).toBeGreaterThanOrEqual(0);
            expect(flow.placed).toBeGreaterThanOrEqual(0);
            expect(placed + flow.backlog).toBeCloseTo(came, 6);
          }
        }
        expect(found.weeks.reduce((sum, week) => sum + week.expected, 0)).toBeCloseTo(expected.reduce((sum, one) => sum + one), 6);
        found.weeks.forEach((week, at) => {
          const had = given.map((one) => ({ one, got: found.given.get(one.holderId)?.[at] ?? 0, room: roomIn(one, at) }));
          for (const { got, room: free } of had) expect(got).toBeLessThanOrEqual(free.all + 1e-6);
          expect(had.reduce((sum, { got }) => sum + got, 0)).toBeCloseTo(week.placed, 6);
          // A row waits only if everybody it is asked of is full: in all, or of the grade.
          if (week.backlog > 1e-6 && kinds.length === 1)
            for (const { one, got, room: free } of had)
              if (kinds[0]!.pools.flat().some(({ holderId }) => holderId === one.holderId)) expect(got).toBeCloseTo(Math.min(free.all, free[kinds[0]!.grade]), 6);
        });
      }),
    );
  });
});
