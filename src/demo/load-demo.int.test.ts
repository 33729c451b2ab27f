import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { raw, sql } from '../platform/db/index.ts';
import { holdTelling } from './hold-telling.ts';
import { loadDemo, type DemoReport } from './load-demo.ts';
import { inviteEverybody, openDemoWorkspace } from './open-demo.ts';
import { unreadable } from './furniture.rules.ts';
import { registrations } from './sales-desk.rules.ts';
import { leadMails } from './lead-mails.rules.ts';

const inquiries = 300;
let house: TestHouse;
let report: DemoReport;
const tell = (more: { onProgress?: () => void } = {}): Promise<DemoReport> =>
  loadDemo(house.cx, house.workspaceId, { inquiries, inHurry: true, ...more });

beforeAll(async () => {
  house = await openTestHouse();
  await house.write((tx) => tx.run(sql`update platform.workspace set is_demo = true where id = ${house.workspaceId}`));
  // It dies half way the first time.
  let steps = 0;
  const dies = tell({
    onProgress() {
      if (++steps === 20) throw new Error('killed');
    },
  });
  await expect(dies).rejects.toThrow('killed');
  expect(
    (await house.rows<{ paused: boolean }>(sql`select paused from platform.workspace where id = ${house.workspaceId}`))[0]!.paused,
  ).toBe(true);
  expect((await house.rows(sql`select 1 from journal.fact limit 1`)).length).toBe(1);
  report = await tell();
  await house.drain();
}, 180_000);
afterAll(() => house?.close());

const count = async (table: string, where = 'true'): Promise<number> =>
  (await house.rows<{ n: number }>(sql`select count(*)::int as n from ${raw(table)} where ${raw(where)}`))[0]!.n;

describe('the demo company', () => {
  it('is told anew where the first telling died, and its record holds', async () => {
    expect(report.inquiries).toBe(inquiries);
    // Each mail is an inquiry, whether read or waiting, but for the one that brings a list; so is what partners register, but for what waits to be mended.
    expect(await count('capture.inquiry')).toBe(inquiries + unreadable.length + leadMails.length - 1 + registrations.length - 1);
    const proof = (await house.request('management', 'GET', '/v1/verify')).json;
    expect(proof.breaks).toEqual([]);
    expect(proof.holds).toBe(true);
    expect(await count('platform.workspace', 'paused')).toBe(0);
  });

  it('is told once: neither into a workspace that is used, nor by two at a time', async () => {
    await expect(tell()).rejects.toMatchObject({ code: 'demo/not-empty' });
    const held = await holdTelling(house.cx, house.workspaceId);
    await expect(tell()).rejects.toMatchObject({ code: 'demo/being-told' });
    await held.release();
  });

  it('uses a workspace again whose telling died, and opens another where none did', async () => {
    await house.write((tx) => tx.run(sql`update platform.workspace set paused = true where id = ${house.workspaceId}`));
    expect((await openDemoWorkspace(house.cx)).id).toBe(house.workspaceId);
    await house.write((tx) => tx.run(sql`update platform.workspace set paused = false where id = ${house.workspaceId}`));
    expect((await openDemoWorkspace(house.cx)).id).not.toBe(house.workspaceId);
  });

  it('may not be swept once it is told', async () => {
    const sweeping = house.write((tx) => tx.run(sql`select platform.sweep_demo(${house.workspaceId})`));
    await expect(sweeping).rejects.toThrow(/interrupted/);
  });

  it('has an agreement that both sides signed, and a second one, with what was kept of them', async () => {
    const { inForce, versions, draft } = (await house.request('rep', 'GET', '/v1/agreement')).json;
    expect(inForce).toMatchObject({ version: 2, signatures: [{ side: 'marketing', intact: true }, { side: 'sales', intact: true }] });
    expect([versions.length, draft]).toEqual([2, null]);
    const { months, promises } = (await house.request('management', 'GET', '/v1/agreement/kept')).json;
    expect(months.length).toBe(12);
    for (const key of ['leads', 'right', 'complete', 'accept', 'contact', 'verdict', 'attempts'])
      expect.soft(promises.find((one: { key: string }) => one.key === key)?.total.asked, key).toBeGreaterThan(0);
  });

  it('fills the list behind every screen', async () => {
    const lists = [
      '/v1/programs',
      '/v1/sources',
      '/v1/imports',
      '/v1/inquiries',
      '/v1/quarantine',
      '/v1/leads',
      '/v1/people',
      '/v1/organizations',
      '/v1/holders',
      '/v1/territories',
      '/v1/territories/proposals',
      '/v1/nurture',
      '/v1/opportunities',
      '/v1/invoices',
      '/v1/mail',
      '/v1/users',
      '/v1/tokens',
      '/v1/views?screen=leads',
      '/v1/fields?subject=organization',
      '/v1/fields?subject=person',
      '/v1/fields?subject=inquiry',
      '/v1/segments',
      '/v1/lead-mails',
      '/v1/lead-addresses',
      '/v1/suppressions?channel=phone',
      '/v1/extracts',
      '/v1/append/providers',
      '/v1/append/runs',
      '/v1/privacy/requests',
    ];
    for (const list of lists) {
      const answer = await house.request('administrator', 'GET', list);
      expect([list, answer.status]).toEqual([list, 200]);
      expect([list, answer.json.items?.length > 0 || answer.json.reasons?.length > 0]).toEqual([list, true]);
    }
    for (const report of ['source', 'where-assigned', 'status-update', 'status-tracking', 'what-works'])
      expect((await house.request('management', 'GET', `/v1/reports/${report}`)).json.rows.length).toBeGreaterThan(1);
    const segments = (await house.request('marketing', 'GET', '/v1/segments')).json.items as { name: string; members: number; problem: string | null }[];
    expect(segments.filter(({ members, problem }) => members === 0 || problem !== null)).toEqual([]);
    const mails = (await house.request('marketing', 'GET', '/v1/lead-mails')).json.items as { state: string; nature: string }[];
    expect(mails.map(({ state, nature }) => `${nature} ${state}`).toSorted()).toEqual(['cards read', 'form read', 'forward read', 'held held', 'list held', 'person read', 'unread held']);
    expect(await count('identity.person', `custom ->> 'user_group' is not null`)).toBeGreaterThan(10);
    expect(await count('capture.inquiry', `fields -> 'custom' ->> 'seen_running' is not null`)).toBeGreaterThan(5);
    expect(await count('distribute.absence')).toBeGreaterThan(3);
    expect(await count('followup.activity')).toBeGreaterThan(300);
    for (const verdict of ['hot', 'warm', 'bad', 'sale', 'dont_know'])
      expect([verdict, (await count('followup.disposition', `verdict = '${verdict}'`)) > 0]).toEqual([verdict, true]);
  });

  it('is run by holidays, rules and playbooks, with a fair ahead whose leads are foreseen', async () => {
    const get = async (url: string) => (await house.request('sales_manager', 'GET', url)).json;
    const holidays = (await get('/v1/holidays')).items as { days: unknown[]; holders: unknown[] }[];
    expect(holidays.map(({ days, holders }) => days.length > 9 && holders.length > 0)).toEqual([true, true, true]);
    const { inForce, taken } = await get('/v1/routing');
    expect([inForce.version, inForce.rules.length, Object.values<number>(taken).some((leads) => leads > 0)]).toEqual([2, 3, true]);
    const { items, results } = await get('/v1/playbooks');
    expect(items).toHaveLength(2);
    expect(Object.values<{ leads: number; done: number }>(results).some(({ leads, done }) => leads > 0 && done > 0)).toBe(true);
    const registered = (await get('/v1/registrations')).items as { state: string }[];
    expect(registered.map(({ state }) => state).toSorted()).toEqual(['granted', 'granted', 'granted', 'incomplete']);
    const [list] = (await get('/v1/calling/lists')).items;
    expect(list.called).toBeGreaterThan(5);
    expect(list.reached).toBeGreaterThan(0);
    expect(await count('distribute.assignment', 'paused_until is not null and ended_at is null')).toBeGreaterThan(0);
    const partners = (await get('/v1/holders?kind=partner')).items as { tier: string | null; productLines: string[]; certificates: unknown[] }[];
    expect(partners.filter(({ tier, productLines, certificates }) => tier && productLines.length > 0 && certificates.length > 0).length).toBeGreaterThan(4);
    const asked = (await get('/v1/verdict-rounds')).items as { asked: number; answered: number }[];
    expect([asked.length > 5, asked.some(({ answered }) => answered > 0)]).toEqual([true, true]);
    expect(await count('followup.disposition', `via = 'silence'`)).toBeGreaterThan(0);
    const cuts = (await get('/v1/share-cuts')) as { on: boolean; items: { contestNote: string | null }[] };
    expect([cuts.on, cuts.items.length > 0]).toEqual([true, cuts.items.some(({ contestNote }) => contestNote !== null)]);
    expect(await count('distribute.credit_back', 'taken_at is null')).toBeGreaterThan(0);
    expect(await count('distribute.absence', 'catch_up')).toBe(1);
    expect((await get('/v1/settings/mail-templates')).items).toHaveLength(2);
    const planned = ((await get('/v1/programs?limit=200')).items as { id: string; name: string }[]).find(({ name }) => name.includes('next month'))!;
    const launch = await get(`/v1/programs/${planned.id}/launch-check`);
    expect(launch.leads).toBeGreaterThan(0);
    expect(launch.like.length).toBeGreaterThan(0);
  });

  it('brought its lists in as files, with rows that could not be read', async () => {
    const { items } = (await house.request('marketing', 'GET', '/v1/imports')).json as {
      items: { kind: string; status: string; savedMapping: string | null; counts: { new: number; problem: number } }[];
    };
    // One came by mail, with headings that nobody could be sure of: it waits.
    const brought = items.filter(({ status }) => status !== 'analysed');
    expect(items.length - brought.length).toBe(1);
    expect(brought.every(({ status }) => status === 'finished')).toBe(true);
    const lists = brought.filter(({ kind }) => kind === 'inquiries');
    expect(lists).toHaveLength(3);
    expect(lists.reduce((sum, { counts }) => sum + counts.problem, 0)).toBeGreaterThan(0);
    const bills = items.filter(({ kind }) => kind === 'invoices');
    expect(bills.reduce((sum, { counts }) => sum + counts.new, 0)).toBe(report.invoices);
    expect(bills.every(({ counts, savedMapping }) => counts.problem === 0 && savedMapping === 'Accounting export')).toBe(true);
  });

  it('invites one of every role, by links that work once', async () => {
    const people = await inviteEverybody(house.cx, house.workspaceId);
    expect(new Set(people.map(({ role }) => role))).toEqual(
      new Set(['administrator', 'marketing', 'sales_manager', 'rep', 'partner', 'management', 'finance']),
    );
    const token = new URL(people.find(({ role }) => role === 'rep')!.link).searchParams.get('token');
    const accept = () => house.request(null, 'POST', '/v1/invitations/accept', { token, password: 'correct horse battery' });
    expect((await accept()).status).toBe(200);
    expect((await accept()).status).not.toBe(200);
  });
});
