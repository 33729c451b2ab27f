import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { sql } from '../../platform/db/index.ts';
import { checkDomains } from './check-domains.ts';
import { judgeDue } from './judge-people.ts';

let house: TestHouse;
let names: NameServer;
beforeAll(async () => {
  names = await openNameServer({ 'mails.example': 'mx', 'parked.example': 'null mx', 'plain.example': 'address only', 'broken.example': 'no answer' });
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z', config: { mailDomainDns: `127.0.0.1:${names.port}` } });
});
afterAll(async () => {
  await house.close();
  await names.close();
});

let serial = 0;
const given = ['Ada', 'Berta', 'Carla', 'Dora', 'Emma', 'Frida', 'Greta', 'Hanna', 'Ida', 'Jana'];
async function arrive(more: object = {}): Promise<string> {
  const email = `person${++serial}@firm${serial}.example`;
  const answer = await house.request('marketing', 'POST', '/v1/inquiries', { email, givenName: given[serial % 10], familyName: `Family${'abcdefghij'[serial % 10]}`, organization: `Firm ${serial}`, message: 'Hello', ...more });
  await house.drain();
  const [row] = await house.rows<{ id: string }>(sql`select s.person_id as id from identity.sighting s join capture.inquiry i on i.workspace_id = s.workspace_id and i.id = s.inquiry_id where i.receipt = ${answer.json.receipt}`);
  return row!.id;
}
const kept = async (id: string): Promise<Record<string, unknown> | undefined> =>
  (await house.rows<Record<string, unknown>>(sql`select mail, phone, mobile, address, name, life, lacking, wanted, findings from identity.quality where person_id = ${id}`))[0];
const shown = async (id: string) => {
  const { json } = await house.request('rep', 'GET', `/v1/people/${id}/quality`);
  return Object.fromEntries(json.levels.map((one: { group: string; level: string | null; reasons: { sentence: string }[] }) => [one.group, [one.level, ...one.reasons.map(({ sentence }) => sentence)].join(' ')]));
};
const found = async (where: object): Promise<string[]> =>
  (await house.request('marketing', 'GET', `/v1/people?where=${encodeURIComponent(JSON.stringify(where))}`)).json.items.map((one: { id: string }) => one.id);

describe('the levels', () => {
  test('follow an arrival, a correction, a merge and its undoing', async () => {
    const one = await arrive({ email: 'info@hofer.example', phone: 'call me', postalCode: '80331', country: 'CH' });
    expect(await kept(one)).toMatchObject({ mail: 'doubtful', phone: 'bad', mobile: null, address: 'bad', name: 'plausible', life: 'plausible' });
    expect(await shown(one)).toMatchObject({ mail: 'doubtful A shared mailbox: a desk reads it, not a person.', address: 'bad Postcodes in Switzerland do not look like that.' });
    await house.request('rep', 'PATCH', `/v1/people/${one}`, { postalCode: '8001', phone: '044 668 18 00' });
    await house.drain();
    expect(await kept(one)).toMatchObject({ phone: 'verified', address: 'verified', wanted: ['title'] });
    const other = await arrive({ email: 'other@mailinator.com' });
    expect(await kept(other)).toMatchObject({ mail: 'bad' });
    const { json } = await house.request('marketing', 'POST', `/v1/people/${one}/merge`, { otherId: other });
    await house.drain();
    expect(await kept(other)).toBeUndefined();
    await house.request('marketing', 'POST', `/v1/merges/${json.mergeId}/undo`, {});
    await house.drain();
    expect(await kept(other)).toMatchObject({ mail: 'bad' });
  });

  test('are asked by lists and followed by live segments', async () => {
    const criteria = { field: 'level.mail', op: 'in', value: ['doubtful', 'bad'] };
    const made = await house.request('marketing', 'POST', '/v1/segments', { name: 'Not to be mailed', subject: 'person', kind: 'live', criteria });
    expect(made.status, made.text).toBe(200);
    const id = await arrive({ email: 'sales@kern.example' });
    const members = async () => (await house.request('marketing', 'GET', `/v1/segments/${made.json.id}/members`)).json.items.map((one: { id: string }) => one.id);
    expect(await found(criteria)).toContain(id);
    expect(await members()).toContain(id);
    await house.request('rep', 'PATCH', `/v1/people/${id}`, { email: 'kurt.kern@kern.example' });
    await house.drain();
    expect(await found(criteria)).not.toContain(id);
    expect(await members()).not.toContain(id);
    expect((await house.request('marketing', 'GET', '/v1/segments/check')).json.agree).toBe(true);
    expect(await found({ field: 'level.lacking', op: 'atLeast', value: 100 })).toEqual([]);
  });

  test('know that our mail came back, and that a later one did not', async () => {
    const id = await arrive({ email: 'eva@back.example' });
    const mail = (state: string, problem: string | null) =>
      house.write((tx) => tx.run(sql`insert into platform.mail (workspace_id, id, kind, to_address, subject, text_body, person_id, state, due_at, created_at, sent_at, problem)
        values (${house.workspaceId}, ${house.cx.ids.next()}, 'news', 'eva@back.example', 's', 't', ${id}, ${state}, ${house.clock.now()}, ${house.clock.now()}, ${house.clock.now()}, ${problem})`));
    await mail('failed', 'Returned: mailbox unknown');
    expect(await judgeDue(house.cx, house.scope)).toBe(1);
    expect(await kept(id)).toMatchObject({ mail: 'bad' });
    expect(await judgeDue(house.cx, house.scope)).toBe(0);
    house.clock.advance(1000);
    await mail('sent', null);
    expect(await judgeDue(house.cx, house.scope)).toBe(1);
    expect(await kept(id)).toMatchObject({ mail: 'plausible' });
    house.clock.advance(1000);
    await mail('failed', 'connect ECONNREFUSED');
    expect(await judgeDue(house.cx, house.scope)).toBe(0);
  });

  test('know whether the domain takes mail, as real name servers say', async () => {
    const ids = await Promise.all(['mails', 'parked', 'plain', 'broken', 'nowhere'].map((domain) => Promise.resolve(domain))).then(async (domains) => {
      const out: Record<string, string> = {};
      for (const domain of domains) out[domain] = await arrive({ email: `x.y@${domain}.example` });
      return out;
    });
    while ((await checkDomains(house.cx, house.scope)) > 0);
    expect(Object.fromEntries(await Promise.all(Object.entries(ids).map(async ([domain, id]) => [domain, (await shown(id))['mail']])))).toEqual({
      mails: 'plausible',
      parked: 'bad parked.example takes no mail.',
      plain: 'plausible',
      broken: 'plausible',
      nowhere: 'bad There is no such domain: nowhere.example.',
    });
    expect(await kept(ids['nowhere']!)).toMatchObject({ mail: 'bad' });
    // who did not answer is asked again tomorrow, the others in a month
    house.clock.advance(86_400_001);
    expect(await checkDomains(house.cx, house.scope)).toBe(1);
  });

  test('of everybody are made by a job, which also learns who lives where; nothing else changes them', async () => {
    for (let n = 0; n < 6; n++) await arrive({ postalCode: '8001', city: 'Zürich', country: 'CH' });
    const stray = await arrive({ postalCode: '8001', city: 'Bern', country: 'CH' });
    expect(await kept(stray)).toMatchObject({ address: 'plausible' });
    await judgeDue(house.cx, house.scope);
    await house.runJobs();
    expect(await shown(stray)).toMatchObject({ address: 'doubtful Others with that postcode live in Zürich.' });
    expect(await kept(stray)).toMatchObject({ address: 'doubtful' });
    const all = () => house.rows(sql`select person_id, mail, phone, mobile, address, name, life, findings, lacking, wanted, next_at from identity.quality order by person_id`);
    const before = await all();
    await house.write((tx) => tx.run(sql`delete from identity.quality where workspace_id = ${house.workspaceId}`));
    const { json } = await house.request('marketing', 'PUT', '/v1/quality/settings', { staleMonths: 24 });
    expect(json.jobId).toBeDefined();
    await house.runJobs();
    expect(await all()).toEqual(before);
  });

  test('of a list of people are made when it is in, and go with its undoing', async () => {
    const file = 'First name,Last name,Mail\nLena,Huber,lena@mailinator.com\nMax,Moser,max.moser@moser.example\n';
    const { json } = await house.request('marketing', 'POST', '/v1/imports/uploads', { fileName: 'list.csv', fileBytes: file.length, kind: 'people' });
    const id = json.id as string;
    await house.request('marketing', 'PUT', `/v1/imports/uploads/${id}?offset=0`, Buffer.from(file), { 'content-type': 'application/octet-stream' });
    await house.request('marketing', 'POST', `/v1/imports/uploads/${id}/complete`);
    const started = await house.request('marketing', 'POST', `/v1/imports/${id}/start`, {});
    expect(started.status, started.text).toBeLessThan(300);
    await house.runJobs();
    await house.runJobs();
    const levels = () => house.rows<{ email: string; mail: string }>(sql`select p.email, q.mail from identity.person p join identity.quality q on q.person_id = p.id where p.import_id = ${id} order by 1`);
    expect(await levels()).toEqual([{ email: 'lena@mailinator.com', mail: 'bad' }, { email: 'max.moser@moser.example', mail: 'plausible' }]);
    await house.request('marketing', 'POST', `/v1/imports/${id}/undo`, {});
    await house.runJobs();
    await house.runJobs();
    expect(await levels()).toEqual([]);
  });

  test('say when somebody has gone silent, by the day, and hear of it when time passes', async () => {
    const id = await arrive();
    house.clock.advance(731 * 86_400_000);
    expect(await kept(id)).toMatchObject({ life: 'plausible' });
    while ((await judgeDue(house.cx, house.scope)) > 0);
    expect(await kept(id)).toMatchObject({ life: 'doubtful' });
    expect(await shown(id)).toMatchObject({ life: 'doubtful Nothing was heard of them for 24 months.' });
  });
});

interface NameServer {
  port: number;
  close(): Promise<void>;
}
type Zone = Record<string, 'mx' | 'null mx' | 'address only' | 'no answer'>;

/** A name server of the outside world, as small as RFC 1035 allows: it knows one zone and speaks over the wire. */
function openNameServer(zone: Zone): Promise<NameServer> {
  const socket: Socket = createSocket('udp4');
  socket.on('message', (query, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let size = query[at]!; size > 0; size = query[at]!) {
      labels.push(query.toString('latin1', at + 1, at + 1 + size));
      at += size + 1;
    }
    const type = query.readUInt16BE(at + 1);
    const known = zone[labels.join('.').toLowerCase()];
    if (known === 'no answer') return;
    const data =
      type === 15 && known === 'mx' ? Buffer.from([0, 10, 2, 0x6d, 0x78, 0xc0, 12])
      : type === 15 && known === 'null mx' ? Buffer.from([0, 0, 0])
      : type === 1 && known === 'address only' ? Buffer.from([192, 0, 2, 1])
      : undefined;
    const question = query.subarray(12, at + 5);
    const head = Buffer.from([query[0]!, query[1]!, 0x81, known === undefined ? 0x83 : 0x80, 0, 1, 0, data ? 1 : 0, 0, 0, 0, 0]);
    const answer = data ? Buffer.concat([Buffer.from([0xc0, 12, 0, type, 0, 1, 0, 0, 0, 60, 0, data.length]), data]) : Buffer.alloc(0);
    socket.send(Buffer.concat([head, question, answer]), from.port, from.address);
  });
  return new Promise((opened) => {
    socket.bind(0, '127.0.0.1', () => opened({ port: socket.address().port, close: () => new Promise((closed) => socket.close(() => closed())) }));
  });
}
