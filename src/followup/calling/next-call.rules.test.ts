import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { callOrder, mayRing, nextAttempt, notNow, reachAt } from './next-call.rules.ts';
import type { CallTerms, HourTold, Target } from './next-call.rules.ts';
import { localTime, zonesOf } from './zones.rules.ts';

const terms: CallTerms = { fromHour: 8, untilHour: 20, perDayMost: 2, attemptsMost: 5 };
const now = new Date('2026-03-03T10:00:00Z');
const target = (given: Partial<Target>): Target => ({
  leadId: 'a',
  zones: ['Europe/Berlin'],
  score: 50,
  attempts: 0,
  dayCalls: 0,
  day: null,
  dueAt: null,
  callBack: false,
  addedAt: now,
  ...given,
});

describe('whose clock it is', () => {
  test('a country of one zone, a state, a country of many, and nothing known', () => {
    expect(zonesOf('DE', null, 'UTC')).toContain('Europe/Berlin');
    expect(zonesOf('US', 'CA', 'UTC')).toEqual(['America/Los_Angeles']);
    expect(zonesOf('US', null, 'UTC').length).toBeGreaterThan(5);
    expect(zonesOf(null, null, 'Europe/Zurich')).toEqual(['Europe/Zurich']);
    expect(zonesOf('QQ', null, 'Europe/Zurich')).toEqual(['Europe/Zurich']);
  });
  test('it rings in a wide country only while it may ring everywhere in it', () => {
    const states = zonesOf('US', null, 'UTC');
    expect(mayRing(states, new Date('2026-03-03T14:00:00Z'), terms)).toBe(false);
    expect(mayRing(['America/New_York'], new Date('2026-03-03T14:00:00Z'), terms)).toBe(true);
    expect(mayRing(states, new Date('2026-03-03T20:00:00Z'), terms)).toBe(true);
  });
  test('the last hour is not within, the first is', () => {
    expect(mayRing(['UTC'], new Date('2026-03-03T07:59:59Z'), terms)).toBe(false);
    expect(mayRing(['UTC'], new Date('2026-03-03T08:00:00Z'), terms)).toBe(true);
    expect(mayRing(['UTC'], new Date('2026-03-03T20:00:00Z'), terms)).toBe(false);
  });
});

describe('who may not be called now', () => {
  test.each<[string, Partial<Target>, ReturnType<typeof notNow>]>([
    ['anybody else', {}, null],
    ['tried often enough', { attempts: 5 }, 'tired'],
    ['tried often enough, and asked to be called back', { attempts: 5, callBack: true, dueAt: now }, null],
    ['to be called later', { dueAt: new Date('2026-03-03T10:00:01Z') }, 'later'],
    ['called twice today', { day: '2026-03-03', dayCalls: 2 }, 'often'],
    ['called twice yesterday', { day: '2026-03-02', dayCalls: 2 }, null],
    ['where it is night', { zones: ['America/Los_Angeles'] }, 'hour'],
    ['where it is night, though a call-back is due', { zones: ['America/Los_Angeles'], callBack: true, dueAt: now }, 'hour'],
  ])('%s', (_name, given, why) => expect(notNow(target(given), terms, now)).toBe(why));
});

test('call-backs that are due come first, the longest due at the top; then the fewest attempts, then the best chance', () => {
  const made = [
    target({ leadId: 'low', score: 10 }),
    target({ leadId: 'high', score: 90 }),
    target({ leadId: 'tried', score: 99, attempts: 1 }),
    target({ leadId: 'back2', callBack: true, dueAt: new Date('2026-03-03T09:30:00Z'), attempts: 4 }),
    target({ leadId: 'back1', callBack: true, dueAt: new Date('2026-03-03T09:00:00Z'), score: 0 }),
    target({ leadId: 'night', zones: ['America/Los_Angeles'], score: 99 }),
  ];
  expect(callOrder(made, terms, now, []).map(({ leadId }) => leadId)).toEqual(['back1', 'back2', 'high', 'low', 'tried']);
});

test('hours with few calls lean towards the mean', () => {
  const told: HourTold[] = [
    { hour: 9, calls: 1, reached: 1 },
    { hour: 10, calls: 199, reached: 39 },
  ];
  expect(reachAt(9, told)).toBeCloseTo((1 + 20 * 0.2) / 21);
  expect(reachAt(15, told)).toBeCloseTo(0.2);
});

describe('trying again', () => {
  test('at the hour that reaches people, three hours on at the earliest; an hour tried in vain counts half', () => {
    const told: HourTold[] = [
      { hour: 17, calls: 100, reached: 60 },
      { hour: 11, calls: 100, reached: 30 },
    ];
    const ask = (tried: number[]) =>
      localTime('Europe/Berlin', nextAttempt({ zones: ['Europe/Berlin'], tried, busy: false, dayCalls: 1 }, terms, now, told));
    expect(ask([])).toEqual({ hour: 17, day: '2026-03-03' });
    expect(ask([17, 17]).hour).not.toBe(17);
  });
  test('a busy line in half an hour, unless it was tried enough today', () => {
    expect(nextAttempt({ zones: ['Europe/Berlin'], tried: [11], busy: true, dayCalls: 1 }, terms, now, [])).toEqual(
      new Date('2026-03-03T10:30:00Z'),
    );
    expect(
      localTime('Europe/Berlin', nextAttempt({ zones: ['Europe/Berlin'], tried: [11], busy: true, dayCalls: 2 }, terms, now, [])).day,
    ).toBe('2026-03-04');
  });
});

test('whatever is planned and ordered, it never rings outside the hours, nor more often in a day than agreed', () => {
  const zone = fc.constantFrom(
    'Europe/Berlin',
    'America/New_York',
    'America/Los_Angeles',
    'Asia/Tokyo',
    'Australia/Sydney',
    'Asia/Kolkata',
  );
  const hours = fc
    .tuple(fc.integer({ min: 6, max: 12 }), fc.integer({ min: 13, max: 21 }))
    .map(([fromHour, untilHour]) => ({ fromHour, untilHour }));
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true }),
      hours,
      fc.integer({ min: 1, max: 3 }),
      fc.array(
        fc.record({
          zone,
          score: fc.nat({ max: 100 }),
          attempts: fc.nat({ max: 6 }),
          dayCalls: fc.nat({ max: 4 }),
          today: fc.boolean(),
          dueIn: fc.option(fc.integer({ min: -600, max: 600 })),
          callBack: fc.boolean(),
          tried: fc.array(fc.nat({ max: 23 }), { maxLength: 5 }),
          busy: fc.boolean(),
        }),
        { maxLength: 12 },
      ),
      (at, given, perDayMost, made) => {
        const asked: CallTerms = { ...given, perDayMost, attemptsMost: 5 };
        const targets = made.map((one, i) => {
          const dueAt = one.dueIn === null ? (one.callBack ? at : null) : new Date(at.getTime() + one.dueIn * 60_000);
          return target({
            leadId: String(i),
            zones: [one.zone],
            score: one.score,
            attempts: one.attempts,
            dayCalls: one.dayCalls,
            day: one.today ? localTime(one.zone, at).day : null,
            dueAt,
            callBack: one.callBack,
          });
        });
        const order = callOrder(targets, asked, at, []);
        for (const one of order) {
          const { hour } = localTime(one.zones[0]!, at);
          expect(hour >= asked.fromHour && hour < asked.untilHour).toBe(true);
          if (!one.callBack) expect(one.day !== null && one.dayCalls >= perDayMost).toBe(false);
          expect(one.dueAt === null || one.dueAt <= at).toBe(true);
        }
        // A call-back never stands below what is none.
        expect(order.map(({ callBack }) => Number(callBack))).toEqual(
          order.map(({ callBack }) => Number(callBack)).toSorted((a, b) => b - a),
        );
        for (const one of made) {
          const next = nextAttempt({ zones: [one.zone], tried: one.tried, busy: one.busy, dayCalls: one.dayCalls }, asked, at, []);
          expect(next > at).toBe(true);
          expect(mayRing([one.zone], next, asked)).toBe(true);
          if (one.dayCalls >= perDayMost) expect(localTime(one.zone, next).day).not.toBe(localTime(one.zone, at).day);
        }
      },
    ),
    { numRuns: 300 },
  );
});
