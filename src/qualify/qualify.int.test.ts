import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { acceptInquiries } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';
import { closeLeads, getLeads, loadLeadFacts, reopenLeads, type LeadRow } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

type Fields = Record<string, unknown>;
const arrive = async (...rows: Fields[]): Promise<string[]> => {
  const accepted = await house.write((tx) =>
    acceptInquiries(
      tx,
      house.cx,
      rows.map((fields) => ({ channel: 'web', fields: fields as never })),
    ),
  );
  await house.drain();
  return accepted.map((one) => one.id);
};
const leadOf = async (inquiryId: string): Promise<LeadRow | undefined> => {
  const [row] = await house.rows<{ leadId: string }>(sql`select lead_id from qualify.lead_inquiry where inquiry_id = ${inquiryId}`);
  return row && (await house.read((tx) => getLeads(tx, [row.leadId])))[0];
};
const factsOf = (inquiryId: string): Promise<{ type: string; data: Record<string, unknown> }[]> =>
  house.rows(
    sql`select type, data from journal.fact where chain_id = ${inquiryId} and (type like 'lead.%' or type = 'inquiry.dismissed') order by seq`,
  );

test('one open lead per person: a later inquiry joins it, one after its end makes a new lead', async () => {
  const [a] = await arrive({
    givenName: 'Ida',
    familyName: 'Quellmann',
    email: 'ida@quellmann.example',
    organization: 'Quellmann AG',
    country: 'CH',
  });
  const lead = (await leadOf(a!))!;
  expect(lead).toMatchObject({ inquiryId: a, country: 'CH', definitionVersion: 1 });
  const [b] = await arrive({
    email: 'ida@quellmann.example',
    product: 'HX 20',
    message: 'Please send a quote, we need it now',
    timing: 'now',
    budget: 'CHF 20,000',
  });
  const joined = (await leadOf(b!))!;
  expect(joined).toMatchObject({ id: lead.id, product: 'HX 20', budget: 'CHF 20,000' });
  expect(joined.score).toBeGreaterThan(lead.score);
  expect((await factsOf(b!)).map((one) => one.type)).toContain('lead.joined');
  await house.write((tx) => closeLeads(tx, house.cx, [{ leadId: lead.id, fate: 'lost' }]));
  await house.write((tx) => closeLeads(tx, house.cx, [{ leadId: lead.id, fate: 'bad' }]));
  expect((await leadOf(a!))!.fate).toBe('lost');
  const [c] = await arrive({ email: 'ida@quellmann.example' });
  const next = (await leadOf(c!))!;
  expect(next.id).not.toBe(lead.id);
  await expect(house.write((tx) => reopenLeads(tx, house.cx, [{ leadId: lead.id }]))).rejects.toThrow('another open lead');
  await house.write((tx) => closeLeads(tx, house.cx, [{ leadId: next.id, fate: 'bad' }]));
  await house.write((tx) => reopenLeads(tx, house.cx, [{ leadId: lead.id }]));
  expect((await leadOf(a!))!).toMatchObject({ fate: null, closedAt: null });
  await house.drain();
});

test('what is not a lead says why; a changed definition holds from then on', async () => {
  const [junk, nobody] = await arrive({ fullName: 'Test Test', email: 'test@test.example' }, { message: 'hello' });
  expect((await factsOf(junk!))[0]).toMatchObject({ type: 'inquiry.dismissed', data: { reasons: ['a made-up name'] } });
  expect((await factsOf(nobody!))[0]!.type).toBe('inquiry.dismissed');
  const onlySwiss = { all: [{ field: 'country', op: 'in', value: ['CH'] }] };
  expect((await house.request('rep', 'PUT', '/v1/definition', { criteria: onlySwiss })).status).toBe(403);
  const tried = (await house.request('marketing', 'POST', '/v1/definition/preview', { criteria: onlySwiss })).json;
  expect(tried).toMatchObject({ sentence: 'country is one of “CH”', preview: { inquiries: 5 } });
  const changed = await house.request('marketing', 'PUT', '/v1/definition', { criteria: onlySwiss, note: 'A trial' });
  expect(changed.json.version).toBe(2);
  const [french] = await arrive({ givenName: 'Luc', familyName: 'Berthier', email: 'luc@berthier.example', country: 'FR' });
  expect((await factsOf(french!))[0]!.data['reasons']).toEqual(['not so: country is one of “CH”']);
  const shown = (await house.request('rep', 'GET', '/v1/definition')).json;
  expect(shown).toMatchObject({ version: 2, note: 'A trial', history: [{ version: 2 }] });
  await house.request('marketing', 'PUT', '/v1/definition', {
    criteria: {
      any: [
        { field: 'email', op: 'isSet' },
        { field: 'externalId', op: 'isSet' },
      ],
    },
  });
  expect((await house.request('marketing', 'PUT', '/v1/definition', { criteria: { field: 'x', op: 'nonsense' } })).status).toBe(422);
});

test('answers rescore at once, decay rescores when it is due, new rules rescore everybody', async () => {
  const [a] = await arrive({
    givenName: 'Rolf',
    familyName: 'Zeitlos',
    email: 'rolf@zeitlos.example',
    organization: 'Zeitlos GmbH',
    phone: '+41446681801',
    message: 'Angebot bitte',
    product: 'DM 4',
  });
  const lead = (await leadOf(a!))!;
  const answered = await house.request('rep', 'PATCH', `/v1/leads/${lead.id}/qualification`, {
    answers: { authority: 'Decides', budget: '20k', timing: 'Now' },
  });
  expect(answered.json.score).toBe(lead.score + 35);
  expect(answered.json.grade).toBe('hot');
  expect((await house.request('rep', 'PATCH', `/v1/leads/${lead.id}/qualification`, { answers: { colour: 'red' } })).status).toBe(422);
  const due = (await leadOf(a!))!.gradeFallsAt!;
  house.clock.set(new Date(due.getTime() + 60_000));
  await house.scan();
  expect((await leadOf(a!))!.grade).toBe('warm');
  expect((await factsOf(a!)).filter((one) => one.type === 'lead.rescored')).toHaveLength(2);
  const { scheme } = (await house.request('marketing', 'GET', '/v1/scoring')).json;
  await house.request('marketing', 'PUT', '/v1/scoring', { scheme: { ...scheme, hotFrom: 20, warmFrom: 10 } });
  await house.scan();
  expect((await leadOf(a!))!.grade).toBe('hot');
  // by token: the rep's session has long expired on this clock
  const page = (await house.request('marketing', 'GET', `/v1/leads/${lead.id}/score`)).json;
  const sum = page.reasons.reduce((total: number, one: { points: number }) => total + one.points, 0);
  expect(Math.abs(sum - page.score)).toBeLessThanOrEqual(1);
});

test('leads follow their people through merge and unmerge', async () => {
  const [a, b] = await arrive(
    { fullName: 'Vera Nordhoff', email: 'vera@nordhoff.example' },
    { fullName: 'V. Sandberg', email: 'vsandberg@anders.example' },
  );
  const [first, second] = [(await leadOf(a!))!, (await leadOf(b!))!];
  const merged = (await house.request('marketing', 'POST', `/v1/people/${first.personId}/merge`, { otherId: second.personId })).json;
  await house.drain();
  expect((await leadOf(b!))!.id).toBe(first.id);
  expect((await house.read((tx) => getLeads(tx, [second.id])))[0]).toMatchObject({ fate: 'merged', mergedIntoId: first.id });
  expect((await factsOf(b!)).map((one) => one.type)).toEqual(expect.arrayContaining(['lead.joined', 'lead.merged', 'lead.closed']));
  const [c] = await arrive({ email: 'vsandberg@anders.example' });
  expect((await leadOf(c!))!.id).toBe(first.id);
  await house.request('marketing', 'POST', `/v1/merges/${merged.mergeId}/undo`);
  await house.drain();
  expect((await leadOf(b!))!).toMatchObject({ id: second.id, fate: null, closedAt: null });
  expect((await leadOf(a!))!.id).toBe(first.id);
});

test('a lead whose inquiries are all withdrawn is withdrawn', async () => {
  const [a, b] = await arrive({ email: 'weg@zurueck.example' }, { email: 'weg@zurueck.example', product: 'SK' });
  const lead = (await leadOf(a!))!;
  const withdraw = async (inquiryId: string): Promise<void> => {
    await house.write(async (tx) => {
      await tx.run(sql`update capture.inquiry set status = 'withdrawn' where id = ${inquiryId}`);
      const { append } = await import('../journal/index.ts');
      await append(tx, house.cx, [
        { type: 'inquiry.withdrawn', chainId: inquiryId, subjectId: inquiryId, data: { inquiryId, importId: null } },
      ]);
    });
    await house.drain();
  };
  await withdraw(a!);
  expect((await leadOf(a!))!.fate).toBeNull();
  await withdraw(b!);
  expect((await leadOf(a!))!.fate).toBe('withdrawn');
  expect((await factsOf(a!)).map((one) => one.type)).toEqual(expect.arrayContaining(['lead.withdrawn', 'lead.closed']));
  const [person] = await house.rows<{ retiredAt: Date | null }>(sql`select retired_at from identity.person where id = ${lead.personId}`);
  expect(person!.retiredAt).not.toBeNull();
  const [again] = await arrive({ email: 'weg@zurueck.example' });
  expect((await leadOf(again!))!.personId).not.toBe(lead.personId);
});

test('a lead follows what is corrected of who is behind it; what somebody noted stays', async () => {
  const [a] = await arrive({ givenName: 'Wanda', familyName: 'Rüttimann', email: 'wanda@ruettimann.example', organization: 'Rüttimann AG', budget: 'CHF 5,000' });
  const lead = (await leadOf(a!))!;
  expect(lead).toMatchObject({ country: null, budget: 'CHF 5,000', need: null });
  // by token: a rep's session has long expired on this clock
  expect((await house.request('marketing', 'PATCH', `/v1/leads/${lead.id}/qualification`, { answers: { need: 'a new line' } })).status).toBe(200);
  const noted = (await leadOf(a!))!.score;
  await house.request('marketing', 'PATCH', `/v1/people/${lead.personId}`, { title: 'Managing Director', country: 'AT' });
  await house.drain();
  const after = (await leadOf(a!))!;
  expect(after).toMatchObject({ country: 'AT', budget: 'CHF 5,000', need: 'a new line' });
  expect(after.score).toBeGreaterThan(noted);
  await house.request('marketing', 'PATCH', `/v1/people/${lead.personId}`, { title: null, country: null });
  await house.drain();
  expect((await leadOf(a!))!).toMatchObject({ country: null, score: noted, need: 'a new line' });
});

/** A list of people, imported as it is proposed, with what follows from it. */
async function bringInPeople(text: string): Promise<string> {
  const file = Buffer.from(text);
  const { json: made } = await house.request('marketing', 'POST', '/v1/imports/uploads', { fileName: 'list.csv', fileBytes: file.length, kind: 'people' });
  await house.request('marketing', 'PUT', `/v1/imports/uploads/${made.id}?offset=0`, file, { 'content-type': 'application/octet-stream' });
  await house.request('marketing', 'POST', `/v1/imports/uploads/${made.id}/complete`);
  expect((await house.request('marketing', 'POST', `/v1/imports/${made.id}/start`, {})).status).toBe(200);
  // the import; and what it leaves to be done
  await house.runJobs();
  await house.runJobs();
  return made.id as string;
}

test('a lead follows what a list says of who is behind it, and what its undo takes back', async () => {
  const [a] = await arrive({ givenName: 'Wilma', familyName: 'Ochsner', email: 'wilma@ochsner.example', organization: 'Ochsner AG' });
  const before = (await leadOf(a!))!;
  expect(before.country).toBeNull();
  const importId = await bringInPeople('First name,Last name,E-mail,Job title,Country\nWilma,Ochsner,wilma@ochsner.example,Managing Director,AT\n');
  const after = (await leadOf(a!))!;
  expect(after.country).toBe('AT');
  expect(after.score).toBeGreaterThan(before.score);
  expect((await house.request('marketing', 'POST', `/v1/imports/${importId}/undo`, {})).status).toBe(200);
  await house.runJobs();
  await house.runJobs();
  expect((await leadOf(a!))!).toMatchObject({ country: null, score: before.score });
});

test('what conditions ask of a lead is the same whether it stands on the lead or has to be read behind it', async () => {
  const inquiries = await arrive(
    { fullName: 'Nora Feld', email: 'nora@feld.example', organization: 'Feld AG', country: 'CH', postalCode: '8001', message: 'Two pumps, please', product: 'Dosing pump' },
    { fullName: 'Omar Said', email: 'omar@said.example', organization: 'Said SA', phone: '+41443334455', message: 'Please call me back' },
  );
  const leads = (await Promise.all(inquiries.map(leadOf))).map((lead) => ({ ...lead!, leadId: lead!.id }));
  const bare = ['grade', 'score', 'country', 'state', 'postalCode', 'vertical', 'product'];
  await house.read(async (tx) => {
    const all = await loadLeadFacts(tx, leads, [...bare, 'title', 'inquiries']);
    for (const field of bare) {
      const alone = await loadLeadFacts(tx, leads, [field]);
      for (const { leadId } of leads) {
        expect(alone.get(leadId)!.facts[field] ?? null, field).toEqual(all.get(leadId)!.facts[field] ?? null);
        expect(alone.get(leadId)!.product).toEqual(all.get(leadId)!.product);
      }
    }
    expect(leads.map(({ leadId }) => all.get(leadId)!.facts['inquiries'])).toEqual([1, 1]);
    // What stands on the lead needs nobody behind it.
    expect((await loadLeadFacts(tx, leads, ['score'])).get(leads[0]!.leadId)!.facts).not.toHaveProperty('email');
  });
});

test('an inquiry that waits for an own field is a lead once a list knows it', async () => {
  const { json: field } = await house.request('marketing', 'POST', '/v1/fields', { subject: 'person', label: 'Plant', type: 'text', requiredFrom: 'lead' });
  const [a] = await arrive({ givenName: 'Roswitha', familyName: 'Egger', email: 'roswitha@egger.example', organization: 'Egger AG', message: 'A quote for ten pumps, please.' });
  expect(await leadOf(a!)).toBeUndefined();
  expect(await house.rows(sql`select lacks from qualify.dismissal where inquiry_id = ${a}`)).toEqual([{ lacks: [field.id] }]);
  await bringInPeople('First name,Last name,E-mail,Plant\nRoswitha,Egger,roswitha@egger.example,Thun\n');
  expect(await leadOf(a!)).toMatchObject({ fate: null });
});
