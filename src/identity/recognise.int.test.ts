import { expect, it } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import { dirtyColumns, dirtyRows } from '../demo/index.ts';
import { sql } from '../platform/db/index.ts';
import { peopleImport } from './import-people.ts';

const named = ['givenName', 'familyName', 'organization', 'title', 'email', 'phone', 'street', 'city', 'postalCode', 'state', 'country'];
const options = { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'EUR', country: null, mode: 'both' as const, consentBasis: null };

/** A list taken in by so many rows at a time, as one run or each time anew, and what is known afterwards. */
async function bringIn(rows: readonly string[][], at: number, run?: object) {
  const house = await openTestHouse();
  try {
    const importId = house.cx.ids.next();
    const listed = rows.map((cells, n) => ({ row: n + 2, extra: {}, values: Object.fromEntries(named.flatMap((name, c) => (cells[c] ? [[name, cells[c]]] : []))) }));
    for (let from = 0; from < listed.length; from += at)
      await house.write((tx) => peopleImport.apply(tx, house.cx, { importId, rows: listed.slice(from, from + at), options, ...(run && { run }) }));
    return {
      people: await house.rows(sql`select p.full_name, p.title, p.email, p.phone, p.mobile_e164, p.street, p.city, p.country, p.sightings, o.name as company from identity.person p left join identity.organization o on o.id = p.organization_id
        order by p.full_name, p.email, p.phone, p.street, p.title, p.sightings, o.name`),
      organizations: await house.rows(sql`select name, domain, street, city, country from identity.organization order by 1, 2, 3, 4`),
      asked: await house.rows(sql`select round(weight::numeric, 1) as weight from identity.possible_duplicate order by 1`),
      found: await house.rows(sql`select kind, count(*)::int as n, max(text) filter (where kind = 'o') as last from identity.search_entry group by 1 order by 1`),
      words: await house.rows(sql`select word from identity.search_word order by 1`),
      counted: await house.rows(sql`select people, organizations from identity.tally`),
    };
  } finally {
    await house.close();
  }
}

it('takes a list for the same people by the row, by the handful, and while the handful before is being saved', async () => {
  const rows = [...dirtyRows({ seed: 4, count: 1800, from: new Date('2026-01-01'), to: new Date('2026-06-30') })].flatMap(({ row, truth }) => (truth.person === null ? [] : [row]));
  expect(rows[0]).toHaveLength(dirtyColumns.length);
  const [whole, handfuls] = [await bringIn(rows, rows.length), await bringIn(rows, 90)];
  expect(whole.people.length).toBeLessThan(rows.length * 0.85);
  expect(whole.asked.length).toBeGreaterThan(5);
  expect(whole).toEqual(handfuls);
  // What one batch of a run found out, the next ones go by.
  expect(await bringIn(rows, 90, {})).toEqual(handfuls);
});
