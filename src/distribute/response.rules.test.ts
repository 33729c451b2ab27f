import { describe, expect, test } from 'vitest';
import { businessClock, officeHours } from './business-hours.rules.ts';
import { acceptDeadline, defaultPromise, followupDeadline } from './response.rules.ts';

const at = (text: string): Date => new Date(text);
const clock = businessClock(officeHours, 'UTC');

describe('the response promise', () => {
  test('deadlines run in business time', () => {
    expect(acceptDeadline(defaultPromise, 'hot', clock, at('2026-11-20T16:30:00Z'))).toEqual({
      dueAt: at('2026-11-23T08:30:00Z'),
      remindAt: at('2026-11-23T08:12:00Z'),
    });
    expect(followupDeadline(defaultPromise, 'hot', clock, at('2026-11-20T09:00:00Z')).dueAt).toEqual(at('2026-11-20T13:00:00Z'));
  });
});
