import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { acceptInquiries, bringInFile } from '../capture/index.ts';
import { systemScope, type Scope } from '../platform/access/index.ts';
import { sql, type Sql } from '../platform/db/index.ts';
import { declareField } from '../platform/fields/index.ts';
import { editOrganization } from './edit-organization.ts';
import { editPerson } from './edit-person.ts';
import { organizationsImport } from './import-organizations.ts';
import { peopleImport } from './import-people.ts';
import { withdrawInquiries } from './withdraw-sightings.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const options = { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'CHF', country: null, mode: 'both' as const, consentBasis: null };
type Values = Record<string, unknown>;
type Taken = { importId: string } | { inquiryId: string };

/** A company by itself: what came into it can be taken back. */
const open = async () => {
  const workspaceId = await house.newWorkspace();
  const scope: Scope = systemScope(workspaceId);
  await house.cx.db.write(scope, async (tx) => {
    await declareField(tx, house.cx, { subject: 'person', label: 'Tier', type: 'text', choices: [], requiredFrom: null });
    await declareField(tx, house.cx, { subject: 'person', label: 'Floor', type: 'number', choices: [], requiredFrom: null });
  });
  const rows = <T>(query: Sql): Promise<T[]> => house.cx.db.read(scope, (tx) => tx.rows<T>(query));
  return {
    scope,
    async list(list: readonly Values[]): Promise<Taken> {
      const importId = house.cx.ids.next();
      await house.cx.db.write(scope, (tx) => peopleImport.apply(tx, house.cx, { importId, rows: list.map(({ tier, floor, ...values }, at) => ({ row: at + 2, values, extra: { ...(tier ? { Tier: tier as string } : {}), ...(floor ? { Floor: floor as string } : {}) } })), options }));
      return { importId };
    },
    async inquire(fields: Values): Promise<Taken> {
      const [made] = await house.cx.db.write(scope, (tx) => acceptInquiries(tx, house.cx, [{ channel: 'form', fields, occurredAt: house.clock.now() }]));
      await house.drain();
      return { inquiryId: made!.id };
    },
    /** as a file, which stands until it is undone */
    async file(kind: 'organizations' | 'people', lines: readonly string[]): Promise<string> {
      const { importId, counts } = await bringInFile(house.cx, scope, { name: `${kind}.csv`, bytes: Buffer.from(lines.join('\n')), kind });
      expect([kind, counts.problem]).toEqual([kind, 0]);
      return importId;
    },
    undoFile: (kind: 'organizations' | 'people', importId: string) =>
      house.cx.db.write(scope, async (tx): Promise<void> => {
        await tx.run(sql`update capture.import set status = 'undoing' where workspace_id = ${workspaceId} and id = ${importId}`);
        await { organizations: organizationsImport, people: peopleImport }[kind].undo(tx, house.cx, importId);
        await tx.run(sql`update capture.import set status = 'undone' where workspace_id = ${workspaceId} and id = ${importId}`);
      }),
    undo: (taken: Taken) =>
      house.cx.db.write(scope, async (tx): Promise<void> => {
        if ('importId' in taken) await peopleImport.undo(tx, house.cx, taken.importId);
        else await withdrawInquiries(tx, house.cx, { inquiryIds: [taken.inquiryId] });
      }),
    /** People as an extract tells of them, but for ids and instants, and under what they are found. */
    people: () =>
      rows<Values>(sql`select to_jsonb(p) - array['id', 'organization_id', 'first_seen_at', 'last_seen_at', 'workspace_id'] as person, o.name as organization,
          (select trim(s.text) from identity.search_entry s where s.workspace_id = ${workspaceId} and s.id = p.id) as found
        from extract.people p left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id where p.workspace_id = ${workspaceId} order by p.family_name, p.email`),
    /** Organizations as an extract tells of them, but for ids and instants. */
    organizations: () =>
      rows<{ organization: Values }>(sql`select to_jsonb(o) - array['id', 'workspace_id', 'first_seen_at', 'last_seen_at'] as organization from extract.organizations o where o.workspace_id = ${workspaceId} order by o.name`).then((all) =>
        all.map(({ organization }) => organization),
      ),
    rows,
  };
};

const some = <T>(...of: T[]) => fc.option(fc.constantFrom(...of), { nil: undefined, freq: 2 });
/** Four of whom nobody is taken for another. */
const family = ['Balmor', 'Kendrik', 'Fixtus', 'Gopfel'];
const givenNames = ['Ute', 'Karl', 'Zeno', 'Ines'];
const saying = fc.record({
  who: fc.nat(3),
  given: some('whole', 'initial'),
  title: some('Buyer', 'Chief', 'Welder'),
  phone: some('+41 44 668 1# 00', '0041 44 668 1# 00', '+41 44 668 1# 01'),
  mobile: some('+41 79 668 1# 00', '+41 79 668 1# 01'),
  organization: some('Muster AG', 'Zweite GmbH'),
  street: some('Seeweg 1#', 'Bergweg 2#'),
  postalCode: some('3000', '8001'),
  city: some('Bern', 'Zürich'),
  country: some('CH', 'DE'),
  language: some('de', 'fr'),
  tier: some('Gold', 'Silver'),
  floor: some('100', '200'),
  doNotContact: some(true),
});
type Saying = typeof saying extends fc.Arbitrary<infer T> ? T : never;
/** The first two are always named by external id, the others never: whose word a row is does not hang on who came before. */
const valuesOf = ({ who, given, ...says }: Saying): Values => ({
  familyName: family[who]!,
  email: `person${who}@gmail.com`,
  ...(who < 2 ? { externalId: `X-${who}` } : {}),
  ...(given ? { givenName: given === 'whole' ? givenNames[who]! : `${givenNames[who]![0]!}.` } : {}),
  ...Object.fromEntries(Object.entries(says).flatMap(([field, value]) => (value === undefined ? [] : [[field, typeof value === 'string' ? value.replace('#', String(who)) : value]]))),
});

it('shows, whatever is taken back in whatever order, what a house shows that only ever had the rest', async () => {
  const list = fc.array(saying, { minLength: 1, maxLength: 4 }).map((rows) => ({ inquiry: false, rows: [...new Map(rows.map((row) => [row.who, row])).values()].map(valuesOf) }));
  const inquiry = saying.map((says) => ({ inquiry: true, rows: [valuesOf({ ...says, tier: undefined, floor: undefined, who: 2 + (says.who % 2) })] }));
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof({ weight: 4, arbitrary: list }, { weight: 1, arbitrary: inquiry }), { minLength: 2, maxLength: 6 }), fc.array(fc.nat(), { minLength: 6, maxLength: 6 }), async (said, picks) => {
      const town = await open();
      const taken = new Map<number, Taken>();
      const say = async (where: typeof town, { inquiry: isInquiry, rows }: (typeof said)[number]): Promise<Taken> => {
        house.clock.advance(60_000);
        return isInquiry ? where.inquire(rows[0]!) : where.list(rows);
      };
      for (const [at, one] of said.entries()) taken.set(at, await say(town, one));
      for (const pick of picks) {
        const [at, one] = [...taken][pick % taken.size]!;
        await town.undo(one);
        taken.delete(at);
        await house.drain();
        const fresh = await open();
        for (const left of taken.keys()) await say(fresh, said[left]!);
        expect(await town.people()).toEqual(await fresh.people());
        if (taken.size === 0) break;
      }
    }),
    { numRuns: Number(process.env['FC_RUNS'] ?? 8) },
  );
}, 240_000);

// What stays as it was decided when a row came, and differs from a house that never had those taken back: docs/how-it-decides/matching.md.
const shownOf = async (town: Awaited<ReturnType<typeof open>>): Promise<unknown[]> =>
  (await town.people()).map(({ person }) => {
    const { email, phone, title, sightings } = person as Values;
    return { email, phone, title, sightings };
  });
const ute = { familyName: 'Balmor', givenName: 'Ute' };
const [mail, phone] = ['ute@gmail.com', '+41 44 668 18 00'];

it('leaves rows with the person they were taken for, also where only those taken back knew that they are one', async () => {
  const town = await open();
  const both = await town.list([{ ...ute, email: mail, phone }]);
  await town.list([{ ...ute, email: mail }, { ...ute, phone }]);
  await town.undo(both);
  expect(await shownOf(town)).toEqual([{ email: mail, phone, title: null, sightings: 2 }]);
});

it('leaves a row its owner’s word, also where only those taken back knew the id it names its person by', async () => {
  const town = await open();
  await town.list([{ ...ute, email: mail, title: 'Buyer' }]);
  const numbered = await town.list([{ ...ute, email: mail, externalId: 'X' }]);
  await town.list([{ ...ute, email: mail, externalId: 'X', title: 'Chief' }]);
  await town.undo(numbered);
  expect(await shownOf(town)).toEqual([{ email: mail, phone: null, title: 'Chief', sightings: 2 }]);
});

it('keeps what was written by hand, and whom somebody corrected whom nobody else has seen', async () => {
  const town = await open();
  const first = await town.list([{ ...ute, email: mail, title: 'Buyer', city: 'Bern' }, { familyName: 'Kendrik', email: 'karl@gmail.com', title: 'Welder' }]);
  await town.list([{ ...ute, email: mail, title: 'Chief', phone }]);
  for (const [id, title] of (await town.rows<{ id: string; email: string }>(sql`select id, email from identity.person order by email desc`)).map((one) => [one.id, one.email === mail ? 'Owner' : 'Partner'] as const))
    await house.cx.db.write(town.scope, (tx) => editPerson(tx, house.cx, id, { title }));
  await town.undo(first);
  expect((await town.people()).map(({ person }) => person)).toMatchObject([{ email: mail, title: 'Owner', city: null, sightings: 1 }, { email: 'karl@gmail.com', title: 'Partner' }]);
});

/** Two companies that are known, and one that only lists speak of. */
const companies = ['Muster AG', 'Zweite GmbH', 'Dritte SA'];
const company = fc.record({
  who: fc.nat(2),
  number: some('N-1', 'N-2'),
  industry: some('Water', 'Food'),
  vertical: some('Pumps', 'Valves'),
  employees: some('20', '300'),
  phone: some('+41 44 668 18 00', '+41 44 668 18 01'),
  place: some('Seeweg 1,Bern'),
  customer: some('yes'),
});

it('of organizations shows what the lists say that are left; one goes with the last that speaks of it', async () => {
  const list = fc.array(company, { minLength: 1, maxLength: 3 }).map((rows) => ({
    kind: 'organizations' as const,
    speaksOf: new Set(rows.map(({ who }) => who)),
    lines: [
      'Id,Name,Country,Industry,Vertical,Employees,Phone,Is a customer,Street,City',
      ...[...new Map(rows.map((row) => [row.who, row])).values()].map(({ who, number, industry, vertical, employees, phone: dialled, customer, place }) =>
        [number && `${number}${who}`, companies[who], 'CH', industry, vertical, employees, dialled, customer, place ?? ','].map((cell) => cell ?? '').join(','),
      ),
    ],
  }));
  const people = fc.nat(2).map((who) => ({ kind: 'people' as const, speaksOf: new Set([who]), lines: ['Name,Mail,Company,Country', `${givenNames[who]!} ${family[who]!},person${who}@gmail.com,${companies[who]!},CH`] }));
  const base = ['Name,Country', ...companies.slice(0, 2).map((name) => `${name},CH`)];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof({ weight: 3, arbitrary: list }, { weight: 1, arbitrary: people }), { minLength: 2, maxLength: 5 }), fc.array(fc.nat(), { minLength: 5, maxLength: 5 }), async (said, picks) => {
      const town = await open();
      await town.file('organizations', base);
      const before = await town.organizations();
      let left: { one: (typeof said)[number]; importId: string }[] = [];
      for (const one of said) left.push({ one, importId: await town.file(one.kind, one.lines) });
      for (const pick of picks) {
        const gone = left[pick % left.length]!;
        await town.undoFile(gone.one.kind, gone.importId);
        left = left.filter((one) => one !== gone);
        const fresh = await open();
        await fresh.file('organizations', base);
        for (const { one } of left) await fresh.file(one.kind, one.lines);
        const [is, would] = [await town.organizations(), await fresh.organizations()];
        // Of the third stays what the list that made it said of its place, and of what it does where people were seen there.
        const isSeen = said.some((one) => one.kind === 'people' && one.speaksOf.has(2));
        const told = (all: Values[]): Values[] => all.map((one) => (one['name'] === companies[2] ? { ...one, street: null, city: null, ...(isSeen ? { industry: null, vertical: null, employees: null } : {}) } : one));
        expect(told(is)).toEqual(told(would));
        if (left.length === 0) break;
      }
      expect(left.length > 0 || (await town.organizations())).toEqual(left.length > 0 || before);
    }),
    { numRuns: Number(process.env['FC_RUNS'] ?? 8) },
  );
}, 240_000);

it('leaves an organization that others speak of what was changed by hand', async () => {
  const town = await open();
  const head = 'Name,Country,Website,Parent,Is a customer';
  const first = await town.file('organizations', [head, 'Muster AG,CH,muster.example,Holding,yes', 'Zweite GmbH,CH,zweite.example,Holding,yes']);
  await town.file('organizations', [head, 'Muster AG,CH,,Other,', 'Zweite GmbH,CH,,,']);
  const [muster] = await town.rows<{ id: string }>(sql`select id from identity.organization where name = 'Muster AG'`);
  await house.cx.db.write(town.scope, (tx) => editOrganization(tx, house.cx, muster!.id, { isCustomer: false }));
  await house.cx.db.write(town.scope, (tx) => editOrganization(tx, house.cx, muster!.id, { isCustomer: true, website: 'https://muster.example/de' }));
  await town.undoFile('organizations', first);
  expect(await town.organizations()).toMatchObject([
    { name: 'Muster AG', domain: 'muster.example', website: 'https://muster.example/de', parent: 'Other', is_customer: true },
    { name: 'Zweite GmbH', domain: 'zweite.example', website: null, parent: null, is_customer: false },
  ]);
});

it('keeps custom fields one by one: what was changed by hand beside them keeps none of the others', async () => {
  const town = await open();
  const first = await town.list([{ ...ute, email: mail, tier: 'Gold', floor: '100' }]);
  await town.list([{ ...ute, email: mail, floor: '200' }]);
  const [person] = await town.rows<{ id: string }>(sql`select id from identity.person`);
  await house.cx.db.write(town.scope, (tx) => editPerson(tx, house.cx, person!.id, { custom: { tier: 'Silver' } }));
  await town.undo(first);
  expect((await town.people()).map((one) => (one['person'] as Values)['custom'])).toEqual([{ tier: 'Silver', floor: 200 }]);
});

it('leaves people with the organization whose number another list names, too, for as long as both are there', async () => {
  const town = await open();
  const row = { ...ute, email: mail, organization: 'Muster', accountRef: 'ACC' };
  const lists = [await town.list([row]), await town.list([row])];
  const companyList = await town.file('organizations', ['Id,Name,Country', 'ACC,Lange Firma GmbH,DE']);
  const where = async () => (await town.people()).map(({ organization }) => organization);
  expect(await where()).toEqual(['Lange Firma GmbH']);
  await town.undo(lists[0]!);
  expect(await where()).toEqual(['Lange Firma GmbH']);
  await town.undoFile('organizations', companyList);
  expect(await where()).toEqual(['Muster']);
  await town.undo(lists[1]!);
  expect(await where()).toEqual([]);
  expect(await town.organizations()).toEqual([]);
});
