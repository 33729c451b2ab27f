import { expect, test } from 'vitest';
import { takeTurn } from './turns.rules.ts';
import type { Turns } from './turns.rules.ts';

const at = (seconds: number): Date => new Date(1_800_000_000_000 + seconds * 1000);

test('a minute\'s turns may be taken at once, then they come back evenly', () => {
  let turns: Turns | undefined;
  for (let i = 0; i < 60; i++) {
    const { left, waitSeconds } = takeTurn(turns, at(0), 60);
    expect(waitSeconds).toBe(0);
    turns = left;
  }
  expect(takeTurn(turns, at(0), 60).waitSeconds).toBe(1);
  // A refusal takes nothing: a second later there is one again, and only one.
  const { left, waitSeconds } = takeTurn(takeTurn(turns, at(0), 60).left, at(1), 60);
  expect(waitSeconds).toBe(0);
  expect(takeTurn(left, at(1), 60).waitSeconds).toBe(1);
});

test('slow ones wait long, and a clock that goes back gives nothing', () => {
  const { left } = takeTurn(undefined, at(0), 1);
  expect(takeTurn(left, at(0), 1).waitSeconds).toBe(60);
  expect(takeTurn(left, at(-500), 1).waitSeconds).toBe(60);
  expect(takeTurn(left, at(3600), 1).left.count).toBe(0);
});
