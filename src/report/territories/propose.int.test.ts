import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addTerritories, areas, plantCustomers, southRules } from '../../../tests/support/areas.ts';
import { openTestHouse, type Answer, type TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { balance } from '../../distribute/balance/balance.rules.ts';
import { askOf, settle } from '../../distribute/balance/proposal.rules.ts';
import type { Proposed, ProposalResult } from '../../distribute/balance/proposal.rules.ts';
import { runProposal } from '../../distribute/balance/propose.ts';
import { sql } from '../../platform/db/index.ts';

const dayMs = 86_400_000;
let house: TestHouse;
const ids = new Map<string, string>();
beforeAll(async () => {
  house = await openTestHouse();
  // the territory every workspace begins with covers everything: here some is to lie in none
  for (const { id } of (await house.request('administrator', 'GET', '/v1/territories')).json.items) await house.request('administrator', 'DELETE', `/v1/territories/${id}`);
  for (const [name, id] of await addTerritories(house)) ids.set(name, id);
  const food = await house.request('administrator', 'POST', '/v1/territories', { name: 'Food', rules: { countries: ['DE'], verticals: ['Food'] } });
  ids.set('Food', food.json.id as string);
  // room between them
  for (const [name, position] of [['South', 10], ['Food', 20]] as const) await house.request('administrator', 'PATCH', `/v1/territories/${ids.get(name)}`, { position });
  await plantCustomers(house);
  await plantLeads(house, [{ country: 'DE', postalCode: '80331' }, { country: 'DE', postalCode: '99999' }, { country: 'DE' }, { country: 'FR' }]);
});
afterAll(() => house.close());

const wish = { measures: [{ figure: 'customers', tolerance: 0.15 }], kind: 'postcode', digits: 2 };
const ask = (more: object = {}, as: 'marketing' | 'sales_manager' = 'sales_manager'): Promise<Answer> => house.request(as, 'POST', '/v1/territories/proposals', { ...wish, ...more });
const get = async (id: string): Promise<Answer['json']> => (await house.request('management', 'GET', `/v1/territories/proposals/${id}`)).json;
const divided = async (more: object = {}): Promise<string> => {
  const { status, json, text } = await ask(more);
  expect(status, text).toBe(200);
  await house.runJobs();
  return json.id as string;
};
const accept = (id: string, body: object = {}): Promise<Answer> => house.request('sales_manager', 'POST', `/v1/territories/proposals/${id}/accept`, body);
const undo = (id: string): Promise<Answer> => house.request('sales_manager', 'POST', `/v1/territories/acceptances/${id}/undo`);
const rules = async (): Promise<Record<string, unknown>> =>
  Object.fromEntries((((await house.request('management', 'GET', '/v1/territories')).json.items) as { name: string; rules: object; position: number }[]).map(({ name, rules }) => [name, rules]));
const uncovered = async (): Promise<number> => (await house.request('management', 'GET', '/v1/territories/coverage')).json.uncovered as number;
const customers = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    ((await house.request('management', 'GET', '/v1/territories/profile')).json.territories as { name: string; figures: { customers: number } }[]).map(({ name, figures }) => [name, figures.customers]),
  );

let before: Awaited<ReturnType<typeof rules>>;
beforeEach(async () => {
  before = await rules();
});

test('a proposal evens out what was asked for and moves little; the same is told again from what is stored', async () => {
  const id = await divided();
  const json = await get(id);
  expect(json).toMatchObject({ state: 'done', territories: ['North', 'South'], asked: { kind: 'postcode', digits: 2, keep: true }, accepted: null });
  expect(json.sides).toMatchObject([
    { name: 'North', today: { figures: { customers: 4 }, deviations: { customers: -0.6 } }, proposed: { figures: { customers: 9 } } },
    { name: 'South', today: { figures: { customers: 16 } }, proposed: { figures: { customers: 11 } } },
  ]);
  expect(json.moves).toMatchObject({ units: 1, customers: 5, openLeads: 1 });
  const units = json.units as { id: string; today: string; proposed: string; lon: number | null }[];
  expect(units.filter(({ today, proposed }) => today !== proposed)).toMatchObject([{ id: 'DE 80', today: ids.get('South'), proposed: ids.get('North') }]);
  // rules name these, though nobody is there yet
  expect(units.map((unit) => unit.id)).toEqual(expect.arrayContaining(['DE 22', 'DE 29']));
  expect(json.notes.join(' ')).toContain('Nothing is known of who borders on whom');

  const stored = (await house.rows<Proposed & { result: ProposalResult }>(sql`select asked, units, borders, result from distribute.proposal where id = ${id}`))[0]!;
  expect(settle(stored, askOf(stored), balance(askOf(stored)))).toEqual(stored.result);
  expect(await rules()).toEqual(before);

  // The process dies after all was divided and before it was noted as done: whoever takes the job up comes to the same.
  const result = JSON.stringify(stored.result);
  await house.write((tx) => tx.run(sql`update platform.job set state = 'running', leased_until = now() - interval '1 minute' where id = (select job_id from distribute.proposal where id = ${id})`));
  await house.runJobs();
  expect(await get(id)).toMatchObject({ state: 'done' });
  expect(JSON.stringify((await house.rows<{ result: ProposalResult }>(sql`select result from distribute.proposal where id = ${id}`))[0]!.result)).toBe(result);
});

test('there must be two territories, and somebody with a place in them', async () => {
  const made: string[] = [];
  for (const name of ['Milano', 'Roma']) made.push((await house.request('administrator', 'POST', '/v1/territories', { name, rules: { countries: ['IT'] } })).json.id as string);
  expect((await ask({ territories: made })).json.detail).toBe('Nobody in these territories has a postcode, so there are no units to divide.');
  expect((await ask({ territories: made.slice(1) })).status).toBe(422);
  for (const id of made) await house.request('administrator', 'DELETE', `/v1/territories/${id}`);
  const north = `/v1/territories/${ids.get('North')}`;
  await house.request('administrator', 'PATCH', north, { active: false });
  expect((await ask()).json.detail).toContain('Choose two territories or more');
  await house.request('administrator', 'PATCH', north, { active: true });
});

test('centres and borders keep territories in one piece, and are asked for by the names units have', async () => {
  for (const [more, sentence] of [
    [{ centres: 'area,lat,lon\n1,53,9\n2,54,9' }, 'No column of “centres” names units'],
    [{ centres: 'area,name\n20,a\n21,b' }, 'no columns of longitude and latitude'],
    [{ borders: 'a,b\n1,2\n3,4' }, 'no two columns that name units'],
    [{ stay: ['DE 11'] }, 'No unit is called “DE 11”'],
    [{ territories: [ids.get('North'), ids.get('Food')] }, 'do not take the same verticals'],
    [{ territories: [ids.get('North'), '019cadc6-9a80-71bc-87e9-e1155171802a'] }, 'not there, or not active'],
    [{ potential: 'plants' }, 'no own field “plants”'],
    [{ kind: 'state' }, 'The rules of “North” name postcodes, which units of states would cut across'],
    [{ measures: [{ figure: 'worthMinor', tolerance: 0.1 }] }, '“Invoiced” is 0 for every unit: there is nothing to divide'],
  ] as const) {
    const answer = await ask(more);
    expect.soft(answer.status, answer.text).toBe(422);
    expect.soft(answer.json.detail).toContain(sentence);
  }
  const json = await get(await divided({ centres: `${areas.centres}\n99,47,9`, territories: [ids.get('North'), ids.get('South')], stay: ['DE 80'] }));
  expect(json.notes.join(' ')).toContain('No borders were given');
  const units = json.units as { id: string; today: string; proposed: string; lat: number; stays: boolean }[];
  expect(units.find(({ id }) => id === 'DE 80')).toMatchObject({ lat: 51, stays: true, proposed: ids.get('South') });
  expect(json.proposed.contiguous).toBe(true);

  // there and back between the middles of 20 and 21; of South, from 47 to 51 degrees
  const [north, south] = json.sides as { today: { tourKm: number } }[];
  expect(north!.today.tourKm).toBeCloseTo(22.24, 1);
  expect(south!.today.tourKm).toBeGreaterThan(880);
  expect(json.today.tourKm).toBeCloseTo(north!.today.tourKm + south!.today.tourKm, 6);
  const { territories, notKnown } = (await house.request('management', 'GET', '/v1/territories/profile')).json as { territories: { name: string; distanceKm: number | null }[]; notKnown: string[] };
  expect(territories.map(({ name, distanceKm }) => [name, distanceKm])).toEqual([['North', north!.today.tourKm], ['South', south!.today.tourKm], ['Food', null]]);
  expect(notKnown.join(' ')).toContain('are not on the way in the distance to drive');
});

test('with whom somebody works is told of what moves, and stays where asked for', async () => {
  const [firm] = await house.rows<{ id: string }>(sql`select id from identity.organization where workspace_id = ${house.workspaceId} and name = 'Firm 80 0'`);
  await plantLeads(house, [{ country: 'DE', postalCode: '80331', organizationId: firm!.id }]);
  await house.drain();
  const json = await get(await divided());
  expect(json.moves).toMatchObject({ units: 1, worked: 1 });
  const munich = (of: Answer['json']) => (of.units as { id: string }[]).find(({ id }) => id === 'DE 80');
  expect(munich(json)).toMatchObject({ worked: 1, stays: false, proposed: ids.get('North') });
  expect(munich(await get(await divided({ stayWorked: true })))).toMatchObject({ stays: true, proposed: ids.get('South') });
  // Their rep is gone: nobody works with them any more.
  const { holders } = (await house.request('management', 'GET', '/v1/territories')).json.items.find((one: { id: string }) => one.id === ids.get('South')) as { holders: { holderId: string }[] };
  const rep = `/v1/holders/${holders[0]!.holderId}`;
  await house.request('administrator', 'PATCH', rep, { active: false });
  expect(munich(await get(await divided({ territories: [ids.get('North'), ids.get('South')] })))).toMatchObject({ worked: 0 });
  await house.request('administrator', 'PATCH', rep, { active: true });
});

test('accepted for a day to come it waits, can be called off, and takes effect on the day; then it can be taken back', async () => {
  const id = await divided();
  const [gaps, was] = [await uncovered(), await customers()];
  const on = (days: number): string => new Date(house.clock.now().getTime() + days * dayMs).toISOString().slice(0, 10);
  expect((await accept(id, { units: ['DE 70'] })).json.detail).toContain('Nothing of what was picked moves');

  const first = await accept(id, { effectiveOn: on(7) });
  expect(first.json).toMatchObject({ state: 'due' });
  expect((await accept(id)).status).toBe(409);
  expect((await undo(first.json.id as string)).json).toEqual({ state: 'cancelled' });
  house.clock.advance(8 * dayMs);
  await house.runJobs();
  expect(await rules()).toEqual(before);

  const second = await accept(id, { effectiveOn: on(3), territories: [ids.get('North')] });
  await house.runJobs();
  expect(await rules()).toEqual(before);
  house.clock.advance(3 * dayMs);
  await house.runJobs();
  expect((await get(id)).acceptances).toMatchObject([{ state: 'in_force', units: ['DE 80'], added: ['South, all else'] }, { state: 'cancelled' }]);
  expect(await rules()).toEqual({
    North: { countries: ['DE'], postalRanges: [{ from: '20', to: '29', country: 'DE' }, { from: '80', to: '80', country: 'DE' }] },
    South: { countries: ['DE'], postalRanges: [{ from: '70', to: '71', country: 'DE' }, { from: '99', to: '99', country: 'DE' }] },
    'South, all else': southRules,
    Food: before['Food'],
  });
  expect(await customers()).toMatchObject({ North: 9, South: 11, 'South, all else': 0 });
  expect(await uncovered()).toBe(gaps);
  // What was left over has no market of its own: the next proposal is between the two again.
  expect((await get(await divided())).territories).toEqual(['North', 'South']);

  // Somebody changes a rule by hand: nothing is put back over it.
  const acceptanceId = second.json.id as string;
  const held = (await rules())['North'];
  await house.request('sales_manager', 'PATCH', `/v1/territories/${ids.get('North')}`, { rules: { countries: ['DE', 'DK'] } });
  const refused = await undo(acceptanceId);
  expect(refused.status).toBe(409);
  expect(refused.json.detail).toContain('“North” was changed since');
  await house.request('sales_manager', 'PATCH', `/v1/territories/${ids.get('North')}`, { rules: held });
  expect((await undo(acceptanceId)).json).toEqual({ state: 'undone' });
  expect((await undo(acceptanceId)).status).toBe(409);
  expect(await rules()).toEqual(before);
  expect(await customers()).toEqual(was);
});

test('where territories have changed until its day, nothing is done and it is said why', async () => {
  const id = await divided();
  const south = `/v1/territories/${ids.get('South')}`;
  const patch = (body: object, path = south): Promise<Answer> => house.request('sales_manager', 'PATCH', path, body);
  /** What becomes of an acceptance for the day after tomorrow, if something happens tomorrow. */
  const meanwhile = async (happens: () => Promise<unknown>): Promise<string> => {
    const { json } = await accept(id, { effectiveOn: new Date(house.clock.now().getTime() + 2 * dayMs).toISOString().slice(0, 10) });
    house.clock.advance(dayMs);
    await happens();
    const held = await rules();
    house.clock.advance(dayMs);
    await house.runJobs();
    expect(await rules()).toEqual(held);
    expect((await get(id)).acceptances[0]).toMatchObject({ id: json.id, state: 'refused' });
    return (await get(id)).acceptances[0].problem as string;
  };
  expect(await meanwhile(() => patch({ rules: { countries: ['DE', 'AT'] } }))).toContain('rules of “South”');
  expect((await accept(id)).status).toBe(409);
  await patch({ rules: southRules });

  expect(await meanwhile(() => patch({ active: false }))).toContain('“South” is not there any more, is switched off, or has a last day');
  await patch({ active: true });

  const { holders } = (await house.request('management', 'GET', '/v1/territories')).json.items.find((one: { id: string }) => one.id === ids.get('North')) as { holders: { holderId: string }[] };
  const rep = `/v1/holders/${holders[0]!.holderId}`;
  expect(await meanwhile(() => patch({ active: false }, rep))).toContain('Nobody works “North”: what it would take in would wait at the desk');
  expect((await accept(id)).json.detail).toContain('Nobody works “North”');
  await patch({ active: true }, rep);

  // Somebody comes between them who has a part of what would change hands.
  let betweenId = '';
  const problem = await meanwhile(async () => {
    const made = await house.request('administrator', 'POST', '/v1/territories', { name: 'Munich', rules: { countries: ['DE'], postalRanges: [{ from: '80300', to: '80399' }] }, position: 5 });
    betweenId = made.json.id as string;
  });
  expect(problem).toContain('“Munich” stands between the territories that would change, and covers some of DE 80');
  await house.request('administrator', 'DELETE', `/v1/territories/${betweenId}`);
  // From today on means at once.
  const again = await accept(id);
  expect(again.json).toMatchObject({ state: 'in_force' });
  await undo(again.json.id as string);
  expect(await rules()).toEqual(before);
});

test('one that is stopped has no result; who may not, may not; another company sees nothing', async () => {
  const { json } = await ask({}, 'marketing');
  const id = json.id as string;
  for (const role of ['rep', 'partner'] as const) expect((await house.request(role, 'GET', '/v1/territories/proposals')).status).toBe(403);
  for (const role of ['rep', 'partner', 'management', 'finance'] as const)
    for (const path of ['', `/${id}/stop`, `/${id}/accept`]) expect((await house.request(role, 'POST', `/v1/territories/proposals${path}`, wish)).status).toBe(403);
  expect((await house.request('marketing', 'POST', `/v1/territories/proposals/${id}/stop`)).json).toEqual({ stopping: true });
  await house.runJobs();
  expect(await get(id)).toMatchObject({ state: 'cancelled', proposed: null, moves: null });
  expect((await accept(id)).status).toBe(409);

  // While it is divided: the thread ends, and nothing is kept.
  const running = (await ask()).json.id as string;
  const steps: number[] = [];
  await runProposal(house.cx, house.scope, { id: running, payload: { proposalId: running }, progress: (done) => Promise.resolve(void steps.push(done)), cancelled: () => Promise.resolve(steps.length > 0) });
  expect(steps).toHaveLength(1);
  expect(await get(running)).toMatchObject({ state: 'waiting', proposed: null });
  const other = await house.newWorkspace('Another company');
  const seen = await house.cx.db.read({ workspaceId: other, roles: ['administrator'] }, (tx) => tx.rows(sql`select id from distribute.proposal`));
  expect(seen).toEqual([]);
  const partner = await house.cx.db.read({ workspaceId: house.workspaceId, roles: ['partner'], holderId: house.cx.ids.next() }, (tx) => tx.rows(sql`select id from distribute.proposal union all select id from distribute.acceptance`));
  expect(partner).toEqual([]);
});
