import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { acceptAssignments, addHolder, changeTerritory } from '../../distribute/index.ts';
import { logActivities } from '../../followup/index.ts';
import { sql } from '../../platform/db/index.ts';
import { rebuildRows } from '../rebuild-rows.ts';
import type { Bill } from './bill.contract.ts';

let house: TestHouse;
let alpha: string;
let beta: string;
let ids: string[];
const minute = 60_000;
const bill = async (as: Parameters<TestHouse['request']>[0] = 'sales_manager', query = ''): Promise<Bill> => {
  const { status, json, text } = await house.request(as, 'GET', `/v1/silence-bill${query}`);
  if (status !== 200) throw new Error(text);
  return json as Bill;
};
const count = async (drill: Record<string, string>, as: Parameters<TestHouse['request']>[0] = 'sales_manager'): Promise<number> =>
  (await house.request(as, 'GET', `/v1/leads/count?${new URLSearchParams(drill).toString()}`)).json.count as number;

// Monday 09:00 in Zürich. Alpha has Spain, Beta Portugal, Japan has nobody. An average sale is 10,000.00 before there is one; 35% of it is kept.
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
  const holder = async (name: string, country: string): Promise<string> => {
    const id = await house.write((tx) => addHolder(tx, house.cx, { name, kind: 'partner', email: `${name}@x.example`, timeZone: 'Europe/Zurich' }));
    await house.write((tx) => changeTerritory(tx, house.cx, null, { name: `${name}land`, rules: { countries: [country] }, holders: [{ holderId: id, weight: 1 }] }));
    return id;
  };
  alpha = await holder('Alpha', 'ES');
  beta = await holder('Beta', 'PT');
  expect((await house.request('marketing', 'PUT', '/v1/settings/margins', { percent: 35, products: [] })).status).toBe(200);
  const hot = { grade: 'hot' as const, score: 75 };
  const planted = await plantLeads(house, [{ ...hot, name: 'Ana Silent' }, { ...hot, name: 'Ben Accepted' }, { ...hot, name: 'Cleo Quick' }, { ...hot, country: 'PT', name: 'Dora Unjudged' }, { ...hot, country: 'JP', name: 'Eri Nobodys' }]);
  ids = planted.map(({ leadId }) => leadId);
  await house.drain();
  const [ana, ben, cleo, dora] = ids as [string, string, string, string];
  await house.write((tx) => acceptAssignments(tx, house.cx, [ben, cleo, dora].map((leadId) => ({ leadId, at: house.clock.now(), via: 'app' as const, actor: 'baton' }))));
  await house.write((tx) => logActivities(tx, house.cx, [[cleo, alpha], [dora, beta]].map(([leadId, by]) => ({ leadId: leadId!, kind: 'call' as const, at: house.clock.now(), via: 'app' as const, byHolderId: by, actor: 'baton' }))));
  await house.drain();
  // Promised so short that eight minutes are too late, and that nobody is passed on meanwhile.
  await house.write((tx) =>
    tx.run(sql`update distribute.assignment set respond_by = case when lead_id = ${ana} then started_at + interval '6 minutes' else respond_by end,
      follow_by = case when lead_id = ${ben} then started_at + interval '7 minutes' else follow_by end, judge_by = case when lead_id = ${dora} then started_at + interval '5 minutes' end`),
  );
  await rebuildRows(house.cx, house.scope, () => {});
});
afterAll(() => house.close());

describe('the silence bill', () => {
  test('owes nothing while every clock runs', async () => {
    expect((await bill()).total).toEqual({ leads: 0, uncontacted: 0, untried: 0, unjudged: 0, lostMinor: 0, atRiskMinor: 0 });
  });

  test('by hand: what eight minutes of silence have taken, by holder and territory', async () => {
    house.clock.advance(8 * minute);
    const found = await bill();
    // Each is worth 36% × 10,000.00 × 35% = 1,260.00 at once. Ana and Ben were let wait: 56.10% is left after eight minutes (the rules' own test
    // does the sum), so 706.92 each, and 553.08 lost. Dora was called at once and nobody said what of it: nearly all is left, it halves in three days.
    const quiet = Math.round(126_000 * 0.5 ** (8 / 1440 / 3));
    expect(found.holders.map(({ name, leads, uncontacted, unjudged, lostMinor, atRiskMinor }) => [name, { leads, uncontacted, unjudged, lostMinor, atRiskMinor }])).toEqual([
      ['Alpha', { leads: 2, uncontacted: 2, unjudged: 0, lostMinor: 110_616, atRiskMinor: 141_384 }],
      ['Beta', { leads: 1, uncontacted: 0, unjudged: 1, lostMinor: 126_000 - quiet, atRiskMinor: quiet }],
    ]);
    expect(found.territories.map(({ name, leads, lostMinor }) => [name, leads, lostMinor])).toEqual([
      ['Alphaland', 2, 110_616],
      ['Betaland', 1, 126_000 - quiet],
    ]);
    expect(found.total).toEqual({ leads: 3, uncontacted: 2, untried: 0, unjudged: 1, lostMinor: 236_616 - quiet, atRiskMinor: 141_384 + quiet });
    expect(found.leads.map(({ name, clock, holder, since, chancePercent }) => ({ name, clock, holder, since, chancePercent })).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'Ana Silent', clock: 'accept', holder: 'Alpha', since: '2026-03-02T08:06:00.000Z', chancePercent: 36 },
      { name: 'Ben Accepted', clock: 'contact', holder: 'Alpha', since: '2026-03-02T08:07:00.000Z', chancePercent: 36 },
      { name: 'Dora Unjudged', clock: 'verdict', holder: 'Beta', since: '2026-03-02T08:05:00.000Z', chancePercent: 36 },
    ]);
  });

  test('each holder sees its own and nobody else’s', async () => {
    const asAlpha = { role: 'partner' as const, holderId: alpha };
    const own = await bill(asAlpha);
    expect(own.holders.map(({ name }) => name)).toEqual(['Alpha']);
    expect(own.total).toMatchObject({ leads: 2, lostMinor: 110_616 });
    expect(JSON.stringify(own)).not.toMatch(/Beta|Dora|Eri/);
    expect((await house.request(asAlpha, 'GET', `/v1/silence-bill?holderId=${beta}`)).status).toBe(403);
    expect((await house.request('rep', 'GET', `/v1/silence-bill?holderId=${beta}`)).status).toBe(403);
    expect((await bill('rep')).total.leads).toBe(0);
    expect((await bill('management', `?holderId=${beta}`)).total.leads).toBe(1);
    expect((await house.request('finance', 'GET', '/v1/silence-bill')).status).toBe(403);
  });

  test('who waits for a holder longer than agreed is in it, and every line opens its leads', async () => {
    house.clock.advance(5 * 60 * minute);
    const found = await bill();
    const desk = found.holders.find(({ kind }) => kind === 'desk')!;
    expect(desk).toMatchObject({ name: 'Waiting for a holder', leads: 1, uncontacted: 1, lostMinor: 94_500, atRiskMinor: 31_500 });
    expect(found.leads.find(({ name }) => name === 'Eri Nobodys')).toMatchObject({ clock: 'holder', holder: 'Waiting for a holder' });
    for (const line of [...found.holders, ...found.territories]) expect(await count(line.drill), line.name).toBe(line.leads);
    expect(await count({ unfollowed: 'true' })).toBe(found.total.leads);
    expect(await count({ unfollowed: 'false' })).toBe(ids.length - found.total.leads);
    const all = (lines: readonly { lostMinor: number; atRiskMinor: number }[]) => lines.reduce((sum, one) => [sum[0]! + one.lostMinor, sum[1]! + one.atRiskMinor], [0, 0]);
    expect(all(found.holders)).toEqual([found.total.lostMinor, found.total.atRiskMinor]);
    expect(all(found.territories)).toEqual([found.total.lostMinor, found.total.atRiskMinor]);
    const place = found.territories.find(({ name }) => name === 'Betaland')!;
    expect((await bill('marketing', `?territoryId=${place.id}`)).total.leads).toBe(place.leads);
  });

  test('what rests with a reason costs nothing more, though its clock was broken', async () => {
    const lostOfDora = async () => (await bill()).leads.find(({ name }) => name === 'Dora Unjudged')?.lostMinor;
    expect(await lostOfDora()).toBeGreaterThan(0);
    const rested = await house.request({ role: 'partner', holderId: beta }, 'POST', `/v1/leads/${ids[3]}/pause`, { until: '2026-03-04', reason: 'Back on Wednesday' });
    expect(rested.status, rested.text).toBe(200);
    await house.drain();
    expect(await lostOfDora()).toBe(0);
  });

  test('who was called, but less often than agreed, is in it by that clock until the next attempt', async () => {
    const cleo = ids[2]!;
    await house.write((tx) => tx.run(sql`update distribute.assignment set tries_by = started_at + interval '6 minutes', tries_owed = 2 where lead_id = ${cleo}`));
    await rebuildRows(house.cx, house.scope, () => {});
    const found = await bill();
    expect(found.total).toMatchObject({ leads: 5, uncontacted: 3, untried: 1, unjudged: 1 });
    expect(found.leads.find(({ name }) => name === 'Cleo Quick')).toMatchObject({ clock: 'attempts', since: '2026-03-02T08:06:00.000Z', holder: 'Alpha' });
    for (const line of [...found.holders, ...found.territories]) expect(await count(line.drill), line.name).toBe(line.leads);
    expect((await house.request('sales_manager', 'POST', `/v1/leads/${cleo}/activities`, { kind: 'call' })).status).toBe(200);
    await house.drain();
    expect((await bill()).total).toMatchObject({ leads: 4, untried: 0 });
  });
});
