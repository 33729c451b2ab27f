import { jobs } from '../src/house.ts';
import { addHolder, changeTerritory } from '../src/distribute/index.ts';
import type { RoutingRule } from '../src/distribute/rules/routing-rule.rules.ts';
import { startSimulation } from '../src/distribute/rules/simulate.ts';
import { sql } from '../src/platform/db/index.ts';
import { runNextJob } from '../src/platform/jobs/index.ts';
import type { Criteria } from '../src/platform/values/criteria.rules.ts';
import { plantLeads } from '../tests/support/leads.ts';
import { inHouse } from './support/house.ts';
import type { Row } from './support/results.ts';

/** A year of leads dealt again by twenty rules over a hundred holders, a third of them with a capacity: read, dealt, added up and kept lead by lead. */
export async function simulator(small: boolean): Promise<Row[]> {
  const n = small ? 2000 : 200_000;
  return inHouse(async ({ cx, workspaceId, scope, write }) => {
    const countries = ['DE', 'FR', 'IT', 'ES', 'PT', 'NL', 'BE', 'AT', 'CH', 'SE'];
    await write(async (tx) => {
      const holders: string[] = [];
      for (let i = 0; i < 100; i++) holders.push(await addHolder(tx, cx, { name: `Holder ${i}`, kind: 'rep', capacityPerWeek: i % 3 ? null : 20 }));
      for (const [i, country] of countries.entries())
        await changeTerritory(tx, cx, null, { name: country, rules: { countries: [country] }, overflow: true, holders: holders.filter((_, k) => k % 10 === i).map((holderId) => ({ holderId, weight: 1 })) });
    });
    const grades = ['hot', 'warm', 'cold'] as const;
    for (let from = 0; from < n; from += 10_000)
      await plantLeads(
        { cx, workspaceId, write },
        Array.from({ length: Math.min(10_000, n - from) }, (_, i) => ({ grade: grades[i % 3]!, score: (i * 37) % 100, country: countries[i % 10]! })),
      );
    // Spread over the year before now, in the order of their ids.
    await write((tx) =>
      tx.run(sql`update qualify.lead l set qualified_at = now() - interval '360 days' + x.place * (interval '359 days' / ${n})
        from (select id, row_number() over (order by id) as place from qualify.lead where workspace_id = ${workspaceId}) x where l.workspace_id = ${workspaceId} and l.id = x.id`),
    );
    const rules = (more: Criteria[]): RoutingRule[] =>
      Array.from({ length: 20 }, (_, i) => ({
        id: cx.ids.next(),
        name: `Rule ${i}`,
        when: { all: [{ field: 'country', op: 'in', value: [countries[i % 10]!] }, { field: 'score', op: 'atLeast', value: i < 10 ? 80 : 40 }, ...more] },
        first: false,
        pool: { kind: 'territory' },
        method: i % 2 ? 'leastLoaded' : 'turns',
        promise: null,
        otherwise: 'next',
      }));
    const rows: Row[] = [];
    for (const [asks, more] of [
      ['of country and score', []],
      ['of country, score and who is behind the lead', [{ not: { field: 'title', op: 'in', value: ['Student'] } }]],
    ] as [string, Criteria[]][]) {
      const began = performance.now();
      const id = await write((tx) => startSimulation(tx, cx, rules(more), 12));
      while (await runNextJob(cx, workspaceId, jobs));
      const seconds = (performance.now() - began) / 1000;
      const { leads } = await cx.db.read(scope, (tx) => tx.one<{ leads: number }>(sql`select (result->>'leads')::int as leads from distribute.simulation where id = ${id}`));
      if (leads !== n) throw new Error(`${leads} of ${n} leads were dealt.`);
      rows.push({
        what: `twelve months dealt again by twenty rules that ask ${asks}`,
        n: n.toLocaleString('en'),
        measured: `${seconds.toFixed(1)} s`,
        yardstick: '–',
        ratio: '–',
        target: '200,000 in < 15 s',
        met: seconds < (15 * n) / 200_000,
      });
    }
    return rows;
  });
}
