import { balance, balanceByGrowth } from '../src/distribute/balance/balance.rules.ts';
import type { BalanceAsk, Balanced } from '../src/distribute/balance/balance.rules.ts';
import { madeMap } from '../tests/support/made-map.ts';
import { ms } from './support/results.ts';
import type { Row } from './support/results.ts';

/** Made maps divided, against random growth of the same territories from the best of a hundred seeds. */
export async function balancing(small: boolean): Promise<Row[]> {
  const asked: [units: number, territories: number, tolerance: number][] = [[70, 3, 0.001], [70, 6, 0.01], [3000, 30, 0.01]];
  return (small ? asked.slice(0, 1) : asked).flatMap(([count, territories, tolerance]) => measure(count, territories, tolerance, small));
}

function measure(count: number, territories: number, tolerance: number, small: boolean): Row[] {
  const map = madeMap(7, count);
  const ask: BalanceAsk = {
    units: map.units.map(({ id, lon, lat, people }) => ({ id, position: { lon, lat }, values: [people], today: null, fixed: null })),
    borders: map.borders,
    territories,
    measures: [{ name: 'people', tolerance }],
    keep: false,
    seed: 1,
    ...(small && { effort: 0.05 }),
  };
  const began = performance.now();
  const balanced = balance(ask);
  const seconds = (performance.now() - began) / 1000;
  if (balanced.contiguous !== true) throw new Error('A territory is not in one piece.');
  const again = performance.now();
  const growths = Array.from({ length: 100 }, (_, seed): Balanced => balanceByGrowth({ ...ask, seed }));
  const yardstick = (performance.now() - again) / 1000;
  const even = growths.toSorted((a, b) => a.deviations[0]! - b.deviations[0]!)[0]!;
  const n = `${map.units.length.toLocaleString('en')} units, ${map.borders.length.toLocaleString('en')} borders, ${territories} territories`;
  const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;
  const off = balanced.deviations[0]!;
  return [
    {
      what: 'largest deviation of a territory, each in one piece',
      n,
      measured: percent(off),
      yardstick: `the evenest of 100 random growths ${percent(even.deviations[0]!)}`,
      ratio: `${(off / even.deviations[0]!).toFixed(3)} ×`,
      target: `≤ ${percent(tolerance)}`,
      met: off <= tolerance,
    },
    {
      what: 'borders cut by that division',
      n,
      measured: String(balanced.cut),
      yardstick: `the evenest of 100 random growths ${even.cut}`,
      ratio: `${(balanced.cut / even.cut).toFixed(2)} ×`,
      target: '≤ 1 ×',
      met: balanced.cut <= even.cut,
    },
    {
      what: 'time to find it',
      n,
      measured: ms(seconds),
      yardstick: `100 random growths ${ms(yardstick)}`,
      ratio: `${(seconds / yardstick).toFixed(1)} ×`,
      target: '< 10 s',
      met: seconds < 10,
    },
  ];
}
