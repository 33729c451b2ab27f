import fc from 'fast-check';
import { afterEach, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { bringInFile } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';

const files: Record<string, string[]> = {
  programs: ['Program ID,Program,Type,Actual cost', 'C7,Spring fair,Trade show,900', 'C8,Mailing,Direct mail,300'],
  organizations: ['Account ID,Account Name,Website', 'A1,North Pumps GmbH,north.example', 'A2,South Valves AG,south.example'],
  people: ['Contact ID,First name,Last name,Email,Account ID', 'K1,Ann,Northern,ann@north.example,A1', 'K2,Bob,Southern,bob@south.example,A2'],
  inquiries: [
    'Lead ID,First name,Last name,Email,Company,Country,Product,Message,Created',
    'L1,Ann,Northern,ann@north.example,North Pumps GmbH,CH,K 300,A quote please,2026-01-12',
    'L2,Bob,Southern,bob@south.example,South Valves AG,CH,K 300,A quote please,2026-01-20',
    'L3,Cid,Western,cid@west.example,West Seals SA,CH,K 300,A quote please,2026-01-21',
    // No lead by the definition; the sale proves that it was one.
    'L4,Dora,Quiet,dora@quiet.example,,,,,2026-01-22',
  ],
  opportunities: [
    'Opportunity Name,Created,Closing Date,Amount,Stage,Lead Id,Contact Id,Account Id,Campaign Id',
    'Dikes,2026-02-01,2026-02-22,900,Closed Won,L4,,,',
    'Pump house,2026-02-01,2026-02-20,25000,Closed Won,L1,,,C7',
    'Sluice,2026-02-02,2026-02-21,500,Closed Lost,,K2,,C8',
    'Seals,2026-02-03,2026-03-20,700,Negotiation,L3,,A2,',
  ],
  invoices: ['Invoice Number,Invoice Date,Contact Id,Account Id,Email,Net,Tax,Total,Status', 'R1,2026-03-01,K1,,,25000,0,25000,Paid', 'R2,2026-03-02,,A2,,400,0,400,Paid', 'R3,2026-03-03,,,cid@west.example,300,0,300,Paid'],
};

let house: TestHouse;
afterEach(() => house.close());

const bring = async (kind: string): Promise<string> => {
  const { importId } = await bringInFile(house.cx, house.scope, { name: `${kind}.csv`, kind, bytes: Buffer.from(files[kind]!.join('\n')) });
  await house.drain();
  return importId;
};
const undo = async (id: string): Promise<void> => {
  expect((await house.request('administrator', 'POST', `/v1/imports/${id}/undo`, { changedSince: 'overwrite' })).status).toBe(200);
  await house.runJobs();
  await house.drain();
};
/** Who is linked to what, in names. */
const stands = async () => ({
  sales: await house.rows(sql`select o.name, i.external_id as inquiry, li.external_id as lead, l.fate, p.family_name as person, coalesce(x.name, g.name) as organization, c.name as program, o.outcome
    from revenue.opportunity o left join capture.inquiry i on i.id = o.inquiry_id left join qualify.lead l on l.id = o.lead_id left join capture.inquiry li on li.id = l.inquiry_id
    left join identity.person p on p.id = o.person_id left join identity.organization g on g.id = o.organization_id left join identity.organization x on x.id = g.survivor_id left join capture.program c on c.id = o.program_id order by o.name`),
  invoices: await house.rows(sql`select v.number, p.family_name as person, coalesce(x.name, g.name) as organization, li.external_id as lead, c.name as program
    from revenue.invoice v left join identity.person p on p.id = v.person_id left join identity.organization g on g.id = v.organization_id left join identity.organization x on x.id = g.survivor_id
    left join qualify.lead l on l.id = v.lead_id left join capture.inquiry li on li.id = l.inquiry_id left join capture.program c on c.id = v.program_id order by v.number`),
  credits: await house.rows(sql`select model, sale_kind, c.name as program, sum(amount_minor)::int as minor from revenue.credit r left join capture.program c on c.id = r.program_id group by 1, 2, 3 order by 1, 2, 3`),
});
const kinds = Object.keys(files);

it('in whatever order the files of another system come, everything finds whom it names', async () => {
  house = await openTestHouse();
  const orders = fc.sample(fc.shuffledSubarray(kinds, { minLength: kinds.length }), { numRuns: 7, seed: 11 });
  let first: unknown;
  for (const order of [kinds, kinds.toReversed(), ...orders]) {
    const imports: string[] = [];
    for (const kind of order) imports.push(await bring(kind));
    const now = await stands();
    first ??= now;
    if (order === kinds) {
      expect(now.sales).toMatchObject([
        { name: 'Dikes', lead: 'L4', fate: 'sold', person: 'Quiet' },
        { name: 'Pump house', inquiry: 'L1', lead: 'L1', fate: 'sold', person: 'Northern', organization: 'North Pumps GmbH', program: 'Spring fair' },
        { name: 'Seals', inquiry: 'L3', lead: 'L3', person: 'Western' },
        { name: 'Sluice', person: 'Southern', organization: 'South Valves AG', program: 'Mailing' },
      ]);
      expect(now.invoices).toMatchObject([{ person: 'Northern' }, { organization: 'South Valves AG' }, { person: 'Western' }]);
    } else expect(now, order.join(', ')).toEqual(first);
    for (const id of imports) await undo(id);
    expect(await stands(), order.join(', ')).toEqual({ sales: [], invoices: [], credits: [] });
  }
}, 120_000);

it('a file taken back and brought in again finds its place again', async () => {
  house = await openTestHouse();
  const imports = new Map<string, string>();
  for (const kind of kinds) imports.set(kind, await bring(kind));
  const before = await stands();
  for (const kind of kinds) {
    await undo(imports.get(kind)!);
    const without = await stands();
    if (kind === 'inquiries') expect(without.sales).toMatchObject([{ inquiry: null, lead: null }, { inquiry: null, lead: null }, { inquiry: null, lead: null }, {}]);
    if (kind === 'programs') expect(without.sales).toMatchObject([{ program: null }, { program: null }, { program: null }, { program: null }]);
    imports.set(kind, await bring(kind));
    expect(await stands(), kind).toEqual(before);
  }
}, 120_000);
