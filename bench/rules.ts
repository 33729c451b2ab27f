import parseWithLibrary from 'libphonenumber-js/max';
import { addBusinessMinutes, businessClock, officeHours } from '../src/distribute/business-hours.rules.ts';
import { route } from '../src/distribute/route.rules.ts';
import type { RoutableHolder, RoutableLead, RoutableTerritory } from '../src/distribute/route.rules.ts';
import { parsePhone } from '../src/platform/values/phone.rules.ts';
import { ms } from './support/results.ts';
import type { Row } from './support/results.ts';

const seconds = (run: () => void): number => {
  const began = performance.now();
  run();
  return (performance.now() - began) / 1000;
};

/** Pure decisions, without a database: what the processor alone takes. Each is run once before it is measured, so that it is compiled. */
export async function rules(small: boolean): Promise<Row[]> {
  return [phones(small ? 400 : 40_000), deciding(small ? [500] : [5000, 10_000, 20_000]), deadlines(small ? 1000 : 100_000)];
}

function phones(n: number): Row {
  const typed = Array.from({ length: n }, (_, at): [string, 'DE' | 'US'] =>
    at % 2 ? [`+49 30 ${1_000_000 + at}`, 'DE'] : [`(312) ${200 + (at % 700)}-${1000 + (at % 9000)}`, 'US'],
  );
  const library = (): void =>
    typed.forEach(([text, defaultCountry]) => parseWithLibrary(text, { defaultCountry, extract: false })?.isValid());
  // a space more changes nothing but keeps ours from remembering the answer
  const ours = (space: string): void => typed.forEach(([text, country]) => parsePhone(`${space}${text}`, country));
  library();
  ours(' ');
  const [theirs, own] = [seconds(library), seconds(() => ours('  '))];
  return {
    what: 'phone numbers read',
    n: n.toLocaleString('en'),
    measured: ms(own),
    yardstick: `libphonenumber ${ms(theirs)}`,
    ratio: `${(own / theirs).toFixed(2)} ×`,
    target: '≤ 0.5 ×',
    met: own <= theirs / 2,
  };
}

function deciding(sizes: number[]): Row {
  const holders = Array.from({ length: 40 }, (_, i): RoutableHolder => ({
    id: `h${i}`,
    kind: 'rep',
    name: `Holder ${i}`,
    email: null,
    externalId: null,
    active: true,
    away: [],
    capacityPerWeek: i % 2 ? 500 : null,
    startsMs: [],
    verticals: [],
    languages: [],
  }));
  const territories = Array.from({ length: 30 }, (_, i): RoutableTerritory => ({
    id: `t${i}`,
    name: `Territory ${i}`,
    rules: { countries: [`C${i}`] },
    overflow: false,
    holders: holders.slice(i, i + 12).map((h) => ({ holderId: h.id, weight: 1 })),
  }));
  const perSecond = (n: number): number => {
    const leads = Array.from({ length: n }, (_, i): RoutableLead => ({
      leadId: `l${i}`,
      atMs: Date.parse('2026-11-20T09:00:00Z'),
      grade: 'warm',
      score: 50,
      personId: null,
      organizationId: `o${i}`,
      language: null,
      owners: [],
      excluded: new Map(),
      country: `C${i % 30}`,
      state: null,
      postalCode: String(i % 900),
      vertical: null,
      employees: null,
      annualRevenueMinor: null,
      product: null,
    }));
    return n / seconds(() => void route(leads, { holders, territories, balances: [], relationships: new Map(), deskId: 'desk' }));
  };
  perSecond(sizes[0]!);
  const speeds = sizes.map(perSecond);
  return {
    what: 'leads decided, per second, without the database',
    n: sizes.map((n) => n.toLocaleString('en')).join(', '),
    measured: speeds.map((speed) => Math.round(speed).toLocaleString('en')).join(', '),
    yardstick: '–',
    ratio: '–',
    target: '≥ 20,000/s, linear',
    met: Math.min(...speeds) >= 20_000 && speeds.at(-1)! >= 0.6 * Math.max(...speeds),
  };
}

function deadlines(n: number): Row {
  const clock = businessClock(officeHours, 'America/New_York');
  const run = (): void => {
    for (let i = 0; i < n; i++) addBusinessMinutes(clock, new Date(1_790_000_000_000 + i * 37_000), 480);
  };
  run();
  const took = seconds(run);
  return {
    what: 'deadlines counted in business hours',
    n: n.toLocaleString('en'),
    measured: ms(took),
    yardstick: '–',
    ratio: '–',
    target: '≤ 1 s for 100,000',
    met: took <= n / 100_000,
  };
}
