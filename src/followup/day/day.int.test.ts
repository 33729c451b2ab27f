import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { makeHistory } from '../../../tests/support/lead-history.ts';
import type { MadeLead } from '../../../tests/support/lead-history.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { queryCount, sql } from '../../platform/db/index.ts';
import { countQueue } from '../followup.queries.ts';
import { judgeLeads } from '../judge-leads.ts';
import { readTerms } from './read-terms.ts';

let house: TestHouse;
let ana: string;
const day = 86_400_000;
const method = async () => (await house.request('sales_manager', 'GET', '/v1/queue/method')).json;
const queue = async () => (await house.request('sales_manager', 'GET', `/v1/queue?holderId=${ana}`)).json;

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  ana = await house.write((tx) => addHolder(tx, house.cx, { name: 'Ana', kind: 'rep', email: 'ana@hartwell.example' }));
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] }));
});
afterAll(() => house.close());

describe('what waiting costs', () => {
  test('is what is published until there is something to learn from', async () => {
    const fitted = await house.request('marketing', 'POST', '/v1/queue/method/fit', {});
    expect(fitted.status).toBe(200);
    expect(fitted.json).toMatchObject({ fittedAt: null, sources: [] });
    expect(fitted.json.company).toEqual(fitted.json.published);
    await plantLeads(house, [{ grade: 'hot' }]);
    await house.drain();
    const { items } = await queue();
    expect(items[0].why.at(-1)).toEqual({ label: 'Best called at once', detail: '100% of its chance is left; half is gone after 8 min (as published; no history yet)' });
  });

  test('counts exactly whom it says: followed up within two years, and judged or silent for a month', async () => {
    const made = await makeHistory(house.cx, house.scope, { leads: 3000, from: '2025-09-01', days: 181 });
    await house.write((tx) => tx.run(sql`update distribute.territory set active = false where name like 'Territory %'`));
    const now = house.clock.now().getTime();
    const contactOf = (lead: MadeLead): number => Math.min(...lead.assignments.map(({ firstFollowupAt }) => firstFollowupAt?.getTime() ?? Infinity));
    const counted = made.leads.filter(
      (lead) =>
        Number.isFinite(contactOf(lead)) &&
        contactOf(lead) >= lead.qualifiedAt.getTime() &&
        (['hot', 'warm', 'sale', 'bad'].includes(lead.verdict ?? '') || contactOf(lead) < now - 30 * day),
    );
    const isGood = ({ verdict }: MadeLead): boolean => verdict === 'hot' || verdict === 'warm' || verdict === 'sale';
    const { json } = await house.request('marketing', 'POST', '/v1/queue/method/fit', {});
    expect(json.company).toMatchObject({ leads: counted.length, good: counted.filter(isGood).length });
    expect(counted.length).toBeLessThan(made.leads.length);
    for (const { id } of made.sources) {
      const own = counted.filter(({ sourceId }) => sourceId === id);
      expect.soft(json.sources.find((one: { sourceId: string }) => one.sourceId === id)).toMatchObject({ leads: own.length, good: own.filter(isGood).length });
    }
    // Outcomes in that history were drawn without looking at the wait: there is nothing to lose by waiting, and that is found.
    expect(json.company.leftPercent.at(-1)).toBeGreaterThan(75);
    expect(json.published.leftPercent.at(-1)).toBe(25);
  });

  test('is used by the queue, with its reason on the row', async () => {
    const [source] = await house.rows<{ id: string }>(sql`select id from capture.source where name = 'Source 1'`);
    await house.write((tx) => tx.run(sql`update qualify.lead set source_id = ${source!.id} where id in (select lead_id from distribute.assignment where holder_id = ${ana})`));
    house.clock.advance(4 * 60 * 60_000);
    const { items } = await queue();
    expect(items[0].why.find((one: { label: string }) => one.label === 'Falling while you wait' || one.label === 'Best called at once').detail).toMatch(
      /% of its chance is left; .* \(\d+ leads of this source\)$/,
    );
    expect(items[0].decayPercent).toBeGreaterThan(40); // 25 as published
  });

  test('is learnt anew every night, and not more often', async () => {
    const before = (await method()).fittedAt;
    house.clock.advance(2 * 60 * 60_000);
    await house.scan();
    expect((await method()).fittedAt).toBe(before);
    house.clock.advance(20 * 60 * 60_000);
    await house.scan();
    expect((await method()).fittedAt).toBe(house.clock.now().toISOString());
  });
});

describe('the order', () => {
  test('counts the time that is left without public holidays', async () => {
    const at = new Date('2026-06-01T14:00:00Z'); // Monday
    const left = (): Promise<number> => house.read(async (tx) => (await readTerms(tx, [ana], at, 0)).minutesUntil(ana, new Date('2026-06-03T08:00:00Z')));
    const before = await left();
    const holidays = await house.request('marketing', 'POST', '/v1/holidays', { name: 'Local', days: [{ on: '2026-06-02', name: 'Republic' }], holderIds: [ana] });
    expect(await left()).toBe(before - 9 * 60);
    await house.request('marketing', 'DELETE', `/v1/holidays/${holidays.json.id}`);
  });

  test('goes by the average sale in the company’s currency, whatever was sold in others', async () => {
    const sell = async (valueMinor: number, currency: string): Promise<void> => {
      const [lead] = await plantLeads(house, [{ country: 'JP' }]);
      await house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: lead!.leadId, verdict: 'sale', valueMinor, currency, at: house.clock.now(), via: 'import' }]));
    };
    await sell(2_000_000, 'EUR');
    const average = async () => (await house.read((tx) => countQueue(tx, [ana], house.clock.now()))).averageSaleMinor;
    const before = await average();
    expect(before).toBeGreaterThan(0);
    await sell(900_000_000, 'JPY');
    expect(await average()).toBe(before);
  });

  test('follows the margin as soon as it is said', async () => {
    expect((await house.request('rep', 'GET', '/v1/settings/margins')).json).toEqual({ percent: 100, products: [] });
    const [pump, part] = await plantLeads(house, [{ grade: 'hot' }, { grade: 'hot' }]);
    await house.drain();
    await house.write((tx) => tx.run(sql`update qualify.lead set product = case id when ${pump!.leadId} then 'Pump' else 'Spare part' end where id in (${pump!.leadId}, ${part!.leadId})`));
    const places = async (): Promise<number[]> => {
      const { items } = await queue();
      return [pump, part].map((one) => items.findIndex((row: { leadId: string }) => row.leadId === one!.leadId));
    };
    const products = (pumps: number, parts: number) => ({ percent: 50, products: [{ product: ' pump', percent: pumps }, { product: 'SPARE PART', percent: parts }] });
    expect((await house.request('sales_manager', 'PUT', '/v1/settings/margins', products(20, 60))).status).toBe(200);
    let [pumpAt, partAt] = (await places()) as [number, number];
    expect(partAt).toBeLessThan(pumpAt);
    await house.request('sales_manager', 'PUT', '/v1/settings/margins', products(60, 20));
    [pumpAt, partAt] = (await places()) as [number, number];
    expect(pumpAt).toBeLessThan(partAt);
    expect((await house.request('sales_manager', 'PUT', '/v1/settings/margins', { percent: 101, products: [] })).status).toBe(422);
    expect((await house.request('rep', 'PUT', '/v1/settings/margins', { percent: 10, products: [] })).status).toBe(403);
  });

  test('takes as many statements for ninety leads as for three', async () => {
    const count = async (): Promise<number> => {
      await queue(); // who asks is remembered for some seconds
      const before = queryCount.total;
      await queue();
      return queryCount.total - before;
    };
    const few = await count();
    await plantLeads(house, Array.from({ length: 90 }, () => ({})));
    await house.drain();
    expect(await count()).toBe(few);
  });
});
