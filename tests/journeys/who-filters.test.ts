import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../support/house.ts';

/** One set of conditions on who is behind, asked of every list and report: they find the same leads, and each figure opens them. */
let house: TestHouse;
const people = [
  { name: 'Ann', title: 'Head of Purchasing', organization: 'One Ltd', industry: 'Food & Beverage', fuel: 'Gas', plant: 'North' },
  { name: 'Ben', title: 'Purchasing Director', organization: 'One Ltd', fuel: 'Oil', plant: 'South' },
  { name: 'Cleo', title: 'Maintenance Technician', organization: 'Two Ltd', industry: 'Hospital', fuel: 'Gas' },
  { name: 'Dora', title: 'Zampolit', organization: 'Three Ltd' },
  { name: 'Emil', organization: 'Three Ltd', plant: 'North' },
];
const ask = async (url: string, query: Record<string, string> = {}) => {
  const answer = await house.request('marketing', 'GET', `${url}?${new URLSearchParams(query).toString()}`);
  expect({ url, query, status: answer.status, said: answer.json.detail }).toEqual({ url, query, status: 200, said: undefined });
  return answer.json;
};
const patch = (url: string, body: object) => house.request('marketing', 'PATCH', url, body);
const where = (criteria: object) => ({ where: JSON.stringify(criteria) });

beforeAll(async () => {
  house = await openTestHouse({ ticking: true });
  for (const field of [
    { subject: 'person', label: 'Fuel', type: 'choice', choices: ['Gas', 'Oil'] },
    { subject: 'organization', label: 'Sites', type: 'number' },
    { subject: 'inquiry', label: 'Plant', type: 'text' },
  ])
    expect((await house.request('marketing', 'POST', '/v1/fields', field)).status).toBe(200);
  for (const { name, fuel: _fuel, plant, ...rest } of people)
    await house.request('marketing', 'POST', '/v1/inquiries', { ...rest, givenName: name, familyName: 'Lee', email: `${name.toLowerCase()}@${rest.organization.slice(0, 3).toLowerCase()}.example`, message: 'A quote', ...(plant ? { custom: { plant } } : {}) });
  await house.request('marketing', 'POST', '/v1/inquiries', { message: 'nothing at all' });
  await house.drain();
  for (const lead of (await ask('/v1/leads')).items) {
    const { fuel } = people.find(({ name }) => lead.person.name.startsWith(name))!;
    if (fuel) expect((await patch(`/v1/people/${lead.person.id}`, { custom: { fuel } })).status).toBe(200);
    if (lead.organization.name === 'One Ltd') await patch(`/v1/organizations/${lead.organization.id}`, { custom: { sites: 3 } });
    if (['Ann', 'Cleo'].some((name) => lead.person.name.startsWith(name))) expect((await house.request('marketing', 'POST', `/v1/leads/${lead.id}/verdict`, { verdict: 'sale', valueMinor: 1000 })).status).toBe(200);
  }
  await house.drain();
});
afterAll(() => house.close());

const cases: [object, string[]][] = [
  [{ field: 'position.level', op: 'equals', value: 'director' }, ['Ann', 'Ben']],
  [{ all: [{ field: 'position.function', op: 'in', value: ['purchasing', 'maintenance'] }, { field: 'custom.fuel', op: 'equals', value: 'Gas' }] }, ['Ann', 'Cleo']],
  [{ field: 'organization.sector', op: 'equals', value: '31' }, ['Ann', 'Ben']],
  [{ field: 'organization.custom.sites', op: 'atLeast', value: 2 }, ['Ann', 'Ben']],
  [{ field: 'inquiry.custom.plant', op: 'equals', value: 'north' }, ['Ann', 'Emil']],
  [{ any: [{ field: 'position.level', op: 'isEmpty' }, { field: 'position.level', op: 'equals', value: 'unknown' }] }, ['Dora', 'Emil']],
  [{ not: { field: 'custom.fuel', op: 'equals', value: 'Gas' } }, ['Ben', 'Dora', 'Emil']],
];

test.each(cases)('%j: every list and report finds %j', async (criteria, names) => {
  const asked = where(criteria);
  const sold = names.filter((name) => name === 'Ann' || name === 'Cleo').length;
  const firstNames = (items: { person: { name: string } }[]) => items.map((one) => one.person.name.split(' ')[0]).toSorted();
  expect(firstNames((await ask('/v1/leads', asked)).items)).toEqual(names);
  expect(await ask('/v1/leads/count', asked)).toMatchObject({ count: names.length });
  // Nobody was recognised in what said nothing: it has no rank, no fuel and no plant either.
  const inquiries = (await ask('/v1/inquiries', asked)).items as { fields: { givenName?: string } }[];
  expect(inquiries.flatMap((one) => one.fields.givenName ?? []).toSorted()).toEqual(names);
  const fates = (await ask('/v1/fates', asked)).items as object[];
  expect((await ask('/v1/loop', asked)).received).toBe(fates.length);
  for (const name of ['source', 'where-assigned', 'status-update', 'status-tracking', 'what-works']) {
    const report = await ask(`/v1/reports/${name}`, asked);
    expect([name, report.total.values.leads ?? report.total.values.assigned]).toEqual([name, names.length]);
    for (const row of [...report.rows, report.total])
      for (const column of report.columns)
        if (column.kind === 'count' && column.list === 'leads' && row.values[column.key] !== null && !['calls', 'mails', 'visits', 'meetings', 'quotes', 'literature', 'notes'].includes(column.key))
          expect([name, row.key, column.key, (await ask('/v1/leads/count', { ...row.drill, ...column.drill })).count]).toEqual([name, row.key, column.key, row.values[column.key]]);
  }
  const source = await ask('/v1/reports/source', asked);
  expect(source.total.values).toMatchObject({ inquiries: fates.length, leads: names.length, sales: sold, value: sold * 1000 });
  const roi = await ask('/v1/roi', asked);
  expect(roi.ledger.wonMinor).toBe(sold * 1000);
  expect(roi.total.wonMinor + roi.unattributed.wonMinor).toBe(roi.ledger.wonMinor);
  expect((await ask('/v1/credits', { ...asked, model: 'first' })).items).toHaveLength(sold);
  expect((await ask('/v1/scoreboard', asked)).earnedMinor).toBe(sold * 1000);
  expect((await ask('/v1/opportunities', asked)).items).toHaveLength(sold);
  expect((await ask('/v1/opportunities/board', asked)).won).toMatchObject({ count: sold, amountMinor: sold * 1000 });
});

test('what is asked is said in words, refused where it cannot be, and nothing for partners', async () => {
  const fields = (await ask('/v1/segments/fields', { subject: 'lead' })).items as { field: string }[];
  for (const field of ['position.level', 'organization.sector', 'custom.fuel', 'organization.custom.sites', 'inquiry.custom.plant']) expect(fields.map((one) => one.field)).toContain(field);
  expect((await ask('/v1/segments/sentence', { subject: 'lead', ...where(cases[0]![0]) })).sentence).toBe('rank is “Director or head”');
  const bad = { where: JSON.stringify({ field: 'nothing', op: 'isSet' }) };
  for (const url of ['/v1/leads', '/v1/inquiries', '/v1/fates', '/v1/reports/source', '/v1/scoreboard', '/v1/loop', '/v1/roi', '/v1/opportunities'])
    expect([url, (await house.request('marketing', 'GET', `${url}?${new URLSearchParams(bad).toString()}`)).status]).toEqual([url, 422]);
  expect((await house.request('partner', 'GET', `/v1/leads?${new URLSearchParams(where(cases[0]![0])).toString()}`)).status).toBe(403);
});

test('how a position and a business were read stands on their pages, and how many were not is counted', async () => {
  const [ann] = (await ask('/v1/people', { q: 'ann@one.example' })).items;
  const page = await ask(`/v1/people/${ann.id}`);
  expect(page).toMatchObject({ position: { rank: 'Director or head', does: 'Purchasing', words: ['head of', 'purchasing'], isSaid: false }, sector: { code: '31', from: 'industry' } });
  expect(await ask(`/v1/organizations/${page.organization.id}`)).toMatchObject({ sector: { code: '31', label: 'Manufacturing', isSaid: false } });
  expect(await ask('/v1/readings/unread')).toMatchObject({ titles: { of: 4, unread: 1 }, businesses: { of: 2, unread: 0 } });
  await house.request('marketing', 'POST', '/v1/readings', { kind: 'title', said: 'Zampolit', level: 'chief', function: 'management' });
  expect((await ask('/v1/readings/unread')).titles).toEqual({ of: 4, unread: 0 });
  const [dora] = (await ask('/v1/people', { q: 'dora@thr.example' })).items;
  expect((await ask(`/v1/people/${dora.id}`)).position).toMatchObject({ rank: 'Owner or chief', isSaid: true });
});
