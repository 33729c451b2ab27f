import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, plantLeads, type PlantLead } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
let ana: string;
let ben: string;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z', ticking: true });
  const rep = (name: string) =>
    house.write(async (tx) => {
      const userId = house.cx.ids.next();
      await tx.run(sql`insert into platform.app_user (workspace_id, id, email, name, roles, status, created_at)
        values (${house.workspaceId}, ${userId}, ${`${name}@pumps.example`}, ${name}, '{rep}', 'active', now())`);
      return addHolder(tx, house.cx, { name, kind: 'rep', email: `${name}@pumps.example`, userId });
    });
  ana = await rep('Ana');
  ben = await rep('Ben');
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'All', rules: {}, holders: [{ holderId: ana, weight: 1 }] }));
});
afterAll(() => house.close());

const post = (url: string, body: object = {}, as: 'marketing' | 'rep' | 'partner' | 'management' = 'marketing') => house.request(as, 'POST', url, body);
const get = async (id: string) => (await house.request('marketing', 'GET', `/v1/lead-changes/${id}`)).json;
async function plant(leads: PlantLead[]): Promise<string[]> {
  const planted = await plantLeads(house, leads);
  await house.drain();
  return planted.map(({ leadId }) => leadId);
}
async function run(body: object): Promise<string> {
  const made = await post('/v1/lead-changes', body);
  expect(made.status, made.text).toBe(200);
  await house.runJobs();
  await house.drain();
  return made.json.id as string;
}
async function undo(id: string, changedSince?: string) {
  const answer = await post(`/v1/lead-changes/${id}/undo`, changedSince ? { changedSince } : {});
  await house.runJobs();
  await house.drain();
  return answer;
}
const custody = (ids: string[]) =>
  house.rows<{ leadId: string; holderId: string; acceptedAt: Date | null; respondBy: Date | null; clockAt: Date | null }>(sql`select lead_id, holder_id, accepted_at, first_followup_at, respond_by, follow_by, reminded_at, clock_at
    from distribute.assignment where lead_id = any(${ids}::uuid[]) and ended_at is null order by lead_id`);
const verdicts = (ids: string[]) => house.rows(sql`select l.id, l.fate, d.verdict from qualify.lead l left join followup.disposition d on d.lead_id = l.id and d.current where l.id = any(${ids}::uuid[]) order by l.id`);
const close = (id: string) => post(`/v1/leads/${id}/verdict`, { verdict: 'bad', reason: 'No need' });
const give = (ids: string[], to: unknown) => ({ selection: { ids }, action: { do: 'give', to, note: 'Fair week' } });

describe('leads are given to somebody else', () => {
  test('after it was shown who may not be; each has exactly one holder; taken back with stamps and clocks', async () => {
    const ids = await plant([{}, {}, {}]);
    await close(ids[2]!);
    await post(`/v1/leads/${ids[0]}/accept`);
    await house.drain();
    const before = await custody(ids);
    const body = give(ids, { holderId: ben });
    expect((await post('/v1/lead-changes/preview', body)).json).toMatchObject({
      count: 3, looked: 3, changing: 2, staying: 0, refused: [{ why: 'Closed: nobody holds it', count: 1 }], sample: [{ before: 'Ana', after: 'Ben' }, { before: 'Ana', after: 'Ben' }],
    });
    expect(await custody(ids)).toEqual(before);
    const id = await run(body);
    expect(await get(id)).toMatchObject({ state: 'finished', total: 3, changed: 2, refused: [{ why: 'Closed: nobody holds it', count: 1 }] });
    expect((await custody(ids)).map((one) => one.holderId)).toEqual([ben, ben]);
    expect(await custodyBreaks(house)).toEqual([]);
    expect((await undo(id)).status).toBe(200);
    expect(await custody(ids)).toEqual(before);
    expect(await custodyBreaks(house)).toEqual([]);
    expect(await get(id)).toMatchObject({ state: 'undone', kept: 0 });
    expect((await undo(id)).json.code).toBe('bulk/undo');
  });

  test('what the holder did since is asked about, and left alone', async () => {
    const ids = await plant([{}, {}]);
    const id = await run(give(ids, { holderId: ben }));
    await post(`/v1/leads/${ids[0]}/accept`);
    const asked = await undo(id);
    expect(asked.json.code).toBe('bulk/changed-since');
    expect(asked.text).toContain('accepted');
    expect((await post(`/v1/lead-changes/${id}/undo`, { changedSince: 'overwrite' })).status).toBe(422);
    await undo(id, 'keep');
    expect((await custody(ids)).map((one) => one.holderId)).toEqual([ben, ana]);
    expect(await get(id)).toMatchObject({ kept: 1 });
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('are called back to the desk, and dealt again by the routing', async () => {
    const ids = await plant([{}, {}]);
    await run(give(ids, 'desk'));
    expect((await custody(ids)).filter((one) => one.holderId === ana)).toEqual([]);
    const dealt = await run(give(ids, 'routing'));
    expect((await custody(ids)).map((one) => one.holderId)).toEqual([ana, ana]);
    expect(await get(dealt)).toMatchObject({ changed: 2 });
    await undo(dealt);
    expect((await custody(ids)).filter((one) => one.holderId === ana)).toEqual([]);
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('are recalled from whoever has them: the routing chooses among the others, or the desk has them; taken back', async () => {
    const cas = await house.write((tx) => addHolder(tx, house.cx, { name: 'Cas', kind: 'rep', email: 'cas@pumps.example' }));
    const [territory] = (await house.request('marketing', 'GET', '/v1/territories')).json.items as { id: string }[];
    const both = (holderIds: string[]) => house.write((tx) => changeTerritory(tx, house.cx, territory!.id, { holders: holderIds.map((holderId) => ({ holderId, weight: 1 })) }));
    const ids = await plant([{}, {}]);
    await both([ana, cas]);
    const body = give(ids, 'others');
    expect((await post('/v1/lead-changes/preview', body)).json).toMatchObject({ changing: 2, sample: [{ before: 'Ana', after: 'whoever else the routing chooses' }, {}] });
    const id = await run(body);
    expect((await custody(ids)).map((one) => one.holderId)).toEqual([cas, cas]);
    expect((await house.request('marketing', 'GET', `/v1/leads/${ids[0]}/assignments`)).json.items.at(-1).because[0]).toEqual({ label: 'Dealt again', detail: 'Fair week' });
    await undo(id);
    expect((await custody(ids)).map((one) => one.holderId)).toEqual([ana, ana]);
    await both([ana]);
    await run(body); // there is nobody else: the desk
    expect((await custody(ids)).map((one) => one.holderId)).not.toContain(ana);
    expect((await post('/v1/lead-changes/preview', body)).json).toMatchObject({ changing: 0, refused: [{ why: 'Nobody works it: there is nobody to recall it from', count: 2 }] });
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('stops when told to before it began', async () => {
    const ids = await plant([{}]);
    const before = await custody(ids);
    const made = await post('/v1/lead-changes', give(ids, { holderId: ben }));
    expect((await post(`/v1/lead-changes/${made.json.id}/cancel`)).status).toBe(200);
    await house.runJobs();
    expect(await custody(ids)).toEqual(before);
    expect(await get(made.json.id)).toMatchObject({ state: 'cancelled', changed: 0 });
  });
});

describe('leads are judged together', () => {
  test('bad with its reason closes them, an undo opens them again with their holder', async () => {
    const ids = await plant([{}, {}]);
    const before = [await custody(ids), await verdicts(ids)];
    const body = { selection: { ids }, action: { do: 'verdict', verdict: 'bad', reason: 'Student, competitor or supplier' } };
    expect((await post('/v1/lead-changes', { ...body, action: { do: 'verdict', verdict: 'bad' } })).json.code).toBe('followup/reason-needed');
    const id = await run(body);
    expect(await verdicts(ids)).toEqual(ids.toSorted().map((one) => ({ id: one, fate: 'bad', verdict: 'bad' })));
    expect(await custody(ids)).toEqual([]);
    await undo(id);
    expect([await custody(ids), await verdicts(ids)]).toEqual(before);
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('warm puts them into nurture until a day, and back', async () => {
    const ids = await plant([{}, {}]);
    const before = await custody(ids);
    const id = await run({ selection: { ids }, action: { do: 'verdict', verdict: 'warm', untilOn: '2026-05-04' } });
    expect(await house.rows(sql`select until_at from nurture.enrolment where lead_id = any(${ids}::uuid[]) and ended_at is null`)).toEqual([{ untilAt: new Date('2026-05-04T04:00:00Z') }, { untilAt: new Date('2026-05-04T04:00:00Z') }]);
    await undo(id);
    expect(await custody(ids)).toEqual(before);
    expect(await house.rows(sql`select 1 from nurture.enrolment where lead_id = any(${ids}::uuid[]) and ended_at is null`)).toEqual([]);
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('where somebody judged again, or the person asked again, that stands', async () => {
    const ids = await plant([{}, {}]);
    const id = await run({ selection: { ids }, action: { do: 'verdict', verdict: 'bad', reason: 'No need' } });
    await post(`/v1/leads/${ids[0]}/verdict`, { verdict: 'hot' });
    const [{ personId }] = (await house.rows<{ personId: string }>(sql`select person_id from qualify.lead where id = ${ids[1]}`)) as [{ personId: string }];
    await plant([{ personId }]);
    expect((await undo(id)).text).toMatch(/judged again|another lead of theirs is open/);
    await undo(id, 'keep');
    expect(await get(id)).toMatchObject({ state: 'undone', kept: 2 });
    expect(await verdicts([ids[0]!])).toMatchObject([{ verdict: 'hot', fate: null }]);
    expect(await verdicts([ids[1]!])).toMatchObject([{ verdict: 'bad', fate: 'bad' }]);
  });
});

test('a question is answered for many and the answers before come back; an own field goes to the people behind them', async () => {
  for (const name of ['Ann', 'Bea']) await house.request('marketing', 'POST', '/v1/inquiries', { email: `${name}@acme.example`, givenName: name, familyName: 'Lee', organization: 'Acme AG', country: 'CH' });
  await house.drain();
  const items = (await house.request('marketing', 'GET', '/v1/leads?country=CH')).json.items as { id: string; person: { id: string } }[];
  expect(items).toHaveLength(2);
  await house.request('marketing', 'PATCH', `/v1/leads/${items[0]!.id}/qualification`, { answers: { budget: '10,000' } });
  const answers = () => house.rows<{ id: string; budget: string | null }>(sql`select id, budget from qualify.lead where country = 'CH' order by id`);
  const before = await answers();
  const filter = { country: 'CH' };
  const id = await run({ selection: { filter }, action: { do: 'answer', question: 'budget', value: 'None yet' } });
  expect((await answers()).map((one) => one.budget)).toEqual(['None yet', 'None yet']);
  await undo(id);
  expect(await answers()).toEqual(before);
  expect((await post('/v1/lead-changes', { selection: { filter }, action: { do: 'answer', question: 'shoe size', value: '9' } })).json.code).toBe('qualify/no-such-question');

  await house.request('marketing', 'POST', '/v1/fields', { subject: 'person', label: 'Plant', type: 'text' });
  const own = { selection: { filter }, action: { do: 'custom', subject: 'person', key: 'plant', value: 'North' } };
  expect((await post('/v1/lead-changes/preview', own)).json).toMatchObject({ count: 2, changing: 2, sample: [{ before: null, after: 'North' }, {}] });
  const made = await post('/v1/lead-changes', own);
  expect(made.json).toMatchObject({ of: 'person' });
  await house.runJobs();
  expect((await house.request('marketing', 'GET', `/v1/bulk/${made.json.id}`)).json).toMatchObject({ state: 'finished', changed: 2 });
  expect((await house.request('marketing', 'GET', `/v1/people/${items[0]!.person.id}`)).json.custom).toEqual({ plant: 'North' });
});

test('who may: reps judge what is theirs, give nothing away and see only their own runs; partners and readers nothing', async () => {
  const ids = await plant([{}]);
  const judge = { selection: { ids }, action: { do: 'verdict', verdict: 'hot' } };
  // The rep of these tests holds nothing.
  expect((await post('/v1/lead-changes/preview', judge, 'rep')).json).toMatchObject({ changing: 0, refused: [{ why: 'Somebody else’s lead', count: 1 }] });
  const made = await post('/v1/lead-changes', judge, 'rep');
  await house.runJobs();
  expect(await get(made.json.id)).toMatchObject({ changed: 0, refused: [{ why: 'Somebody else’s lead', count: 1 }] });
  expect(await verdicts(ids)).toMatchObject([{ verdict: null }]);
  expect((await post('/v1/lead-changes', give(ids, 'desk'), 'rep')).status).toBe(403);
  expect((await post('/v1/lead-changes', { selection: { ids }, action: { do: 'custom', subject: 'person', key: 'plant', value: 'x' } }, 'rep')).status).toBe(403);
  const theirs = (await house.request('marketing', 'GET', '/v1/lead-changes')).json.items as { id: string }[];
  expect((await house.request('rep', 'GET', `/v1/lead-changes/${theirs.find(({ id }) => id !== made.json.id)!.id}`)).status).toBe(404);
  for (const as of ['partner', 'management'] as const) expect((await post('/v1/lead-changes', judge, as)).status).toBe(403);
});
