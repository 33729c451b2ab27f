import { addHolder, changeTerritory, place } from '../src/distribute/index.ts';
import { queryCount } from '../src/platform/db/index.ts';
import { plantLeads } from '../tests/support/leads.ts';
import type { Scope } from '../src/platform/access/index.ts';
import type { Context } from '../src/platform/context.ts';
import type { RoutingRule } from '../src/distribute/rules/routing-rule.rules.ts';
import { publishDraft, saveDraft } from '../src/distribute/rules/ruleset.store.ts';
import { changeTeam } from '../src/distribute/rules/change-teams.ts';
import { inHouse } from './support/house.ts';
import type { Row } from './support/results.ts';

/** Leads that have qualified, given to forty holders in twelve territories: loaded, decided, written with reasons, and told to the journal. */
export async function routing(small: boolean): Promise<Row[]> {
  const rounds = small ? [1000] : [1000, 2000, 4000, 8000];
  return inHouse(async ({ cx, workspaceId, scope, write }) => {
    const countries = ['DE', 'FR', 'IT', 'ES', 'PT', 'NL', 'BE', 'AT', 'CH', 'SE', 'NO', 'DK'];
    await write(async (tx) => {
      const ids: string[] = [];
      for (let i = 0; i < 40; i++)
        ids.push(
          await addHolder(tx, cx, {
            name: `Holder ${i}`,
            kind: i % 3 ? 'rep' : 'partner',
            weight: 1 + (i % 3),
            capacityPerWeek: i % 4 ? null : 2000,
          }),
        );
      for (const [i, country] of countries.entries())
        await changeTerritory(tx, cx, null, {
          name: country,
          rules: { countries: [country] },
          overflow: true,
          holders: ids.filter((_, k) => k % 4 === i % 4).map((holderId) => ({ holderId, weight: 1 })),
        });
    });
    const grades = ['hot', 'warm', 'cold'] as const;
    const speeds: number[] = [];
    let queries = 0;
    for (const n of rounds) {
      const leads = await plantLeads(
        { cx, workspaceId, write },
        Array.from({ length: n }, (_, i) => ({
          grade: grades[i % 3]!,
          country: countries[i % countries.length]!,
          organizationId: cx.ids.next(),
        })),
      );
      const asked = queryCount.total;
      const began = performance.now();
      for (let from = 0; from < n; from += 2000) {
        await write((tx) =>
          place(
            tx,
            cx,
            leads.slice(from, from + 2000).map((lead) => lead.leadId),
            'new',
          ),
        );
      }
      speeds.push(n / ((performance.now() - began) / 1000));
      if (n === 1000) queries = queryCount.total - asked;
    }
    const ruled = await byRules(cx, scope, workspaceId, small ? 1000 : 100_000);
    const best = Math.max(...speeds);
    const last = speeds.at(-1)!;
    const odoo = 100;
    return [
      {
        what: 'queries to place a batch of leads',
        n: '1,000',
        measured: `${queries}`,
        yardstick: '–',
        ratio: '–',
        target: '≤ 12',
        met: queries <= 12,
      },
      {
        what: 'leads placed, saved and journalled, per second',
        n: rounds.map((n) => n.toLocaleString('en')).join(', '),
        measured: speeds.map((s) => Math.round(s).toLocaleString('en')).join(', '),
        yardstick: `Odoo 17 about ${odoo}/s on such a machine`,
        ratio: `${Math.round(best / odoo)} ×`,
        target: '≥ 5,000/s, linear',
        met: best >= 5000 && last >= 0.6 * best,
        note: 'in batches of 2,000, with reasons and the journal’s hashes',
      },
      ...ruled,
    ];
  });
}

/** Two hundred rules of every method over five hundred holders with capacities: what they give, in four batches, and in how many queries. */
async function byRules(cx: Context, scope: Scope, workspaceId: string, n: number): Promise<Row[]> {
  const write = <T>(work: Parameters<typeof cx.db.write<T>>[1]): Promise<T> => cx.db.write(scope, work);
  const countries = ['DE', 'FR', 'IT', 'ES', 'PT', 'NL', 'BE', 'AT', 'CH', 'SE', 'NO', 'DK'];
  const methods = ['turns', 'turns', 'leastLoaded', 'bestMatch'] as const;
  await write(async (tx) => {
    const holders: string[] = [];
    for (let i = 0; i < 460; i++)
      holders.push(
        await addHolder(tx, cx, {
          name: `Ruled ${i}`,
          kind: 'rep',
          weight: 1 + (i % 3),
          capacityPerWeek: i % 2 ? null : 500,
          ...(i % 5 === 1 ? { capacityByGrade: { hot: 300, warm: 400 }, openMost: 50_000 } : {}),
          languages: i % 5 ? [] : ['de'],
        }),
      );
    const rules: RoutingRule[] = [];
    for (let i = 0; i < 200; i++) {
      const team = await changeTeam(tx, cx, null, { name: `Team ${i}`, holders: holders.filter((_, k) => k % 50 === i % 50).map((holderId) => ({ holderId, weight: 1 })) });
      rules.push({
        id: cx.ids.next(),
        name: `Rule ${i}`,
        when: { all: [{ field: 'country', op: 'in', value: [countries[i % 12]!] }, { field: 'score', op: 'atLeast', value: 100 - Math.floor(i / 2) }] },
        first: i % 20 === 0,
        pool: { kind: 'team', teamId: team.id },
        method: methods[i % 4]!,
        promise: null,
        otherwise: 'next',
      });
    }
    await saveDraft(tx, rules, null, cx.clock.now());
    await publishDraft(tx, null, cx.clock.now());
  });
  const grades = ['hot', 'warm', 'cold'] as const;
  const leads = await plantLeads(
    { cx, workspaceId, write },
    Array.from({ length: n }, (_, i) => ({ grade: grades[i % 3]!, score: (i * 37) % 100, country: countries[i % 12]!, organizationId: cx.ids.next() })),
  );
  const asked = queryCount.total;
  const began = performance.now();
  for (let from = 0; from < n; from += n / 4) await write((tx) => place(tx, cx, leads.slice(from, from + n / 4).map((lead) => lead.leadId), 'new'));
  const seconds = (performance.now() - began) / 1000;
  const queries = queryCount.total - asked;
  const rows = { n: n.toLocaleString('en'), yardstick: '–', ratio: '–' };
  return [
    { ...rows, what: 'leads routed by 200 rules over 500 holders with capacities and credits', measured: `${seconds.toFixed(1)} s`, target: '100,000 in < 20 s', met: seconds < (20 * n) / 100_000 },
    { ...rows, what: 'queries for all of them, in four batches', measured: `${queries}`, target: '≤ 60', met: queries <= 60 },
  ];
}
