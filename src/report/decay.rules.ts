import { wilson, type Interval } from './wilson.rules.ts';

// What waiting costs: the share of leads that bought, by the time to the first contact, and a line fitted through it.

export interface WaitBand {
  key: string;
  label: string;
  /** seconds, the end not included; null for no end */
  fromSeconds: number;
  untilSeconds: number | null;
}

export const waitBands: readonly WaitBand[] = [
  { key: '5min', label: '5 min', fromSeconds: 0, untilSeconds: 300 },
  { key: '30min', label: '30 min', fromSeconds: 300, untilSeconds: 1800 },
  { key: '1h', label: '1 h', fromSeconds: 1800, untilSeconds: 3600 },
  { key: '4h', label: '4 h', fromSeconds: 3600, untilSeconds: 14_400 },
  { key: '1day', label: '1 day', fromSeconds: 14_400, untilSeconds: 86_400 },
  { key: '3days', label: '3 days', fromSeconds: 86_400, untilSeconds: 259_200 },
  { key: 'week', label: 'week', fromSeconds: 259_200, untilSeconds: 604_800 },
  { key: 'later', label: 'later', fromSeconds: 604_800, untilSeconds: null },
];

export function bandOf(seconds: number): WaitBand {
  return waitBands.find((band) => seconds < (band.untilSeconds ?? Infinity)) ?? waitBands[waitBands.length - 1]!;
}

export interface DecayPoint extends WaitBand {
  leads: number;
  sales: number;
  interval: Interval | null;
  fitted: number | null;
  /** what would be left of the fastest band's share by the curve that was published */
  published: number | null;
}

/**
 * The bars and the line. The line is share = a · wait^−b, fitted through the logarithms and weighted by the number of sales, so that a
 * band with two leads does not bend it. With sales in fewer than three bands there is no line.
 *
 * Beside it stands what was published, `left` (the share of a chance left after so many minutes), from the own share of the fastest band on,
 * since the two differ in what they call success and only their fall compares. `oddsFall`: by which factor the odds fall from 5 to 30 minutes.
 */
export function decay(
  counts: readonly { key: string; leads: number; sales: number }[],
  left?: (chance: number, minutes: number) => number,
): {
  points: DecayPoint[];
  halvesEvery: number | null;
  oddsFall: number | null;
} {
  const rows = waitBands.map((band) => ({ band, ...(counts.find((one) => one.key === band.key) ?? { leads: 0, sales: 0 }) }));
  const known = rows.filter((row) => row.leads > 0 && row.sales > 0);
  const line =
    known.length >= 3
      ? fit(known.map((row) => ({ x: Math.log(middle(row.band)), y: Math.log(row.sales / row.leads), weight: row.sales })))
      : null;
  // The line says nothing about waits that nobody had.
  const measured = rows.flatMap(({ leads }, at) => (leads > 0 ? [at] : []));
  const at = (seconds: number): number => Math.min(1, Math.exp(line!.intercept + line!.slope * Math.log(seconds)));
  const fastest = rows[0]!.sales > 0 ? rows[0]!.sales / rows[0]!.leads : null;
  const isWithin = (place: number): boolean => place >= (measured[0] ?? Infinity) && place <= measured.at(-1)!;
  const points = rows.map(({ band, leads, sales }, place) => ({
    ...band,
    leads,
    sales,
    interval: wilson(sales, leads),
    fitted: line && isWithin(place) ? at(middle(band)) : null,
    published: left && fastest !== null && fastest < 1 ? fastest * left(fastest, middle(band) / 60) : null,
  }));
  // By which factor of waiting the share halves: 4 means "four times the wait, half the buyers".
  const odds = (share: number): number => share / (1 - share);
  const falls = line && line.slope < -0.01 && at(300) < 1;
  return {
    points,
    halvesEvery: falls ? Math.round(2 ** (-1 / line.slope) * 10) / 10 : null,
    oddsFall: falls ? Math.round((odds(at(300)) / odds(at(1800))) * 10) / 10 : null,
  };
}

/** The geometric middle of a band: 1 minute stands for "at once", three weeks for "later". */
function middle(band: WaitBand): number {
  const from = Math.max(band.fromSeconds, 12);
  return Math.sqrt(from * (band.untilSeconds ?? 3 * 604_800));
}

function fit(points: readonly { x: number; y: number; weight: number }[]): { intercept: number; slope: number } | null {
  const total = points.reduce((sum, point) => sum + point.weight, 0);
  const mean = (of: (point: (typeof points)[number]) => number): number =>
    points.reduce((sum, point) => sum + of(point) * point.weight, 0) / total;
  const x = mean((point) => point.x);
  const y = mean((point) => point.y);
  const spread = mean((point) => (point.x - x) ** 2);
  if (spread === 0) return null;
  const slope = mean((point) => (point.x - x) * (point.y - y)) / spread;
  return { slope, intercept: y - slope * x };
}
