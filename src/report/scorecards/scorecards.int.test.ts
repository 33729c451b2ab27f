import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { holders, plantLeads } from '../../../tests/support/leads.ts';
import { createUser } from '../../platform/access/index.ts';
import { sql } from '../../platform/db/index.ts';
import { acceptAssignments, addHolder, changeAbsences, changeTerritory, declineAssignments } from '../../distribute/index.ts';
import { judgeLeads } from '../../followup/index.ts';

let house: TestHouse;
let ids: Record<string, string>;
const names = ['Alpha', 'Beta', 'Gamma', 'Delta'] as const;
const round = async (hours: number): Promise<void> => {
  house.clock.advance(hours * 3_600_000);
  await house.drain();
};

// Monday 09:00 in Zürich; every partner has one country, so that each lead goes where the test wants it.
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
  ids = {};
  const countries = { Alpha: 'ES', Beta: 'PT', Gamma: 'FR', Delta: 'IT' };
  for (const name of names) {
    ids[name] = await house.write((tx) => addHolder(tx, house.cx, { name, kind: 'partner', email: `${name}@x.example`, timeZone: 'Europe/Zurich' }));
    await house.write((tx) => changeTerritory(tx, house.cx, null, { name, rules: { countries: [countries[name]] }, holders: [{ holderId: ids[name]!, weight: 1 }] }));
  }
  const planted = await plantLeads(house, [
    { grade: 'hot', name: 'Ana Alpha' }, { grade: 'hot' }, { grade: 'hot' }, { grade: 'hot', country: 'PT' }, { grade: 'hot', country: 'FR' }, { grade: 'hot', country: 'IT' },
  ]);
  await house.drain();
  const [a1, a2, , b1, c1, d1] = planted.map(({ leadId }) => leadId) as [string, string, string, string, string, string];
  await round(0.5);
  await house.write((tx) => acceptAssignments(tx, house.cx, [a1, b1, c1].map((leadId) => ({ leadId, at: house.clock.now(), via: 'app' as const, actor: 'baton' }))));
  await house.write((tx) => declineAssignments(tx, house.cx, [{ leadId: a2, holderId: ids['Alpha']!, reason: 'No time now', at: house.clock.now(), via: 'app', actor: 'baton' }]));
  await round(24);
  await house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: a1, verdict: 'sale', valueMinor: 500_000, at: house.clock.now(), via: 'app', byHolderId: ids['Alpha'] }, { leadId: d1, verdict: 'hot', at: house.clock.now(), via: 'app', byHolderId: ids['Delta'] }]));
  // The third of Alpha's is left until its promise has ended; Beta and Gamma accepted and never called. All three are passed on.
  await house.scan();
  await house.drain();
});
afterAll(() => house.close());

describe('scorecards', () => {
  test('managers see everybody, with the median of all', async () => {
    const { json } = await house.request('sales_manager', 'GET', '/v1/scorecards');
    expect(json).toMatchObject({ from: '2025-10-01', to: '2026-03-03', currency: 'EUR' });
    expect(json.items.map((one: { name: string }) => one.name)).toEqual(['Alpha', 'Beta', 'Delta', 'Gamma']);
    expect(json.items[0]).toMatchObject({ offered: 3, inTimePercent: 66.7, acceptMinutes: 30, verdictPercent: 100, salePercent: 100, sales: 1, soldMinor: 500_000, silent: 1, silentPercent: 33.3, declined: 1 });
    expect(json.items[1]).toMatchObject({ offered: 1, inTimePercent: 100, verdictPercent: null, silent: 1 });
    expect(json.medians).toMatchObject({ offered: 1, acceptMinutes: 30 });
    expect([...(await holders(house)).values()].filter(({ kind }) => kind === 'desk')).toHaveLength(4);
  });

  test('who is measured sees their own beside the median of others, without names; and nobody else’s', async () => {
    const alpha = { role: 'partner' as const, holderId: ids['Alpha']! };
    const own = await house.request(alpha, 'GET', `/v1/scorecards/${ids['Alpha']}`);
    expect(own.json).toMatchObject({ name: 'Alpha', peers: 3, whole: { offered: 3, silent: 1 }, medians: { offered: 1, silent: 1 } });
    expect(own.json.months).toHaveLength(6);
    expect(own.json.months[0]).toMatchObject({ month: '2026-03-01', offered: 3 });
    expect(own.json.months[1]).toMatchObject({ month: '2026-02-01', offered: 0, inTimePercent: null });
    for (const other of ['Beta', 'Gamma', 'Delta']) expect(own.text).not.toContain(other);
    expect((await house.request(alpha, 'GET', `/v1/scorecards/${ids['Beta']}`)).status).toBe(403);
    expect((await house.request(alpha, 'GET', `/v1/scorecards/${ids['Beta']}/leads?behind=late`)).status).toBe(403);
    expect((await house.request(alpha, 'GET', '/v1/scorecards')).status).toBe(403);
    expect((await house.request('rep', 'GET', `/v1/scorecards/${ids['Alpha']}`)).status).toBe(403);
    const manager = await house.request('management', 'GET', `/v1/scorecards/${ids['Alpha']}`);
    expect(manager.json).toEqual(own.json);
    expect((await house.request('management', 'GET', '/v1/scorecards/019cadc6-9a80-71bc-87e9-e1155171802a')).status).toBe(404);
  });

  test('on how many of their working days they were here: by signing in or by answering, less what they were away', async () => {
    const own = async () => (await house.request('sales_manager', 'GET', `/v1/scorecards/${ids['Gamma']}`)).json.whole as { workDays: number; daysSeen: number; offeredPerDay: number };
    // It is Tuesday the 3rd. Gamma's first lead was given on Monday, when it accepted; today nobody was there yet.
    expect(await own()).toMatchObject({ workDays: 1, daysSeen: 1, offeredPerDay: 1 });
    const gina = { email: 'gina@x.example', password: 'correct horse battery' };
    const userId = await createUser(house.cx, house.workspaceId, { name: 'Gina', ...gina, roles: ['partner'] });
    await house.write((tx) => tx.run(sql`update platform.app_user set holder_id = ${ids['Gamma']} where id = ${userId}`));
    expect((await house.request(null, 'POST', '/v1/session', gina)).status).toBe(200);
    expect(await own()).toMatchObject({ workDays: 2, daysSeen: 2, offeredPerDay: 0.5 });
    expect(await house.rows(sql`select user_id, on_date::text from platform.user_day where user_id = ${userId}`)).toEqual([{ userId, onDate: '2026-03-03' }]);
    await house.write((tx) => changeAbsences(tx, house.cx, ids['Gamma']!, { add: { startsOn: '2026-03-03', endsOn: '2026-03-05', note: null } }));
    expect(await own()).toMatchObject({ workDays: 1, daysSeen: 1 });
  });

  test('working days are those of the place they work in, however far from the company', async () => {
    await house.write((tx) => tx.run(sql`update distribute.holder set time_zone = 'Pacific/Auckland', created_at = '2026-01-31T12:00:00Z' where id = ${ids['Delta']}`));
    // February has twenty; Monday the 2nd is over, and on Tuesday they gave a verdict. A Sunday in Zürich reaches into Monday there: it is none of their days.
    expect((await house.request('sales_manager', 'GET', `/v1/scorecards/${ids['Delta']}?months=3`)).json.whole).toMatchObject({ workDays: 22, daysSeen: 1 });
  });

  test('every figure has its leads, as far as whoever asks may see them', async () => {
    const ask = async (behind: string, as: Parameters<TestHouse['request']>[0] = 'sales_manager') => (await house.request(as, 'GET', `/v1/scorecards/${ids['Alpha']}/leads?behind=${behind}`)).json.items as { name: string | null }[];
    expect((await ask('sales')).map(({ name }) => name)).toEqual(['Ana Alpha']);
    expect(await ask('silent')).toHaveLength(1);
    expect(await ask('declined')).toHaveLength(1);
    expect(await ask('withoutVerdict')).toEqual([]);
    // One was accepted and one declined in time, as the agreement has it.
    expect(await ask('late')).toHaveLength(1);
    expect((await ask('sales', { role: 'partner', holderId: ids['Alpha']! })).map(({ name }) => name)).toEqual(['Ana Alpha']);
  });
});
