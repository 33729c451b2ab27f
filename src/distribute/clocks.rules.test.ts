import { describe, expect, test } from 'vitest';
import { asksForWork, lookAt, nextClock } from './clocks.rules.ts';
import type { Looked, Running, WorkDone } from './clocks.rules.ts';

const at = (text: string): Date => new Date(`2026-11-${text}:00Z`);
const offered: Running = {
  why: 'new',
  startedAt: at('20T09:00'),
  endedAt: null,
  acceptedAt: null,
  declinedAt: null,
  firstFollowupAt: null,
  respondBy: at('20T10:00'),
  followBy: null,
  triesBy: null,
  triesOwed: null,
  judgeBy: null,
  remindAt: at('20T09:42'),
  triesRemindAt: null,
  judgeRemindAt: null,
  pausedAt: null,
  pausedUntil: null,
  broken: [],
};
const accepted: Running = {
  ...offered,
  acceptedAt: at('20T09:10'),
  followBy: at('20T13:00'),
  remindAt: at('20T12:00'),
  triesBy: at('24T09:10'),
  triesOwed: 3,
  triesRemindAt: at('23T09:10'),
  judgeBy: at('26T09:10'),
  judgeRemindAt: at('25T09:10'),
};
const inContact: Running = { ...accepted, firstFollowupAt: at('20T11:00'), remindAt: null };
const none: WorkDone = { verdictAt: null, gaveUp: false, tries: 0 };
const rest = { broken: [], remind: [], passesOn: false };
const broke = (clock: string, dueAt: Date) => ({ clock, dueAt });

describe('the clocks of a hand-off', () => {
  test.each<[string, Running, WorkDone | undefined, string, Partial<Looked>]>([
    ['offered: reminded before the end', offered, undefined, '20T09:42', { remind: ['accept'], broken: [], passesOn: false, clockAt: at('20T10:00') }],
    ['only once', { ...offered, remindAt: null }, undefined, '20T09:50', { ...rest, clockAt: at('20T10:00') }],
    ['broken at its end, and passes on', { ...offered, remindAt: null }, undefined, '20T10:00', { broken: [broke('accept', at('20T10:00'))] as never, passesOn: true, clockAt: null }],
    ['at its own instant, however late it is looked at', offered, undefined, '27T10:00', { broken: [broke('accept', at('20T10:00'))] as never, remind: [], passesOn: true }],
    ['and once', { ...offered, broken: ['accept'] }, undefined, '20T10:00', { broken: [], passesOn: true }],
    ['answered late before anybody looked: broken, and it stays', { ...accepted, acceptedAt: at('20T10:30') }, undefined, '20T10:31', { broken: [broke('accept', at('20T10:00'))] as never, passesOn: false, clockAt: at('20T12:00') }],
    ['accepted: the first clock is kept, the next runs', accepted, undefined, '20T10:30', { ...rest, clockAt: at('20T12:00') }],
    ['accepted but silent', accepted, undefined, '20T13:00', { broken: [broke('contact', at('20T13:00'))] as never, passesOn: true, clockAt: at('23T09:10') }],
    ['declined in time', { ...offered, declinedAt: at('20T09:30'), endedAt: at('20T09:30') }, undefined, '21T09:00', { ...rest, clockAt: null }],
    ['declined too late', { ...offered, declinedAt: at('20T10:30'), endedAt: at('20T10:30') }, undefined, '20T10:31', { broken: [broke('accept', at('20T10:00'))] as never, passesOn: false }],
    ['taken away before the end', { ...offered, endedAt: at('20T09:59') }, undefined, '20T11:00', { ...rest, clockAt: null }],
    ['taken away at the end', { ...offered, endedAt: at('20T10:00') }, undefined, '20T11:00', { broken: [broke('accept', at('20T10:00'))] as never, passesOn: false }],
    ['in contact: reminded of the attempts', inContact, { ...none, tries: 1 }, '23T09:10', { ...rest, remind: ['attempts'], clockAt: at('24T09:10') }],
    ['tried often enough: not reminded', inContact, { ...none, tries: 3 }, '23T09:10', { ...rest, clockAt: at('24T09:10') }],
    ['tried too seldom', inContact, { ...none, tries: 2 }, '24T09:10', { broken: [broke('attempts', at('24T09:10'))] as never, passesOn: false, clockAt: at('25T09:10') }],
    ['a verdict ends the trying', inContact, { ...none, verdictAt: at('21T09:00') }, '24T09:10', { ...rest, clockAt: at('25T09:10') }],
    ['judged in time: rests', { ...inContact, broken: ['attempts'] }, { ...none, verdictAt: at('25T12:00') }, '26T09:10', { ...rest, clockAt: null }],
    ['not judged', { ...inContact, broken: ['attempts'] }, none, '26T09:10', { broken: [broke('verdict', at('26T09:10'))] as never, passesOn: false, clockAt: null }],
    ['judged too late, before anybody looked', { ...inContact, broken: ['attempts'] }, { ...none, verdictAt: at('26T10:00') }, '26T10:01', { broken: [broke('verdict', at('26T09:10'))] as never }],
    ['given up too early and closed: asked for when the attempts are due', { ...inContact, endedAt: at('21T09:00') }, { verdictAt: at('21T09:00'), gaveUp: true, tries: 2 }, '21T09:01', { ...rest, clockAt: at('24T09:10') }],
    ['… and broken then', { ...inContact, endedAt: at('21T09:00') }, { verdictAt: at('21T09:00'), gaveUp: true, tries: 2 }, '24T09:10', { broken: [broke('attempts', at('24T09:10'))] as never }],
    ['given up after enough attempts', { ...inContact, endedAt: at('21T09:00') }, { verdictAt: at('21T09:00'), gaveUp: true, tries: 3 }, '24T09:10', { ...rest, clockAt: null }],
    ['at rest: nobody is reminded, and nothing ends', { ...accepted, pausedAt: at('20T09:30'), pausedUntil: at('24T08:00') }, undefined, '20T13:30', { ...rest, clockAt: at('24T08:00') }],
    ['at rest, and answered too late before', { ...accepted, acceptedAt: at('20T10:10'), pausedAt: at('20T10:10'), pausedUntil: at('24T08:00') }, undefined, '20T10:11', { broken: [broke('accept', at('20T10:00'))] as never, clockAt: at('24T08:00') }],
    ['brought back: what was due before is its former’s', { ...inContact, why: 'restored', startedAt: at('25T09:00') }, none, '26T09:10', { broken: [broke('verdict', at('26T09:10'))] as never }],
  ])('%s', (_, held, work, now, expected) => expect(lookAt(held, work, at(now))).toMatchObject(expected));

  test('nobody asks for attempts that were not agreed', () => {
    expect(lookAt({ ...inContact, triesOwed: null }, none, at('24T09:10'))).toMatchObject({ ...rest, clockAt: at('25T09:10') });
  });

  test('the next clock by what stands in the hand-off: what is over and was not noticed comes first', () => {
    expect(nextClock(offered)).toEqual(at('20T09:42'));
    expect(nextClock(accepted)).toEqual(at('20T12:00'));
    expect(nextClock(inContact)).toEqual(at('23T09:10'));
    expect(nextClock({ ...accepted, acceptedAt: at('20T10:30') })).toEqual(at('20T10:00'));
    expect(nextClock({ ...accepted, acceptedAt: at('20T10:30'), broken: ['accept'] })).toEqual(at('20T12:00'));
    expect(nextClock({ ...inContact, pausedAt: at('20T12:00'), pausedUntil: at('21T08:00') })).toEqual(at('21T08:00'));
    expect(nextClock({ ...offered, acceptedAt: at('20T09:05'), firstFollowupAt: at('20T09:05') })).toBeNull();
  });

  test('what was done is asked only where it matters', () => {
    expect(asksForWork(offered, at('28T00:00'))).toBe(false);
    expect(asksForWork(inContact, at('23T09:09'))).toBe(false);
    expect(asksForWork(inContact, at('23T09:10'))).toBe(true);
    expect(asksForWork({ ...inContact, endedAt: at('21T09:00') }, at('21T09:00'))).toBe(true);
  });
});
