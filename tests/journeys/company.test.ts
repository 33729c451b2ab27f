import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dirtyColumns, dirtyRows, generateInquiries, tellInquiry } from '../../src/demo/index.ts';
import type { Truth } from '../../src/demo/index.ts';
import { sql } from '../../src/platform/db/index.ts';
import { openTown } from './town.ts';
import type { Town } from './town.ts';

// Two thousand inquiries of a generated world, half of them a file and half through the form, worked and invoiced. The world knows what
// was sent and what was sold; the house must lose none of it on the way, and its reports must say what its own tables say.

let town: Town;
beforeAll(async () => {
  town = await openTown();
  for (const [name, country] of [
    ['Great Lakes Flow Inc', 'US'],
    ['Bombas del Sur SL', 'ES'],
    ['Donau Fluid GmbH', 'AT'],
  ] as const) {
    const { id } = await town.ok('sales_manager', 'POST', '/v1/holders', {
      name,
      kind: 'partner',
      email: `leads@${country.toLowerCase()}-partner.example`,
      country,
      capacityPerWeek: 2000,
    });
    await town.ok('sales_manager', 'POST', '/v1/territories', {
      name: country,
      rules: { countries: [country] },
      position: 5,
      holders: [{ holderId: id, weight: 1 }],
    });
  }
  await town.settle();
});
afterAll(() => town.close());

const half = 1000;
const truths = new Map<string, Truth>();
let malformed = 0;

async function sendFile(): Promise<void> {
  const rows = [...dirtyRows({ seed: 3, count: half, to: town.house.clock.now() })];
  const cell = (value: string): string => `"${value.replaceAll('"', '""')}"`;
  const text = [dirtyColumns as readonly string[], ...rows.map(({ row }) => row)].map((row) => row.map(cell).join(',')).join('\n');
  const done = await town.bringIn('list.csv', 'inquiries', text, { programId: town.programId, source: 'Purchased list' });
  expect(done.counts).toMatchObject({ rows: half, new: half, problem: 0 });
  const taken = await town.house.rows<{ id: string; importRow: number }>(
    sql`select id, import_row from capture.inquiry where import_id = ${done.id}`,
  );
  for (const { id, importRow } of taken) truths.set(id, rows[importRow - 2]!.truth);
}

async function sendForms(): Promise<void> {
  let sent = 0;
  for (const inquiry of generateInquiries({ seed: 4, count: half, to: town.house.clock.now() })) {
    const answer = await town.house.request(null, 'POST', `/v1/inquiries?key=${town.formKey}`, tellInquiry(inquiry).fields, {
      'idempotency-key': `form-${inquiry.sequence}`,
    });
    expect(answer.status).toBe(202);
    truths.set(answer.json.id, inquiry.truth);
    // A browser that sends twice, and a script that sends nonsense.
    if (sent % 50 === 0) {
      const again = await town.house.request(null, 'POST', `/v1/inquiries?key=${town.formKey}`, tellInquiry(inquiry).fields, {
        'idempotency-key': `form-${inquiry.sequence}`,
      });
      expect(again.json.id).toBe(answer.json.id);
      const nonsense = await town.house.request(null, 'POST', `/v1/inquiries?key=${town.formKey}`, '{"email": ', {
        'content-type': 'application/json',
      });
      expect(nonsense.status).toBe(202);
      malformed++;
    }
    if (++sent % 250 === 0) await town.settle();
  }
  await town.settle();
}

interface Lead {
  id: string;
  inquiryId: string;
  receipt: string;
}
async function allLeads(): Promise<Lead[]> {
  const leads: Lead[] = [];
  for (let cursor = ''; ;) {
    const page = await town.ok('marketing', 'GET', `/v1/leads?limit=200${cursor}`);
    leads.push(...page.items);
    if (!page.nextCursor) return leads;
    cursor = `&cursor=${page.nextCursor}`;
  }
}

/** What somebody says of this lead: the world's own dice decide. */
function verdictOf({ junk, draw, amountMinor }: Truth): object | null {
  if (junk) return { verdict: 'bad', reason: 'Wrong contact data' };
  if (draw < 0.12) return { verdict: 'sale', valueMinor: amountMinor };
  if (draw < 0.3) return { verdict: 'warm', untilOn: '2026-10-01' };
  if (draw < 0.45) return { verdict: 'bad', reason: 'No need' };
  if (draw < 0.55) return { verdict: 'hot' };
  return null;
}

const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);

describe('a generated company', () => {
  it('loses nothing from the first post to the last cent', async () => {
    await sendFile();
    await sendForms();
    const received = 2 * half + malformed;

    const said = new Map<string, number>();
    const sold: { receipt: string; minor: number }[] = [];
    const leads = await allLeads();
    for (const [i, lead] of leads.entries()) {
      const verdict = verdictOf(truths.get(lead.inquiryId)!) as { verdict: string; valueMinor?: number } | null;
      if (!verdict) continue;
      await town.ok('sales_manager', 'POST', `/v1/leads/${lead.id}/verdict`, verdict);
      said.set(verdict.verdict, (said.get(verdict.verdict) ?? 0) + 1);
      if (verdict.valueMinor) sold.push({ receipt: lead.receipt, minor: verdict.valueMinor });
      if (i % 200 === 199) await town.settle();
    }
    await town.settle();
    expect(sold.length).toBeGreaterThan(50);

    // Invoices: most sales in two parts to the odd cent, some taken back, some cancelled, some of customers nobody ever heard of.
    const lines = ['Invoice number,Document type,Status,Invoice date,Company,Reference,Net,Currency'];
    let ledger = 0;
    const bill = (name: string, reference: string, minor: number, kind = 'Invoice', status = 'Paid'): void => {
      lines.push(`N${lines.length},${kind},${status},2026-03-02,${name},${reference},${(minor / 100).toFixed(2)},EUR`);
      if (status !== 'Cancelled') ledger += kind === 'Credit note' ? -minor : minor;
    };
    sold.forEach(({ receipt, minor }, i) => {
      const first = Math.floor(minor / 3);
      bill('Customer', receipt, first);
      bill('Customer', receipt, minor - first);
      if (i % 9 === 0) bill('Customer', receipt, 1001, 'Credit note');
      if (i % 11 === 0) bill('Customer', receipt, 5000, 'Invoice', 'Cancelled');
    });
    for (let i = 0; i < 7; i++) bill(`Unheard of ${i}`, '', 12_345 + i);
    const invoices = await town.bringIn('invoices.csv', 'invoices', lines.join('\n'));
    expect(invoices.counts).toMatchObject({ new: lines.length - 1, problem: 0 });

    // Conservation and custody, as the house proves them and as counted by hand.
    const proof = await town.ok('administrator', 'GET', '/v1/verify');
    expect(proof.breaks).toEqual([]);
    expect(proof.holds).toBe(true);
    expect(proof.conservation.received).toBe(received);
    expect(sum(Object.values<number>(proof.conservation.fates), (n) => n)).toBe(received);
    // A receipt that joined a lead which was sold is sold too.
    const [joined] = await town.house.rows<{ sold: number }>(sql`select count(*)::int as sold from qualify.lead_inquiry li
      join qualify.lead l on l.workspace_id = li.workspace_id and l.id = li.lead_id where l.fate = 'sold'`);
    expect(joined!.sold).toBeGreaterThanOrEqual(sold.length);
    expect(proof.conservation.fates).toMatchObject({ sold: joined!.sold, quarantined: malformed });
    const [counted] = await town.house.rows<
      Record<'inquiries' | 'quarantined' | 'leads' | 'open' | 'held' | 'sales' | 'bad', number>
    >(sql`select
      (select count(*)::int from capture.inquiry) as inquiries, (select count(*)::int from capture.inquiry where status = 'quarantined') as quarantined,
      (select count(*)::int from qualify.lead where fate is distinct from 'merged') as leads, (select count(*)::int from qualify.lead where closed_at is null) as open,
      (select count(*)::int from distribute.assignment where ended_at is null) as held,
      (select count(*)::int from qualify.lead where fate = 'sold') as sales, (select count(*)::int from qualify.lead where fate = 'bad') as bad`);
    expect(counted).toMatchObject({ inquiries: received, leads: leads.length, sales: said.get('sale'), bad: said.get('bad') });
    expect(counted!.held).toBe(counted!.open);

    // The reports' totals are those counts.
    const source = await town.ok('management', 'GET', '/v1/reports/source?groupBy=source');
    const total = (name: string): number => sum(source.rows as { values: Record<string, number> }[], (row) => row.values[name] ?? 0);
    expect({ inquiries: total('inquiries'), leads: total('leads'), sales: total('sales'), value: total('value') }).toEqual({
      inquiries: received,
      leads: leads.length,
      sales: sold.length,
      value: sum(sold, (one) => one.minor),
    });
    const tracking = await town.ok('management', 'GET', '/v1/reports/status-tracking');
    expect(sum(tracking.rows as { values: Record<string, number> }[], (row) => row.values['sale'] ?? 0)).toBe(sold.length);
    expect(sum(tracking.rows as { values: Record<string, number> }[], (row) => row.values['leads'] ?? 0)).toBe(leads.length);
    const assigned = await town.ok('management', 'GET', '/v1/reports/where-assigned');
    const [spells] = await town.house.rows<{ n: number }>(sql`select count(*)::int as n from distribute.assignment`);
    expect(sum(assigned.rows as { values: Record<string, number> }[], (row) => row.values['assigned'] ?? 0)).toBe(spells!.n);

    // Every cent of the ledger is credited or said to be unattributed, by every model and every cut.
    const unheard = sum([0, 1, 2, 3, 4, 5, 6], (i) => 12_345 + i);
    for (const model of ['first', 'last', 'linear'])
      for (const by of ['program', 'channel']) {
        const roi = await town.ok('management', 'GET', `/v1/roi?by=${by}&model=${model}&basis=invoiced`);
        expect(roi.ledger.invoicedMinor).toBe(ledger);
        expect(roi.unattributed.invoicedMinor).toBe(unheard);
        expect(sum(roi.rows as { invoicedMinor: number }[], (row) => row.invoicedMinor) + unheard).toBe(ledger);
      }
    const credits = await town.house.rows<{ model: string; minor: number }>(
      sql`select model, sum(amount_minor) as minor from revenue.credit where sale_kind = 'invoice' group by model order by model`,
    );
    expect(credits).toEqual(['first', 'last', 'linear'].map((model) => ({ model, minor: ledger })));
  });
});
