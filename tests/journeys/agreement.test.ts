import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agreeOn, plainTerms } from '../support/agreements.ts';
import { somebody } from '../support/persons.ts';
import type { Somebody } from '../support/persons.ts';
import { openTown } from './town.ts';
import type { Town } from './town.ts';

// Marketing and sales agree how fast a lead is answered, and later agree on something else. What was given before is judged by what held then.

let town: Town;
let mara: Somebody;
let stefan: Somebody;
beforeEach(async () => {
  town = await openTown();
  mara = await somebody(town.house, 'Mara Market', ['marketing']);
  stefan = await somebody(town.house, 'Stefan Sales', ['sales_manager']);
});
afterEach(() => town.close());

let n = 0;
const inquire = async (): Promise<{ id: string; respondBy: string }> => {
  n++;
  const receipt = await town.inquire({ email: `kurt${n}@firma${n}.example`, fullName: `Kurt Muster${'abcdefghij'[n % 10]}er`, organization: `Firma ${'ABCDEFGHIJ'[n % 10]} AG`, phone: `+41 44 200 10 ${10 + n}`, country: 'CH', message: 'A quote, please' });
  const lead = await town.leadOf(receipt);
  const [given] = (await town.ok('marketing', 'GET', `/v1/leads/${lead.id}/assignments`)).items;
  return { id: lead.id, respondBy: given.respondBy };
};
const at = (text: string): void => town.house.clock.set(text);
const accept = async (leadId: string): Promise<void> => {
  await town.ok('sales_manager', 'POST', `/v1/leads/${leadId}/accept`, {});
  await town.settle();
};
const minutes = (accept: number, contact: number, verdict: number | null) => ({ acceptMinutes: accept, contactMinutes: contact, verdictMinutes: verdict, attempts: null, attemptsMinutes: null });
const terms = (accept: number, contact: number, verdict: number | null, leadsMin: number) => {
  const owed = minutes(accept, contact, verdict);
  return plainTerms({ sales: { hot: owed, warm: owed, cold: owed, keptPercent: 100 }, marketing: { ...plainTerms().marketing, leadsMin } });
};

describe('an agreement', () => {
  it('is drafted, signed by both, takes force; each hand-off is judged by the version it was given under', async () => {
    // Before any agreement the setting holds, and nobody is judged.
    at('2026-03-02T08:00:00Z');
    const early = await inquire();
    await accept(early.id);
    await town.ok('sales_manager', 'POST', `/v1/leads/${early.id}/verdict`, { verdict: 'hot' });
    at('2026-03-02T09:00:00Z');

    // Version 1: four business hours to answer, then eight to make contact.
    await agreeOn(mara, stefan, terms(240, 480, 480, 3));
    expect((await town.ok('sales_manager', 'GET', '/v1/agreement')).inForce).toMatchObject({ version: 1 });
    at('2026-03-03T08:00:00Z');
    const kept = await inquire();
    const slow = await inquire();
    // Zurich is an hour ahead, offices open at eight: four business hours from nine are until one.
    expect([kept.respondBy, slow.respondBy]).toEqual(['2026-03-03T12:00:00.000Z', '2026-03-03T12:00:00.000Z']);
    at('2026-03-03T10:00:00Z');
    await accept(kept.id);

    // Version 2 halves it from Wednesday on. What was given on Tuesday keeps Tuesday's time.
    expect(await agreeOn(mara, stefan, terms(120, 240, 480, 60), '2026-03-04')).toBe(2);
    at('2026-03-03T11:30:00Z');
    await accept(slow.id);
    at('2026-03-04T08:00:00Z');
    const later = await inquire();
    expect(later.respondBy).toBe('2026-03-04T10:00:00.000Z');
    // Accepted on Tuesday at eleven, and contact within eight hours of that: by Wednesday at ten, also while version 2 asks for four.
    const [given] = (await town.ok('marketing', 'GET', `/v1/leads/${kept.id}/assignments`)).items;
    expect(given).toMatchObject({ followBy: '2026-03-04T09:00:00.000Z', agreedVersion: 1 });
    const path = async (id: string) => (await town.ok('marketing', 'GET', `/v1/leads/${id}/assignments`)).items[0].agreedVersion;
    expect([await path(early.id), await path(later.id)]).toEqual([null, 2]);
    at('2026-03-04T08:45:00Z');
    await town.ok('sales_manager', 'POST', `/v1/leads/${kept.id}/activities`, { kind: 'call' });
    await town.ok('sales_manager', 'POST', `/v1/leads/${kept.id}/verdict`, { verdict: 'hot' });
    // The one given under version 2 is answered after three hours: it had two, and was passed on.
    at('2026-03-04T11:00:00Z');
    await town.settle();
    await town.settle();

    const { promises, versions } = await town.ok('sales_manager', 'GET', '/v1/agreement/kept');
    expect(versions).toMatchObject([{ version: 1, untilAt: '2026-03-03T23:00:00.000Z' }, { version: 2, untilAt: null }]);
    const of = (key: string) => promises.find((one: { key: string }) => one.key === key)?.months[0];
    // Two of Tuesday in time, the one of Wednesday not: its first holder let it pass, the next still has time.
    expect(of('accept')).toMatchObject({ month: '2026-03', asked: 3, kept: 2, holds: false });
    // The one called on Wednesday was in time by version 1; the other's eight hours are over, too.
    expect(of('contact')).toMatchObject({ asked: 2, kept: 1 });
    expect(of('verdict')).toMatchObject({ asked: 2, kept: 1 });
    expect(of('leads')).toMatchObject({ kept: 3, isOver: false, holds: null });
    const opened = (await town.ok('marketing', 'GET', `/v1/leads?${new URLSearchParams({ ...of('accept').drill, kept: 'false' }).toString()}`)).items;
    expect(opened.map((lead: { id: string }) => lead.id)).toEqual([later.id]);

    // When the month is over both sides are told, once; nobody before its first morning.
    at('2026-04-01T04:00:00Z');
    await town.settle();
    expect(town.lettersTo('mara.market@test.example')).toHaveLength(0);
    at('2026-04-01T05:30:00Z');
    await town.settle();
    await town.settle();
    for (const who of ['mara.market', 'stefan.sales']) {
      const letters = town.lettersTo(`${who}@test.example`);
      expect(letters).toHaveLength(1);
      expect(letters[0]!.subject).toMatch(/^What was kept in March 2026: \d promises not$/);
      expect(letters[0]!.text).toMatch(/Leads brought: 3, at least \d+ promised: NOT kept/);
    }

    // Everything of it stands in the journal, and the journal holds.
    const record = await town.ok('management', 'GET', '/v1/verify');
    expect(record.holds).toBe(true);
  });
});
