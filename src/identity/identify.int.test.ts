import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { acceptInquiries } from '../capture/index.ts';
import { generateInquiries } from '../demo/index.ts';
import { queryCount, sql } from '../platform/db/index.ts';
import { identifyInquiries } from './identify-inquiries.ts';
import { dropFromSearch, pruneWords } from './search.store.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

type Fields = Record<string, unknown>;
const arrive = (...rows: Fields[]): Promise<string[]> =>
  house.write(async (tx) =>
    (
      await acceptInquiries(
        tx,
        house.cx,
        rows.map((fields) => ({ channel: 'test', fields: fields as never })),
      )
    ).map((one) => one.id),
  );
const personOf = async (inquiryId: string): Promise<string> => {
  const [row] = await house.rows<{ personId: string }>(sql`select person_id from identity.sighting where inquiry_id = ${inquiryId}`);
  return row!.personId;
};

test('several sightings of one person are one person, within a batch and across batches', async () => {
  const [a, b, c] = await arrive(
    {
      givenName: 'Johanna',
      familyName: 'Brandstätter',
      email: 'j.brandstaetter@winkelhof.example',
      organization: 'Winkelhof Pumpen GmbH',
      country: 'AT',
    },
    { fullName: 'BRANDSTAETTER, Johanna', email: 'J.Brandstaetter+messe@winkelhof.example' },
    { fullName: 'Somebody Else', email: 'else@winkelhof.example' },
  );
  await house.drain();
  const [d] = await arrive({
    givenName: 'Johanna',
    familyName: 'Brandstetter',
    organization: 'Winkelhof Pumpen',
    country: 'Österreich',
    phone: '01 5879970',
  });
  await house.drain();
  const person = await personOf(a!);
  expect(await personOf(b!)).toBe(person);
  expect(await personOf(d!)).toBe(person);
  expect(await personOf(c!)).not.toBe(person);
  const page = (await house.request('marketing', 'GET', `/v1/people/${person}`)).json;
  expect(page).toMatchObject({
    name: 'Johanna Brandstätter',
    sightingCount: 3,
    fields: { phone: '01 5879970', country: 'AT' },
    organization: { name: 'Winkelhof Pumpen GmbH' },
  });
  for (const sighting of page.sightings) {
    if (sighting.weight === null) continue;
    const total = sighting.evidence.reduce((sum: number, one: { weight: number }) => sum + one.weight, 0);
    expect(total).toBeCloseTo(sighting.weight, 1);
  }
});

test('an external id alone is a person; nothing at all is an unnamed person per receipt', async () => {
  const [a, b, c, d] = await arrive(
    { externalId: 'q-77' },
    { externalId: 'q-77', product: 'HX' },
    { message: 'hello?' },
    { message: 'hello?' },
  );
  await house.drain();
  expect(await personOf(a!)).toBe(await personOf(b!));
  expect(await personOf(c!)).not.toBe(await personOf(d!));
  expect((await house.request('marketing', 'GET', `/v1/people/${await personOf(a!)}`)).json.name).toBe('No. q-77');
});

test('a telephone alone does not join two names; a doubt is listed, decided and taken back', async () => {
  const [a, b] = await arrive(
    { givenName: 'Konrad', familyName: 'Ettlinger', phone: '+41 44 668 18 00', city: 'Zürich' },
    { givenName: 'Beatrix', familyName: 'Ettlinger', phone: '+41 44 668 18 00', city: 'Zürich' },
  );
  await house.drain();
  const [konrad, beatrix] = [await personOf(a!), await personOf(b!)];
  expect(konrad).not.toBe(beatrix);
  const { items } = (await house.request('marketing', 'GET', '/v1/duplicates')).json;
  const pair = items.find((one: { people: { id: string }[] }) => one.people.every((p) => [konrad, beatrix].includes(p.id)));
  expect(pair.evidence.map((one: { field: string }) => one.field)).toContain('phone');
  const joined = await house.request('marketing', 'POST', `/v1/duplicates/${pair.id}/decide`, { decision: 'join' });
  expect(joined.json).toMatchObject({ status: 'joined' });
  // what was decided is listed with both, as they were
  expect((await house.request('marketing', 'GET', '/v1/duplicates?status=joined')).json.items[0].people.map(({ id }: { id: string }) => id).toSorted()).toEqual([konrad, beatrix].toSorted());
  expect((await house.request('rep', 'GET', `/v1/people/${beatrix}`)).json).toMatchObject({
    id: konrad,
    askedFor: beatrix,
    sightingCount: 2,
  });
  expect((await house.request('marketing', 'POST', `/v1/duplicates/${pair.id}/decide`, { decision: 'join' })).status).toBe(409);
  expect((await house.request('marketing', 'POST', `/v1/duplicates/${pair.id}/decide`, { decision: 'undo' })).json).toMatchObject({
    status: 'open',
  });
  expect((await house.request('rep', 'GET', `/v1/people/${beatrix}`)).json).toMatchObject({ id: beatrix, sightingCount: 1 });

  // Joined on another screen meanwhile: the pair only has to hear that they are one.
  expect((await house.request('marketing', 'POST', `/v1/people/${konrad}/merge`, { otherId: beatrix })).status).toBeLessThan(300);
  const late = await house.request('marketing', 'POST', `/v1/duplicates/${pair.id}/decide`, { decision: 'join' });
  expect(late.json).toMatchObject({ status: 'joined', mergeId: null });
});

test('search finds people and companies by name, mail, domain and digits', async () => {
  await arrive({
    givenName: 'Zdzisława',
    familyName: 'Kwiatkowska',
    email: 'zk@pompy-kwiat.example',
    organization: 'Pompy Kwiat Sp. z o.o.',
    phone: '+48 22 555 01 23',
  });
  await house.drain();
  for (const q of ['kwiatkow', 'zdzislawa kw', 'pompy-kwiat', 'zk@pompy-kwiat.example', '22 5550123', 'kw']) {
    const { people } = (await house.request('rep', 'GET', `/v1/search?q=${encodeURIComponent(q)}`)).json;
    expect(
      people.map((p: { name: string }) => p.name),
      q,
    ).toContain('Zdzisława Kwiatkowska');
  }
  const { organizations } = (await house.request('rep', 'GET', '/v1/search?q=pompy')).json;
  expect(organizations).toMatchObject([{ name: 'Pompy Kwiat Sp. z o.o.' }]);
  expect((await house.request('rep', 'GET', '/v1/people?q=kwiatkowska')).json.items).toHaveLength(1);
  expect((await house.request('rep', 'GET', '/v1/search?q=%25%25')).json).toEqual({ instead: [], people: [], organizations: [] });
});

test('search finds what was mistyped, says what it looked for instead, and forgets words of which nobody is left', async () => {
  await arrive({ givenName: 'Hildegunde', familyName: 'Brechtbühler', email: 'hb@brechtbuehler-ofenbau.example', organization: 'Brechtbühler Ofenbau AG' });
  await house.drain();
  const search = async (q: string) => (await house.request('rep', 'GET', `/v1/search?q=${encodeURIComponent(q)}`)).json as { instead: string[]; people: { id: string; name: string }[]; organizations: { name: string }[] };
  for (const q of ['brechtbuler', 'Brehctbuhler', 'hildegune brechtbühler', 'brechtbuhlre ofenbu', 'Hildegvnde', 'brechtbhler ofenbau'])
    expect((await search(q)).people.map(({ name }) => name), q).toEqual(['Hildegunde Brechtbühler']);
  expect(await search('ofenbav')).toMatchObject({ instead: ['ofenbau'], organizations: [{ name: 'Brechtbühler Ofenbau AG' }] });
  expect((await house.request('rep', 'GET', '/v1/people?q=hildegvnde')).json.items).toHaveLength(1);
  // What is written rightly is not guessed at, and what is like nothing finds nothing.
  expect(await search('hildegunde')).toMatchObject({ instead: [] });
  expect(await search('xylophonist')).toEqual({ instead: [], people: [], organizations: [] });
  const [person] = (await search('hildegunde')).people;
  const words = () => house.rows<{ word: string }>(sql`select word from identity.search_word where word in ('hildegunde', 'ofenbau') order by 1`);
  expect(await words()).toHaveLength(2);
  await house.write((tx) => dropFromSearch(tx, 'p', [person!.id]));
  expect(await words()).toEqual([{ word: 'ofenbau' }]);
  await house.write((tx) => tx.run(sql`delete from identity.search_entry where text like '%ofenbau%'`));
  await house.write(pruneWords);
  expect(await words()).toEqual([]);
});

test('two batches at once make no twins', async () => {
  const rows = Array.from({ length: 40 }, (_, at) => ({
    givenName: `Uta${at}`,
    familyName: `Zwilling${at}`,
    email: `uta${at}@zwilling.example`,
  }));
  const [first, second] = [await arrive(...rows), await arrive(...rows)];
  await Promise.all([
    house.write((tx) => identifyInquiries(tx, house.cx, first)),
    house.write((tx) => identifyInquiries(tx, house.cx, second)),
  ]);
  const people = await house.rows<{ count: number }>(
    sql`select count(*)::int as count from identity.person where email_key like 'uta%@zwilling.example'`,
  );
  expect(people[0]!.count).toBe(40);
  await house.drain();
});

test('correcting a person makes them known under the new mail, and consent holds', async () => {
  const [a] = await arrive({ givenName: 'Petra', familyName: 'Umziehen', email: 'petra@alt-firma.example' });
  await house.drain();
  const id = await personOf(a!);
  expect((await house.request('rep', 'PATCH', `/v1/people/${id}`, { email: 'not a mail' })).status).toBe(422);
  expect(
    (
      await house.request('rep', 'PATCH', `/v1/people/${id}`, {
        email: 'petra@neu-firma.example',
        country: 'Germany',
        mobile: '0151 23456789',
      })
    ).json.changed.toSorted(),
  ).toEqual(['country', 'email', 'mobile']);
  expect((await house.request('rep', 'GET', `/v1/people/${id}`)).json.fields).toMatchObject({ country: 'DE', mobile: '+4915123456789' });
  const [b, c] = await arrive({ email: 'petra@neu-firma.example' }, { email: 'petra@alt-firma.example' });
  await house.drain();
  expect([await personOf(b!), await personOf(c!)]).toEqual([id, id]);
  expect((await house.request('rep', 'PUT', `/v1/people/${id}/consent`, { doNotCall: true, unsubscribed: true })).json).toMatchObject({
    doNotCall: true,
    doNotContact: false,
  });
  expect((await house.request('rep', 'GET', '/v1/people?silent=true')).json.items.map((p: { id: string }) => p.id)).toEqual([id]);
  expect((await house.request('rep', 'PUT', `/v1/people/${id}/consent`, { doNotCall: false, unsubscribed: false })).json).toMatchObject({
    doNotCall: false,
    unsubscribedAt: null,
  });
});

test('the generator’s people are recovered, in a few statements a batch', async () => {
  const workspaceId = await house.newWorkspace('World');
  const scope = { workspaceId, roles: [] };
  const world = [...generateInquiries({ count: 6000, to: new Date('2026-03-01T00:00:00Z') })];
  const ids: string[] = [];
  for (let at = 0; at < world.length; at += 2000) {
    const part = world.slice(at, at + 2000);
    ids.push(
      ...(
        await house.cx.db.write(scope, (tx) =>
          acceptInquiries(
            tx,
            house.cx,
            part.map((one) => ({ channel: 'demo', fields: one.fields as never, occurredAt: one.occurredAt })),
          ),
        )
      ).map((one) => one.id),
    );
  }
  for (let at = 0; at < ids.length; at += 2000) {
    const before = queryCount.total;
    await house.cx.db.write(scope, (tx) => identifyInquiries(tx, house.cx, ids.slice(at, at + 2000)));
    expect(queryCount.total - before).toBeLessThanOrEqual(20);
  }
  const sighted = await house.cx.db.read(scope, (tx) =>
    tx.rows<{ inquiryId: string; personId: string }>(sql`select inquiry_id, person_id from identity.sighting`),
  );
  expect(sighted).toHaveLength(world.length);
  const person = new Map(sighted.map((one) => [one.inquiryId, one.personId]));
  const pairs = (keys: string[]): number => {
    const counts = new Map<string, number>();
    for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts.values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  };
  const known = world.map((one, at) => ({ truth: one.truth.person, found: person.get(ids[at]!)! })).filter((one) => one.truth !== null);
  const both = pairs(known.map((one) => `${one.truth} ${one.found}`));
  const precision = both / pairs(known.map((one) => one.found));
  const recall = both / pairs(known.map((one) => one.truth!));
  const f1 = (2 * precision * recall) / (precision + recall);
  expect(f1, `precision ${precision}, recall ${recall}`).toBeGreaterThanOrEqual(0.97);
});
