import { jobs } from '../src/house.ts';
import { addHolder, changeTerritory } from '../src/distribute/index.ts';
import { readProposal } from '../src/distribute/balance/read-proposal.ts';
import { queryCount, sql } from '../src/platform/db/index.ts';
import { runNextJob } from '../src/platform/jobs/index.ts';
import { proposeTerritories } from '../src/report/index.ts';
import { ms } from './support/results.ts';
import { inHouse } from './support/house.ts';
import type { Row } from './support/results.ts';

const side = 20;
/** Areas of three digits, side by side as on a board. */
const areas = Array.from({ length: side * side }, (_, at) => ({ part: String(100 + at), lat: 47 + Math.floor(at / side) * 0.3, lon: 7 + (at % side) * 0.4 }));

/** A base of companies and people asked for an even division of its eight territories: counted, laid, divided aside, and read as the screen does. */
export async function proposal(small: boolean): Promise<Row[]> {
  const people = small ? 2000 : 100_000;
  return inHouse(async ({ cx, workspaceId, scope, write }) => {
    const territories = await write(async (tx) => {
      const ids: string[] = [];
      for (let t = 0; t < 8; t++) {
        const holderId = await addHolder(tx, cx, { name: `Rep ${t}`, kind: 'rep' });
        const rules = { countries: ['DE'], postalRanges: [{ from: `${100 + t * 50}00`, to: `${149 + t * 50}99` }] };
        ids.push((await changeTerritory(tx, cx, null, { name: `Territory ${t}`, rules, holders: [{ holderId, weight: 1 }] })).id);
      }
      return ids;
    });
    // The denser the further south; a tenth of the companies are customers, and one person in two belongs to a company.
    await write(async (tx) => {
      const where = (n: number): string => `${areas[Math.floor(areas.length * ((n * 0.618_034) % 1) ** 1.5)]!.part}${String(n % 100).padStart(2, '0')}`;
      const firms = Array.from({ length: people / 2 }, (_, n) => [workspaceId, cx.ids.next(), `Firm ${n}`, `firm ${n}`, 'DE', where(n), n % 10 === 0, cx.clock.now(), cx.clock.now()]);
      await tx.copy('identity.organization', ['workspace_id', 'id', 'name', 'name_key', 'country', 'postal_code', 'is_customer', 'first_seen_at', 'last_seen_at'], firms);
      const persons = Array.from({ length: people }, (_, n) => [workspaceId, cx.ids.next(), `Person ${n}`, 'DE', where(n), n % 2 === 0 ? firms[n / 2]![1] : null, cx.clock.now(), cx.clock.now()]);
      await tx.copy('identity.person', ['workspace_id', 'id', 'full_name', 'country', 'postal_code', 'organization_id', 'first_seen_at', 'last_seen_at'], persons);
      await tx.run(sql`analyze identity.organization, identity.person`);
    });
    const centres = ['area,lat,lon', ...areas.map(({ part, lat, lon }) => `${part},${lat},${lon}`)].join('\n');
    const timed = async <T>(work: () => Promise<T>): Promise<{ seconds: number; came: T }> => {
      const began = performance.now();
      const came = await work();
      return { seconds: (performance.now() - began) / 1000, came };
    };
    const before = queryCount.total;
    const asking = await timed(() =>
      write((tx) => proposeTerritories(tx, cx, { territories, measures: [{ figure: 'calls', tolerance: 0.02 }, { figure: 'customers', tolerance: 0.05 }], digits: 3, centres, keep: true, stayBest: false, stayWorked: false, stay: [], seed: 1, days: 365 })),
    );
    const queries = queryCount.total - before;
    const dividing = await timed(async () => {
      while (await runNextJob(cx, workspaceId, jobs));
    });
    const { came: one, seconds: reading } = await timed(() => cx.db.read(scope, (tx) => readProposal(tx, asking.came)));
    if (!one.proposed) throw new Error(`The job came to nothing: ${one.state} ${one.problem ?? ''}`);
    const n = `${people.toLocaleString('en')} people, ${(people / 2).toLocaleString('en')} companies, ${one.count} units, 8 territories`;
    const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
    const [off, was] = [one.proposed.deviations, one.today.deviations];
    const row = (what: string, measured: string, yardstick: string, ratio: string, target: string, met: boolean): Row => ({ what, n, measured, yardstick, ratio, target, met });
    return [
      row('calls, furthest from even', percent(off.calls), `today ${percent(was.calls)}`, `${(off.calls / was.calls).toFixed(3)} ×`, '≤ 2%', off.calls <= 0.02),
      row('customers at the same time', percent(off.customers), `today ${percent(was.customers)}`, `${(off.customers / was.customers).toFixed(3)} ×`, '≤ 5%', off.customers <= 0.05),
      row('units that change hands', `${one.moves!.units}`, `${one.count} units`, `${(one.moves!.units / one.count).toFixed(2)} ×`, '–', one.proposed.contiguous === true),
      row('asking: counted, laid, stored', ms(asking.seconds), `${queries} queries`, '–', '< 2 s', asking.seconds < 2),
      row('dividing, in a thread of its own', ms(dividing.seconds), '–', '–', '< 30 s', dividing.seconds < 30),
      row('read as the screen reads it', ms(reading), '–', '–', '< 0.5 s', reading < 0.5),
    ];
  }, { timeZone: 'Europe/Berlin', country: 'DE' });
}
