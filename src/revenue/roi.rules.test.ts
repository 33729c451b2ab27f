import { describe, expect, it } from 'vitest';
import { byChannel, returnPercent, roiRow, total, type RoiInput } from './roi.rules.ts';

const row = (key: string, channel: string | null, costMinor: number | null, wonMinor: number, sales = 1): RoiInput => ({
  key,
  label: key,
  channel,
  costMinor,
  wonMinor,
  invoicedMinor: 0,
  sales,
});

describe('return', () => {
  it('is value less cost over cost', () => {
    expect(returnPercent(247_831, 100_000)).toBe(147.8);
    expect(returnPercent(0, 100)).toBe(-100);
    expect(returnPercent(100, 0)).toBeNull();
  });
  it('names a missing cost instead of hiding the row', () => {
    expect(roiRow(row('a', 'mail', null, 500), 'won')).toMatchObject({ returnPercent: null, note: 'no cost entered', valueMinor: 500 });
    expect(roiRow(row('a', 'mail', 100, 500), 'invoiced')).toMatchObject({ returnPercent: -100, note: null });
  });
  it('adds programs up to channels and channels to the total', () => {
    const rows = [row('a', 'mail', null, 500), row('b', 'mail', 100, 50), row('c', null, null, 7, 0)];
    expect(byChannel(rows)).toMatchObject([
      { key: 'mail', costMinor: 100, wonMinor: 550, sales: 2 },
      { key: null, label: '(no channel)', costMinor: null, wonMinor: 7 },
    ]);
    expect(total(rows)).toMatchObject({ costMinor: 100, wonMinor: 557, sales: 2 });
  });
});
