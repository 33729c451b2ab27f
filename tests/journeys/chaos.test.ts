import { afterEach, beforeEach, expect, test } from 'vitest';
import { sql } from '../../src/platform/db/index.ts';
import { verify } from '../../src/report/verify.ts';
import { liveThroughChaos } from '../support/chaos.ts';
import { openTestHouse, type TestHouse } from '../support/house.ts';

// A few hundred leads here; the full ten thousand by BATON_CHAOS=10000, or `node bench/run.ts chaos`.

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse({ at: '2026-03-16T07:00:00Z' });
});
afterEach(() => house.close());

const leads = Number(process.env['BATON_CHAOS'] ?? 240);

test('whatever happens: one holder, nobody over capacity, fair credits, every breach told once', { timeout: 3_600_000 }, async () => {
  const lived = await liveThroughChaos(house, { leads, rounds: leads > 1000 ? 120 : 30, seed: 20_261_122 });
  // Enough went wrong that something could have broken.
  expect(lived.breaches).toBeGreaterThan(leads / 4);
  expect(lived.redirects).toBeGreaterThan(leads / 10);
  for (const much of [lived.crashes, lived.restarts, lived.pauses]) expect(much).toBeGreaterThan(2);
  // Among people who come and go nobody can promise one lead without knowing the future (src/distribute/fair-share.rules.ts): a hair beyond it is allowed.
  expect(lived.worstCredit).toBeLessThanOrEqual(1.2);
});

test('and where leads turn out to be none, turns are given back and all accounts still add up', { timeout: 3_600_000 }, async () => {
  const lived = await liveThroughChaos(house, { leads: 200, rounds: 24, seed: 4711, wrongLeads: true });
  const [{ back }] = (await house.rows<{ back: number }>(sql`select count(*)::int as back from distribute.credit_back where taken_at is null`)) as [{ back: number }];
  expect(back).toBeGreaterThan(3);
  // What is given back is owed until the next turns come: beyond the bound by no more than was given back at once.
  expect(lived.worstCredit).toBeLessThanOrEqual(3);
  expect((await verify(house.cx, house.workspaceId)).custody.broken).toBe(0);
});
