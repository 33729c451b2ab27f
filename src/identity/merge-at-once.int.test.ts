import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { acceptInquiries } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Refusal } from '../platform/refusal.ts';
import { merge, undoMerge } from './merge-people.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const people = 7;
const mailOf = (run: number, n: number): string => `m${n}@gross${run}n${n}.example`;
const arrive = (run: number, ns: readonly number[]): Promise<unknown> =>
  house.write((tx) => acceptInquiries(tx, house.cx, ns.map((n) => ({ channel: 'form', fields: { email: mailOf(run, n), familyName: `Gross${run}n${n}` } }))));

/** Joins two as they are shown now; that they are one already is no failure. */
async function join(a: string, b: string): Promise<{ mergeId: string } | undefined> {
  return house
    .write((tx) => merge(tx, house.cx, 'person', { survivorId: a, mergedId: b }))
    .catch((error: Refusal) => {
      expect(error.code).toBe('identity/merged-already');
      return undefined;
    });
}

it('joins of overlapping groups, at once and while their inquiries come in, end as all of them together say; undone at once, everybody is alone again', async () => {
  let run = 0;
  const pair = fc.tuple(fc.nat(people - 1), fc.nat(people - 1));
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { minLength: 1, maxLength: 8 }), fc.array(fc.nat(people - 1), { minLength: 1, maxLength: 20 }), async (pairs, arrivals) => {
      const mine = ++run;
      await arrive(mine, [...Array(people).keys()]);
      await house.drain();
      const rows = await house.rows<{ id: string; emailKey: string }>(sql`select id, email_key as "emailKey" from identity.person where email_key like ${`%@gross${mine}n%`}`);
      const ids = Array.from({ length: people }, (_, n) => rows.find(({ emailKey }) => emailKey === mailOf(mine, n))!.id);
      const before = await house.rows(sql`select to_jsonb(p) - 'sightings' - 'last_seen_at' as row from identity.person p where id = any(${ids}::uuid[]) order by id`);

      // All at once: the joins in transactions of their own, the inquiries in batches beside them.
      const asked = pairs.filter(([a, b]) => a !== b);
      const [made] = await Promise.all([
        Promise.all(asked.map(([a, b]) => join(ids[a]!, ids[b]!))),
        (async () => {
          for (let at = 0; at < arrivals.length; at += 4) {
            await arrive(mine, arrivals.slice(at, at + 4));
            await house.drain();
          }
        })(),
      ]);
      await house.drain();

      const parent = ids.map((_, n) => n);
      const find = (n: number): number => (parent[n] === n ? n : find(parent[n]!));
      for (const [a, b] of asked) parent[find(a)] = find(b);
      const groups = new Set(ids.map((_, n) => find(n)));
      expect(made.filter(Boolean)).toHaveLength(people - groups.size);
      const shown = await house.rows<{ id: string; survivorId: string | null; sightings: number }>(
        sql`select id, survivor_id as "survivorId", sightings from identity.person where id = any(${ids}::uuid[])`,
      );
      for (const group of groups) {
        const members = shown.filter(({ id }) => find(ids.indexOf(id)) === group);
        const [survivor, ...others] = members.filter(({ survivorId }) => survivorId === null);
        expect(others).toEqual([]);
        expect(members.every(({ id, survivorId }) => id === survivor!.id || survivorId === survivor!.id)).toBe(true);
        // Everybody's first inquiry, and those that came meanwhile: none lost, none counted twice.
        expect(survivor!.sightings).toBe(members.length + arrivals.filter((n) => find(n) === group).length);
      }
      expect(await house.rows(sql`select 1 from capture.inquiry i where fields ->> 'email' like ${`%@gross${mine}n%`} and not exists (select 1 from identity.sighting s where s.inquiry_id = i.id)`)).toEqual([]);

      await Promise.all(made.flatMap((one) => (one ? [house.write((tx) => undoMerge(tx, house.cx, one.mergeId))] : [])));
      expect(await house.rows(sql`select to_jsonb(p) - 'sightings' - 'last_seen_at' as row from identity.person p where id = any(${ids}::uuid[]) order by id`)).toEqual(before);
      const total = await house.rows<{ n: number }>(sql`select sum(sightings)::int as n from identity.person where id = any(${ids}::uuid[])`);
      expect(total[0]!.n).toBe(people + arrivals.length);
    }),
    { numRuns: Number(process.env['FC_RUNS'] ?? 12) },
  );
}, 240_000);
