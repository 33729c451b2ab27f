import { describe, expect, it } from 'vitest';
import { decayOf } from '../followup/index.ts';
import { bandOf, decay, waitBands } from './decay.rules.ts';

describe('decay', () => {
  it('puts waits into bands', () => {
    expect([0, 299, 300, 3600, 86_400, 10_000_000].map((seconds) => bandOf(seconds).key)).toEqual([
      '5min',
      '5min',
      '30min',
      '4h',
      '3days',
      'later',
    ]);
  });
  it('recovers a known decay', () => {
    // share = 0.6 · wait^−0.3 at the middle of each band: four times… 2^(1/0.3) ≈ 10 times the wait halves the buyers.
    const middle = (from: number, until: number | null): number => Math.sqrt(Math.max(from, 12) * (until ?? 3 * 604_800));
    const counts = waitBands.map((band) => ({
      key: band.key,
      leads: 100_000,
      sales: Math.round(100_000 * 0.6 * middle(band.fromSeconds, band.untilSeconds) ** -0.3),
    }));
    const { points, halvesEvery } = decay(counts);
    expect(halvesEvery).toBeCloseTo(2 ** (1 / 0.3), 0);
    for (const point of points) expect(point.fitted).toBeCloseTo(point.sales / point.leads, 2);
  });
  it('sets what was published beside it, from the fastest band on', () => {
    // 30% within five minutes; published: odds .43 fall 21-fold until 30 minutes, never below a quarter of the chance.
    const counts = [
      { key: '5min', leads: 1000, sales: 300 },
      { key: '30min', leads: 1000, sales: 250 },
      { key: '4h', leads: 1000, sales: 150 },
    ];
    const { points, oddsFall } = decay(counts, decayOf);
    expect(points[0]!.published).toBeCloseTo(0.3, 10);
    // 5 to 30 minutes, their geometric middle: 12.2 minutes, odds .4286 · (12.247 / 5)^−1.699 = .0935, a chance of .0855
    expect(points[1]!.published).toBeCloseTo(0.0855, 3);
    expect(points[7]!.published).toBeCloseTo(0.075, 10);
    expect(oddsFall).toBeGreaterThan(1);
    expect(oddsFall).toBeLessThan(2);
    expect(decay(counts).points[0]!.published).toBeNull();
    expect(decay(counts.slice(1), decayOf).points[1]!.published).toBeNull();
  });
  it('draws no line through two points', () => {
    const { points, halvesEvery } = decay([
      { key: '5min', leads: 10, sales: 5 },
      { key: '1h', leads: 10, sales: 2 },
    ]);
    expect(halvesEvery).toBeNull();
    expect(points[0]).toMatchObject({ leads: 10, sales: 5, fitted: null });
    expect(points[7]).toMatchObject({ leads: 0, interval: null });
  });
});
