import pg from 'pg';
import type { ServerProcess } from '../../tests/support/process.ts';

export const databaseOf = (server: ServerProcess): pg.ClientConfig => ({
  host: `${server.dataDir}/run`,
  user: 'baton',
  database: 'postgres',
});

export async function call<T>(server: ServerProcess, method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${server.token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Holders without limits behind one territory for everything: what a lead needs to find hands. */
export async function addHolders(server: ServerProcess, count: number): Promise<void> {
  const ids: string[] = [];
  for (let i = 0; i < count; i++) {
    const made = await call<{ id: string }>(server, 'POST', '/v1/holders', {
      kind: i % 3 === 0 ? 'partner' : 'rep',
      name: `Holder ${i}`,
      email: `holder${i}@pumps.example`,
    });
    ids.push(made.id);
  }
  await call(server, 'POST', '/v1/territories', {
    name: 'Everywhere',
    rules: {},
    holders: ids.map((holderId) => ({ holderId, weight: 1 })),
  });
}

export async function ask<T>(connection: pg.ClientConfig, text: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    return (await client.query(text, values)).rows as T[];
  } finally {
    await client.end();
  }
}

/** Polls until the answer to a question about the database is yes. */
export async function until(connection: pg.ClientConfig, question: string, secondsMax: number, everyMilliseconds = 50): Promise<void> {
  const client = new pg.Client(connection);
  await client.connect();
  try {
    const end = performance.now() + secondsMax * 1000;
    for (;;) {
      const { rows } = await client.query<{ yes: boolean }>(`select (${question}) as yes`);
      if (rows[0]!.yes) return;
      if (performance.now() > end) throw new Error(`Still not true after ${secondsMax} s: ${question}`);
      await new Promise((go) => setTimeout(go, everyMilliseconds));
    }
  } finally {
    await client.end();
  }
}
