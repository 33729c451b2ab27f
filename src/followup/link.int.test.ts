import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../tests/support/leads.ts';
import type { PlantedLead } from '../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../distribute/index.ts';
import { sql } from '../platform/db/index.ts';
import { setNextActions } from './log-activities.ts';
import { addProposal } from './partner/proposal.store.ts';

let house: TestHouse;
let north: string;
let south: string;
let lead: PlantedLead;
let path: string;

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T08:00:00Z' });
  [north, south] = (await house.write(async (tx) => [
    await addHolder(tx, house.cx, { name: 'Northline Supply', kind: 'partner', email: 'leads@northline.example' }),
    await addHolder(tx, house.cx, { name: 'Southline', kind: 'partner', email: 'leads@southline.example' }),
  ])) as [string, string];
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, {
      name: 'Iberia',
      rules: { countries: ['ES'] },
      holders: [
        { holderId: north, weight: 1 },
        { holderId: south, weight: 0.001 },
      ],
    }),
  );
});
afterAll(() => house.close());

const linkIn = (body: string): string => /\/l\/[\w.-]+/.exec(body)![0];
const get = (url: string, method = 'GET') => house.request(null, method, url, undefined, { accept: 'text/html' });
const keyIn = (html: string): string => /name="key" value="([^"]+)"/.exec(html)![1]!;
async function post(fields: Record<string, string>, url = path) {
  const page = await get(url);
  const key = /name="key" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
  return house.request(null, 'POST', url, new URLSearchParams({ key, ...fields }).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
}

beforeEach(async () => {
  await house.write((tx) => tx.run(sql`delete from platform.mail`));
  [lead] = (await plantLeads(house, [
    {
      grade: 'hot',
      name: 'Ines Prado',
      ownerName: 'Northline Supply',
      message: 'Two <script>alert(1)</script> pumps',
      phone: '+34 954 55 01 20',
    },
  ])) as [PlantedLead];
  await house.drain();
  path = linkIn((await house.mails())[0]!.textBody);
});

const fingerprint = async (): Promise<unknown> =>
  house.rows(sql`select (select count(*) from journal.fact) as facts, (select count(*) from followup.disposition) as dispositions, (select json_agg(a order by a.id) from distribute.assignment a) as custody,
    (select json_agg(k order by k.id) from followup.link k) as links, (select count(*) from followup.activity) as activities`);

describe('the no-login link', () => {
  test('GET and HEAD look and change nothing, however often', async () => {
    const before = await fingerprint();
    for (let i = 0; i < 3; i++) for (const method of ['GET', 'HEAD']) expect((await get(path, method)).status).toBe(200);
    await house.drain();
    expect(await fingerprint()).toEqual(before);
    const page = await get(path);
    expect(page.text).toContain('Ines Prado');
    expect(page.text).toContain('for Northline Supply');
    expect(page.text).toContain('1 h 00 left to accept');
    expect(page.text).toContain('&lt;script&gt;');
    expect(page.text).not.toContain('<script');
    expect(page.text).toContain('href="tel:+34954550120"');
    expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    expect(page.headers['cache-control']).toBe('no-store');
    expect(page.headers['set-cookie']).toBeUndefined();
    expect((await get('/l/link.css')).headers['content-type']).toContain('text/css');
  });

  test('in a company that counts without cents, a sale is for what was typed', async () => {
    const currency = (code: string) => house.write((tx) => tx.run(sql`update platform.workspace set currency = ${code} where id = ${house.workspaceId}`));
    await currency('JPY');
    try {
      await post({ do: 'sale', value: '¥90,000' });
      const [told] = await house.rows(sql`select value_minor, currency from followup.disposition where lead_id = ${lead.leadId} and current`);
      expect(told).toEqual({ valueMinor: 90_000, currency: 'JPY' });
      const page = (await get(path)).text;
      expect(page).toContain('JPY 90,000');
      expect(page).toContain('value="90000"');
    } finally {
      await currency('EUR');
    }
  });

  test('accept, verdict, change of mind and undo, each one POST', async () => {
    const accepted = await post({ do: 'accept' });
    expect(accepted.status).toBe(303);
    expect(accepted.headers['location']).toBe(`${path}?said=accepted`);
    expect((await holders(house)).get(lead.leadId)!.acceptedAt).not.toBeNull();
    expect((await get(`${path}?said=accepted`)).text).toContain('Accepted: it is yours.');
    await post({ do: 'next', what: 'Visit the plant', due: '2026-03-09' });
    expect((await post({ do: 'bad' })).headers['location']).toBe(`${path}?said=again`);
    await post({ do: 'sale', value: '12.500,50' });
    await house.drain();
    expect((await house.rows<{ fate: string }>(sql`select fate from qualify.lead where id = ${lead.leadId}`))[0]!.fate).toBe('sold');
    expect((await get(path)).text).toContain('You said: Sold');
    await post({ do: 'bad', reason: 'No need' });
    await post({ do: 'undo' });
    await house.drain();
    const [now] = await house.rows<{ verdict: string; valueMinor: number; via: string; byHolderId: string }>(
      sql`select verdict, value_minor, via, by_holder_id from followup.disposition where lead_id = ${lead.leadId} and current`,
    );
    expect(now).toEqual({ verdict: 'sale', valueMinor: 1_250_050, via: 'link', byHolderId: north });
    await post({ do: 'undo' });
    expect((await holders(house)).get(lead.leadId)).toMatchObject({ holderId: north });
    expect(await custodyBreaks(house)).toEqual([]);
    const actors = await house.rows<{ actor: string }>(
      sql`select distinct actor from journal.fact where chain_id = ${lead.inquiryId} and type = 'lead.judged'`,
    );
    expect(actors).toEqual([{ actor: `holder:${north}` }]);
  });

  test('a bad lead written by mail without its reason waits for one, however it is confirmed', async () => {
    const proposal = house.cx.ids.next();
    const [link] = await house.rows<{ id: string }>(sql`select id from followup.link where lead_id = ${lead.leadId} and holder_id = ${north}`);
    await house.write((tx) =>
      addProposal(tx, { id: proposal, linkId: link!.id, leadId: lead.leadId, holderId: north, mailId: house.cx.ids.next(), at: house.clock.now(), verdict: 'bad', words: 'Bad', reason: null, valueMinor: null, currency: null }),
    );
    for (const reason of ['', '  ']) expect((await post({ do: 'confirm', proposal, reason })).headers['location']).toBe(`${path}?said=again`);
    expect((await get(path)).text).toContain('Bad: why?');
    expect((await post({ do: 'confirm', proposal, reason: 'No need' })).headers['location']).toBe(`${path}?said=bad`);
    await post({ do: 'undo' });
    expect((await holders(house)).get(lead.leadId)).toMatchObject({ holderId: north });
  });

  test('lets it rest until a day, and ends that; what is no day, or too far, is asked again', async () => {
    expect((await get(path)).text).not.toContain('Let it rest');
    await post({ do: 'accept' });
    expect((await get(path)).text).toContain('Let it rest');
    for (const on of ['tomorrow', '2026-02-31x', '2031-01-01']) expect((await post({ do: 'pause', on, reason: 'They asked me to wait' })).headers['location']).toBe(`${path}?said=again`);
    const on = new Date(house.clock.now().getTime() + 3 * 86_400_000).toISOString().slice(0, 10);
    expect((await post({ do: 'pause', on, reason: 'They asked me to wait' })).headers['location']).toBe(`${path}?said=paused`);
    expect((await get(path)).text).toContain('It rests until');
    expect((await post({ do: 'resume' })).headers['location']).toBe(`${path}?said=resumed`);
    const actors = await house.rows(sql`select type, actor from journal.fact where chain_id = ${lead.inquiryId} and type in ('lead.paused', 'lead.resumed') order by seq`);
    expect(actors).toEqual([{ type: 'lead.paused', actor: `holder:${north}` }, { type: 'lead.resumed', actor: `holder:${north}` }]);
  });

  test('a next step that stays on its day keeps its time, and a meeting how long and where it is; one of another day is due in its morning', async () => {
    await post({ do: 'accept' });
    const zone = 'Pacific/Auckland';
    await house.write((tx) => tx.run(sql`update distribute.holder set time_zone = ${zone} where id = ${north}`));
    const meeting = { dueAt: new Date('2026-04-01T02:00:00Z'), minutes: 45, place: 'Their plant' };
    await house.write((tx) => setNextActions(tx, house.cx, [{ leadId: lead.leadId, what: 'Meet Ines', ...meeting, at: house.clock.now() }]));
    const planned = () => house.rows(sql`select what, due_at, minutes, place from followup.next_action where lead_id = ${lead.leadId}`);
    expect((await get(path)).text).toContain('value="2026-04-01"');
    await post({ do: 'next', what: 'Meet Ines and her buyer', due: '2026-04-01' });
    expect(await planned()).toEqual([{ what: 'Meet Ines and her buyer', ...meeting }]);
    // Their clocks go back an hour on this day.
    await post({ do: 'next', what: 'Meet Ines', due: '2026-04-05' });
    expect(await planned()).toEqual([{ what: 'Meet Ines', dueAt: new Date('2026-04-04T20:00:00Z'), minutes: null, place: null }]);
    await house.write((tx) => tx.run(sql`update distribute.holder set time_zone = 'UTC' where id = ${north}`));
  });

  test('not for me: it passes on, and the old link dies with a friendly page', async () => {
    const declined = await post({ do: 'decline', reason: 'Outside my area' });
    expect(declined.status).toBe(200);
    expect(declined.text).toContain('somebody else');
    await house.drain();
    expect((await holders(house)).get(lead.leadId)).toMatchObject({ holderId: south });
    const dead = await get(path);
    expect(dead.status).toBe(410);
    expect(dead.text).not.toContain('Ines Prado');
    expect((await post({ do: 'accept' })).status).toBe(410);
    const other = linkIn((await house.mails()).find((m) => m.toAddress === 'leads@southline.example')!.textBody);
    expect(other).not.toBe(path);
    expect((await get(other)).status).toBe(200);
  });

  test('nothing without its key, with a key of another lead, or with a touched token', async () => {
    const before = await fingerprint();
    const send = (url: string, body: string) =>
      house.request(null, 'POST', url, body, { 'content-type': 'application/x-www-form-urlencoded' });
    expect((await send(path, 'do=accept')).status).toBe(403);
    const firstPath = path;
    expect((await send(firstPath, `do=accept&key=${'x'.repeat(43)}`)).status).toBe(403);
    const touched = `${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`;
    for (const url of [touched, '/l/nonsense', `/l/${'a'.repeat(400)}`]) {
      expect((await get(url)).status).toBe(404);
      expect((await send(url, 'do=accept')).status).toBe(404);
    }
    expect(await fingerprint()).toEqual(before);
    await plantLeads(house, [{ ownerName: 'Northline Supply' }]);
    await house.drain();
    const second = linkIn((await house.mails()).at(-1)!.textBody);
    const foreign = keyIn((await get(second)).text);
    expect((await send(firstPath, `do=accept&key=${encodeURIComponent(foreign)}`)).status).toBe(403);
  });

  test('expired and revoked links open nothing', async () => {
    const [link] = await house.rows<{ id: string }>(sql`select id from followup.link where lead_id = ${lead.leadId}`);
    await post({ do: 'hot' });
    house.clock.advance(15 * 86_400_000);
    expect((await get(path)).text).toContain('run out');
    house.clock.advance(-15 * 86_400_000);
    expect((await house.request('sales_manager', 'DELETE', `/v1/links/${link!.id}`)).json).toEqual({ revoked: true });
    const revoked = await get(path);
    expect(revoked.status).toBe(410);
    expect(revoked.text).not.toContain('Ines');
  });

  test('an answer says where it came from: from a browser this partner had not answered from before, it may have been handed on', async () => {
    const shown = async () => (await house.request('sales_manager', 'GET', `/v1/leads/${lead.leadId}/links`)).json.items[0];
    const [earlier] = await house.rows<{ n: number }>(sql`select count(*)::int as n from followup.link_answer where holder_id = ${north} and lead_id <> ${lead.leadId}`);
    expect((await shown()).answers).toEqual([]);
    const page = await get(path);
    const send = (fields: Record<string, string>, headers: Record<string, string>) =>
      house.request(null, 'POST', path, new URLSearchParams({ key: keyIn(page.text), ...fields }).toString(), { 'content-type': 'application/x-www-form-urlencoded', ...headers });
    const first = await send({ do: 'accept' }, { 'user-agent': 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/141.0 Mobile Safari/537.36' });
    const cookie = /baton_answered=[^;]+/.exec(String(first.headers['set-cookie']))![0];
    expect(String(first.headers['set-cookie'])).toContain('HttpOnly');
    expect((await send({ do: 'hot' }, { cookie })).headers['set-cookie']).toBeUndefined();
    await send({ do: 'warm' }, {});
    await send({ do: 'sale', value: 'much' }, {});
    const { answers } = await shown();
    expect(answers.map((one: { did: string; known: string; browser: string | null }) => [one.did, one.known])).toEqual([['warm', 'other'], ['hot', 'known'], ['accepted', earlier!.n > 0 ? 'other' : 'first']]);
    expect(answers[2].browser).toBe('Chrome on Android');
    const elsewhere = await house.rows<{ actor: string }>(sql`select actor from journal.fact where chain_id = ${lead.inquiryId} and type = 'lead.answeredElsewhere'`);
    expect(elsewhere).toHaveLength(earlier!.n > 0 ? 2 : 1);
    expect(elsewhere[0]!.actor).toBe(`holder:${north}`);
  });

  test('a partner revokes its own links and nobody else’s', async () => {
    const [link] = await house.rows<{ id: string }>(sql`select id from followup.link where lead_id = ${lead.leadId}`);
    const by = (holderId: string) => house.request({ role: 'partner', holderId }, 'DELETE', `/v1/links/${link!.id}`);
    expect((await by(south)).json).toEqual({ revoked: false });
    expect((await get(path)).status).toBe(200);
    expect((await house.request({ role: 'partner', holderId: south }, 'GET', `/v1/leads/${lead.leadId}/links`)).json).toEqual({ items: [], proposals: [] });
    expect((await house.request('rep', 'DELETE', `/v1/links/${link!.id}`)).status).toBe(403);
    expect((await by(north)).json).toEqual({ revoked: true });
    expect((await get(path)).status).toBe(410);
    const { items } = (await house.request({ role: 'partner', holderId: north }, 'GET', `/v1/leads/${lead.leadId}/links`)).json;
    expect(items).toMatchObject([{ revokedBy: 'The partner' }]);
  });

  test('a reminder carries the same link', async () => {
    house.clock.advance(43 * 60_000);
    await house.scan();
    const reminder = (await house.mails()).find((m) => m.kind === 'lead.reminded' && m.leadId === lead.leadId);
    expect(linkIn(reminder!.textBody)).toBe(path);
  });
});

describe('a partner who signs in', () => {
  test('sees its own leads, their people and facts, and nothing else', async () => {
    await plantLeads(house, [{ country: 'JP', name: 'Somebody Else' }]);
    await house.drain();
    const eyes = house.as('partner', south);
    const north_ = house.as('partner', north);
    const count = (scope: typeof eyes) =>
      house.cx.db.read(scope, (tx) =>
        tx.one<
          Record<string, number>
        >(sql`select (select count(*)::int from qualify.lead) as leads, (select count(*)::int from identity.person) as people, (select count(*)::int from capture.inquiry) as inquiries,
          (select count(*)::int from journal.fact where type = 'lead.qualified') as facts, (select count(*)::int from distribute.assignment) as custody, (select count(*)::int from distribute.territory) as territories,
          (select count(*)::int from followup.link) as links, (select count(*)::int from followup.link where holder_id <> platform.current_holder()) as others`),
      );
    const mine = await count(north_);
    const theirs = await count(eyes);
    const [all] = await house.rows<{ n: number }>(sql`select count(*)::int as n from qualify.lead`);
    expect(mine['leads']).toBeGreaterThan(0);
    expect(mine['leads']).toBeLessThan(all!.n);
    expect(mine).toMatchObject({ people: mine['leads'], inquiries: mine['leads'], facts: mine['leads'], territories: 0, others: 0 });
    expect(mine['links']).toBeGreaterThan(0);
    expect(theirs['leads']).toBeLessThan(mine['leads']!);
    const [foreign] = await house.rows<{ id: string }>(sql`select l.id from qualify.lead l where l.country = 'JP' limit 1`);
    for (const [method, url, body] of [
      ['GET', `/v1/leads/${foreign!.id}/followup`],
      ['POST', `/v1/leads/${foreign!.id}/accept`, {}],
      ['POST', `/v1/leads/${foreign!.id}/verdict`, { verdict: 'hot' }],
    ] as const)
      expect((await house.request({ role: 'partner', holderId: north }, method, url, body)).status).toBe(404);
    const queue = await house.request({ role: 'partner', holderId: north }, 'GET', '/v1/queue');
    expect(queue.json.items.map((row: { leadId: string }) => row.leadId)).toContain(lead.leadId);
    const accepted = await house.request({ role: 'partner', holderId: north }, 'POST', `/v1/leads/${lead.leadId}/accept`, {});
    expect(accepted.json.custody.acceptedAt).not.toBeNull();
    const declined = await house.request({ role: 'partner', holderId: north }, 'POST', `/v1/leads/${lead.leadId}/decline`, {
      reason: 'No time now',
    });
    expect(declined.json).toEqual({ passedOn: true });
    expect(await custodyBreaks(house)).toEqual([]);
  });
});
