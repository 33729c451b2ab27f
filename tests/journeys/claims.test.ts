import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, eager, linkIn, openTown } from './town.ts';
import type { Town } from './town.ts';

let town: Town;
beforeEach(async () => {
  town = await openTown();
});
afterEach(() => town.close());

interface Roi {
  rows: { key: string; wonMinor: number; sales: number; returnPercent: number | null }[];
  unattributed: { wonMinor: number };
  ledger: { wonMinor: number };
}
const earned = async (): Promise<{ wonMinor: number; sales: number; returnPercent: number | null }> => {
  const roi: Roi = await town.ok('management', 'GET', '/v1/roi?by=program&model=first&basis=won');
  expect(roi.rows.reduce((sum, row) => sum + row.wonMinor, 0) + roi.unattributed.wonMinor).toBe(roi.ledger.wonMinor);
  const { wonMinor, sales, returnPercent } = roi.rows.find((row) => row.key === town.programId)!;
  return { wonMinor, sales, returnPercent };
};
const verified = async (): Promise<void> => {
  const verify = await town.ok('administrator', 'GET', '/v1/verify');
  expect(verify).toMatchObject({ holds: true });
};
const partnerOf = async (receipt: { id: string }): Promise<string> => (await town.leadOf(receipt)).holder.name;

describe('the sale nobody reported', () => {
  it('comes to light by a warranty card, counts for its program, and goes again when the file is taken back', async () => {
    const receipt = await town.inquire(eager);
    const partner = await partnerOf(receipt);
    const offer = town.letters.findLast((letter) => /leads@(alpen|rhein)pumpen\.example/.test(letter.to?.[0]?.address ?? ''))!;
    await answer(town, linkIn(offer), { do: 'accept' });
    await town.pass(24 * 50, 240);
    const lead = await town.leadOf(receipt);
    expect(lead).toMatchObject({ fate: null, verdict: null });
    expect(await earned()).toEqual({ wonMinor: 0, sales: 0, returnPercent: -100 });

    // The card names neither mail nor receipt: the buyer is recognised as any arrival is. Another row is somebody nobody knew.
    const card = [
      'Registration no,Serial number,Model,Purchase date,Price paid,Dealer,First name,Last name,Company,Phone,Street,ZIP,City,Country',
      `W-1,HX-000731,HX 40,2026-04-14,18500.00,${partner},Regula,Wyss,Wasser Bern,031 300 12 34,Wasserwerkgasse 4,3011,Bern,Switzerland`,
      'W-2,HX-000732,HX 60,2026-04-15,9900.00,Nobody & Sons,Urs,Moser,Moser Mostbetrieb,,Dorfstrasse 8,8580,Amriswil,Switzerland',
      'W-3,HX-000733,HX 60,,9900.00,Nobody & Sons,Ida,Frei,,,,,,',
    ].join('\n');
    const done = await town.bringIn('warranty cards.csv', 'warranties', card);
    expect(done.counts).toMatchObject({ new: 2, problem: 1 });
    const told = Object.fromEntries(done.preview.consequences.map(({ what, count }: { what: string; count: number }) => [what, count]));
    expect(told).toMatchObject({ 'sales credited to leads': 1, 'sold, though reported bad, unknown or not at all': 1, 'sales to customers nobody knew': 1});

    const sold = await town.leadOf(receipt);
    expect(sold).toMatchObject({ state: 'sale', fate: 'sold', verdict: 'sale', valueMinor: 1_850_000 });
    const { items: sales } = await town.ok('sales_manager', 'GET', `/v1/opportunities?leadId=${lead.id}`);
    expect(sales).toMatchObject([{ outcome: 'won', amountMinor: 1_850_000, origin: 'claim', name: 'HX 40, serial HX-000731 (warranty registration)' }]);
    expect(await earned()).toEqual({ wonMinor: 1_850_000, sales: 1, returnPercent: 270 });
    await verified();

    const { items: claims } = await town.ok('management', 'GET', '/v1/claims');
    const credited = claims.find((one: { state: string }) => one.state === 'credited');
    expect(credited).toMatchObject({ reported: 'silent', reportedBy: { name: partner }, lead: { id: lead.id }, holder: { name: partner }, isNew: false });
    expect(claims.find((one: { state: string }) => one.state === 'none')).toMatchObject({ isNew: true, holder: null, distributor: 'Nobody & Sons', organization: { name: 'Moser Mostbetrieb' } });
    const summary = await town.ok('management', 'GET', '/v1/claims/summary');
    expect(summary).toMatchObject({ credited: { count: 1, valueMinor: 1_850_000 }, unknownCustomers: { count: 1, valueMinor: 990_000 }, reported: { count: 1, valueMinor: 1_850_000 } });
    expect(summary.byDistributor).toMatchObject([{ holder: { name: partner }, sales: 1, silent: { count: 1, valueMinor: 1_850_000 } }]);

    // The distributor's own file tells of the same unit, and the same cards come once more: one sale.
    const own = await town.bringIn('sell-through april.csv', 'sell-through', `Ship date;Distributor;Item;Serial number;Qty;Net amount;End customer;Ship to city\n14.04.2026;${partner};HX 40;HX 000731;1;15.000,00;Wasser Bern AG;Bern\n`);
    expect(own.counts).toMatchObject({ new: 1 });
    const again = await town.bringIn('warranty cards again.csv', 'warranties', card);
    expect(again.counts).toMatchObject({ matched: 2, problem: 1 });
    expect(await earned()).toMatchObject({ wonMinor: 1_850_000, sales: 1 });
    expect((await town.ok('management', 'GET', '/v1/claims/summary')).known).toEqual({ count: 1, valueMinor: 1_500_000 });

    // Without the cards the distributor's file proves the sale, with the value it tells.
    await town.ok('marketing', 'POST', `/v1/imports/${again.id}/undo`);
    await town.house.runJobs();
    await town.ok('marketing', 'POST', `/v1/imports/${done.id}/undo`);
    await town.house.runJobs();
    await town.settle();
    expect(await earned()).toMatchObject({ wonMinor: 1_500_000, sales: 1 });
    await verified();
    await town.ok('marketing', 'POST', `/v1/imports/${own.id}/undo`);
    await town.house.runJobs();
    await town.settle();
    expect(await earned()).toEqual({ wonMinor: 0, sales: 0, returnPercent: -100 });
    const after = await town.leadOf(receipt);
    expect(after).toMatchObject({ fate: null, verdict: null, holder: lead.holder, acceptedAt: lead.acceptedAt });
    const { items: people } = await town.ok('marketing', 'GET', '/v1/people');
    expect(people.map((one: { name: string }) => one.name)).toEqual(['Regula Wyss']);
    expect((await town.ok('marketing', 'GET', '/v1/claims')).items).toEqual([]);
    await verified();
  });

  it('waits for a person where it is not sure, and follows what that person says, back and forth', async () => {
    const receipt = await town.inquire(eager);
    const lead = await town.leadOf(receipt);
    await town.pass(240, 240);
    // A colleague bought; which product was asked for cannot be told from an article number.
    const file = 'Sale date,Distributor,SKU,Qty,Net amount,End customer,Contact,City,Country\n2026-03-10,Unknown Trading,4711,1,7000,Wasser Bern AG,Beat Loosli,Bern,CH\n';
    const done = await town.bringIn('pos.csv', 'sell-through', file);
    expect(done.counts).toMatchObject({ new: 1 });
    const { items } = await town.ok('marketing', 'GET', '/v1/claims?state=ask');
    expect(items).toHaveLength(1);
    const claim = await town.ok('marketing', 'GET', `/v1/claims/${items[0].id}`);
    expect(claim.candidates).toMatchObject([{ leadId: lead.id, who: 'organization', zone: 'ask', person: { name: 'Regula Wyss' } }]);
    expect(claim.candidates[0].evidence.reduce((sum: number, one: { points: number }) => sum + one.points, 0)).toBe(claim.candidates[0].points);

    expect(await town.ok('marketing', 'POST', `/v1/claims/${claim.id}/decide`, { leadId: lead.id })).toMatchObject({ state: 'credited', lead: { id: lead.id } });
    await town.settle();
    expect(await earned()).toMatchObject({ wonMinor: 700_000 });
    expect(await town.ok('marketing', 'POST', `/v1/claims/${claim.id}/undecide`)).toMatchObject({ state: 'ask', lead: null });
    await town.settle();
    expect(await earned()).toMatchObject({ wonMinor: 0 });
    expect(await town.leadOf(receipt)).toMatchObject({ fate: null, verdict: null });
    expect(await town.ok('marketing', 'POST', `/v1/claims/${claim.id}/decide`, { leadId: null })).toMatchObject({ state: 'apart', lead: null });
    await verified();
  });
});
