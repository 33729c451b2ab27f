import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { sql } from '../../platform/db/index.ts';

let house: TestHouse;
const organizations = new Map<string, string>();

interface Firm {
  name: string;
  country: string | null;
  state?: string;
  postalCode?: string;
  customer?: boolean;
  custom?: object;
}
const plant = (firms: readonly Firm[]): Promise<void> =>
  house.write(async (tx) => {
    for (const { name, country, state, postalCode, customer, custom } of firms) {
      const id = house.cx.ids.next();
      organizations.set(name, id);
      await tx.run(sql`insert into identity.organization (workspace_id, id, name, name_key, country, state, postal_code, is_customer, custom, first_seen_at, last_seen_at)
        values (${house.workspaceId}, ${id}, ${name}, ${name.toLowerCase()}, ${country}, ${state ?? null}, ${postalCode ?? null}, ${customer ?? false}, ${custom ? JSON.stringify(custom) : null}::jsonb, now(), now())`);
    }
  });
const bill = (name: string, netMinor: number, more: { on?: string; status?: string; currency?: string; kind?: string } = {}): Promise<number> =>
  house.write((tx) =>
    tx.run(sql`insert into revenue.invoice (workspace_id, id, number, kind, status, organization_id, issued_on, net_minor, gross_minor, currency, matched_by, created_at, updated_at)
      select ${house.workspaceId}, ${house.cx.ids.next()}, ${`N${netMinor}`}, ${more.kind ?? 'invoice'}, ${more.status ?? 'paid'}, ${organizations.get(name)!}::uuid, ${more.on ?? '2026-05-01'}::date, ${netMinor}, ${netMinor}, coalesce(${more.currency ?? null}, w.currency), 'manual', now(), now()
      from platform.workspace w where w.id = ${house.workspaceId}`),
  );
const profile = async (query = '', as: Parameters<TestHouse['request']>[0] = 'sales_manager') => (await house.request(as, 'GET', `/v1/territories/profile${query}`)).json;
const of = (json: { territories: { name: string }[] }, name: string) => json.territories.find((one) => one.name === name);

beforeAll(async () => {
  house = await openTestHouse({ at: '2026-06-01T09:00:00Z' });
  // the territory every workspace begins with covers everything: here some is to lie in none
  for (const { id } of (await house.request('administrator', 'GET', '/v1/territories')).json.items) await house.request('administrator', 'DELETE', `/v1/territories/${id}`);
  const holderId = (await house.request('administrator', 'POST', '/v1/holders', { kind: 'rep', name: 'Rita Rep', email: 'rita@pumps.example' })).json.id as string;
  for (const [name, rules] of [
    ['Lower Rhine', { countries: ['DE'], postalRanges: [{ from: '40000', to: '47999' }] }],
    ['Germany', { countries: ['DE'] }],
  ] as const)
    await house.request('administrator', 'POST', '/v1/territories', { name, rules, holders: [{ holderId, weight: 1 }] });
  await plant([
    { name: 'Alpha', country: 'DE', postalCode: '41001', customer: true, custom: { plants: '4' } },
    { name: 'Beta', country: 'DE', postalCode: '80331', custom: { plants: 6 } },
    { name: 'Gamma', country: 'DE', postalCode: '80333', customer: true, custom: { plants: 'many' } },
    { name: 'Delta', country: 'DE', postalCode: '47051' },
    { name: 'Epsilon', country: 'FR', postalCode: '75001' },
    { name: 'Old Alpha', country: 'DE', postalCode: '41001' },
  ]);
  await house.write((tx) => tx.run(sql`update identity.organization set survivor_id = ${organizations.get('Alpha')!} where workspace_id = ${house.workspaceId} and id = ${organizations.get('Old Alpha')!}`));
  await bill('Alpha', 700_00);
  await bill('Old Alpha', 200_00);
  await bill('Beta', 60_00);
  await bill('Beta', -10_00, { kind: 'credit_note' });
  await bill('Alpha', 999_00, { on: '2024-01-01' });
  await bill('Alpha', 999_00, { status: 'cancelled' });
  await bill('Alpha', 999_00, { currency: 'XTS' });
  await plantLeads(house, [
    { country: 'DE', postalCode: '41001', organizationId: organizations.get('Alpha')! },
    { country: 'FR', postalCode: '75001', organizationId: organizations.get('Epsilon')! },
  ]);
});
afterAll(() => house.close());

test('each place counts in the first territory that covers it; what none covers is beside', async () => {
  const json = await profile();
  expect(of(json, 'Lower Rhine')).toMatchObject({
    classes: { A: 1, B: 0, C: 0, prospect: 1, lead: 1 },
    figures: { customers: 1, worthMinor: 900_00, prospects: 1, openLeads: 1, calls: 12 + 1 + 3, potential: null },
    distanceKm: null,
  });
  // Beta was invoiced: a customer, whatever the base says; what Alpha makes leaves it the last twentieth
  expect(of(json, 'Germany')).toMatchObject({ classes: { A: 0, B: 1, C: 1, prospect: 0, lead: 0 }, figures: { customers: 2, worthMinor: 50_00, calls: 6 + 2 } });
  expect(json.nowhere).toMatchObject({ prospects: 1, openLeads: 1 });
  expect(json.total).toMatchObject({ customers: 3, worthMinor: 950_00 });
  expect(json.notKnown[0]).toContain('no distance to drive');
});

test('older invoices count where asked for', async () => {
  expect(of(await profile('?days=3650'), 'Lower Rhine')).toMatchObject({ figures: { worthMinor: 1899_00 } });
});

test('potential is the sum of an own field of numbers, and of no other', async () => {
  const refused = await house.request('sales_manager', 'GET', '/v1/territories/profile?potential=plants');
  expect(refused).toMatchObject({ status: 422, json: { detail: expect.stringContaining('no own field “plants”') } });
  expect((await house.request('administrator', 'POST', '/v1/fields', { subject: 'organization', key: 'plants', label: 'Plants', type: 'number' })).status).toBe(200);
  const json = await profile('?potential=plants');
  expect(of(json, 'Lower Rhine')).toMatchObject({ figures: { potential: 4 }, index: { potential: 80 } });
  expect(of(json, 'Germany')).toMatchObject({ figures: { potential: 6 }, index: { potential: 120 } });
});

test('calls follow the norms; they are changed by who runs sales, and by nobody else', async () => {
  const norms = { A: 24, B: 6, C: 2, prospect: 0, lead: 0 };
  for (const role of ['rep', 'partner', 'management', 'finance'] as const) expect((await house.request(role, 'PUT', '/v1/settings/call-norms', norms)).status).toBe(403);
  expect((await house.request('sales_manager', 'PUT', '/v1/settings/call-norms', { ...norms, A: -1 })).status).toBe(422);
  expect((await house.request('sales_manager', 'PUT', '/v1/settings/call-norms', norms)).json).toEqual(norms);
  expect(of(await profile(), 'Lower Rhine')).toMatchObject({ figures: { calls: 24 } });
  for (const role of ['rep', 'partner'] as const) expect((await house.request(role, 'GET', '/v1/territories/profile')).status).toBe(403);
});

test('another company sees nothing of it', async () => {
  const other = await house.newWorkspace('Another company');
  const { total } = await house.cx.db.read({ workspaceId: other, roles: ['administrator'] }, async (tx) => (await import('./make-profile.ts')).makeProfile(tx, house.cx, { days: 365 }));
  expect(total).toMatchObject({ customers: 0, worthMinor: 0, prospects: 0, openLeads: 0 });
});
