import { afterEach, beforeEach, expect, it } from 'vitest';
import { openTestHouse, type TestHouse } from '../../tests/support/house.ts';
import { acceptInquiries } from '../capture/index.ts';
import { generateInquiries, tellInquiry } from '../demo/index.ts';
import { sql } from '../platform/db/index.ts';
import { runNextJob } from '../platform/jobs/index.ts';
import { checkBase, checkBaseJob } from './check-base.ts';
import { organizationsImport } from './import-organizations.ts';
import { withdrawInquiries } from './withdraw-sightings.ts';

let house: TestHouse;
beforeEach(async () => {
  house = await openTestHouse({ at: '2026-03-02T12:00:00Z' });
});
afterEach(() => house.close());

type Values = Record<string, string>;
const options = { programId: null, source: null, createMissing: true, timeZone: 'UTC', currency: 'CHF', country: null, mode: 'both' as const, consentBasis: null };
const list = async (rows: Values[]): Promise<string> => {
  const importId = house.cx.ids.next();
  await house.write((tx) => organizationsImport.apply(tx, house.cx, { importId, rows: rows.map((values, at) => ({ row: at + 2, values, extra: {} })), options }));
  return importId;
};
const arrive = async (all: Values[]): Promise<string[]> => {
  const accepted = await house.write((tx) => acceptInquiries(tx, house.cx, all.map((fields) => ({ channel: 'api', fields }))));
  await house.drain();
  return accepted.map(({ id }) => id);
};
const world = (count: number, seed: number): Values[] =>
  [...generateInquiries({ seed, count, to: house.clock.now() })].map((one) => Object.fromEntries(Object.entries(tellInquiry(one).fields).filter((entry): entry is [string, string] => typeof entry[1] === 'string')));
const check = async () => {
  expect((await house.request('marketing', 'POST', '/v1/duplicates/check')).status).toBe(200);
  while (await runNextJob(house.cx, house.workspaceId, { [checkBaseJob]: checkBase }));
  await house.drain();
  return (await house.request('rep', 'GET', '/v1/duplicates/check')).json.last;
};
interface Row {
  id: string;
  name: string;
  survivorId: string | null;
  retiredAt: Date | null;
}
const named = (like: string) => house.rows<Row>(sql`select id, name, survivor_id, retired_at from identity.organization where workspace_id = ${house.workspaceId} and name ilike ${`${like}%`} order by first_seen_at, id`);
interface Listed {
  items: { id: string; weight: number; evidence: { field: string; outcome: string; weight: number; asks?: true }[]; stake: { minor: number; reasons: { kind: string }[] }; organizations: { id: string; name: string; people: number }[] }[];
  open: number;
}
const listed = async (query = ''): Promise<Listed> => (await house.request('marketing', 'GET', `/v1/duplicates/organizations?limit=200${query}`)).json;
const pairOf = ({ items }: Listed, word: string) => items.find(({ organizations }) => organizations.every(({ name }) => name.toLowerCase().includes(word)));
const sum = (evidence: { weight: number }[]): number => evidence.reduce((all, { weight }) => all + weight, 0);

const works = { street: 'Mühlweg 126', postalCode: '20751', city: 'Hamburg', country: 'DE' };
const yard = { street: 'Lagerstrasse 9', postalCode: '8004', city: 'Zürich', country: 'CH' };
const quay = { street: 'Hafenkai 33', postalCode: '28195', city: 'Bremen', country: 'DE' };
const lane = { street: 'Feldweg 71', postalCode: '04229', city: 'Leipzig', country: 'DE' };

it('joins organizations that surely are one, asks about those people must weigh, and leaves the rest', async () => {
  await arrive([
    ...world(260, 61),
    { givenName: 'Ada', familyName: 'Ohm', email: 'ada.ohm@hendtera.example', organization: 'Hendtera Chemie GmbH', ...works },
    { givenName: 'Ben', familyName: 'Volt', phone: '+49 40 668 18 12', organization: 'HENDTERA CHEMEI', ...works, street: 'Muehlweg 126' },
    { givenName: 'Cay', familyName: 'Watt', email: 'cay@quarto.example', organization: 'Quarto Molkerei AG', ...yard },
    { givenName: 'Dea', familyName: 'Farad', phone: '+41 44 668 18 99', organization: 'Quarto Molkerei Holding AG', ...yard },
  ]);
  await list([
    { name: 'Numeria Armaturen GmbH', externalId: 'N-1', website: 'numeria.example', ...quay },
    { name: 'Numreia Armaturen GmbH', externalId: 'N-2', ...quay },
    { name: 'Sonnberg Kellerei', website: 'sonnberg.example', ...lane },
    { name: 'Sonberg Kellerei', parent: 'Sonnberg Kellerei', ...lane },
  ]);
  const [made] = await house.rows<{ count: number }>(sql`select count(*)::int as count from identity.organization where workspace_id = ${house.workspaceId} and retired_at is null`);
  const last = await check();
  expect(last).toMatchObject({ organizations: made!.count, organizationsRemaining: 0 });

  const merges = await house.rows<{ id: string; survivorId: string; mergedId: string; reason: { checkId: string; weight: number; evidence: { weight: number }[] } }>(
    sql`select id, survivor_id, merged_id, reason from identity.merge where workspace_id = ${house.workspaceId} and kind = 'organization'`,
  );
  expect(merges).toHaveLength(last.organizationsJoined);
  for (const { reason } of merges) {
    expect(reason.checkId).toBe(last.id);
    expect(sum(reason.evidence)).toBeCloseTo(reason.weight, 0);
  }
  const [first, second] = await named('hendtera');
  expect(merges.map(({ survivorId, mergedId }) => [survivorId, mergedId])).toContainEqual([first!.id, second!.id]);
  // both belong to one page now
  expect((await house.request('rep', 'GET', `/v1/organizations/${second!.id}`)).json).toMatchObject({ id: first!.id, people: 2, domain: 'hendtera.example' });

  const asked = await listed();
  expect(asked.open).toBe(last.organizationsAsked);
  expect(asked.items).toHaveLength(asked.open);
  for (const { evidence, weight } of asked.items) expect(sum(evidence)).toBeCloseTo(weight, 0);
  const doubts = (word: string) => pairOf(asked, word)?.evidence.filter(({ asks }) => asks).map(({ field }) => field);
  expect(doubts('quarto')).toContain('name');
  expect(doubts('armaturen')).toEqual(expect.arrayContaining(['external id']));
  // the one said itself that it belongs to the other
  expect(pairOf(asked, 'kellerei')).toBeUndefined();
  expect((await named('son')).every(({ survivorId }) => survivorId === null)).toBe(true);
  const [fact] = await house.rows<{ data: Record<string, unknown> }>(sql`select data from journal.fact where workspace_id = ${house.workspaceId} and type = 'base.checked'`);
  expect(fact!.data).toMatchObject({ organizations: made!.count, organizationsJoined: last.organizationsJoined, organizationsAsked: last.organizationsAsked });

  // what somebody parts stays parted, and what was asked about is not asked about again
  const parted = merges.find(({ mergedId }) => mergedId === second!.id)!;
  expect((await house.request('marketing', 'POST', `/v1/merges/${parted.id}/undo`)).status).toBe(200);
  expect(await check()).toMatchObject({ organizationsJoined: 0, organizationsAsked: 0 });
  expect((await named('hendtera')).every(({ survivorId }) => survivorId === null)).toBe(true);
  expect((await listed()).open).toBe(asked.open);
});

it('lists pairs by the money of the people there, and takes decisions and their undoing', async () => {
  await arrive([
    ...world(130, 62),
    { givenName: 'Cay', familyName: 'Watt', email: 'cay@quarto.example', organization: 'Quarto Molkerei AG', ...yard },
    { givenName: 'Dea', familyName: 'Farad', phone: '+41 44 668 18 99', organization: 'Quarto Molkerei Holding AG', ...yard },
    { givenName: 'Eva', familyName: 'Gauss', email: 'eva@trockau.example', organization: 'Trockau Brauerei AG', ...lane },
    { givenName: 'Fay', familyName: 'Henry', phone: '+49 341 668 18 99', organization: 'Trockau Brauerei Plant 4', ...lane },
  ]);
  await check();
  const { items: people } = (await house.request('marketing', 'GET', '/v1/people?q=henry')).json;
  const made = await house.request('marketing', 'POST', '/v1/opportunities', { name: 'Pumps', personId: people[0].id, amountMinor: 900_000, stage: 'Negotiation', probability: 50 });
  expect(made.status, made.text).toBe(200);
  await house.drain();

  const asked = await listed();
  const pair = asked.items[0]!;
  expect(pair.organizations.map(({ name, people: n }) => [name, n])).toEqual([['Trockau Brauerei AG', 1], ['Trockau Brauerei Plant 4', 1]]);
  expect(pair.stake).toMatchObject({ minor: 450_000, reasons: [{ kind: 'opportunity' }] });
  expect((await listed('&stake=opportunity')).items).toHaveLength(1);
  expect((await listed('&stake=none')).items.map(({ id }) => id)).not.toContain(pair.id);
  const paged = (await house.request('marketing', 'GET', '/v1/duplicates/organizations?limit=1')).json;
  const next = (await house.request('marketing', 'GET', `/v1/duplicates/organizations?limit=1&cursor=${encodeURIComponent(paged.nextCursor)}`)).json;
  expect([paged.items[0].id, next.items[0].id]).toEqual(asked.items.slice(0, 2).map(({ id }) => id));

  const decide = (id: string, decision: string, as: 'marketing' | 'rep' = 'marketing', survivorId?: string) => house.request(as, 'POST', `/v1/duplicates/organizations/${id}/decide`, { decision, survivorId });
  const [one, other] = pair.organizations;
  expect((await decide(pair.id, 'join', 'rep')).status).toBe(403);
  const joined = await decide(pair.id, 'join', 'marketing', other!.id);
  expect(joined.json).toMatchObject({ status: 'joined', mergeId: expect.any(String) });
  expect((await house.request('rep', 'GET', `/v1/organizations/${one!.id}`)).json).toMatchObject({ id: other!.id, people: 2 });
  expect((await listed()).open).toBe(asked.open - 1);
  expect(pairOf(await listed('&status=joined'), 'trockau')?.id).toBe(pair.id);
  expect((await decide(pair.id, 'different')).status).toBe(409);
  expect((await decide(pair.id, 'undo')).json).toMatchObject({ status: 'open', mergeId: null });
  expect((await house.request('rep', 'GET', `/v1/organizations/${one!.id}`)).json).toMatchObject({ id: one!.id, people: 1 });
  // the same table of decisions does not answer for people, nor theirs for organizations
  expect((await house.request('marketing', 'POST', `/v1/duplicates/${pair.id}/decide`, { decision: 'different' })).status).toBe(404);
  expect((await decide(pair.id, 'different')).json).toMatchObject({ status: 'different' });
  await check();
  expect((await named('trockau')).every(({ survivorId }) => survivorId === null)).toBe(true);
  expect((await listed()).open).toBe(asked.open - 1);
});

it('parts again what only a list that is taken back had brought', async () => {
  await arrive([...world(130, 63), { givenName: 'Ada', familyName: 'Ohm', email: 'ada.ohm@hendtera.example', organization: 'Hendtera Chemie GmbH', ...works }]);
  const before = (await house.rows(sql`select to_jsonb(o) - 'survivor_id' as row from identity.organization o where name ilike 'hendtera%'`))[0];
  const importId = await list([{ name: 'Hendtera Chemei GmbH', phone: '+49 40 668 18 00', ...works }]);
  expect((await check()).organizationsJoined).toBeGreaterThan(0);
  const [kept, merged] = await named('hendtera');
  expect([kept!.survivorId, merged!.survivorId]).toEqual([null, kept!.id]);
  expect((await house.request('rep', 'GET', `/v1/organizations/${kept!.id}`)).json.phone).not.toBeNull();
  await house.write((tx) => organizationsImport.undo(tx, house.cx, importId, {}));
  const [after, gone] = await named('hendtera');
  expect([after!.survivorId, after!.retiredAt, gone!.survivorId]).toEqual([null, null, null]);
  expect(gone!.retiredAt).not.toBeNull();
  expect((await house.rows(sql`select to_jsonb(o) - 'survivor_id' as row from identity.organization o where id = ${after!.id}`))[0]).toEqual(before);
});

it('parts again what only a withdrawn inquiry had brought, but not what people joined', async () => {
  const hendtera = { givenName: 'Ada', familyName: 'Ohm', email: 'ada.ohm@hendtera.example', organization: 'Hendtera Chemie GmbH', ...works };
  const quarto = { givenName: 'Cay', familyName: 'Watt', email: 'cay@quarto.example', organization: 'Quarto Molkerei AG', ...yard };
  await arrive([...world(130, 64), hendtera, quarto]);
  const withdrawn = await arrive([
    { givenName: 'Ben', familyName: 'Volt', phone: '+49 40 668 18 12', organization: 'HENDTERA CHEMEI', ...works },
    { givenName: 'Dea', familyName: 'Farad', phone: '+41 44 668 18 99', organization: 'Quarto Molkerei Holding AG', ...yard },
  ]);
  await check();
  const pair = pairOf(await listed(), 'quarto')!;
  await house.request('marketing', 'POST', `/v1/duplicates/organizations/${pair.id}/decide`, { decision: 'join' });
  const joined = async (like: string) => (await named(like)).map(({ survivorId, retiredAt }) => [survivorId !== null, retiredAt !== null]);
  expect([await joined('hendtera'), await joined('quarto')]).toEqual([[[false, false], [true, false]], [[false, false], [true, false]]]);
  await house.write((tx) => withdrawInquiries(tx, house.cx, { inquiryIds: withdrawn }));
  expect([await joined('hendtera'), await joined('quarto')]).toEqual([[[false, false], [false, true]], [[false, false], [true, false]]]);
});
