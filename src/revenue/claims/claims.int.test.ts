import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { acceptInquiries, createProgram, type ImportBatch, type RowOutcome } from '../../capture/index.ts';
import { judgeLeads } from '../../followup/index.ts';
import { sql } from '../../platform/db/index.ts';
import { invoicesImport, makeRoi, outcomesImport } from '../index.ts';
import { claimImports } from './import-claims.ts';

let house: TestHouse;
const options: ImportBatch['options'] = { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'EUR', country: 'CH', mode: 'both', consentBasis: null };
const [sellThrough, warranties, rebates] = claimImports as [(typeof claimImports)[0], (typeof claimImports)[0], (typeof claimImports)[0]];
const eur = (major: number) => ({ minor: major * 100, currency: 'EUR' });

async function bring(kind: (typeof claimImports)[0], rows: Record<string, unknown>[], importId = house.cx.ids.next()): Promise<{ importId: string; outcomes: RowOutcome[] }> {
  const outcomes = await house.write((tx) => kind.apply(tx, house.cx, { importId, rows: rows.map((values, n) => ({ row: n + 2, values, extra: {} })), options }));
  await house.drain();
  return { importId, outcomes: outcomes.toSorted((a, b) => a.row - b.row) };
}
async function undo(kind: (typeof claimImports)[0], importId: string): Promise<void> {
  await house.write((tx) => kind.undo(tx, house.cx, importId));
  await house.drain();
}
async function enquire(n: number, product = 'Flow meter FM-200'): Promise<{ leadId: string; email: string; company: string }> {
  const email = `buyer${n}@firm${n}.example`;
  const company = `Firm ${'abcdefghijklmnopqrstuvwxyz'[n % 26]}${n} Works AG`;
  const [one] = await house.write((tx) =>
    acceptInquiries(tx, house.cx, [{ channel: 'api', externalId: `ENQ-${n}00`, fields: { email, familyName: `Buyer${n}`, organization: company, product }, source: 'Web', program: 'Fair', occurredAt: new Date('2026-01-10T09:00:00Z') }]),
  );
  await house.drain();
  const { leadId } = (await house.rows<{ leadId: string }>(sql`select lead_id from qualify.lead_inquiry where inquiry_id = ${one!.id}`))[0]!;
  return { leadId, email, company };
}
const claimsOf = (leadId: string) =>
  house.rows<{ proof: string; state: string; reported: string | null; knownKind: string | null; opportunityId: string | null }>(
    sql`select proof, state, reported, known_kind, opportunity_id from revenue.claim where lead_id = ${leadId} order by sold_on, id`,
  );
const wonOf = async (leadId: string): Promise<number> =>
  (await house.rows<{ sum: number }>(sql`select coalesce(sum(amount_minor), 0)::bigint as sum from revenue.opportunity where lead_id = ${leadId} and outcome = 'won'`))[0]!.sum;
const fateOf = async (leadId: string): Promise<string | null> => (await house.rows<{ fate: string | null }>(sql`select fate from qualify.lead where id = ${leadId}`))[0]!.fate;
const ledger = async () => {
  const roi = await house.read((tx) => makeRoi(tx, { by: 'program', model: 'first', basis: 'won', from: undefined, to: undefined }, house.cx));
  expect(roi.rows.reduce((sum, row) => sum + row.wonMinor, 0) + roi.unattributed.wonMinor).toBe(roi.ledger.wonMinor);
  return roi.ledger;
};

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-06-01T08:00:00Z' });
  await house.write((tx) => createProgram(tx, house.cx, { name: 'Fair', channel: 'Trade show', externalId: 'F' }));
});
afterAll(() => house.close());

describe('a sale is counted once', () => {
  it('whatever proved it before: an invoice, an outcome, a verdict without a value', async () => {
    const [a, b, c] = [await enquire(1), await enquire(2), await enquire(3)];
    await house.write((tx) =>
      invoicesImport.apply(tx, house.cx, { importId: house.cx.ids.next(), options, rows: [{ row: 2, extra: {}, values: { number: 'R-1', issuedAt: new Date('2026-02-10T00:00:00Z'), email: a.email, reference: 'ENQ-100', net: eur(900) } }] }),
    );
    await house.write((tx) =>
      outcomesImport.apply(tx, house.cx, { importId: house.cx.ids.next(), options, rows: [{ row: 2, extra: {}, values: { inquiryRef: 'ENQ-200', wonAt: new Date('2026-02-12T00:00:00Z'), value: eur(800) } }] }),
    );
    await house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: c.leadId, verdict: 'sale', at: new Date('2026-02-14T00:00:00Z'), via: 'app' }]));
    await house.drain();
    const before = await ledger();
    const { importId, outcomes } = await bring(
      sellThrough,
      [a, b, c].map((one) => ({ soldOn: '2026-02-11', email: one.email, product: 'FM-200', value: eur(1000) })),
    );
    expect(outcomes.map((one) => one.outcome)).toEqual(['new', 'new', 'new']);
    expect(await claimsOf(a.leadId)).toMatchObject([{ state: 'known', knownKind: 'invoice' }]);
    expect(await claimsOf(b.leadId)).toMatchObject([{ state: 'known', knownKind: 'opportunity', opportunityId: null }]);
    expect(await claimsOf(c.leadId)).toMatchObject([{ state: 'known', knownKind: 'opportunity' }]);
    // The invoice's lead is closed, its money is the invoice's; the verdict without a value has one now.
    expect([await fateOf(a.leadId), await wonOf(a.leadId), await wonOf(b.leadId), await wonOf(c.leadId)]).toEqual(['sold', 0, 80_000, 100_000]);
    await undo(sellThrough, importId);
    expect([await fateOf(a.leadId), await fateOf(c.leadId), await wonOf(c.leadId)]).toEqual([null, 'sold', 0]);
    expect(await ledger()).toEqual(before);
    expect(await house.rows(sql`select 1 from revenue.claim`)).toEqual([]);
  });

  it('is not counted a second time when an outcome comes after the claim', async () => {
    const one = await enquire(4);
    await bring(rebates, [{ soldOn: '2026-03-01', number: 'RB-4', email: one.email, product: 'FM-200', value: eur(500) }]);
    expect([await wonOf(one.leadId), (await claimsOf(one.leadId))[0]!.state]).toEqual([50_000, 'credited']);
    await house.write((tx) =>
      outcomesImport.apply(tx, house.cx, { importId: house.cx.ids.next(), options, rows: [{ row: 2, extra: {}, values: { inquiryRef: 'ENQ-400', wonAt: new Date('2026-03-02T00:00:00Z'), value: eur(520) } }] }),
    );
    await house.drain();
    expect([await wonOf(one.leadId), await fateOf(one.leadId)]).toEqual([52_000, 'sold']);
    expect(await claimsOf(one.leadId)).toMatchObject([{ state: 'known', knownKind: 'opportunity', opportunityId: null }]);
  });

  it('however often and in whatever order the same files come', async () => {
    const leads = [await enquire(5), await enquire(6), await enquire(7)];
    const cards = leads.map((one, n) => ({ soldOn: '2026-02-20', serial: `SN-55${n}1`, product: 'FM-200', email: one.email, value: eur(100 + n) }));
    const through = leads.map((one, n) => ({ soldOn: '2026-02-19', product: 'FM-200', quantity: 1, organization: one.company, email: one.email, value: eur(200 + n), ...(n === 0 ? {} : { serial: `SN 55${n}1` }) }));
    const before = await ledger();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom('cards', 'through'), { minLength: 1, maxLength: 5 }), fc.infiniteStream(fc.nat()), async (order, chance) => {
        const brought: { kind: (typeof claimImports)[0]; importId: string }[] = [];
        for (const which of order) {
          const kind = which === 'cards' ? warranties : sellThrough;
          brought.push({ kind, importId: (await bring(kind, which === 'cards' ? cards : through)).importId });
          for (const { leadId } of leads) {
            expect((await claimsOf(leadId)).filter((one) => one.state === 'credited')).toHaveLength(1);
            expect(await house.rows(sql`select 1 from revenue.opportunity where lead_id = ${leadId} and outcome = 'won'`)).toHaveLength(1);
          }
          const first = order[0] === 'cards' ? 30_300 : 60_300;
          expect((await ledger()).wonMinor - before.wonMinor).toBe(first);
        }
        while (brought.length > 0) {
          const [{ kind, importId }] = brought.splice(chance.next().value % brought.length, 1) as [(typeof brought)[0]];
          await undo(kind, importId);
        }
        expect(await ledger()).toEqual(before);
        for (const { leadId } of leads) expect([await fateOf(leadId), (await claimsOf(leadId)).length]).toEqual([null, 0]);
      }),
      { numRuns: 6 },
    );
  });
});

describe('what was reported', () => {
  it('stands beside the sale, and the verdict comes back with the undo', async () => {
    const one = await enquire(8);
    await house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: one.leadId, verdict: 'bad', reason: 'no budget', at: new Date('2026-02-01T00:00:00Z'), via: 'app' }]));
    await house.drain();
    const { importId } = await bring(warranties, [{ soldOn: '2026-03-03', serial: 'Z-90001', product: 'FM-200', email: one.email, value: eur(700) }]);
    expect(await claimsOf(one.leadId)).toMatchObject([{ state: 'credited', reported: 'bad' }]);
    expect(await fateOf(one.leadId)).toBe('sold');
    await undo(warranties, importId);
    expect(await fateOf(one.leadId)).toBe('bad');
  });
});

describe('a closed lead of somebody who asks for something else now', () => {
  it('is sold all the same, and bad again after the undo; the open one goes on', async () => {
    const one = await enquire(11);
    await house.write((tx) => judgeLeads(tx, house.cx, [{ leadId: one.leadId, verdict: 'bad', reason: 'no budget', at: new Date('2026-02-01T00:00:00Z'), via: 'app' }]));
    await house.drain();
    const [other] = await house.write((tx) => acceptInquiries(tx, house.cx, [{ channel: 'api', externalId: 'ENQ-1101', fields: { email: one.email, familyName: 'Buyer11', product: 'Ball valve' }, source: 'Web', program: 'Fair', occurredAt: new Date('2026-02-20T09:00:00Z') }]));
    await house.drain();
    const { leadId: openId } = (await house.rows<{ leadId: string }>(sql`select lead_id from qualify.lead_inquiry where inquiry_id = ${other!.id}`))[0]!;
    expect(openId).not.toBe(one.leadId);
    const { importId } = await bring(warranties, [{ soldOn: '2026-03-03', serial: 'Z-90011', product: 'FM-200', email: one.email, value: eur(700) }]);
    expect([await fateOf(one.leadId), await fateOf(openId), (await claimsOf(one.leadId))[0]!.reported]).toEqual(['sold', null, 'bad']);
    await undo(warranties, importId);
    expect([await fateOf(one.leadId), await fateOf(openId), await wonOf(one.leadId)]).toEqual(['bad', null, 0]);
  });
});

describe('rows', () => {
  it('are all kept: twins are two sales, what cannot be is told with its reason', async () => {
    const twin = { soldOn: '2026-04-01', organization: 'Nobody Knew Them Ltd', product: 'FM-200', value: eur(50) };
    const { importId, outcomes } = await bring(sellThrough, [twin, twin, { soldOn: '2026-04-01', value: eur(1) }, { organization: 'X Y Z Works' }, { ...twin, quantity: -1 }]);
    expect(outcomes.map((one) => one.outcome)).toEqual(['new', 'new', 'problem', 'problem', 'skipped']);
    expect((await bring(sellThrough, [twin, twin, twin])).outcomes.map((one) => one.outcome)).toEqual(['matched', 'matched', 'new']);
    expect(await house.rows(sql`select distinct is_new, state from revenue.claim where import_id = ${importId}`)).toEqual([{ isNew: true, state: 'none' }]);
  });

  it('wait for the lead that explains them, where it is brought in later', async () => {
    await bring(warranties, [{ soldOn: '2026-03-05', serial: 'Q-777001', product: 'FM-200', email: 'buyer9@firm9.example', value: eur(400) }]);
    const one = await enquire(9);
    expect([await wonOf(one.leadId), await fateOf(one.leadId)]).toEqual([40_000, 'sold']);
  });
});

describe('a file is taken for what it is', () => {
  it.each([
    ['a.csv', 'sell-through', 'Ship Date,Distributor,Item Number,Qty,Extended Price,Ship To Name,Ship To City,Ship To State', '2026-04-01,Westflow Supply,FM-200,2,1800.00,Acme Paper Inc,Denver,CO'],
    ['b.csv', 'sell-through', 'Verkaufsdatum;Händler;Artikel;Menge;Nettobetrag;Endkunde;PLZ;Ort', '01.04.2026;Rohrhandel Süd;FM-200;2;1.800,00;Papier Ulm GmbH;89073;Ulm'],
    ['c.csv', 'warranties', 'Registration Date,Serial Number,Model,Purchase Date,Dealer,First Name,Last Name,Email,Company', '2026-04-03,SN-5511,FM-200,2026-04-01,Westflow Supply,Ann,Lee,ann@acmepaper.example,Acme Paper'],
    ['d.csv', 'rebates', 'Rebate Number,Rebate Amount,Invoice Date,Product,Customer,Contact Name,Email', 'RB-1,150.00,2026-04-01,FM-200,Acme Paper,Ann Lee,ann@acmepaper.example'],
    ['contacts.csv', 'people', 'First Name,Last Name,Email,Company,Phone,City', 'Ann,Lee,ann@acmepaper.example,Acme Paper,+1 303 555 0199,Denver'],
    ['f.csv', 'invoices', 'Invoice number,Invoice date,Customer,Net,Tax,Grand total', 'R-77,2026-04-01,Acme Paper,100.00,19.00,119.00'],
  ])('%s: %s', async (name, kind, header, row) => {
    const edge = 'edge';
    const body = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${header}\n${row}\n\r\n--${edge}--\r\n`;
    const { json } = await house.request('marketing', 'POST', '/v1/imports', Buffer.from(body), { 'content-type': `multipart/form-data; boundary=${edge}` });
    expect([json.kind, json.analysis.kinds.slice(0, 3)]).toEqual([kind, expect.anything()]);
  });
});
