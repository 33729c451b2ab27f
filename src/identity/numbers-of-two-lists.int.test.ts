import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { bringInFile } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse({ ticking: true });
});
afterAll(() => house.close());

const bring = async (kind: string, lines: string[]): Promise<void> => {
  const { counts } = await bringInFile(house.cx, house.scope, { name: `${kind}.csv`, bytes: Buffer.from(lines.join('\n')), kind });
  expect([kind, counts.problem]).toEqual([kind, 0]);
  await house.drain();
};
const family = (n: number): string => ['Ammann', 'Bolliger', 'Crastan', 'Dudler', 'Egloff', 'Furrer'][n]!;
const other = (n: number): string => ['Quandt', 'Reusser', 'Sprecher', 'Tanner', 'Ulmann', 'Vetsch'][n]!;

it('leads and contacts of one system that are numbered alike are other people, a list brought again finds its own by the number', async () => {
  const six = [0, 1, 2, 3, 4, 5];
  await bring('inquiries', ['Lead Id,Last Name,Company,Email,Date', ...six.map((n) => `${2500 + n},${family(n)},Firm ${n} AG,${family(n).toLowerCase()}@firm${n}.example,2026-02-10`)]);
  await bring('people', ['Contact Id,Last Name,Email', ...six.map((n) => `${2500 + n},${other(n)},${other(n).toLowerCase()}@kiosk${n}.example`)]);
  const people = (): Promise<{ name: string; sightings: number; asked: number }[]> =>
    house.rows(sql`select p.family_name as name, p.sightings, (select count(*)::int from identity.possible_duplicate d where p.id in (d.person_id, d.other_id)) as asked
      from identity.person p where p.survivor_id is null and p.retired_at is null and p.external_id between '2500' and '2505' order by 1`);
  expect(await people()).toEqual([...six.map(family), ...six.map(other)].toSorted().map((name) => ({ name, sightings: 1, asked: 0 })));

  // Half of their mails changed since: the number, the name and nobody else of the two who bear it.
  await bring('people', ['Contact Id,Last Name,Email', ...six.map((n) => `${2500 + n},${other(n)},${n % 2 ? 'new.' : ''}${other(n).toLowerCase()}@kiosk${n}.example`)]);
  expect(await people()).toEqual([...six.map((n) => ({ name: family(n), sightings: 1, asked: 0 })), ...six.map((n) => ({ name: other(n), sightings: 2, asked: 0 }))].toSorted((a, b) => (a.name < b.name ? -1 : 1)));

  // A contact's number is looked for among contacts, whichever file came last.
  await bring('inquiries', ['Lead Id,Last Name,Company,Email,Date', `2500,${family(0)},Firm 0 AG,${family(0).toLowerCase()}@firm0.example,2026-03-10`]);
  await bring('opportunities', ['Name,Created,Amount,Stage,Contact Id', 'Pump hall,2026-03-12,25000,Negotiation,2500']);
  expect(await house.rows(sql`select p.family_name as name from revenue.opportunity o join identity.person p on p.id = o.person_id`)).toEqual([{ name: other(0) }]);
});

it('companies of two lists that are numbered alike are two, one that only changed its name or its site is the same', async () => {
  await bring('organizations', ['Id,Name,Website', '9001,Ferrum Guss,ferrum.example', '9002,Lacto Molkerei,lacto.example', '9003,Vadim Druck,vadim.example']);
  await bring('organizations', ['Id,Name,Website,Industry', '9001,Blue Harbor,blueharbor.example,Ships', '9002,Lacto Molkerei Gruppe,,Food', '9003,Pressa Medien,vadim.example,Print']);
  expect(await house.rows(sql`select name, industry from identity.organization where external_id between '9001' and '9003' and retired_at is null order by 1`)).toEqual([
    { name: 'Blue Harbor', industry: 'Ships' },
    { name: 'Ferrum Guss', industry: null },
    { name: 'Lacto Molkerei', industry: 'Food' },
    { name: 'Vadim Druck', industry: 'Print' },
  ]);
});
