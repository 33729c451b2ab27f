import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { custodyBreaks, plantLeads } from '../../tests/support/leads.ts';
import { queryCount, sql } from '../platform/db/index.ts';
import { addHolder, changeTerritory, place } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
  const ids = await house.write(async (tx) => {
    const made: string[] = [];
    for (let i = 0; i < 8; i++)
      made.push(
        await addHolder(tx, house.cx, { name: `Rep ${i}`, kind: 'rep', weight: 1 + (i % 3), ...(i % 2 ? { capacityPerWeek: 3000 } : {}) }),
      );
    return made;
  });
  await house.write((tx) =>
    changeTerritory(tx, house.cx, null, {
      name: 'Spain',
      rules: { countries: ['ES'] },
      holders: ids.map((holderId) => ({ holderId, weight: 1 })),
    }),
  );
});
afterAll(() => house.close());

test('at most twelve queries, whatever the number of leads; fair over all batches', async () => {
  for (const n of [1, 1000, 4000]) {
    const grades = ['hot', 'warm', 'cold'] as const;
    const leads = await plantLeads(
      house,
      Array.from({ length: n }, (_, i) => ({ grade: grades[i % 3]!, organizationId: house.cx.ids.next() })),
    );
    const before = queryCount.total;
    await house.write((tx) =>
      place(
        tx,
        house.cx,
        leads.map((l) => l.leadId),
        'new',
      ),
    );
    expect(queryCount.total - before).toBeLessThanOrEqual(12);
  }
  expect(await custodyBreaks(house)).toEqual([]);
  // Fair: nobody is a whole lead from what is theirs, in any grade, over all batches.
  const [worst] = await house.rows<{ off: number }>(sql`select max(abs(entitled - received)) as off from distribute.balance`);
  expect(worst!.off).toBeLessThanOrEqual(1);
});
