import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { custodyBreaks, holders, plantLeads } from '../../tests/support/leads.ts';
import { acceptAssignments, addHolder, changeTerritory } from '../distribute/index.ts';
import { sql } from '../platform/db/index.ts';
import { judgeLeads, logActivities } from './index.ts';

let house: TestHouse;
let ana: string;
let anaUser: string;

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  anaUser = await house.write(async (tx) => {
    const id = house.cx.ids.next();
    await tx.run(
      sql`insert into platform.app_user (workspace_id, id, email, name, roles, status, created_at) values (${house.workspaceId}, ${id}, 'ana@hartwell.example', 'Ana', '{rep}', 'active', now())`,
    );
    return id;
  });
  ana = await house.write((tx) => addHolder(tx, house.cx, { name: 'Ana', kind: 'rep', email: 'ana@hartwell.example', userId: anaUser }));
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] }),
  );
});
afterAll(() => house.close());

const state = async (leadId: string) => (await house.request('sales_manager', 'GET', `/v1/leads/${leadId}/followup`)).json;
const verdict = (leadId: string, body: object) => house.request('sales_manager', 'POST', `/v1/leads/${leadId}/verdict`, body);

describe('verdicts', () => {
  test('bad closes the lead, and an undo restores fate, holder, stamps and clock exactly', async () => {
    const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
    await house.drain();
    const before = await state(lead!.leadId);
    expect(before.custody).toMatchObject({ holderId: ana, acceptedAt: null });
    house.clock.advance(60_000);
    expect((await verdict(lead!.leadId, { verdict: 'bad' })).status).toBe(422);
    await expect(house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: lead!.leadId, verdict: 'bad', reason: ' ', at: house.clock.now(), via: 'link' }]))).rejects.toMatchObject({ code: 'followup/reason-needed' });
    const closed = await verdict(lead!.leadId, { verdict: 'bad', reason: 'No need' });
    expect(closed.json).toMatchObject({
      fate: 'bad',
      custody: null,
      disposition: { verdict: 'bad', reason: 'No need', byHolderId: ana },
      mayUndo: true,
    });
    await house.drain();
    expect(await custodyBreaks(house)).toEqual([]);
    const undone = await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/verdict/undo`, {});
    const { assignmentId: _a, startedAt: _s, minutesLeft: _m, pauseEndsMost: _p, ...custody } = undone.json.custody;
    const { assignmentId: _b, startedAt: _t, minutesLeft: _n, pauseEndsMost: _q, ...former } = before.custody;
    expect(custody).toEqual(former);
    expect(undone.json).toMatchObject({ fate: null, closedAt: null, disposition: null, mayUndo: false });
    await house.drain();
    expect(await custodyBreaks(house)).toEqual([]);
    // and the clock runs as before
    house.clock.advance(45 * 60_000);
    await house.scan();
    expect((await holders(house)).get(lead!.leadId)!.remindedAt).not.toBeNull();
  });

  test('a hot verdict taken back leaves the very same assignment unanswered', async () => {
    const [lead] = await plantLeads(house, [{}]);
    await house.drain();
    const before = await state(lead!.leadId);
    const hot = await verdict(lead!.leadId, { verdict: 'hot' });
    expect(hot.json.custody.acceptedAt).not.toBeNull();
    const undone = await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/verdict/undo`, {});
    expect(undone.json.custody).toEqual(before.custody);
    expect((await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/verdict/undo`, {})).status).toBe(409);
  });

  test('a sale can turn bad and back; each undo goes one step', async () => {
    const [lead] = await plantLeads(house, [{}]);
    await house.drain();
    await verdict(lead!.leadId, { verdict: 'sale', valueMinor: 1_250_000 });
    const bad = await verdict(lead!.leadId, { verdict: 'bad', reason: 'Cannot be reached' });
    expect(bad.json.fate).toBe('bad');
    const sold = await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/verdict/undo`, {});
    expect(sold.json).toMatchObject({ fate: 'sold', disposition: { verdict: 'sale', valueMinor: 1_250_000, currency: 'EUR' } });
    const open = await house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/verdict/undo`, {});
    expect(open.json).toMatchObject({ fate: null, disposition: null, custody: { holderId: ana } });
    await house.drain();
    expect(await custodyBreaks(house)).toEqual([]);
  });

  test("don't know expires and asks again in the queue", async () => {
    const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
    await house.drain();
    const judged = await verdict(lead!.leadId, { verdict: 'dont_know' });
    expect(new Date(judged.json.disposition.expiresAt).getTime() - house.cx.clock.now().getTime()).toBe(14 * 86_400_000);
    house.clock.advance(15 * 86_400_000);
    const queue = await house.request('sales_manager', 'GET', `/v1/queue?holderId=${ana}`);
    expect(queue.json.items.find((row: { leadId: string }) => row.leadId === lead!.leadId)).toMatchObject({
      kind: 'askAgain',
      overdue: true,
    });
  });

  test('a thousand at once, each at its own moment', async () => {
    const leads = await plantLeads(
      house,
      Array.from({ length: 1000 }, () => ({ grade: 'cold' as const })),
    );
    await house.drain();
    const at = (i: number) => new Date(house.cx.clock.now().getTime() - 1000 * (1000 - i));
    await house.write(async (tx) => {
      await logActivities(
        tx,
        house.cx,
        leads.map((l, i) => ({ leadId: l.leadId, kind: 'call' as const, at: at(i), via: 'app' as const })),
      );
      await judgeLeads(
        tx,
        house.cx,
        leads.map((l, i) => ({
          leadId: l.leadId,
          verdict: (['hot', 'bad', 'sale', 'dont_know'] as const)[i % 4]!,
          reason: 'x',
          valueMinor: 100,
          at: at(i),
          via: 'app' as const,
        })),
      );
    });
    await house.drain();
    expect(await custodyBreaks(house)).toEqual([]);
    const [row] = await house.rows<{ n: number; late: number }>(
      sql`select count(*)::int as n, count(*) filter (where at > ${house.cx.clock.now()})::int as late from followup.disposition where current and reason = 'x'`,
    );
    expect(row).toEqual({ n: 1000, late: 0 });
  });
});

describe('the queue', () => {
  test('a rep sees its own, in order, each row with its reasons; and nobody else’s', async () => {
    house.clock.set('2026-05-04T08:00:00Z');
    await plantLeads(house, [
      { grade: 'cold', name: 'Cold One' },
      { grade: 'hot', name: 'Hot One' },
    ]);
    await house.drain();
    const { openSession } = await import('../platform/access/sign-in.ts');
    const session = await openSession(house.cx, house.workspaceId, anaUser, 'test');
    const headers = { cookie: `baton_session=${session.cookie}`, 'x-baton': '1' };
    const queue = await house.request(null, 'GET', '/v1/queue', undefined, headers);
    expect(queue.status).toBe(200);
    expect(queue.json.items[0]).toMatchObject({ personName: 'Hot One', rank: 1, kind: 'answer', minutesLeft: 60 });
    expect(queue.json.items.every((row: { why: unknown[] }) => row.why.length > 0)).toBe(true);
    const second = await house.request(
      null,
      'GET',
      `/v1/queue?limit=1&cursor=${(await house.request(null, 'GET', '/v1/queue?limit=1', undefined, headers)).json.nextCursor}`,
      undefined,
      headers,
    );
    expect(second.json.items[0].rank).toBe(2);
    const stranger = await house.request('rep', 'GET', '/v1/queue');
    expect(stranger.json.items).toEqual([]);
    expect((await house.request('rep', 'GET', `/v1/queue?holderId=${ana}`)).status).toBe(403);
    const hot = queue.json.items[0].leadId;
    expect((await house.request('rep', 'POST', `/v1/leads/${hot}/accept`, {})).status).toBe(403);
    const seen = async (as: 'rep' | 'sales_manager' | null) =>
      (await house.request(as, 'GET', `/v1/leads/${hot}/followup`, undefined, as ? {} : headers)).json;
    expect([(await seen('rep')).mayWork, (await seen(null)).mayWork, (await seen('sales_manager')).mayWork]).toEqual([false, true, true]);
    expect((await house.request(null, 'POST', `/v1/leads/${hot}/accept`, {}, headers)).json.custody.acceptedAt).not.toBeNull();
    const logged = await house.request(null, 'POST', `/v1/leads/${hot}/activities`, { kind: 'call', outcome: 'reached' }, headers);
    expect(logged.json).toMatchObject({ kind: 'call', outcome: 'reached', holderName: 'Ana', via: 'app' });
    const next = await house.request(
      null,
      'PUT',
      `/v1/leads/${hot}/next-action`,
      { what: 'Send reference list', dueAt: '2026-05-07T08:00:00.000Z' },
      headers,
    );
    expect(next.json.nextAction).toMatchObject({ what: 'Send reference list' });
    expect((await house.request(null, 'DELETE', `/v1/leads/${hot}/next-action`, undefined, headers)).json.nextAction).toBeNull();
  });

  test('what a lead may bring counts, as far as somebody said, and the row says how it is known', async () => {
    const [plain, budgeted, dealt] = await plantLeads(house, [{ grade: 'hot' }, { grade: 'hot' }, { grade: 'hot' }]);
    await house.drain();
    await house.write((tx) => tx.run(sql`update qualify.lead set budget = '20–30k' where id = ${budgeted!.leadId}`));
    const opened = await house.request('sales_manager', 'POST', '/v1/opportunities', { name: 'Pump hall', leadId: dealt!.leadId, amountMinor: 9_000_000, currency: 'EUR' });
    expect(opened.status, opened.text).toBe(200);
    const { items } = (await house.request('sales_manager', 'GET', `/v1/queue?holderId=${ana}`)).json as { items: { leadId: string; worthMinor: number; why: { label: string; detail: string }[] }[] };
    const row = (leadId: string) => items.find((one) => one.leadId === leadId)!;
    expect(items.slice(0, 2).map(({ leadId }) => leadId)).toEqual([dealt!.leadId, budgeted!.leadId]);
    expect(row(dealt!.leadId).why).toContainEqual({ label: 'Value', detail: 'an open opportunity of EUR 90,000.00' });
    expect(row(budgeted!.leadId).why).toContainEqual({ label: 'Value', detail: 'a budget of “20–30k”' });
    expect(row(plain!.leadId).why.map(({ label }) => label)).not.toContain('Value');
    expect(row(dealt!.leadId).worthMinor / row(budgeted!.leadId).worthMinor).toBeCloseTo(9_000_000 / 2_500_000, 1);
  });

  test('two people answer one lead: one decline wins, the other hears that it is gone', async () => {
    const [lead] = await plantLeads(house, [{}]);
    await house.drain();
    const decline = () => house.request('sales_manager', 'POST', `/v1/leads/${lead!.leadId}/decline`, { reason: 'No time now' });
    const answers = (await Promise.all([decline(), decline()])).map((a) => a.status).toSorted();
    expect(answers[0]).toBe(200);
    expect([200, 409]).toContain(answers[1]);
    expect(await custodyBreaks(house)).toEqual([]);
  });
});

describe('telling holders', () => {
  test('one mail for a lead, one digest for many, none twice', async () => {
    house.clock.set('2026-06-01T08:00:00Z');
    await house.write((tx) => tx.run(sql`delete from platform.mail`));
    await plantLeads(house, [{ grade: 'hot', name: 'Marta Keller', message: '<b>Quote</b> please' }]);
    await house.drain();
    const [mail] = await house.mails();
    expect(mail).toMatchObject({ kind: 'lead.assigned', toAddress: 'ana@hartwell.example', subject: 'Hot lead: Marta Keller' });
    expect(mail!.textBody).toContain('/leads/');
    expect(mail!.htmlBody).toContain('&lt;b&gt;Quote');
    await plantLeads(
      house,
      Array.from({ length: 7 }, () => ({})),
    );
    await house.drain();
    await house.drain();
    const mails = await house.mails();
    expect(mails.map((m) => m.kind)).toEqual(['lead.assigned', 'lead.digest']);
    expect(mails[1]!.subject).toBe('7 leads for you');
    house.clock.advance(43 * 60_000);
    await house.scan();
    expect((await house.mails()).map((m) => m.subject)).toContain('Still waiting for you: Marta Keller');
  });

  test('many reminders at once say of what, and by when, not that there are new leads', async () => {
    house.clock.set('2026-06-08T08:00:00Z');
    const leads = await plantLeads(house, Array.from({ length: 7 }, (_, i) => ({ name: `Lead ${i}` })));
    await house.drain();
    const at = house.clock.now();
    await house.write((tx) => acceptAssignments(tx, house.cx, leads.map(({ leadId }) => ({ leadId, at, via: 'app', actor: 'baton' }))));
    await house.write((tx) => tx.run(sql`update distribute.assignment set first_followup_at = accepted_at, judge_by = ${new Date('2026-06-12T15:00:00Z')}, judge_remind_at = ${new Date('2026-06-11T15:00:00Z')}, clock_at = ${new Date('2026-06-11T15:00:00Z')}
      where lead_id = any(${leads.map(({ leadId }) => leadId)}::uuid[]) and ended_at is null`));
    await house.drain();
    await house.write((tx) => tx.run(sql`delete from platform.mail`));
    house.clock.set('2026-06-11T15:01:00Z');
    await house.scan();
    await house.drain();
    const mails = (await house.mails()).filter(({ textBody }) => textBody.includes('Lead 0'));
    expect(mails.map(({ kind, subject }) => ({ kind, subject }))).toEqual([{ kind: 'lead.digest', subject: '7 verdicts are due' }]);
    expect(mails[0]!.textBody).toMatch(/7 leads have no verdict yet, the best first:[^]*Lead 0.* · verdict by Fri/);
    expect(mails[0]!.textBody).not.toMatch(/leads for you|answer by/);
  });
});
