import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../../tests/support/house.ts';
import { sql } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const columns = ['workspace_id', 'word'];
function* words(kind: string, n: number): Generator<unknown[]> {
  for (let i = 0; i < n; i++) yield [house.workspaceId, `${kind}${i}`];
}
const count = async (kind: string): Promise<number> =>
  (await house.rows<{ n: number }>(sql`select count(*)::int as n from identity.search_word where word like ${`${kind}%`}`))[0]!.n;

test('a copy that nobody waits for is in before the commit, however large, and what comes after it sees all of it', async () => {
  const seen = await house.write(async (tx) => {
    tx.later(tx.copy('identity.search_word', columns, words('large', 117_000)));
    tx.later(tx.copy('identity.search_word', columns, words('other', 61_000)));
    return tx.one<{ n: number }>(sql`select count(*)::int as n from identity.search_word`);
  });
  expect([seen.n >= 178_000, await count('large'), await count('other')]).toEqual([true, 117_000, 61_000]);
});

test('where it fails in its last rows nothing of the transaction stays', async () => {
  const work = house.write(async (tx) => {
    await tx.run(sql`insert into identity.search_word (workspace_id, word) values (${house.workspaceId}, 'lost0')`);
    tx.later(
      tx.copy('identity.search_word', columns, (function* () {
        yield* words('lost', 0);
        for (let i = 1; i < 83_000; i++) yield [house.workspaceId, `lost${i}`];
        yield [house.workspaceId, 'lost0'];
      })()),
    );
  });
  await expect(work).rejects.toMatchObject({ code: '23505' });
  expect(await count('lost')).toBe(0);
});
