import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { Answer, TestHouse } from '../../../tests/support/house.ts';
import { custodyBreaks, holders } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { sql } from '../../platform/db/index.ts';
import { judgeLeads } from '../judge-leads.ts';
import { dailyMost } from './registration.rules.ts';

let house: TestHouse;
let north: string;
let south: string;
let east: string;
let rita: string;

const as = (holderId: string) => ({ role: 'partner', holderId }) as const;
const typed = (given: object = {}) => ({
  name: 'Rosa Vidal',
  organization: 'Vidal Bombas SL',
  email: 'rosa@vidal.example',
  country: 'ES',
  wants: 'Two dosing pumps by June',
  expectedMinor: 1_800_000,
  currency: 'EUR',
  ...given,
});
const register = (holderId: string, given: object = {}, headers?: Record<string, string>): Promise<Answer> =>
  house.request(as(holderId), 'POST', '/v1/registrations', typed(given), headers);
const list = async (who: Parameters<TestHouse['request']>[0], query = '') =>
  (await house.request(who, 'GET', `/v1/registrations${query}`)).json as { items: Record<string, unknown>[]; undecided: number };
const enquire = async (fields: object): Promise<{ leadId: string; personId: string }> => {
  const { id } = (await house.request('marketing', 'POST', '/v1/inquiries', { message: 'Please send a quote for two pumps', ...fields }))
    .json as { id: string };
  await house.drain();
  return (
    await house.rows<{ leadId: string; personId: string }>(
      sql`select l.id as lead_id, l.person_id from qualify.lead l join qualify.lead_inquiry li on li.lead_id = l.id where li.inquiry_id = ${id}`,
    )
  )[0]!;
};
const holds = async (leadId: string) => (await holders(house)).get(leadId);

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  const add = (name: string, kind: 'rep' | 'partner') =>
    house.write((tx) => addHolder(tx, house.cx, { name, kind, email: `${name.toLowerCase()}@holder.example` }));
  [north, south, east, rita] = [
    await add('Northline', 'partner'),
    await add('Southline', 'partner'),
    await add('Eastline', 'partner'),
    await add('Rita', 'rep'),
  ];
  // Everything would be the rep's by territory: what a partner has here, it has by registering.
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'All', rules: {}, holders: [{ holderId: rita, weight: 1 }] }));
});
afterAll(() => house.close());

describe('what nobody has', () => {
  let leadId: string;

  test('is the partner’s at once: accepted, kept for it, and nobody else was given it in between', async () => {
    const { status, json } = await register(north);
    expect(status).toBe(200);
    expect(json).toMatchObject({
      state: 'granted',
      holderName: 'Northline',
      problems: [],
      heldByName: null,
      protectedUntil: '2026-05-31T09:00:00.000Z',
      expectedMinor: 1_800_000,
      currency: 'EUR',
    });
    leadId = json.leadId;
    expect(await holds(leadId)).toMatchObject({ name: 'Northline', acceptedAt: new Date('2026-03-02T09:00:00Z') });
    expect(await house.rows(sql`select holder_id from distribute.assignment where lead_id = ${leadId}`)).toEqual([{ holderId: north }]);
    await house.drain();
    const [lead] = await house.rows<{
      channel: string;
      source: string;
      message: string;
    }>(sql`select i.channel, s.name as source, i.fields->>'message' as message from qualify.lead l
      join capture.inquiry i on i.id = l.inquiry_id join capture.source s on s.id = i.source_id where l.id = ${leadId}`);
    expect(lead).toEqual({ channel: 'partner', source: 'Partner registration', message: 'Two dosing pumps by June' });
    // The person wrote to nobody: nothing is acknowledged to them.
    expect((await house.mails()).filter(({ toAddress }) => toAddress.includes('vidal'))).toEqual([]);
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test('typed twice is one, with the same key and without', async () => {
    const before = (await list(as(north))).items.length;
    const again = await register(north, { name: 'rosa vidal', email: 'ROSA@vidal.example' });
    expect(again.json).toMatchObject({ leadId });
    const key = { 'idempotency-key': 'registration-0001' };
    const [one, two] = [
      await register(north, { name: 'Pau Ros', email: 'pau@ros.example', organization: 'Ros SL' }, key),
      await register(north, { name: 'Pau Ros', email: 'pau@ros.example', organization: 'Ros SL' }, key),
    ];
    expect(two.json).toEqual(one.json);
    expect((await register(north, { name: 'Other' }, key)).status).toBe(409);
    expect((await list(as(north))).items.length).toBe(before + 1);
  });

  test('is reminded by its own end alone, also after a rest', async () => {
    const { json } = await register(north, { name: 'Pau Ros', email: 'pau@ros.example', organization: 'Ros SL' });
    const paused = await house.request(as(north), 'POST', `/v1/leads/${json.leadId}/pause`, { until: '2026-03-03', reason: 'Away until tomorrow' });
    expect(paused.status).toBe(200);
    house.clock.set('2026-03-12T09:00:00Z');
    await house.scan();
    expect(await holds(json.leadId)).toMatchObject({ name: 'Northline', remindedAt: null });
  });

  test('is not passed on for a promise of hours; at the end of the protection it is, unless followed up', async () => {
    house.clock.set('2026-03-20T09:00:00Z');
    await house.scan();
    expect(await holds(leadId)).toMatchObject({ name: 'Northline', remindedAt: null });
    house.clock.set('2026-05-25T09:00:00Z');
    await house.scan();
    expect((await holds(leadId))!.remindedAt).not.toBeNull();
    house.clock.set('2026-06-01T09:00:00Z');
    await house.scan();
    expect(await holds(leadId)).toMatchObject({ name: 'Rita' });
    // What was protected once and is no longer may be registered anew; it is somebody else's by now.
    expect((await register(north)).json).toMatchObject({ state: 'held', heldByName: 'Rita' });
  });
});

describe('what somebody has', () => {
  test('tells who, and since when, and the same whatever matched: person, company, or open business of theirs', async () => {
    const jana = await enquire({ fullName: 'Jana Weiss', email: 'jana@weiss.example', phone: '+493012345678', country: 'DE' });
    await enquire({ fullName: 'Uwe Kraft', email: 'uwe@kraftwerk.example', organization: 'Kraftwerk Pumpen GmbH', country: 'DE' });
    const answers = [
      await register(south, { name: 'Jana Weiss', organization: '', email: 'jana@weiss.example' }),
      await register(south, { name: 'Jana Weiss', organization: '', email: '', phone: '030 12345678', country: 'DE' }),
      await register(south, { name: 'Ilse Braun', organization: 'Kraftwerk Pumpen GmbH', email: 'ilse.braun@kraftwerk.example' }),
    ];
    for (const { json } of answers)
      expect(json).toMatchObject({
        state: 'held',
        heldByName: 'Rita',
        heldSince: '2026-06-01T09:00:00.000Z',
        leadId: null,
        reason: null,
        protectedUntil: null,
      });
    // Nothing in the answer but what was typed and who holds: the keys are the same, and no id of anybody's is among the values.
    expect(
      new Set(
        answers.map(({ json }) =>
          Object.keys(json as object)
            .toSorted()
            .join(),
        ),
      ).size,
    ).toBe(1);
    for (const { text } of answers) expect(text).not.toContain(jana.personId);
    expect(await holds(jana.leadId)).toMatchObject({ name: 'Rita' });
    await house.drain();
    expect(await custodyBreaks(house)).toEqual([]);
    // By the database too: no lead, person or fact of it is the partner's to see.
    const seen = await house.cx.db.read(house.as('partner', south), (tx) =>
      tx.one(
        sql`select (select count(*)::int from qualify.lead) as leads, (select count(*)::int from identity.person) as people, (select count(*)::int from capture.inquiry) as inquiries, (select count(*)::int from journal.fact) as facts`,
      ),
    );
    expect(seen).toEqual({ leads: 0, people: 0, inquiries: 0, facts: 0 });
  });

  test('is undecided until a manager decides: refused with a reason, or granted and handed over; the partner is told', async () => {
    const { items, undecided } = await list('sales_manager', '?state=held');
    expect(undecided).toBe(4);
    const byMail = items.find(({ said }) => (said as { email: string }).email === 'jana@weiss.example')!;
    const ilse = items.find(({ said }) => (said as { name: string }).name === 'Ilse Braun')!;
    expect(byMail['leadId']).not.toBeNull();
    const decide = (id: unknown, body: object, who: 'sales_manager' | 'management' = 'sales_manager') =>
      house.request(who, 'POST', `/v1/registrations/${id as string}/decide`, body);
    expect((await decide(byMail['id'], { grant: true }, 'management')).status).toBe(403);
    expect((await decide(byMail['id'], { grant: false })).json).toMatchObject({ code: 'followup/reason-needed' });
    expect((await decide(ilse['id'], { grant: false, reason: 'Rita is in the middle of an offer.' })).json).toMatchObject({
      state: 'refused',
    });
    expect((await decide(byMail['id'], { grant: true })).json).toMatchObject({
      state: 'granted',
      protectedUntil: '2026-08-30T09:00:00.000Z',
    });
    expect((await decide(byMail['id'], { grant: true })).status).toBe(409);
    expect(await holds(byMail['leadId'] as string)).toMatchObject({ name: 'Southline' });
    await house.drain();
    const mails = (await house.mails()).filter(({ kind }) => kind.startsWith('registration.'));
    expect(mails.map(({ kind, subject }) => [kind, subject])).toEqual([
      ['registration.refused', 'Not granted: Ilse Braun, Kraftwerk Pumpen GmbH'],
      ['registration.granted', 'Granted: Jana Weiss'],
    ]);
    expect(mails[0]!.textBody).toContain('Rita is in the middle of an offer.');
    expect((await list(as(south))).items.map((one) => [one['state'], one['leadId'] !== null])).toEqual(
      expect.arrayContaining([
        ['granted', true],
        ['refused', false],
        ['held', false],
      ]),
    );
    const facts = await house.rows<{ type: string; n: number }>(
      sql`select type, count(*)::int as n from journal.fact where type like 'registration.%' and type <> 'registration.made' group by 1 order by 1`,
    );
    expect(facts).toEqual([
      { type: 'registration.granted', n: 3 },
      { type: 'registration.held', n: 4 },
      { type: 'registration.refused', n: 1 },
    ]);
  });

  test('stays kept for who registered it when the person is joined to another, though the lead was closed', async () => {
    const bad = (leadId: string) => house.write((tx) => judgeLeads(tx, house.cx, [{ leadId, verdict: 'bad', reason: 'No budget', at: house.clock.now(), via: 'app' }]));
    const { json } = await register(north, { name: 'Kim Alt', email: 'kim@alt.example', organization: '' });
    await bad(json.leadId);
    const known = await enquire({ fullName: 'Kim Alt-Neu', email: 'kim@neu.example', country: 'DE' });
    await bad(known.leadId);
    await house.drain();
    await house.write((tx) => tx.run(sql`update identity.person set survivor_id = ${known.personId} where full_name = 'Kim Alt'`));
    expect((await register(south, { name: 'Kim Alt-Neu', email: 'kim@neu.example', organization: '' })).json).toMatchObject({ state: 'held', heldByName: 'Northline' });
  });

  test('a lead kept warm, or one nobody has yet, is not held: it is the partner’s who registers it', async () => {
    const warm = await enquire({ fullName: 'Till Warm', email: 'till@warm.example', country: 'DE' });
    await house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: warm.leadId, verdict: 'warm', at: house.clock.now(), via: 'app' }]));
    await house.drain();
    expect((await holds(warm.leadId))!.kind).toBe('nurture');
    // Room for nothing more: dealt by the routing, it would be the rep's.
    await house.write((tx) => tx.run(sql`update distribute.holder set capacity_per_week = 0.01 where id = ${south}`));
    expect((await register(south, { name: 'Till Warm', organization: '', email: 'till@warm.example' })).json).toMatchObject({
      state: 'granted',
      leadId: warm.leadId,
    });
    house.clock.advance(80 * 86_400_000);
    await house.scan();
    // Whatever nurture meant to do with it, it is the partner's.
    expect(await holds(warm.leadId)).toMatchObject({ name: 'Southline' });
    expect(await custodyBreaks(house)).toEqual([]);
  });
});

test('of two who register one company at the same moment, one has it and the other is told so', async () => {
  const answers = await Promise.all(
    [north, south, east].map((holderId, i) =>
      register(holderId, {
        name: `Buyer ${i}`,
        organization: 'Lagoon Cooling Ltd',
        email: `buyer${i}@lagoon-cooling.example`,
        country: 'GB',
      }),
    ),
  );
  const states = answers.map(({ json }) => json.state as string).toSorted();
  expect(states).toEqual(['granted', 'held', 'held']);
  const owner = answers.find(({ json }) => json.state === 'granted')!.json.holderName as string;
  for (const { json } of answers.filter(({ json: one }) => one.state === 'held')) expect(json.heldByName).toBe(owner);
  await house.drain();
  expect(await custodyBreaks(house)).toEqual([]);
});

test('whoever works a lead keeps it when its person or company was joined to another, who is then registered', async () => {
  const old = await enquire({ fullName: 'Lou Kern', email: 'lou@kern.example', country: 'DE' });
  const other = await enquire({ fullName: 'Lou Kern-Haas', email: 'lou@haas.example', country: 'DE' });
  await house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: other.leadId, verdict: 'bad', reason: 'No budget', at: house.clock.now(), via: 'app' }]));
  await house.drain();
  expect((await house.request('marketing', 'POST', `/v1/people/${other.personId}/merge`, { otherId: old.personId })).json).toMatchObject({ survivorId: other.personId });
  await house.drain();
  expect(await holds(old.leadId)).toMatchObject({ name: 'Rita' });
  expect((await register(south, { name: 'Lou Kern-Haas', email: 'lou@haas.example', organization: '', country: 'DE' })).json).toMatchObject({ state: 'held', heldByName: 'Rita' });
  expect(await holds(old.leadId)).toMatchObject({ name: 'Rita' });

  const company = async (fullName: string, name: string): Promise<string> => {
    const { leadId } = await enquire({ fullName, organization: name, email: `hello@${name.toLowerCase().replaceAll(' ', '-')}.example`, country: 'DE' });
    return (await house.rows<{ id: string }>(sql`select organization_id as id from qualify.lead where id = ${leadId}`))[0]!.id;
  };
  const [former, now] = [await company('Mia Alt', 'Altwerk Pumpen'), await company('Max Neu', 'Neuwerk Cooling')];
  const [theirs] = await house.rows<{ leadId: string }>(sql`select id as lead_id from qualify.lead where organization_id = ${now}`);
  await house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: theirs!.leadId, verdict: 'bad', reason: 'No budget', at: house.clock.now(), via: 'app' }]));
  await house.drain();
  expect((await house.request('marketing', 'POST', `/v1/organizations/${now}/merge`, { otherId: former })).status).toBe(200);
  await house.drain();
  expect((await register(south, { name: 'Noa Dritt', organization: 'Neuwerk Cooling', email: 'noa@neuwerk-cooling.example', country: 'DE' })).json).toMatchObject({ state: 'held', heldByName: 'Rita' });
});

test('what cannot be read is kept with its reasons, makes no lead, and can be mended by who typed it', async () => {
  const bad = await register(north, { name: '', organization: '', email: 'nobody at all', wants: '' });
  expect(bad.status).toBe(200);
  expect(bad.json).toMatchObject({ state: 'incomplete', said: { email: 'nobody at all' }, leadId: null });
  expect(bad.json.problems).toHaveLength(3);
  expect(bad.json.problems).toContain('“nobody at all” is no mail address. Write it as name@company.com.');
  const mend = (holderId: string, given: object) =>
    house.request(as(holderId), 'PUT', `/v1/registrations/${bad.json.id as string}`, typed(given));
  const whole = { name: 'Nils Berg', organization: 'Berg AB', email: 'nils@berg.example', country: 'SE' };
  expect((await mend(south, whole)).status).toBe(404);
  expect((await mend(north, whole)).json).toMatchObject({ id: bad.json.id, state: 'granted', problems: [] });
  expect((await mend(north, whole)).status).toBe(409);
});

test('what the definition would not call a lead is one by the partner’s word', async () => {
  const { json } = await register(east, {
    name: '',
    organization: 'Silent Works Ltd',
    email: 'info@silent-works.example',
    country: 'GB',
    wants: 'x',
  });
  expect(json).toMatchObject({ state: 'granted' });
  expect(await holds(json.leadId)).toMatchObject({ name: 'Eastline' });
});

test('a partner sees its own registrations alone, and nobody combs the base with the check', async () => {
  expect((await list(as(east))).items.every(({ holderName }) => holderName === 'Eastline')).toBe(true);
  const seen = await house.cx.db.read(house.as('partner', east), (tx) =>
    tx.rows<{ holderId: string }>(sql`select distinct holder_id from followup.registration`),
  );
  expect(seen).toEqual([{ holderId: east }]);
  expect((await house.request('sales_manager', 'POST', '/v1/registrations', typed())).status).toBe(403);
  const spare = await house.write((tx) => addHolder(tx, house.cx, { name: 'Westline', kind: 'partner', email: 'w@holder.example' }));
  for (let i = 0; i < dailyMost; i++) expect((await register(spare, { email: `nobody ${i}` })).json.state).toBe('incomplete');
  expect((await register(spare, { email: 'one more' })).json).toMatchObject({ code: 'followup/too-many-registrations' });
});

test('how long they are kept is a setting; those granted keep their day', async () => {
  expect((await house.request('marketing', 'PUT', '/v1/settings/registrations', { days: 30 })).status).toBe(403);
  expect((await house.request('sales_manager', 'PUT', '/v1/settings/registrations', { days: 30 })).json).toEqual({ days: 30 });
  house.clock.advance(86_400_000);
  const { json } = await register(east, { name: 'Ada Short', organization: 'Short Ltd', email: 'ada@short.example', country: 'GB' });
  expect(new Date(json.protectedUntil as string).getTime() - house.clock.now().getTime()).toBe(30 * 86_400_000);
});
