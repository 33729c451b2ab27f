import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptInquiries, addCost, createProgram, type ImportBatch, type ImportKind, type RowOutcome } from '../capture/index.ts';
import { judgeLeads, undoVerdict } from '../followup/index.ts';
import { sql } from '../platform/db/index.ts';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { invoicesImport, makeRoi, opportunitiesImport, outcomesImport } from './index.ts';

let house: TestHouse;
let programs: string[];

const at = (text: string): Date => new Date(text);
const money = (major: number, currency = 'EUR'): { minor: number; currency: string } => ({ minor: Math.round(major * 100), currency });
const options: ImportBatch['options'] = {
  programId: null,
  source: null,
  createMissing: true,
  timeZone: 'Europe/Zurich',
  currency: 'EUR',
  country: null,
  mode: 'both',
  consentBasis: null,
};

async function bring(
  kind: ImportKind,
  rows: Record<string, unknown>[],
  importId = house.cx.ids.next(),
): Promise<{ importId: string; outcomes: RowOutcome[] }> {
  const batch = { importId, rows: rows.map((values, n) => ({ row: n + 2, values, extra: {} })), options };
  const outcomes = await house.write((tx) => kind.apply(tx, house.cx, batch));
  await house.drain();
  return { importId, outcomes };
}
async function enquire(
  list: { externalId: string; email?: string; program?: string; occurredAt: string; organization?: string; familyName?: string }[],
): Promise<string[]> {
  const accepted = await house.write((tx) =>
    acceptInquiries(
      tx,
      house.cx,
      list.map(({ externalId, program, occurredAt, ...fields }) => ({
        channel: 'api',
        externalId,
        fields: { externalId, ...fields },
        source: 'Web',
        program: program ?? null,
        occurredAt: at(occurredAt),
      })),
    ),
  );
  await house.drain();
  return accepted.map((one) => one.id);
}
const leadOf = async (externalId: string): Promise<{ id: string; fate: string | null; closedAt: Date | null }> =>
  (
    await house.rows<{
      id: string;
      fate: string | null;
      closedAt: Date | null;
    }>(sql`select l.id, l.fate, l.closed_at from capture.inquiry i join qualify.lead_inquiry li on li.inquiry_id = i.id
      join qualify.lead l on l.id = li.lead_id where i.external_id = ${externalId}`)
  )[0]!;
const roi = (query: Partial<Parameters<typeof makeRoi>[1]> = {}): ReturnType<typeof makeRoi> =>
  house.read((tx) => makeRoi(tx, { by: 'program', model: 'first', basis: 'won', from: undefined, to: undefined, ...query }, house.cx));
const addsUp = async (): Promise<void> => {
  for (const model of ['first', 'last', 'linear'] as const) {
    const found = await roi({ model });
    expect(found.rows.reduce((sum, row) => sum + row.wonMinor, 0) + found.unattributed.wonMinor).toBe(found.ledger.wonMinor);
    expect(found.rows.reduce((sum, row) => sum + row.invoicedMinor, 0) + found.unattributed.invoicedMinor).toBe(found.ledger.invoicedMinor);
  }
};

beforeAll(async () => {
  house = await openTestHouse();
  programs = [];
  for (const [name, channel, cost] of [
    ['Spring fair', 'Trade show', 1000],
    ['Search', 'Ads', 500],
    ['Mailing', 'Direct mail', null],
  ] as const) {
    const id = await house.write((tx) => createProgram(tx, house.cx, { name, channel, externalId: `C-${name}` }));
    if (cost) await house.write((tx) => addCost(tx, house.cx, id, { onDate: '2026-01-10', amountMinor: cost * 100 }, 'EUR'));
    programs.push(id);
  }
  await enquire([
    {
      externalId: 'L1',
      email: 'ann@north.example',
      program: 'Spring fair',
      occurredAt: '2026-01-12T09:00:00Z',
      organization: 'North Pumps GmbH',
      familyName: 'North',
    },
    {
      externalId: 'L2',
      email: 'bob@south.example',
      program: 'Search',
      occurredAt: '2026-01-20T09:00:00Z',
      organization: 'South Valves AG',
      familyName: 'South',
    },
    { externalId: 'L3', email: 'cat@west.example', program: 'Search', occurredAt: '2026-02-01T09:00:00Z', familyName: 'West' },
    { externalId: 'L4', email: 'dan@east.example', occurredAt: '2026-02-02T09:00:00Z', familyName: 'East' },
  ]);
  await enquire([
    { externalId: 'L1b', email: 'ann@north.example', program: 'Mailing', occurredAt: '2026-02-05T09:00:00Z', familyName: 'North' },
  ]);
});
afterAll(() => house.close());

describe('opportunities from a file', () => {
  const rows = [
    {
      name: 'North line',
      owner: 'Lena Frei',
      stage: 'Closed Won',
      amount: money(10_000),
      leadRef: 'L1',
      openedAt: at('2026-01-15T10:00:00Z'),
      closeAt: at('2026-02-20T10:00:00Z'),
    },
    {
      name: 'South retrofit',
      owner: 'Lena Frei',
      stage: 'Negotiation/Review',
      amount: money(4000),
      leadRef: 'L2',
      programRef: 'C-Mailing',
      openedAt: at('2026-01-25T10:00:00Z'),
    },
    {
      name: 'Nobody',
      stage: 'Closed Lost',
      amount: money(700),
      openedAt: at('2026-01-25T10:00:00Z'),
      closeAt: at('2026-02-01T10:00:00Z'),
      programRef: 'C-Unknown',
    },
    { stage: 'Closed Won', amount: money(1) },
  ];
  let importId: string;

  it('come in, sell their leads, and say what they could not do', async () => {
    const { outcomes, importId: id } = await bring(opportunitiesImport, rows);
    importId = id;
    expect(outcomes.toSorted((a, b) => a.row - b.row).map((one) => one.outcome)).toEqual(['new', 'new', 'new', 'problem']);
    expect(outcomes.find((one) => one.row === 4)?.sentence).toContain('C-Unknown');
    expect(await leadOf('L1')).toMatchObject({ fate: 'sold', closedAt: at('2026-02-20T10:00:00Z') });
    expect(await leadOf('L2')).toMatchObject({ fate: null });
    const list = await house.request('rep', 'GET', '/v1/opportunities?outcome=won');
    expect(list.json.items).toMatchObject([
      { name: 'North line', amountMinor: 1_000_000, holder: { name: 'Lena Frei' }, person: { name: expect.stringContaining('North') } },
    ]);
  });

  it('are credited to the touches before the sale, to the cent', async () => {
    // Ann enquired twice before she bought: at the fair, then by the mailing.
    const first = await roi({ model: 'first' });
    expect(first.rows.find((row) => row.key === programs[0])).toMatchObject({
      wonMinor: 1_000_000,
      costMinor: 100_000,
      returnPercent: 900,
      sales: 1,
    });
    const last = await roi({ model: 'last' });
    expect(last.rows.find((row) => row.key === programs[2])).toMatchObject({
      wonMinor: 1_000_000,
      costMinor: null,
      returnPercent: null,
      note: 'no cost entered',
    });
    const linear = await roi({ model: 'linear', by: 'channel' });
    expect(linear.rows.map((row) => [row.key, row.wonMinor])).toEqual(
      expect.arrayContaining([
        ['Trade show', 500_000],
        ['Direct mail', 500_000],
        ['Ads', 0],
      ]),
    );
    await addsUp();
  });

  it('change nothing when the file comes again', async () => {
    const { outcomes } = await bring(opportunitiesImport, rows);
    expect(outcomes.filter((one) => one.outcome === 'updated').length).toBe(3);
    const [{ n } = { n: 0 }] = await house.rows<{ n: number }>(sql`select count(*)::int as n from revenue.opportunity`);
    expect(n).toBe(3);
  });

  it('let a stated program win over what can be inferred', async () => {
    await bring(opportunitiesImport, [{ ...rows[1]!, stage: 'Won', closeAt: at('2026-02-21T10:00:00Z') }]);
    const found = await roi({ model: 'first' });
    expect(found.rows.find((row) => row.key === programs[2])).toMatchObject({ wonMinor: 400_000 });
    expect(found.total).toMatchObject({ wonMinor: 1_400_000, costMinor: 150_000, returnPercent: 833.3 });
    await addsUp();
  });

  it('are taken back with their import, verdicts too', async () => {
    await house.write((tx) => opportunitiesImport.undo(tx, house.cx, importId));
    await house.drain();
    expect(await leadOf('L1')).toMatchObject({ fate: null });
    const [{ n } = { n: 0 }] = await house.rows<{ n: number }>(
      sql`select count(*)::int as n from revenue.opportunity where import_id = ${importId}`,
    );
    expect(n).toBe(0);
    expect((await roi()).ledger.wonMinor).toBe(0);
    await house.write((tx) => opportunitiesImport.undo(tx, house.cx, importId));
    await bring(opportunitiesImport, rows.slice(0, 2));
  });
});

describe('outcomes by inquiry', () => {
  it('sell the lead at that instant, make the rep, and keep rows nobody knows', async () => {
    const { outcomes } = await bring(outcomesImport, [
      { inquiryRef: 'L3', wonAt: at('2026-03-01T12:30:00Z'), repRef: 'rep-77', qualifierRef: 'sdr-1', segment: 'water', value: money(0) },
      { inquiryRef: 'L99', wonAt: at('2026-03-01T12:30:00Z'), repRef: 'rep-77' },
      { inquiryRef: 'L4', repRef: 'rep-77' },
    ]);
    expect(outcomes.map((one) => one.outcome)).toEqual(['new', 'problem', 'problem']);
    expect(await leadOf('L3')).toMatchObject({ fate: 'sold', closedAt: at('2026-03-01T12:30:00Z') });
    expect(await house.rows(sql`select name, external_id from distribute.holder where external_id = 'rep-77'`)).toMatchObject([
      { externalId: 'rep-77' },
    ]);
    const report = await house.request('marketing', 'GET', '/v1/reports/source');
    expect(report.json.timing.reps).toBe(2);
    expect(report.json.rows[0].values.sales).toBe(2);
  });
});

describe('verdicts and opportunities', () => {
  it('a sale said becomes a won opportunity, and goes when it is taken back', async () => {
    const { id: leadId } = await leadOf('L4');
    await house.write((tx) =>
      judgeLeads(tx, house.cx, [{ leadId, verdict: 'sale', valueMinor: 123_45, at: at('2026-03-02T08:00:00Z'), via: 'app' }]),
    );
    await house.drain();
    expect(await house.rows(sql`select amount_minor, outcome, origin from revenue.opportunity where lead_id = ${leadId}`)).toEqual([
      { amountMinor: 12_345, outcome: 'won', origin: 'verdict' },
    ]);
    await addsUp();
    await house.write((tx) => undoVerdict(tx, house.cx, leadId, { at: house.clock.now() }));
    await house.drain();
    expect(await house.rows(sql`select 1 from revenue.opportunity where lead_id = ${leadId}`)).toEqual([]);
    await addsUp();
  });

  it('an opportunity worked by hand goes its way over the API', async () => {
    const { id: leadId } = await leadOf('L4');
    const made = await house.request('rep', 'POST', '/v1/opportunities', { name: 'East skid', leadId, amountMinor: 50_000 });
    expect(made.json).toMatchObject({ stage: 'Qualification', probability: 10, outcome: 'open' });
    const moved = await house.request('rep', 'POST', `/v1/opportunities/${made.json.id}/move`, { stage: 'Proposal' });
    expect(moved.json).toMatchObject({ stage: 'Proposal', probability: 50 });
    const board = await house.request('sales_manager', 'GET', '/v1/opportunities/board');
    expect(board.json.columns.find((column: { stage: string }) => column.stage === 'Proposal')).toMatchObject({
      count: 1,
      amountMinor: 50_000,
      weightedMinor: 25_000,
    });
    await house.request('rep', 'POST', `/v1/opportunities/${made.json.id}/win`, { amountMinor: 60_000 });
    await house.drain();
    expect(await leadOf('L4')).toMatchObject({ fate: 'sold' });
    const one = await house.request('rep', 'GET', `/v1/opportunities/${made.json.id}`);
    expect(one.json.credits.length).toBe(3);
    expect(one.json.history).toMatchObject([
      { what: 'won', amountMinor: 60_000, by: 'The rep' },
      { what: 'moved', stage: 'Proposal', by: 'The rep' },
      { what: 'opened', amountMinor: 50_000, by: 'The rep' },
    ]);
    expect((await house.request('partner', 'POST', `/v1/opportunities/${made.json.id}/lose`, {})).status).toBe(403);
    await addsUp();
  });
});

describe('invoices', () => {
  let ids: string[];
  it('count without tax, never when cancelled, and find their customers with reasons', async () => {
    const receipt = (await house.rows<{ receipt: string }>(sql`select receipt from capture.inquiry where external_id = 'L2'`))[0]!.receipt;
    const rows = [
      {
        externalId: 'I1',
        number: '1001',
        status: 'Delivered',
        issuedAt: at('2026-03-05T00:00:00Z'),
        email: 'ann@north.example',
        subTotal: money(1000),
        tax: money(190),
        grandTotal: money(1190),
      },
      {
        externalId: 'I2',
        number: '1002',
        status: 'Cancelled',
        issuedAt: at('2026-03-05T00:00:00Z'),
        email: 'ann@north.example',
        grandTotal: money(500),
      },
      {
        externalId: 'I3',
        number: '1003',
        status: 'Approved',
        issuedAt: at('2026-03-06T00:00:00Z'),
        reference: `Thanks for ${receipt}`,
        email: 'ann@north.example',
        net: money(333.33),
      },
      {
        externalId: 'I4',
        number: '1004',
        status: 'Created',
        issuedAt: at('2026-03-07T00:00:00Z'),
        accountName: 'Unheard of Ltd',
        grandTotal: money(77),
      },
      {
        externalId: 'I5',
        number: '1005',
        kind: 'Credit note',
        status: 'Paid',
        issuedAt: at('2026-03-08T00:00:00Z'),
        email: 'ann@north.example',
        net: money(100),
      },
      { externalId: 'I6', number: '1006', grandTotal: money(5) },
    ];
    const { outcomes } = await bring(invoicesImport, rows);
    expect(outcomes.map((one) => one.outcome)).toEqual(['new', 'new', 'new', 'new', 'new', 'problem']);
    expect(outcomes[1]!.sentence).toContain('never counts');
    const list = (await house.request('finance', 'GET', '/v1/invoices')).json.items.toSorted(
      (a: { number: string }, b: { number: string }) => (a.number < b.number ? -1 : 1),
    );
    ids = list.map((one: { id: string }) => one.id);
    expect(list).toMatchObject([
      { number: '1001', netMinor: 100_000, counts: true, matchedBy: 'mail', person: { name: expect.stringContaining('North') } },
      { number: '1002', counts: false },
      { number: '1003', netMinor: 33_333, matchedBy: 'receipt', person: { name: expect.stringContaining('South') } },
      { number: '1004', matchedBy: 'none', person: null },
      { number: '1005', kind: 'credit_note', netMinor: -10_000 },
    ]);
    expect(list[2].matchReasons.map((reason: { detail: string }) => reason.detail).join(' ')).toContain('passed over');
    const summary = (await house.request('finance', 'GET', '/v1/invoices/summary')).json;
    expect(summary).toMatchObject({
      counted: { count: 4 },
      cancelled: { count: 1, netMinor: 50_000 },
      unmatched: { count: 1, netMinor: 7700 },
      creditNotes: { count: 1 },
    });
    const found = await roi({ basis: 'invoiced' });
    expect(found.ledger).toMatchObject({ invoicedMinor: 100_000 + 33_333 + 7700 - 10_000, invoiceCount: 4, cancelledCount: 1 });
    expect(found.unattributed.invoicedMinor).toBe(7700);
    await addsUp();
  });

  it('are matched by hand for good', async () => {
    const { id: leadId } = await leadOf('L3');
    const matched = await house.request('finance', 'POST', `/v1/invoices/${ids[3]}/match`, { leadId });
    expect(matched.json).toMatchObject({ matchedBy: 'manual', lead: { id: leadId } });
    await house.drain();
    expect((await roi()).unattributed.invoicedMinor).toBe(0);
    const { outcomes } = await bring(invoicesImport, [
      {
        externalId: 'I4',
        number: '1004',
        status: 'Paid',
        issuedAt: at('2026-03-07T00:00:00Z'),
        accountName: 'Unheard of Ltd',
        grandTotal: money(80),
      },
    ]);
    expect(outcomes).toMatchObject([{ outcome: 'updated' }]);
    expect((await house.request('finance', 'GET', `/v1/invoices/${ids[3]}`)).json).toMatchObject({
      matchedBy: 'manual',
      netMinor: 8000,
      status: 'paid',
    });
    await addsUp();
    const back = await house.request('finance', 'POST', `/v1/invoices/${ids[3]}/unmatch`, {});
    expect(back.json).toMatchObject({ matchedBy: 'none', lead: null });
    await house.drain();
    expect((await roi()).unattributed.invoicedMinor).toBe(8000);
  });

  it('are explained by whoever turns up later', async () => {
    await bring(invoicesImport, [
      { externalId: 'I9', number: '1009', status: 'Paid', issuedAt: at('2026-03-20T00:00:00Z'), email: 'eve@late.example', net: money(11) },
    ]);
    await enquire([
      { externalId: 'L9', email: 'eve@late.example', program: 'Search', occurredAt: '2026-03-10T09:00:00Z', familyName: 'Late' },
    ]);
    const [late] = (await house.request('finance', 'GET', '/v1/invoices?text=1009')).json.items;
    expect(late).toMatchObject({ matchedBy: 'mail', person: { name: expect.stringContaining('Late') } });
    await addsUp();
  });
});

describe('the ledger', () => {
  it('equals credited plus unattributed under every model, whatever comes in', async () => {
    const sale = fc.record({
      amount: fc.integer({ min: 0, max: 3_000_000 }),
      who: fc.constantFrom('L1', 'L2', 'L3', 'L9', 'nobody'),
      day: fc.integer({ min: 1, max: 28 }),
      program: fc.constantFrom('C-Search', 'C-Mailing', undefined),
      lost: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(sale, { minLength: 1, maxLength: 12 }), async (sales) => {
        await bring(
          opportunitiesImport,
          sales.map((one, n) => ({
            name: `Deal ${n}`,
            externalId: `P${n}`,
            stage: one.lost ? 'Lost' : 'Won',
            amount: { minor: one.amount, currency: 'EUR' },
            leadRef: one.who,
            closeAt: new Date(Date.UTC(2026, 1, one.day)),
            ...(one.program ? { programRef: one.program } : {}),
          })),
        );
        await bring(
          invoicesImport,
          sales.map((one, n) => ({
            number: `N${n}`,
            externalId: `N${n}`,
            status: one.lost ? 'Void' : 'Open',
            net: { minor: one.amount - 1_000_000, currency: 'EUR' },
            issuedAt: new Date(Date.UTC(2026, 1, one.day)),
            reference: one.who,
          })),
        );
        await addsUp();
      }),
      { numRuns: 12 },
    );
  });
});
