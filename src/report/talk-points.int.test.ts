import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { holders, plantLeads } from '../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../distribute/index.ts';
import { sql } from '../platform/db/index.ts';

let house: TestHouse;
let partner: string;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
  partner = await house.write((tx) => addHolder(tx, house.cx, { name: 'Northline', kind: 'partner', email: 'leads@northline.example' }));
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'Spain', rules: { countries: ['ES'] }, holders: [{ holderId: partner, weight: 1 }] }));
});
afterAll(() => house.close());

test('the lead page says what to talk about; a partner is told of its own lead only', async () => {
  const organizationId = house.cx.ids.next();
  await house.write((tx) =>
    tx.run(sql`insert into identity.organization (workspace_id, id, name, name_key, first_seen_at, last_seen_at) values (${house.workspaceId}, ${organizationId}, 'Aguas del Sur', 'aguas del sur', ${house.clock.now()}, ${house.clock.now()})`),
  );
  const [lead] = await plantLeads(house, [
    { name: 'Ines Prado', message: 'Two pumps, please.', organizationId, grade: 'hot' },
    { name: 'Marta Ruiz', organizationId, grade: 'warm' },
    { name: 'Somebody Else', grade: 'warm' },
  ]);
  await house.drain();
  expect((await holders(house)).get(lead!.leadId)).toMatchObject({ holderId: partner });
  const by = { role: 'partner', holderId: partner } as const;
  expect((await house.request(by, 'POST', `/v1/leads/${lead!.leadId}/activities`, { kind: 'call', outcome: 'Reached', note: 'Wants to see one running.' })).status).toBe(200);
  for (const [number, status, net] of [['R-1', 'paid', 1_200_00], ['R-2', 'open', 300_00], ['R-3', 'cancelled', 999_00]] as const)
    await house.write((tx) =>
      tx.run(sql`insert into revenue.invoice (workspace_id, id, number, kind, status, organization_id, issued_on, net_minor, gross_minor, currency, matched_by, created_at, updated_at)
        values (${house.workspaceId}, ${house.cx.ids.next()}, ${number}, 'invoice', ${status}, ${organizationId}, '2025-11-05', ${net}, ${net}, 'EUR', 'manual', ${house.clock.now()}, ${house.clock.now()})`),
    );
  await house.drain();
  const points = async (as: Parameters<TestHouse['request']>[0]) => (await house.request(as, 'GET', `/v1/leads/${lead!.leadId}`)).json.talkPoints.map(({ say }: { say: string }) => say);
  expect(await points('rep')).toEqual([
    'They wrote: “Two pumps, please.”',
    'Last said: “Wants to see one running.”',
    expect.stringMatching(/^The company is a customer: bought for .*1,500, last .*5.*2025/),
    'Marta Ruiz of the same company asked, too',
  ]);
  expect(await points(by)).toEqual(['They wrote: “Two pumps, please.”', 'Last said: “Wants to see one running.”']);
});
