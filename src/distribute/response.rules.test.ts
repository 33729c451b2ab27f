import { describe, expect, test } from 'vitest';
import { businessClock, officeHours } from './business-hours.rules.ts';
import { acceptDeadline, clockStep, defaultPromise, followupDeadline } from './response.rules.ts';
import type { Waiting } from './response.rules.ts';

const at = (text: string): Date => new Date(text);
const clock = businessClock(officeHours, 'UTC');
const offered: Waiting = {
  acceptedAt: null,
  firstFollowupAt: null,
  remindedAt: null,
  respondBy: at('2026-11-20T10:00:00Z'),
  followBy: null,
  redirects: 0,
};

describe('the response promise', () => {
  test('deadlines run in business time', () => {
    expect(acceptDeadline(defaultPromise, 'hot', clock, at('2026-11-20T16:30:00Z'))).toEqual({
      dueAt: at('2026-11-23T08:30:00Z'),
      remindAt: at('2026-11-23T08:12:00Z'),
    });
    expect(followupDeadline(defaultPromise, 'hot', clock, at('2026-11-20T09:00:00Z')).dueAt).toEqual(at('2026-11-20T13:00:00Z'));
  });

  test.each<[string, Partial<Waiting>, string, object]>([
    ['reminded before the end', {}, '2026-11-20T09:42:00Z', { step: 'remind', dueAt: offered.respondBy }],
    ['only once', { remindedAt: at('2026-11-20T09:42:00Z') }, '2026-11-20T09:50:00Z', { step: 'rest' }],
    ['passed on at the end', {}, '2026-11-20T10:00:00Z', { step: 'redirect', why: 'not-accepted' }],
    [
      'accepted but silent',
      { acceptedAt: at('2026-11-20T09:10:00Z'), followBy: at('2026-11-20T13:00:00Z') },
      '2026-11-20T13:00:00Z',
      { step: 'redirect', why: 'not-followed-up' },
    ],
    [
      'accepted: the first clock no longer counts',
      { acceptedAt: at('2026-11-20T09:10:00Z'), followBy: at('2026-11-20T13:00:00Z'), remindedAt: at('2026-11-20T09:05:00Z') },
      '2026-11-20T10:30:00Z',
      { step: 'rest' },
    ],
    ['followed up', { firstFollowupAt: at('2026-11-20T09:20:00Z') }, '2026-11-25T10:00:00Z', { step: 'rest' }],
    ['passed on often enough', { redirects: 3 }, '2026-11-20T10:00:00Z', { step: 'desk', why: 'not-accepted' }],
  ])('%s', (_, given, now, expected) => expect(clockStep({ ...offered, ...given }, defaultPromise, at(now))).toEqual(expected));
});
