import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHouse } from '../../../tests/support/house.ts';
import type { TestHouse } from '../../../tests/support/house.ts';
import { plantLeads } from '../../../tests/support/leads.ts';
import { addHolder, changeTerritory } from '../../distribute/index.ts';
import { createUser } from '../access/index.ts';
import { openSession } from '../access/sign-in.ts';
import { sql } from '../db/index.ts';
import { eventRoutes } from './event.routes.ts';
import { openServer } from './server.ts';

interface Listening {
  status: number;
  /** Every block that came, comments too. */
  blocks: string[];
  /** Whether the server ended it. */
  ended: Promise<void>;
  stop(): void;
}

let house: TestHouse;
let url: string;
let close: () => Promise<void>;
let ana: string;
let anaUser: string;
const cookieOf = new Map<string, string>();

async function listen(user: string, lastEventId?: string): Promise<Listening> {
  const aborted = new AbortController();
  const answer = await fetch(`${url}/v1/events`, {
    headers: { cookie: `baton_session=${cookieOf.get(user)}`, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) },
    signal: aborted.signal,
  });
  const blocks: string[] = [];
  const ended = (async () => {
    let text = '';
    for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
      text += part;
      const whole = text.split('\n\n');
      text = whole.pop()!;
      blocks.push(...whole);
    }
  })().catch(() => {});
  return { status: answer.status, blocks, ended, stop: () => aborted.abort() };
}
const topics = ({ blocks }: Listening): string[] => blocks.flatMap((block) => (/^data: (.*)$/m.exec(block) ? (JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as string[]) : []));
const lastId = ({ blocks }: Listening): string => blocks.flatMap((block) => /^id: (.*)$/m.exec(block)?.[1] ?? []).at(-1)!;

beforeAll(async () => {
  house = await openTestHouse();
  for (const name of ['ana', 'ben', 'eva']) {
    const id = await createUser(house.cx, house.workspaceId, { name, email: `${name}@pumps.example`, password: 'correct horse battery', roles: ['rep'] });
    cookieOf.set(name, (await openSession(house.cx, house.workspaceId, id, 'test')).cookie);
    if (name === 'ana') anaUser = id;
  }
  ana = await house.write((tx) => addHolder(tx, house.cx, { name: 'Ana', kind: 'rep', userId: anaUser }));
  await house.write((tx) => changeTerritory(tx, house.cx, null, { name: 'Iberia', rules: { countries: ['ES'] }, holders: [{ holderId: ana, weight: 1 }] }));
  // Heartbeats here come ten times a second.
  const api = await openServer(house.cx, { checkResponses: true });
  eventRoutes(api, { beatMs: 100 });
  url = await api.app.listen({ host: '127.0.0.1', port: 0 });
  close = () => api.app.close();
});
afterAll(async () => {
  await close();
  await house.close();
});

describe('who listens', () => {
  test('hears what kind of thing changed, and alone what was given to them', async () => {
    const [anas, bens] = [await listen('ana'), await listen('ben')];
    const [lead] = await plantLeads(house, [{ grade: 'hot' }]);
    await house.drain();
    await expect.poll(() => topics(anas)).toContain(`given:${lead!.leadId}`);
    await expect.poll(() => topics(bens)).toContain('lead');
    expect(JSON.stringify(topics(bens))).not.toContain(lead!.leadId);
    // Names and words are asked for, never sent.
    expect(anas.blocks.join()).not.toMatch(/Person|enquirer/);
    await plantLeads(house, Array.from({ length: 9 }, () => ({})));
    await house.drain();
    await expect.poll(() => topics(anas)).toContain('given');
    for (const one of [anas, bens]) one.stop();
  });

  test('is told after a break what came meanwhile; and that something may be missed, where nobody knows', async () => {
    const before = await listen('ana');
    await expect.poll(() => before.blocks.length).toBeGreaterThan(0);
    const id = lastId(before);
    before.stop();
    const [lead] = await plantLeads(house, [{}]);
    await house.drain();
    const after = await listen('ana', id);
    await expect.poll(() => topics(after)).toEqual(expect.arrayContaining(['lead', `given:${lead!.leadId}`]));
    expect(after.blocks.join()).not.toContain('event: missed');
    const upToDate = await listen('ana', lastId(after));
    const strange = await listen('ana', 'another-process-7');
    await expect.poll(() => strange.blocks.join()).toContain('event: missed');
    await expect.poll(() => upToDate.blocks.join()).toContain(': still here');
    expect(topics(upToDate)).toEqual([]);
    for (const one of [after, upToDate, strange]) one.stop();
  });

  test('may have twelve places, and not one more; one that closes makes room', async () => {
    const all = await Promise.all(Array.from({ length: 12 }, () => listen('ben')));
    expect(all.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200));
    expect((await listen('ben')).status).toBe(429);
    expect((await listen('eva')).status).toBe(200);
    all[0]!.stop();
    await expect.poll(async () => (await listen('ben')).status).toBe(200);
    for (const one of all) one.stop();
  });

  test('stops hearing when they may not any more', async () => {
    const evas = await listen('eva');
    await house.write((tx) => tx.run(sql`update platform.app_user set status = 'disabled' where email = 'eva@pumps.example'`));
    await evas.ended;
    expect((await listen('eva')).status).toBe(401);
  });

  test('is let go when the house closes', async () => {
    const anas = await listen('ana');
    await close();
    await anas.ended;
  });
});
