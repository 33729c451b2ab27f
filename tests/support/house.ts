import { inject } from 'vitest';
import type { Api } from '../../src/platform/http/index.ts';
import { addApiToken, createUser, createWorkspace, systemScope } from '../../src/platform/access/index.ts';
import type { Role, Scope } from '../../src/platform/access/index.ts';
import { SetClock } from '../../src/platform/clock.ts';
import type { Context } from '../../src/platform/context.ts';
import { sql } from '../../src/platform/db/index.ts';
import type { Connection, Sql, Tx } from '../../src/platform/db/index.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Config } from '../../src/platform/config.ts';
import { runNextJob } from '../../src/platform/jobs/index.ts';
import { sendDueMails } from '../../src/platform/mail/index.ts';
import { hashToken, newToken } from '../../src/platform/secrets.ts';
import { drainHouse, foundations, jobs, openApi, openContext, scans, setUpDoor } from '../../src/house.ts';
import { cloneDatabase } from './cluster.ts';

export interface Answer {
  status: number;
  // eslint-disable-next-line typescript/no-explicit-any
  json: any;
  text: string;
  headers: Record<string, unknown>;
}

export interface TestHouse {
  cx: Context;
  /** As the owner of the database, for planting breaks. */
  connection: Connection;
  clock: SetClock;
  workspaceId: string;
  /** The house's own scope. */
  scope: Scope;
  /** A scope with one role (for a partner give its holder). */
  as(role: Role, holderId?: string): Scope;
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  rows<T>(query: Sql): Promise<T[]>;
  /** Runs subscribers until nobody hears anything new. */
  drain(): Promise<void>;
  /** Runs every due-time scan, and mail, until nothing is due; then drains. */
  scan(): Promise<void>;
  /** Runs waiting jobs to their end, then drains. */
  runJobs(): Promise<void>;
  /** Calls the API as somebody: a role, or nobody. */
  request(
    as: Role | { role: Role; holderId?: string } | null,
    method: string,
    url: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  api(): Promise<Api>;
  mails(): Promise<
    {
      id: string;
      kind: string;
      toAddress: string;
      subject: string;
      textBody: string;
      htmlBody: string | null;
      headers: Record<string, string>;
      state: string;
      leadId: string | null;
    }[]
  >;
  newWorkspace(name?: string): Promise<string>;
  close(): Promise<void>;
}

const dayMs = 86_400_000;

/** The whole house on a database of its own, with a clock that stands still until told (or, ticking, goes on a millisecond whenever it is read, as no clock stands still in use). Default instant: a Monday morning. */
export async function openTestHouse(options: { at?: string; ticking?: boolean; config?: Partial<Config>; timeZone?: string } = {}): Promise<TestHouse> {
  const database = await cloneDatabase(inject('cluster'));
  const clock = new SetClock(options.at ?? '2026-03-02T09:00:00Z', options.ticking ? 1 : 0);
  const config = { ...readConfig({ BATON_LOG_LEVEL: process.env['BATON_LOG_LEVEL'] ?? 'silent', BATON_POOL_MAX: '8' }), ...options.config };
  const cx = await openContext(config, database.connection, clock);
  const newWorkspace = (name = 'Test Pumps'): Promise<string> =>
    createWorkspace(cx, { name, currency: 'EUR', timeZone: options.timeZone ?? 'Europe/Zurich', country: 'CH' }, foundations);
  const workspaceId = await newWorkspace();
  const scope = systemScope(workspaceId);
  let api: Api | undefined;
  const cookies = new Map<string, string>();
  /** who acts as a person, and when they signed in: once their session may have ended by the clock, they sign in again */
  const persons = new Map<string, { userId: string; at: number }>();

  async function addPerson(role: 'partner' | 'rep', holderId?: string): Promise<string> {
    const userId = await createUser(cx, workspaceId, {
      name: `The ${role}`,
      email: `${role}.${Math.random().toString(36).slice(2)}@test.example`,
      password: 'correct horse battery',
      roles: [role],
    });
    if (holderId) await cx.db.write(scope, (tx) => tx.run(sql`update platform.app_user set holder_id = ${holderId} where id = ${userId}`));
    return userId;
  }

  async function credentials(role: Role, holderId?: string): Promise<Record<string, string>> {
    const key = `${role} ${holderId ?? ''}`;
    const person = persons.get(key);
    let text = person && clock.now().getTime() - person.at > dayMs ? undefined : cookies.get(key);
    if (!text) {
      if (role === 'partner' || role === 'rep') {
        // These act as persons: a user with a session.
        const { openSession } = await import('../../src/platform/access/sign-in.ts');
        const userId = person?.userId ?? (await addPerson(role, holderId));
        text = `cookie ${(await openSession(cx, workspaceId, userId, 'test')).cookie}`;
        persons.set(key, { userId, at: clock.now().getTime() });
      } else {
        const secret = newToken();
        await cx.db.write(scope, (tx) =>
          addApiToken(tx, { id: cx.ids.next(), tokenHash: hashToken(secret), name: role, roles: [role], createdAt: clock.now() }),
        );
        text = `Bearer baton_${workspaceId}.${secret}`;
      }
      cookies.set(key, text);
    }
    return text.startsWith('cookie ') ? { cookie: `baton_session=${text.slice(7)}`, 'x-baton': '1' } : { authorization: text };
  }

  const house: TestHouse = {
    cx,
    connection: database.connection,
    clock,
    workspaceId,
    scope,
    as: (role, holderId) => ({ workspaceId, roles: [role], ...(holderId ? { holderId } : {}) }),
    write: (work) => cx.db.write(scope, work),
    read: (work) => cx.db.read(scope, work),
    rows: (query) => cx.db.read(scope, (tx) => tx.rows(query)),
    drain: () => drainHouse(cx, workspaceId),
    async scan() {
      for (let round = 0; round < 50; round++) {
        let did = 0;
        for (const scan of scans) did += await scan.run(cx, scope);
        await house.drain();
        // What was heard just now may have put mail into the outbox.
        if (did === 0 && (await sendDueMails(cx, scope)) === 0) return;
      }
      throw new Error('Scans never came to rest.');
    },
    async runJobs() {
      while (await runNextJob(cx, workspaceId, jobs));
      await house.drain();
    },
    async request(as, method, url, body, headers = {}) {
      const who = typeof as === 'string' ? { role: as } : as;
      const { app } = await house.api();
      const raw = typeof body === 'string' || Buffer.isBuffer(body);
      const answer = await app.inject({
        method: method as 'GET',
        url,
        headers: {
          ...(who ? await credentials(who.role, who.holderId) : {}),
          ...(body !== undefined && !raw ? { 'content-type': 'application/json' } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { payload: raw ? body : JSON.stringify(body) }),
      });
      let json: unknown;
      try {
        json = JSON.parse(answer.body);
      } catch {
        json = undefined;
      }
      return { status: answer.statusCode, json, text: answer.body, headers: answer.headers };
    },
    async api() {
      api ??= await openApi(cx, setUpDoor(cx), true);
      return api;
    },
    mails: () =>
      house.rows(
        sql`select id, kind, to_address, subject, text_body, html_body, headers, state, lead_id from platform.mail where workspace_id = ${workspaceId} order by id`,
      ),
    newWorkspace,
    async close() {
      await api?.app.close();
      await cx.close();
      await database.drop();
    },
  };
  return house;
}
