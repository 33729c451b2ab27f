import { describe, expect, test } from 'vitest';
import { seeded } from '../../../tests/support/lead-history.ts';
import { decayOf, halvedAfterMinutes, publishedCurve } from './decay.rules.ts';
import type { Curve } from './decay.rules.ts';
import { fitDecays, likelihoodOf } from './decay-fit.rules.ts';
import type { Decays, Waited } from './decay-fit.rules.ts';

/** A made history: waits from a minute to two weeks, hot leads called sooner than cold ones, outcomes by the given truth. */
function history(sourceId: string | null, leads: number, truth: (chance: number, minutes: number) => number, seed = 1): Waited[] {
  const next = seeded(seed);
  const bands = new Map<string, { logs: number; leads: number; good: number; grade: string }>();
  for (let i = 0; i < leads; i++) {
    const [grade, chance, sooner] = ([['hot', 0.45, -1.5], ['warm', 0.2, 0], ['cold', 0.06, 1]] as const)[Math.floor(next() * 3)]!;
    const minutes = Math.min(20_160, Math.exp(sooner + next() * 9.5));
    const good = next() < chance * truth(chance, minutes);
    const band = Math.max(0, Math.min(13, Math.floor(Math.log2(Math.max(5, minutes) / 5))));
    const key = `${grade} ${band}`;
    const kept = bands.get(key) ?? { logs: 0, leads: 0, good: 0, grade };
    bands.set(key, { grade, logs: kept.logs + Math.log(Math.max(5, minutes)), leads: kept.leads + 1, good: kept.good + Number(good) });
  }
  return [...bands.values()].map((one) => ({ sourceId, grade: one.grade, minutes: Math.exp(one.logs / one.leads), leads: one.leads, good: one.good }));
}
function fit(waits: readonly Waited[]): Decays {
  return fitDecays(waits, new Map([...Map.groupBy(waits, ({ sourceId }) => sourceId)].map(([id, own]) => [id, likelihoodOf(own)])));
}
const by =
  (curve: Curve) =>
  (chance: number, minutes: number): number =>
    decayOf(chance, minutes, curve);

describe('what waiting costs', () => {
  test('as published: 21-fold from five to thirty minutes, half gone in eight', () => {
    const odds = (p: number): number => p / (1 - p);
    expect(odds(0.9) / odds(0.9 * decayOf(0.9, 30, { ...publishedCurve, floor: 0 }))).toBeCloseTo(21, 6);
    expect(decayOf(0.3, 4)).toBe(1);
    expect(halvedAfterMinutes(0.3, publishedCurve)).toBeCloseTo(8.1, 0);
    expect(halvedAfterMinutes(0.3, { exponent: 1, floor: 0.6 })).toBeNull();
  });

  test('without history it is what is published', () => {
    const { company, sources } = fit([]);
    expect(sources).toEqual([]);
    expect(company.ownShare).toBe(0);
    expect(company.exponent).toBeCloseTo(publishedCurve.exponent, 1);
    expect(company.floor).toBeGreaterThan(0.2);
    expect(company.floor).toBeLessThan(0.35);
  });

  test.each([
    ['steep', { exponent: 1.2, floor: 0.1 }],
    ['mild', { exponent: 0.4, floor: 0.1 }],
    ['with a high floor', { exponent: 1.5, floor: 0.5 }],
    ['none at all', { exponent: 0, floor: 0.25 }],
  ])('a known truth is found again in 20,000 leads: %s', (_name, truth) => {
    const { company } = fit(history('web', 20_000, by(truth)));
    for (const minutes of [30, 60, 240, 1440, 4320]) expect(Math.abs(decayOf(0.2, minutes, company) - decayOf(0.2, minutes, truth))).toBeLessThan(0.08);
    expect(company.ownShare).toBeGreaterThan(0.5);
    expect(company.low).toBeLessThanOrEqual(company.exponent + 0.05);
    expect(company.high).toBeGreaterThanOrEqual(company.exponent - 0.05);
  });

  test('the interval holds the true exponent about as often as it says', () => {
    const truth = { exponent: 0.8, floor: 0.15 };
    const held = Array.from({ length: 40 }, (_, seed) => fit(history('web', 1500, by(truth), seed + 10)).company).filter(({ low, high }) => low <= truth.exponent + 0.05 && truth.exponent - 0.05 <= high);
    expect(held.length).toBeGreaterThanOrEqual(26); // four fifths of 40 would be 32
  });

  test('few leads lean on the company, many stand on their own', () => {
    const flat = by({ exponent: 0, floor: 0.25 });
    const steep = by({ exponent: 1.4, floor: 0.05 });
    const waits = [...history('web', 20_000, steep), ...history('fair', 12_000, flat, 2), ...history('new', 6, flat, 3)];
    const of = new Map(fit(waits).sources.map((one) => [one.sourceId, one]));
    expect(of.get('fair')!.exponent).toBeLessThan(0.15);
    expect(of.get('web')!.exponent).toBeGreaterThan(1);
    expect(of.get('new')!.ownShare).toBeLessThan(0.35);
    expect(of.get('fair')!.ownShare).toBeGreaterThan(0.7);
    expect([...of.keys()]).toEqual(['web', 'fair', 'new']);
  });

  test('that good leads are called sooner is not taken for decay', () => {
    // Nothing decays here; but hot leads were called within minutes and cold ones after days.
    const { company } = fit(history('web', 20_000, () => 1));
    expect(company.exponent).toBeLessThan(0.12);
  });

  test('leads without a source count for the company only', () => {
    const { company, sources } = fit(history(null, 500, by(publishedCurve)));
    expect(sources).toEqual([]);
    expect(company.leads).toBe(500);
  });
});
