import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { acceptInquiries } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';
import { merge, undoMerge } from './merge-people.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

type Row = Record<string, unknown> & { id: string };
const people = async (): Promise<Map<string, Row>> => {
  const rows = await house.rows<{ row: Row }>(sql`select to_jsonb(p) as row from identity.person p order by id`);
  return new Map(rows.map(({ row }) => [row.id, row]));
};

test('a random sequence of merges and undos agrees with a union-find at every step, and undoing all restores every row exactly', async () => {
  const names = ['Aberle', 'Bissinger', 'Cramm', 'Dornfeld', 'Eggert', 'Fahrni', 'Gloor', 'Hürlimann', 'Iselin', 'Jenny'];
  await house.write((tx) =>
    acceptInquiries(
      tx,
      house.cx,
      names.map((familyName, at) => ({
        channel: 'test',
        fields: {
          familyName,
          ...(at % 2
            ? { givenName: `Ka${at}`, email: `${familyName.toLowerCase().replace('ü', 'u')}@firm${at}.example` }
            : { phone: `+41 44 668 18 0${at}` }),
          ...(at % 3 ? {} : { city: `City ${at}`, country: 'CH', doNotContact: true }),
        } as never,
      })),
    ),
  );
  await house.drain();
  const original = await people();
  const ids = [...original.keys()];
  expect(ids).toHaveLength(10);

  let seed = 42;
  const random = (below: number): number => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
  let standing: { id: string; survivorId: string; mergedId: string }[] = [];
  for (let step = 0; step < 60; step++) {
    if (random(3) > 0 || standing.length === 0) {
      const [a, b] = [ids[random(10)]!, ids[random(10)]!];
      const made = await house
        .write((tx) => merge(tx, house.cx, 'person', { survivorId: a, mergedId: b }))
        .catch((error: Error & { kind?: string }) => {
          expect(error.kind).toBe('conflict');
          return undefined;
        });
      if (made) standing.push({ id: made.mergeId, survivorId: made.survivorId, mergedId: made.mergedId });
    } else {
      const at = random(standing.length);
      await house.write((tx) => undoMerge(tx, house.cx, standing[at]!.id));
      standing = standing.filter((_, place) => place !== at);
    }
    const parent = new Map(ids.map((id) => [id, id]));
    const find = (id: string): string => (parent.get(id) === id ? id : find(parent.get(id)!));
    for (const edge of standing) parent.set(find(edge.mergedId), find(edge.survivorId));
    const map = await house.rows<{ oldId: string; survivorId: string }>(
      sql`select old_id, survivor_id from identity.identity_map where kind = 'person'`,
    );
    for (const { oldId, survivorId } of map) expect(find(oldId)).toBe(find(survivorId));
    expect(new Set(map.map((one) => one.survivorId)).size).toBe(new Set(ids.map(find)).size);
  }
  for (const { id } of standing.toReversed()) await house.write((tx) => undoMerge(tx, house.cx, id));
  expect(await people()).toEqual(original);
  await house.drain();
});

test('an undone import of people leaves no trace: new ones retire, filled and replaced values are as before', async () => {
  await house.write((tx) =>
    acceptInquiries(tx, house.cx, [
      {
        channel: 'test',
        fields: { externalId: 'C-1', givenName: 'Moritz', familyName: 'Kaltbrunn', email: 'moritz@kaltbrunn.example' },
      },
    ]),
  );
  await house.drain();
  const { peopleImport, organizationsImport } = await import('./index.ts');
  const before = await people();
  const importId = house.cx.ids.next();
  const options = { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'CHF', country: null, mode: 'both' as const, consentBasis: null };
  const rows = [
    { row: 2, values: { externalId: 'C-1', familyName: 'Kaltbrunner', title: 'Director', phone: '044 668 18 11' }, extra: {} },
    { row: 3, values: { fullName: 'Neu Dazugekommen', email: 'neu@dazu.example' }, extra: {} },
    { row: 4, values: { city: 'Bern' }, extra: {} },
    { row: 5, values: { fullName: 'Dazugekommen, Neu', email: 'neu@dazu.example' }, extra: {} },
  ];
  const outcomes = await house.write((tx) => peopleImport.apply(tx, house.cx, { importId, rows, options }));
  expect(new Map(outcomes.map((one) => [one.row, one.outcome]))).toEqual(
    new Map([
      [2, 'updated'],
      [3, 'new'],
      [4, 'problem'],
      [5, 'matched'],
    ]),
  );
  const { json } = await house.request('rep', 'GET', '/v1/people?q=kaltbrunner');
  expect(json.items).toMatchObject([{ familyName: 'Kaltbrunner', title: 'Director' }]);
  for (let twice = 0; twice < 2; twice++) await house.write((tx) => peopleImport.undo(tx, house.cx, importId));
  const after = await people();
  for (const [id, row] of before) expect(after.get(id)).toEqual(row);
  for (const [id, row] of after) if (!before.has(id)) expect(row['retired_at']).not.toBeNull();

  const listId = house.cx.ids.next();
  const companies = (importedId: string, list: Record<string, unknown>[]) =>
    house.write((tx) =>
      organizationsImport.apply(tx, house.cx, {
        importId: importedId,
        rows: list.map((values, at) => ({ row: at + 2, values, extra: {} })),
        options,
      }),
    );
  const first = house.cx.ids.next();
  expect(
    (await companies(first, [{ name: 'Aage Østergaard A/S', country: 'Denmark', website: 'www.ostergaard-steel.example' }])).map(
      (one) => one.outcome,
    ),
  ).toEqual(['new']);
  const known = await house.rows(sql`select to_jsonb(o) as row from identity.organization o order by id`);
  const second = await companies(listId, [
    { name: 'AAGE OSTERGAARD', website: 'http://ostergaard-steel.example/', employees: '120', city: 'Horsens' },
    { name: 'Zeta Gomma S.p.A.', country: 'IT', phone: '+39 0536 867111' },
    { name: 'ZETA GOMMA SPA', country: 'Italy' },
    { name: '-' },
  ]);
  expect(second.map((one) => one.outcome)).toEqual(['updated', 'new', 'matched', 'problem']);
  for (let twice = 0; twice < 2; twice++) await house.write((tx) => organizationsImport.undo(tx, house.cx, listId));
  const left = await house.rows(sql`select to_jsonb(o) as row from identity.organization o where retired_at is null order by id`);
  expect(left).toEqual(known.filter((one) => (one as { row: { retired_at: unknown } }).row.retired_at === null));
});

test('three who are one: the third pair is decided although its two were joined by way of the other', async () => {
  const fields = ['Ottilie Brandner', 'Gerwin Asplund', 'Nadja Ferrante'].map((fullName, n) => ({ fullName, email: `third${n}@three${n}.example` }));
  await house.write((tx) => acceptInquiries(tx, house.cx, fields.map((of) => ({ channel: 'test', fields: of }))));
  await house.drain();
  const found = await house.rows<{ id: string }>(sql`select id from identity.person where email like 'third%' order by id`);
  const [a, b, c] = found.map((one) => one.id);
  const pairs = [[a, b], [b, c], [a, c]].map((pair) => ({ id: house.cx.ids.next(), pair: pair as [string, string] }));
  for (const { id, pair } of pairs)
    await house.write((tx) => tx.run(sql`insert into identity.possible_duplicate (workspace_id, id, person_id, other_id, weight, evidence, found_at)
      values (${house.workspaceId}, ${id}, ${pair[0]}, ${pair[1]}, 9, '[]', ${house.cx.clock.now()})`));
  for (const { id } of pairs) {
    const { status } = await house.request('marketing', 'POST', `/v1/duplicates/${id}/decide`, { decision: 'join' });
    expect(status).toBe(200);
  }
  const undone = await house.request('marketing', 'POST', `/v1/duplicates/${pairs[2]!.id}/decide`, { decision: 'undo' });
  expect(undone.json).toMatchObject({ status: 'open' });
});

test('what a joined company is told of since stays its own: it stands when others join, and when they are parted', async () => {
  const arrive = async (fields: Record<string, string>): Promise<void> => {
    await house.write((tx) => acceptInquiries(tx, house.cx, [{ channel: 'test', fields: { givenName: 'Rosa', email: `rosa@${fields['website']}`, ...fields } }]));
    await house.drain();
  };
  await arrive({ organization: 'Vogelsang Pumpen', website: 'vogelsang.example', familyName: 'Egli' });
  await arrive({ organization: 'Vogelsang Holding', website: 'vogelsang-holding.example', familyName: 'Frick', country: 'CH' });
  await arrive({ organization: 'Vogelsang Service', website: 'vogelsang-service.example', familyName: 'Gut' });
  const row = (domain: string) => house.rows<{ id: string; row: Record<string, unknown> }>(sql`select id, to_jsonb(o) as row from identity.organization o where domain = ${domain}`).then(([one]) => one!);
  const [pumps, holding, service] = [await row('vogelsang.example'), await row('vogelsang-holding.example'), await row('vogelsang-service.example')];
  const joined = await house.write((tx) => merge(tx, house.cx, 'organization', { survivorId: pumps.id, mergedId: holding.id }));

  await arrive({ organization: 'Vogelsang Pumpen', website: 'vogelsang.example', familyName: 'Egli', country: 'CH', city: 'Uster', industry: 'Machinery', employees: '40' });
  const told = { country: 'CH', city: 'Uster', industry: 'Machinery', employees: 40 };
  expect((await row('vogelsang.example')).row).toMatchObject(told);
  const again = await house.write((tx) => merge(tx, house.cx, 'organization', { survivorId: pumps.id, mergedId: service.id }));
  expect((await row('vogelsang.example')).row).toMatchObject(told);

  for (const { mergeId } of [joined, again]) await house.write((tx) => undoMerge(tx, house.cx, mergeId));
  expect((await row('vogelsang.example')).row).toMatchObject({ ...told, own: null });
  expect(await row('vogelsang-holding.example')).toEqual(holding);
  expect(await row('vogelsang-service.example')).toEqual(service);
});
