import { SetClock } from '../src/platform/clock.ts';
import { liveThroughChaos } from '../tests/support/chaos.ts';
import { inHouse } from './support/house.ts';
import type { Row } from './support/results.ts';

/** Simulated weeks in which everything goes wrong that can; what has to hold is checked after each round (tests/support/chaos.ts). */
export async function chaos(small: boolean): Promise<Row[]> {
  const [leads, rounds] = small ? [120, 12] : [10_000, 120];
  const clock = new SetClock('2026-03-16T07:00:00Z');
  return inHouse(async ({ cx, connection, workspaceId, scope }) => {
    const began = clock.now().getTime();
    const lived = await liveThroughChaos({ cx, connection, clock, workspaceId, scope }, { leads, rounds, seed: 20_261_122 });
    const weeks = (clock.now().getTime() - began) / (7 * 86_400_000);
    const n = `${leads.toLocaleString('en')} leads, ${Math.round(weeks)} weeks`;
    const happened = `${lived.crashes} crashes, ${lived.restarts} restarts, ${lived.redirects} redirects, ${lived.pauses} pauses`;
    return [
      { what: 'one holder each, capacity kept, verify holds', n, measured: 'held', yardstick: happened, ratio: '–', target: 'never broken', met: true },
      { what: 'promises not kept, each told once at its instant', n, measured: lived.breaches.toLocaleString('en'), yardstick: 'found again by a query of its own', ratio: '1', target: 'all, once', met: true },
      { what: 'farthest from fair, of a holder and grade', n, measured: `${lived.worstCredit.toFixed(2)} leads`, yardstick: '–', ratio: '–', target: '≤ 1', met: lived.worstCredit <= 1, note: 'Of leads dealt to pools whose holders are away, full, declining and deactivated at random. In a steady pool every balance stays below one lead for ever (proven, tested); where people come and go nobody can promise a bound without knowing the future (the carpool problem).' },
    ];
  }, { clock, logLevel: 'silent' });
}
