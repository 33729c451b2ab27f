import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { plainTerms, plantAgreement } from '../../tests/support/agreements.ts';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { holders, plantLeads } from '../../tests/support/leads.ts';
import { openContext, scans } from '../house.ts';
import { SetClock } from '../platform/clock.ts';
import { sql } from '../platform/db/index.ts';
import { acceptAssignments, addHolder, changeTerritory } from './index.ts';

// Office hours in Zurich, eight to five; summer time begins on Sunday, 29 March 2026.

const hour = 3_600_000;
let house: TestHouse;
let ana: string;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T07:00:00Z' });
  const owed = { acceptMinutes: 60, contactMinutes: 240, verdictMinutes: 1080, attempts: 2, attemptsMinutes: 540 };
  await plantAgreement(house, 1, plainTerms({ sales: { hot: owed, warm: owed, cold: { ...owed, verdictMinutes: null, attempts: null, attemptsMinutes: null }, keptPercent: 90 } }), new Date('2026-01-01T00:00:00Z'));
  await house.write(async (tx) => {
    const holder = (name: string) => addHolder(tx, house.cx, { name, kind: 'partner', email: `${name}@partner.example`, timeZone: 'Europe/Zurich' });
    ana = await holder('Ana');
    const others = [await holder('Ben'), await holder('Cas'), await holder('Dora')];
    await changeTerritory(tx, house.cx, null, { name: 'Everywhere', rules: {}, holders: [ana, ...others].map((holderId) => ({ holderId, weight: 1 })) });
  });
});
afterAll(() => house.close());

let monday = Date.parse('2026-03-02T07:00:00Z'); // eight o'clock in Zurich
beforeEach(() => {
  house.clock.set(new Date(monday));
  monday += 14 * 24 * hour;
});

interface Told {
  type: string;
  clock: string;
  at: Date;
}
const told = (leadId: string, type = 'lead.overdue'): Promise<Told[]> =>
  house.rows(sql`select type, data ->> 'clock' as clock, at from journal.fact where subject_id = ${leadId} and type = ${type} order by chain_id, seq`);
const give = async (grade: 'hot' | 'cold' = 'hot'): Promise<{ leadId: string; holderId: string }> => {
  const [lead] = await plantLeads(house, [{ grade }]);
  await house.drain();
  return { leadId: lead!.leadId, holderId: (await holders(house)).get(lead!.leadId)!.holderId };
};
const accept = (leadId: string): Promise<unknown> => house.write((tx) => acceptAssignments(tx, house.cx, [{ leadId, at: house.cx.clock.now(), via: 'app' }]));
const ask = (method: string, path: string, body?: unknown) => house.request('sales_manager', method, path, body);
const call = (leadId: string) => ask('POST', `/v1/leads/${leadId}/activities`, { kind: 'call' });
const at = (hours: number): Date => new Date(monday - 14 * 24 * hour + hours * hour);
const scanAt = async (when: Date): Promise<void> => {
  house.clock.set(when);
  await house.scan();
};

describe('every promise has a clock', () => {
  test('attempts and verdict: a reminder, then a breach at the instant it was due, told to the managers; the lead stays where it is', async () => {
    const { leadId, holderId } = await give();
    house.clock.set(at(0.5));
    await accept(leadId); // half past eight: attempts by half past eight tomorrow, a verdict the day after
    await call(leadId);
    await scanAt(at(7));
    expect(await told(leadId, 'lead.reminded')).toEqual([{ type: 'lead.reminded', clock: 'attempts', at: at(7) }]);
    expect((await house.mails()).at(-1)).toMatchObject({ kind: 'lead.tries', subject: 'Try once more: Person 0', textBody: expect.stringContaining('Please try again by') });
    await scanAt(at(24.4));
    expect(await told(leadId)).toEqual([]);
    await scanAt(at(24.6));
    expect(await told(leadId)).toEqual([{ type: 'lead.overdue', clock: 'attempts', at: at(24.5) }]);
    expect((await ask('GET', '/v1/alarms')).json.owed).toMatchObject({ count: 1, oldest: { leadId, name: 'Person 0', since: at(24.5).toISOString() } });
    expect((await ask('GET', '/v1/leads?owes=true')).json.items).toMatchObject([{ id: leadId }]);
    const triedTooSeldom = async () => (await house.drain(), (await ask('GET', '/v1/leads?late=attempts')).json.items);
    expect(await triedTooSeldom()).toMatchObject([{ id: leadId }]);
    await call(leadId);
    expect(await triedTooSeldom()).toEqual([]);
    expect((await ask('GET', '/v1/alarms')).json.owed).toMatchObject({ count: 0, oldest: null });
    await scanAt(at(49)); // a weekend of looking away
    await scanAt(at(96));
    expect(await told(leadId)).toEqual([
      { type: 'lead.overdue', clock: 'attempts', at: at(24.5) },
      { type: 'lead.overdue', clock: 'verdict', at: at(48.5) },
    ]);
    expect((await house.mails()).filter(({ kind, leadId: of }) => kind === 'lead.judge' && of === leadId)).toHaveLength(0); // there was nobody to remind before it was over
    expect((await holders(house)).get(leadId)!.holderId).toBe(holderId);
    expect((await ask('GET', `/v1/leads/${leadId}/assignments`)).json.items[0].clocks).toEqual([
      { clock: 'accept', dueAt: at(1).toISOString(), state: 'kept' },
      { clock: 'contact', dueAt: at(4.5).toISOString(), state: 'kept' },
      { clock: 'attempts', dueAt: at(24.5).toISOString(), state: 'broken' },
      { clock: 'verdict', dueAt: at(48.5).toISOString(), state: 'broken' },
    ]);
    expect((await ask('GET', `/v1/leads/${leadId}`)).text).toContain('gave no verdict by the time agreed');
    await ask('POST', `/v1/leads/${leadId}/verdict`, { verdict: 'hot' });
    expect((await ask('GET', '/v1/alarms')).json.owed.count).toBe(0);
  });

  test('a verdict that stands ends them; taken back, they are owed again', async () => {
    const { leadId } = await give();
    await accept(leadId);
    await call(leadId);
    await ask('POST', `/v1/leads/${leadId}/verdict`, { verdict: 'hot' });
    await scanAt(at(30));
    expect(await told(leadId)).toEqual([]);
    expect(await told(leadId, 'lead.reminded')).toEqual([]);
    // Unsure again, it is asked again in its time; what was promised by a day is kept.
    await ask('POST', `/v1/leads/${leadId}/verdict`, { verdict: 'dont_know' });
    house.clock.set(at(97));
    await house.drain();
    const late = async (): Promise<string[]> => (await ask('GET', '/v1/leads?late=any')).json.items.map(({ id }: { id: string }) => id);
    expect(await late()).not.toContain(leadId);
    expect((await ask('POST', `/v1/leads/${leadId}/verdict/undo`)).status).toBe(200);
    expect((await ask('POST', `/v1/leads/${leadId}/verdict/undo`)).status).toBe(200);
    await house.drain();
    expect(await late()).toContain(leadId);
    house.clock.set(at(30));
    await scanAt(at(31));
    expect(await told(leadId)).toEqual([{ type: 'lead.overdue', clock: 'attempts', at: at(9) }]);
  });

  test('who answers too late broke it all the same, also when nobody had looked', async () => {
    const { leadId, holderId } = await give('cold');
    house.clock.set(at(1.2));
    await accept(leadId);
    await scanAt(at(1.3));
    expect(await told(leadId)).toEqual([{ type: 'lead.overdue', clock: 'accept', at: at(1) }]);
    expect((await holders(house)).get(leadId)!.holderId).toBe(holderId);
    const other = await give('cold');
    house.clock.set(at(3.3));
    await ask('POST', `/v1/leads/${other.leadId}/verdict`, { verdict: 'bad', reason: 'No need' }); // closed and gone before anybody looked
    await house.scan();
    expect(await told(other.leadId)).toEqual([{ type: 'lead.overdue', clock: 'accept', at: at(2.3) }]);
  });
});

describe('a lead rests', () => {
  test('until the day its holder said: accepted by it, no clock runs, it ends by itself and the clocks run on', async () => {
    const { leadId, holderId } = await give();
    house.clock.set(at(0.5));
    const as = { role: 'partner' as const, holderId };
    const path = `/v1/leads/${leadId}/pause`;
    const friday = at(96).toISOString().slice(0, 10);
    const rests = await house.request(as, 'POST', path, { until: friday, reason: 'Back on Friday' });
    expect(rests.json, rests.text).toMatchObject({ custody: { acceptedAt: at(0.5).toISOString(), pausedUntil: expect.any(String), pauseReason: 'Back on Friday' } });
    const queue = (await house.request(as, 'GET', '/v1/queue')).json.items as { leadId: string; kind: string; later: boolean; why: unknown[] }[];
    expect(queue.at(-1)).toMatchObject({ leadId, kind: 'paused', later: true, why: [{ label: 'Rests', detail: 'Back on Friday' }] });
    await scanAt(at(90));
    expect(await told(leadId)).toEqual([]);
    expect(await told(leadId, 'lead.reminded')).toEqual([]);
    await scanAt(at(96.1)); // Friday morning
    expect(await told(leadId, 'lead.resumed')).toMatchObject([{ at: new Date(rests.json.custody.pausedUntil) }]);
    expect((await holders(house)).get(leadId)!.holderId).toBe(holderId);
    // Four hours for the first contact, from eight on Friday, in summer time.
    await scanAt(at(100));
    expect(await told(leadId)).toEqual([{ type: 'lead.overdue', clock: 'contact', at: at(99) }]);
    expect((await ask('GET', `/v1/leads/${leadId}`)).text).toMatch(/lets it rest until .*Back on Friday.*Its pause is over/s);
  });

  test('ended early, the clocks run on from then; not for ever, not into the past, and by nobody else', async () => {
    const { leadId, holderId } = await give();
    const path = `/v1/leads/${leadId}/pause`;
    await accept(leadId);
    await house.drain();
    house.clock.set(at(1));
    const until = at(7 * 24).toISOString();
    expect((await ask('POST', path, { until, reason: 'Waits for their budget' })).status).toBe(200);
    expect((await ask('POST', path, { until: at(15.1 * 24).toISOString(), reason: 'Longer' })).json.code).toBe('distribute/pause-too-long');
    expect((await ask('POST', path, { until: at(0).toISOString(), reason: 'Never' })).json.code).toBe('distribute/pause-past');
    house.clock.set(at(20)); // past the time it had
    await house.drain();
    const late = async () => (await ask('GET', '/v1/leads?late=contact')).json.items.map(({ id }: { id: string }) => id).includes(leadId);
    expect(await late()).toBe(false);
    const other = (await house.request('marketing', 'GET', '/v1/holders?kind=partner')).json.items.find((one: { id: string }) => one.id !== holderId).id as string;
    expect((await house.request({ role: 'partner', holderId: other }, 'POST', path, { until, reason: 'Mine' })).status).toBe(404);
    house.clock.set(at(26));
    expect((await ask('DELETE', path)).json.custody).toMatchObject({ pausedUntil: null });
    // An hour of the four had passed before: three are left from ten on Tuesday.
    await scanAt(at(28.9));
    expect(await told(leadId)).toEqual([]);
    await house.drain();
    house.clock.set(at(29.1));
    expect(await late()).toBe(true);
    await scanAt(at(29.1));
    expect(await told(leadId)).toEqual([{ type: 'lead.overdue', clock: 'contact', at: at(29) }]);
  });
});

describe('every breach is told once, at its instant', () => {
  test('when the house was down, two processes look at once, and the clock jumps', async () => {
    const leads: string[] = [];
    for (let n = 0; n < 12; n++) leads.push((await give()).leadId);
    const clock = new SetClock(at(26)); // the house comes back a day later
    const other = await openContext(house.cx.config, house.connection, clock);
    const look = async (cx: TestHouse['cx']): Promise<void> => {
      const mine = scans.filter(({ name }) => name === 'distribute.clocks' || name === 'distribute.promise');
      for (let did = 1; did > 0;) {
        did = 0;
        for (const scan of mine) did += await scan.run(cx, house.scope);
      }
    };
    house.clock.set(at(26));
    await Promise.all([look(house.cx), look(other)]);
    house.clock.set(at(0.5)); // somebody sets the clock back
    clock.set(at(50)); // and another ahead
    await Promise.all([look(house.cx), look(other), look(other)]);
    house.clock.set(at(50));
    await look(house.cx);
    await other.close();
    const facts = await house.rows<{ assignmentId: string; clock: string; at: Date; respondBy: Date }>(sql`select f.data ->> 'assignmentId' as assignment_id, f.data ->> 'clock' as clock, f.at, a.respond_by
      from journal.fact f join distribute.assignment a on a.id = (f.data ->> 'assignmentId')::uuid where f.type = 'lead.overdue' and f.subject_id = any(${leads}::uuid[])`);
    expect(new Set(facts.map((one) => one.assignmentId + one.clock)).size).toBe(facts.length);
    expect(facts.filter((one) => one.at.getTime() === at(1).getTime())).toHaveLength(12);
    for (const one of facts) expect(one.at).toEqual(one.respondBy);
    // Each hand-off whose time is over, and that nobody answered, is among them.
    const [{ count }] = await house.rows<{ count: number }>(sql`select count(*)::int as count from distribute.assignment where lead_id = any(${leads}::uuid[]) and respond_by <= ${at(50)} and (ended_at is null or ended_at >= respond_by)`) as [{ count: number }];
    expect(facts).toHaveLength(count);
    expect(count).toBeGreaterThanOrEqual(24);
  });

  test('where summer time begins between', async () => {
    house.clock.set('2026-03-27T15:30:00Z'); // Friday, half past four: half an hour is left, and half an hour of Monday
    const { leadId } = await give();
    await scanAt(new Date('2026-03-30T06:29:00Z'));
    expect(await told(leadId)).toEqual([]);
    await scanAt(new Date('2026-03-30T07:00:00Z'));
    expect(await told(leadId)).toEqual([{ type: 'lead.overdue', clock: 'accept', at: new Date('2026-03-30T06:30:00Z') }]);
  });
});
