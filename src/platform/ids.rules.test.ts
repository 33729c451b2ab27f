import { expect, test } from 'vitest';
import { SetClock } from './clock.ts';
import { uuidv7 } from './ids.ts';

test('ids are UUIDv7 of the clock and increase, also within a millisecond and when the clock steps back', () => {
  const clock = new SetClock('2026-03-02T09:00:00Z');
  const ids = uuidv7(clock);
  const made = Array.from({ length: 10_000 }, () => ids.next());
  clock.advance(-1000);
  made.push(ids.next());
  expect(made[0]).toMatch(/^019cadc6-9a80-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(new Set(made).size).toBe(made.length);
  expect(made.toSorted()).toEqual(made);
});
