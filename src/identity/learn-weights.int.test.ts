import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { acceptInquiries } from '../capture/index.ts';
import { generateInquiries, tellInquiry } from '../demo/index.ts';
import { sql } from '../platform/db/index.ts';
import { learnWeights } from './learn-weights.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ at: '2026-03-02T09:00:00Z' });
});
afterAll(() => house.close());

const arrive = (fields: Record<string, string>[]) =>
  house.write((tx) => acceptInquiries(tx, house.cx, fields.map((one) => ({ channel: 'api', fields: one })))); // prettier-ignore
const versions = () =>
  house.rows<{ version: number; sightings: number; decisions: number }>(
    sql`select version, sightings, decisions from identity.match_weights where workspace_id = ${house.workspaceId} order by version`,
  );

it('does not join a hundred people of one name at a hundred firms in a small base', async () => {
  await arrive(
    Array.from({ length: 100 }, (_, n) => ({
      fullName: 'Marta Keller',
      organization: `Pumpen ${n + 1} AG`,
      email: `marta.keller@pumpen${n + 1}.example`,
    })),
  );
  await house.drain();
  const [people] = await house.rows<{ count: number }>(
    sql`select count(*)::int as count from identity.person where workspace_id = ${house.workspaceId} and family_name = 'Keller' and survivor_id is null`,
  );
  expect(people!.count).toBe(100);
});

it('learns from its own sightings and from what people decided, in versions that later decisions name', async () => {
  await learnWeights(house.cx, house.scope);
  expect(await versions()).toEqual([]);
  const seen = [...generateInquiries({ seed: 21, count: 1600, to: house.clock.now() })];
  await house.write((tx) => acceptInquiries(tx, house.cx, seen.map((one) => ({ channel: 'demo', ...tellInquiry(one), receivedAt: one.occurredAt })))); // prettier-ignore
  await house.drain();
  await learnWeights(house.cx, house.scope);
  expect(await versions()).toMatchObject([{ version: 1, decisions: 0 }]);
  // nothing new: nothing learned
  await learnWeights(house.cx, house.scope);
  expect(await versions()).toHaveLength(1);

  const known = seen.findLast((one) => one.truth.person !== null && one.fields.email && one.fields.familyName)!.fields;
  await arrive([
    { givenName: known.givenName ?? '', familyName: known.familyName!, email: known.email!, organization: known.organization ?? '' },
  ]);
  await house.drain();
  const [last] = await house.rows<{ evidence: { field: string; outcome: string; weight: number }[]; weight: number }>(
    sql`select evidence, weight from identity.sighting where workspace_id = ${house.workspaceId} order by id desc limit 1`,
  );
  expect(last!.evidence[0]).toMatchObject({ field: 'before looking' });
  expect(last!.evidence[0]!.outcome).toContain('weights 1');
  expect(last!.evidence.reduce((sum, one) => sum + one.weight, 0)).toBeCloseTo(last!.weight, 1);

  const { items } = (await house.request('marketing', 'GET', '/v1/duplicates')).json;
  expect(items.length).toBeGreaterThan(0);
  await house.request('marketing', 'POST', `/v1/duplicates/${items[0].id}/decide`, { decision: 'different' });
  await learnWeights(house.cx, house.scope);
  expect(await versions()).toMatchObject([{ version: 1 }, { version: 2, decisions: 1 }]);
});
