import { afterAll, beforeAll, expect, test } from 'vitest';
import pg from 'pg';
import { openTestHouse } from '../../tests/support/house.ts';
import type { TestHouse } from '../../tests/support/house.ts';
import { openDatabase, sql } from '../platform/db/index.ts';
import { append, carry, deliver, drain, hashLink, noHash, setPrompt } from './index.ts';
import type { Fact, Subscriber } from './index.ts';

let house: TestHouse;
beforeAll(async () => {
  house = await openTestHouse();
});
afterAll(() => house.close());

const note = (chainId: string) => ({ type: 'setting.changed' as const, chainId, subjectId: chainId, data: { key: 'x' } });

test('facts of one chain are numbered and hashed in order, also when many write at once', async () => {
  const chain = house.cx.ids.next();
  await Promise.all(Array.from({ length: 40 }, () => house.write((tx) => append(tx, house.cx, [note(chain), note(chain)]))));
  const facts = await house.rows<Fact & { hash: Buffer }>(
    sql`select id, type, chain_id, seq, subject_id, at, actor, data, hash from journal.fact where chain_id = ${chain} order by seq`,
  );
  expect(facts.map((f) => f.seq)).toEqual(Array.from({ length: 80 }, (_, i) => i + 1));
  let before: Buffer = noHash;
  for (const fact of facts) {
    const expected = hashLink(before, fact);
    expect(fact.hash.equals(expected)).toBe(true);
    before = expected;
  }
});

test('a fact that commits late is not skipped', async () => {
  const heard: string[] = [];
  const subscriber: Subscriber = {
    name: 'test.late',
    types: ['setting.changed'],
    handle: async (_tx, _cx, facts) => void heard.push(...facts.map((f) => f.chainId)),
  };
  const [early, late] = [house.cx.ids.next(), house.cx.ids.next()];
  let release!: () => void;
  const gate = new Promise<void>((go) => (release = go));
  let written!: () => void;
  const isWritten = new Promise<void>((go) => (written = go));
  const slow = house.write(async (tx) => {
    await append(tx, house.cx, [note(early)]); // takes the lower transaction id ...
    written();
    await gate; // ... and commits after the other
  });
  await isWritten;
  await house.write((tx) => append(tx, house.cx, [note(late)]));
  await deliver(house.cx, house.workspaceId, subscriber);
  expect(heard).not.toContain(late); // the later one waits: the earlier may still come
  release();
  await slow;
  // Other transactions of this server may hide both a moment longer.
  for (let i = 0; i < 2000 && !heard.includes(late); i++)
    if (!(await deliver(house.cx, house.workspaceId, subscriber))) await new Promise((go) => setTimeout(go, 5));
  expect(heard.slice(-2)).toEqual([early, late]);
});

test('two processes deliver every fact exactly once', async () => {
  const other = openDatabase(house.connection, 4);
  const table = 'journal.heard_twice';
  await ownerQuery(`create table ${table} (workspace_id uuid, chain_id uuid); select platform.guard('${table}')`);
  const subscriber: Subscriber = {
    name: 'test.once',
    types: ['setting.changed'],
    batch: 7,
    handle: async (tx, _cx, facts) =>
      void (await tx.run(
        sql`insert into journal.heard_twice select ${tx.scope.workspaceId}, x from unnest(${facts.map((f) => f.chainId)}::uuid[]) x`,
      )),
  };
  const written: string[] = [];
  let writing = true;
  const writer = (async () => {
    for (let i = 0; i < 200; i++) {
      const id = house.cx.ids.next();
      written.push(id);
      await house.write((tx) => append(tx, house.cx, [note(id)]));
    }
    writing = false;
  })();
  // Transactions of other tests on this server may hide the last facts for a while, so the end is when all were heard; then a few looks
  // more, in case anything comes twice.
  const allHeard = async (): Promise<boolean> => (await house.rows(sql`select 1 from journal.heard_twice where chain_id = any(${written}::uuid[])`)).length >= written.length;
  const reader = async (cx: typeof house.cx): Promise<void> => {
    for (const tired = Date.now() + 40_000; Date.now() < tired && (writing || !(await allHeard()));) await deliver(cx, house.workspaceId, subscriber);
    for (let more = 0; more < 20; more++) await deliver(cx, house.workspaceId, subscriber);
  };
  await Promise.all([writer, reader(house.cx), reader({ ...house.cx, db: other })]);
  const heard = (await house.rows<{ chainId: string }>(sql`select chain_id from journal.heard_twice`)).map((h) => h.chainId);
  expect(heard.filter((id) => written.includes(id)).toSorted()).toEqual(written.toSorted());
  await other.close();
});

test('facts are heard in order where transaction ids gain a digit', async () => {
  const workspaceId = await house.newWorkspace('Digits');
  const heard: string[] = [];
  const subscriber: Subscriber = {
    name: 'test.digits',
    types: ['setting.changed'],
    batch: 2,
    handle: async (_tx, _cx, facts) => void heard.push(...facts.map((f) => f.chainId)),
  };
  // As if written long ago, by transactions 8, 9, 10, 11, 99 and 100.
  const written = ['8', '9', '10', '11', '99', '100'].map((xact) => ({ xact, id: house.cx.ids.next() }));
  for (const { xact, id } of written.toReversed())
    await ownerQuery(`insert into journal.fact (workspace_id, chain_id, seq, id, xact, type, subject_id, at, actor, data, hash)
      values ('${workspaceId}', '${id}', 1, '${id}', '${xact}', 'setting.changed', '${id}', now(), 'baton', '{"key": "x"}', '\\x00')`);
  await drain(house.cx, workspaceId, [subscriber]);
  expect(heard).toEqual(written.map(({ id }) => id));
});

test('prompt subscribers hear a fact in the transaction that wrote it, and never again', async () => {
  const heard: string[] = [];
  const second: Subscriber = {
    name: 'test.second',
    types: ['setting.changed'],
    prompt: true,
    handle: async (_tx, _cx, facts) => void heard.push(...facts.map((f) => `second ${f.subjectId}`)),
  };
  const first: Subscriber = {
    name: 'test.first',
    types: ['definition.changed'],
    prompt: true,
    handle: async (tx, cx, facts) => {
      heard.push(...facts.map((f) => `first ${f.subjectId}`));
      await append(tx, cx, facts.map((f) => note(f.subjectId)));
    },
  };
  const cx = { ...house.cx, db: openDatabase(house.connection, 4) };
  setPrompt(cx, [first, second]);
  for (const one of [first, second]) while ((await deliver(cx, house.workspaceId, one)) !== 0);
  heard.length = 0;
  const id = cx.ids.next();
  const begin = { type: 'definition.changed' as const, chainId: id, subjectId: id, data: { version: 1 } };
  await cx.db.write(house.scope, (tx) => carry(tx, cx, () => append(tx, cx, [begin])));
  expect(heard).toEqual([`first ${id}`, `second ${id}`]);
  const plain = cx.ids.next();
  await cx.db.write(house.scope, (tx) => append(tx, cx, [{ ...begin, chainId: plain, subjectId: plain }]));
  for (let i = 0; i < 2000 && heard.length < 4; i++) for (const one of [first, second]) await deliver(cx, house.workspaceId, one);
  // The first heard the plain one by its cursor and carried its consequence on; nobody heard anything twice.
  for (const one of [first, second]) for (let i = 0; i < 5; i++) await deliver(cx, house.workspaceId, one);
  expect(heard).toEqual([`first ${id}`, `second ${id}`, `first ${plain}`, `second ${plain}`]);
  await cx.db.close();
});

test('parking a fact never turns back what another process has gone on with', async () => {
  const [stuck, next] = [house.cx.ids.next(), house.cx.ids.next()];
  const heard: string[] = [];
  let failures = 0;
  const well: Subscriber = {
    name: 'test.turned',
    types: ['setting.changed'],
    handle: async (_tx, _cx, facts) => void heard.push(...facts.map((f) => f.chainId)),
  };
  const ill: Subscriber = { ...well, handle: async () => Promise.reject(new Error(`This process cannot, ${++failures}.`)) };
  const hearAll = async (): Promise<void> => {
    for (let i = 0; i < 2000 && !heard.includes(next); i++) if (!(await deliver(other, house.workspaceId, well))) await new Promise((go) => setTimeout(go, 5));
  };
  const other = { ...house.cx, db: openDatabase(house.connection, 2) };
  while ((await deliver(other, house.workspaceId, well)) !== 0);
  await house.write((tx) => append(tx, house.cx, [note(stuck)]));
  await house.write((tx) => append(tx, house.cx, [note(next)]));
  // Just when the first process, having failed for the last time, would set the fact aside, the second digests it and the one after.
  const db = {
    ...house.cx.db,
    write: async (...given: Parameters<typeof house.cx.db.write>) => {
      if (failures > 5) await hearAll();
      return house.cx.db.write(...given);
    },
  } as typeof house.cx.db;
  for (let i = 0; i < 2000 && !heard.includes(next); i++)
    await deliver({ ...house.cx, db }, house.workspaceId, ill).catch(() => {});
  expect(heard.filter((id) => id === stuck || id === next)).toEqual([stuck, next]);
  heard.length = 0;
  for (let i = 0; i < 20; i++) await deliver({ ...other, db: house.cx.db }, house.workspaceId, well);
  expect(heard).toEqual([]);
  expect(await house.rows(sql`select 1 from journal.parked where subscriber = 'test.turned'`)).toEqual([]);
  await other.db.close();
});

test('a fact that cannot be digested is parked and the rest goes on', async () => {
  const bad = house.cx.ids.next();
  const good = house.cx.ids.next();
  await house.write((tx) => append(tx, house.cx, [note(bad)]));
  await house.write((tx) => append(tx, house.cx, [note(good)]));
  const heard: string[] = [];
  const subscriber: Subscriber = {
    name: 'test.poison',
    types: ['setting.changed'],
    handle: async (_tx, _cx, facts) => {
      if (facts.some((f) => f.chainId === bad)) throw new Error('cannot digest this');
      heard.push(...facts.map((f) => f.chainId));
    },
  };
  for (let i = 0; i < 2000 && !heard.includes(good); i++) await deliver(house.cx, house.workspaceId, subscriber).catch(() => {});
  expect(heard).toContain(good);
  expect(await house.rows(sql`select fact_id from journal.parked where subscriber = 'test.poison'`)).toHaveLength(1);
});

async function ownerQuery(text: string): Promise<void> {
  const client = new pg.Client(house.connection);
  await client.connect();
  await client.query(text);
  await client.end();
}
