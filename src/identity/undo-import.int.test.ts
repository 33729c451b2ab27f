import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { sql } from '../platform/db/index.ts';
import { editPerson } from './edit-person.ts';
import { organizationsImport } from './import-organizations.ts';
import { peopleImport } from './import-people.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const options = { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'CHF', country: null, mode: 'both' as const, consentBasis: null };
type Values = Record<string, unknown>;
const bring = async (kind: typeof peopleImport, list: Values[], importId = house.cx.ids.next()): Promise<string> => {
  await house.write((tx) => kind.apply(tx, house.cx, { importId, rows: list.map((values, at) => ({ row: at + 2, values, extra: {} })), options }));
  return importId;
};
const rowsOf = (kind: 'person' | 'organization', like: string) =>
  house.rows<{ row: Values }>(
    kind === 'person'
      ? sql`select to_jsonb(p) as row from identity.person p where external_id like ${`${like}%`} and retired_at is null order by external_id`
      : sql`select to_jsonb(o) as row from identity.organization o where name like ${`%${like}`} and retired_at is null order by name, id`,
  ).then((rows) => rows.map(({ row }) => row));

/** What stands in a field, as a pile of who said it, also of who said the same: the model. */
interface Pile {
  base: unknown;
  /** `isFill`: counts where nothing stands */
  writes: { by: string; value: unknown; isFill?: boolean }[];
}
const top = ({ base, writes }: Pile): unknown => writes.reduce((stands, { value, isFill }) => (isFill ? (stands ?? value) : value), base);

/** Family names of which none is like another. */
const unlike = (n: number): string => ['Ba', 'Ke', 'Fi', 'Go', 'Ru', 'Sta', 'Wil'][n % 7]! + ['lmor', 'ndrik', 'xtus', 'pfel', 'zzoni'][Math.floor(n / 7) % 5]! + ['', 'ander', 'ovic', 'berg', 'ström'][Math.floor(n / 35) % 5]!;
const word = fc.option(fc.constantFrom('Buyer', 'Chief', 'Welder'), { nil: undefined });
const tongue = fc.option(fc.constantFrom('de', 'en', 'fr'), { nil: undefined });
const op = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('people' as const), list: fc.array(fc.record({ who: fc.nat(2), title: word, language: tongue, quiet: fc.boolean(), industry: word }), { minLength: 1, maxLength: 4 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('companies' as const), industry: word, vertical: word }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('edit' as const), who: fc.nat(2), title: fc.constantFrom('Buyer', 'Owner', null) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat() }) },
);

it('leaves, whatever is undone in whatever order, exactly what the others and people by hand wrote', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(op, { minLength: 2, maxLength: 9 }), fc.array(fc.nat(), { minLength: 9, maxLength: 9 }), async (ops, picks) => {
      const like = `U${++run}x`;
      const company = `Muster ${like}`;
      const whoIs = (who: number) => ({ externalId: `${like}${who}`, familyName: unlike(run * 3 + who), givenName: ['Ute', 'Karl', 'Zeno'][who]!, organization: company, country: 'CH' });
      await bring(peopleImport, [0, 1, 2].map((who) => whoIs(who)));
      const start = { people: await rowsOf('person', like), organizations: await rowsOf('organization', like) };
      expect([start.people.length, start.organizations.length]).toEqual([3, 1]);
      const piles = new Map<string, Pile>();
      for (const who of [0, 1, 2]) for (const field of ['title', 'language']) piles.set(`${who} ${field}`, { base: null, writes: [] });
      for (const field of ['industry', 'vertical']) piles.set(field, { base: null, writes: [] });
      /** what somebody said by hand: no list writes over it */
      const vouched = new Map<string, unknown>();
      const shownOf = (key: string): unknown => vouched.get(key) ?? top(piles.get(key)!);
      const quiet = new Map<string, Set<number>>();
      let standing: { id: string; kind: typeof peopleImport }[] = [];
      const put = (key: string, by: string, value: unknown, how: { isFill?: boolean; onlyEmpty?: boolean } = {}): void => {
        const pile = piles.get(key)!;
        if (value === undefined || (how.onlyEmpty && top(pile) !== null) || (by === 'hand' && top(pile) === value)) return;
        pile.writes.push({ by, value, isFill: how.isFill ?? false });
      };
      const undo = async (one: { id: string; kind: typeof peopleImport }): Promise<void> => {
        await house.write((tx) => one.kind.undo(tx, house.cx, one.id));
        standing = standing.filter(({ id }) => id !== one.id);
        quiet.delete(one.id);
        for (const pile of piles.values()) pile.writes = pile.writes.filter(({ by }) => by !== one.id);
      };
      const check = async (): Promise<void> => {
        const people = await rowsOf('person', like);
        const shown = people.map(({ title, language, do_not_contact }) => ({ title, language, do_not_contact }));
        expect(shown).toEqual([0, 1, 2].map((who) => ({ title: shownOf(`${who} title`), language: top(piles.get(`${who} language`)!), do_not_contact: [...quiet.values()].some((said) => said.has(who)) })));
        const [organization] = await rowsOf('organization', like);
        expect({ industry: organization!['industry'], vertical: organization!['vertical'] }).toEqual({ industry: top(piles.get('industry')!), vertical: top(piles.get('vertical')!) });
      };
      for (const step of ops) {
        house.clock.advance(60_000);
        if (step.do === 'people') {
          // One row a person: what a file says twice of one is a matter of its order, not of undoing it.
          const list = [...new Map(step.list.map((one) => [one.who, one])).values()];
          const id = await bring(peopleImport, list.map(({ who, title, language, quiet: silent, industry }) => ({ ...whoIs(who), ...(title ? { title } : {}), ...(language ? { language } : {}), ...(silent ? { doNotContact: true } : {}), ...(industry ? { industry } : {}) })));
          for (const { who, title, language, quiet: silent, industry } of list) {
            if (!vouched.has(`${who} title`)) put(`${who} title`, id, title);
            put(`${who} language`, id, language);
            // Of organizations a list of people keeps only what it wrote.
            put('industry', id, industry, { onlyEmpty: true });
            if (silent) quiet.set(id, (quiet.get(id) ?? new Set()).add(who));
          }
          standing.push({ id, kind: peopleImport });
        } else if (step.do === 'companies') {
          const id = await bring(organizationsImport, [{ name: company, country: 'CH', ...(step.industry ? { industry: step.industry } : {}), ...(step.vertical ? { vertical: step.vertical } : {}) }]);
          put('industry', id, step.industry, { isFill: true });
          put('vertical', id, step.vertical, { isFill: true });
          standing.push({ id, kind: organizationsImport });
        } else if (step.do === 'edit') {
          const person = start.people[step.who]!['id'] as string;
          await house.write((tx) => editPerson(tx, house.cx, person, { title: step.title }));
          const key = `${step.who} title`;
          if (shownOf(key) !== step.title) {
            vouched.delete(key);
            if (step.title === null) put(key, 'hand', null);
            else vouched.set(key, step.title);
          }
        } else if (standing.length > 0) await undo(standing[step.which % standing.length]!);
        await check();
      }
      for (const pick of picks) {
        if (standing.length === 0) break;
        await undo(standing[pick % standing.length]!);
        await check();
      }
      // All of them taken back: byte for byte as it was, but for what was written by hand.
      const people = await rowsOf('person', like);
      const byHand = (row: Values): Values => ({ ...row, title: null, title_at: null, verified: null });
      expect(people.map(({ title }) => title)).toEqual([0, 1, 2].map((who) => shownOf(`${who} title`)));
      expect(people.map(byHand)).toEqual(start.people.map(byHand));
      expect(await rowsOf('organization', like)).toEqual(start.organizations);
    }),
    { numRuns: Number(process.env['FC_RUNS'] ?? 25) },
  );
}, 240_000);

it('says what somebody changed since, and puts it back only when told to', async () => {
  await bring(peopleImport, [{ externalId: 'S1', familyName: 'Sommer', title: 'Buyer' }]);
  const changed = await bring(peopleImport, [{ externalId: 'S1', familyName: 'Sommer', title: 'Chief', language: 'fr' }, { externalId: 'S2', familyName: 'Neuling', title: 'Clerk' }]);
  const titles = async () => (await rowsOf('person', 'S')).map(({ title, language }) => [title, language]);
  const [person] = await rowsOf('person', 'S1');
  const since = () => house.read((tx) => peopleImport.changedSince!(tx, changed));
  expect(await since()).toEqual({ count: 0, items: [] });
  await house.write((tx) => editPerson(tx, house.cx, person!['id'] as string, { title: 'Owner' }));
  expect(await since()).toEqual({ count: 1, items: [{ id: person!['id'], label: 'Sommer', fields: [{ field: 'title', before: 'Buyer', imported: 'Chief', since: 'Owner' }] }] });
  await house.write((tx) => peopleImport.undo(tx, house.cx, changed, { overwrite: true }));
  expect(await titles()).toEqual([['Buyer', null]]);
});

it('leaves what a later list filled where somebody had emptied it in between', async () => {
  const first = await bring(peopleImport, [{ externalId: 'Z1', familyName: 'Leeren', title: 'Buyer' }]);
  const [person] = await rowsOf('person', 'Z1');
  await house.write((tx) => editPerson(tx, house.cx, person!['id'] as string, { title: null }));
  await bring(peopleImport, [{ externalId: 'Z1', familyName: 'Leeren', title: 'Buyer' }]);
  await house.write((tx) => peopleImport.undo(tx, house.cx, first));
  expect((await rowsOf('person', 'Z1')).map(({ title }) => title)).toEqual(['Buyer']);
});

it('gives a junk name and an initial back as they were', async () => {
  await bring(peopleImport, [{ externalId: 'J1', fullName: 'asdf', email: 'x@junk.example' }, { externalId: 'J2', givenName: 'J.', familyName: 'Initial', email: 'j@initial.example' }]);
  const before = await rowsOf('person', 'J');
  const better = await bring(peopleImport, [{ fullName: 'Xaver Huber', email: 'x@junk.example' }, { givenName: 'John', familyName: 'Initial', email: 'j@initial.example' }]);
  expect((await rowsOf('person', 'J')).map(({ full_name }) => full_name)).toEqual(['Xaver Huber', 'John Initial']);
  await house.write((tx) => peopleImport.undo(tx, house.cx, better));
  expect(await rowsOf('person', 'J')).toEqual(before);
});

it('joins people to organizations by the number of their account, whichever list comes first, and parts them again', async () => {
  const where = () => house.rows(sql`select p.external_id, o.name from identity.person p left join identity.organization o on o.workspace_id = p.workspace_id and o.id = p.organization_id
    where p.external_id like 'K%' and p.retired_at is null order by 1`);
  const people = (n: number) => [{ externalId: `K${n}`, familyName: 'Kunde', email: `k${n}@kunde.example`, accountRef: `ACC-${n}`, organization: `Kurzname ${n}` }];
  const companies = (n: number) => [{ externalId: `ACC-${n}`, name: `Lange Firma ${n} GmbH`, country: 'DE' }];
  await bring(organizationsImport, companies(1));
  const listed = await bring(peopleImport, people(1));
  expect(await where()).toEqual([{ externalId: 'K1', name: 'Lange Firma 1 GmbH' }]);

  const waiting = await bring(peopleImport, people(2));
  expect(await where()).toContainEqual({ externalId: 'K2', name: 'Kurzname 2' });
  const later = await bring(organizationsImport, companies(2));
  expect(await where()).toContainEqual({ externalId: 'K2', name: 'Lange Firma 2 GmbH' });
  await house.write((tx) => organizationsImport.undo(tx, house.cx, later));
  expect(await where()).toContainEqual({ externalId: 'K2', name: 'Kurzname 2' });
  expect(await house.rows(sql`select 1 from identity.organization where external_id = 'ACC-2' and retired_at is null`)).toEqual([]);
  // Brought again, it joins them again; without the people, nothing is left of either.
  await bring(organizationsImport, companies(2));
  expect(await where()).toContainEqual({ externalId: 'K2', name: 'Lange Firma 2 GmbH' });
  for (const id of [waiting, listed]) await house.write((tx) => peopleImport.undo(tx, house.cx, id));
  expect(await where()).toEqual([]);
  expect(await house.rows(sql`select 1 from identity.account_ref`)).toEqual([]);
});

it('is found by nobody who searches afterwards, people and companies it alone brought', async () => {
  const filed = () => house.rows<{ text: string }>(sql`select text from identity.search_entry where text like '%suchweg%' order by text`).then((rows) => rows.map(({ text }) => text.trim()));
  await bring(peopleImport, [{ fullName: 'Lea Anders', organization: 'Suchweg Bestand AG', country: 'CH', email: 'lea@suchweg-bestand.example' }]);
  const known = await filed();
  const id = await bring(peopleImport, [
    { fullName: 'Nora Suchweg', organization: 'Suchweg Werke AG', country: 'CH', email: 'nora@suchweg.example' },
    { fullName: 'Timo Suchweg', organization: 'Suchweg Bestand AG', country: 'CH', email: 'timo@suchweg-bestand.example' },
  ]);
  expect(await filed()).toHaveLength(known.length + 3);
  await house.write((tx) => peopleImport.undo(tx, house.cx, id));
  expect(await filed()).toEqual(known);
});

it('leaves nothing of a company whose people another list kept, in whatever order the lists are taken back', async () => {
  const who = { externalId: 'KeptBy1', familyName: 'Quellmann', givenName: 'Tilo', country: 'CH' };
  for (const order of [[0, 1, 2], [2, 0, 1], [1, 2, 0], [0, 2, 1]]) {
    const lists = [
      { kind: organizationsImport, id: await bring(organizationsImport, [{ name: 'Muster KeptBy', externalId: 'KB', country: 'CH' }]) },
      { kind: peopleImport, id: await bring(peopleImport, [{ ...who, organization: 'Muster KeptBy' }]) },
      { kind: peopleImport, id: await bring(peopleImport, [{ ...who, title: 'Buyer' }]) },
    ];
    for (const at of order) await house.write((tx) => lists[at]!.kind.undo(tx, house.cx, lists[at]!.id));
    expect(await rowsOf('person', 'KeptBy'), `people after ${order.join(', ')}`).toEqual([]);
    expect(await rowsOf('organization', 'KeptBy'), `organizations after ${order.join(', ')}`).toEqual([]);
  }
});
