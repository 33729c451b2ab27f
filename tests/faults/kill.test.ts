import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createTransport } from 'nodemailer';
import pg from 'pg';
import { expect, test } from 'vitest';
import { databasePid, newDataDir, startServer } from '../support/process.ts';
import type { ServerProcess } from '../support/process.ts';

const get = async (
  server: ServerProcess,
  path: string,
): Promise<{ items: { id: string; externalId?: string | null }[]; nextCursor: string | null }> => {
  const answer = await fetch(server.url + path, { headers: { authorization: `Bearer ${server.token}` } });
  expect(answer.status, path).toBe(200);
  return (await answer.json()) as never;
};

test('kill -9 during intake loses no acknowledged inquiry, and the next start recovers', async () => {
  let server = await startServer(newDataDir());
  const acknowledged = new Set<string>();
  try {
    for (let round = 0; round < 3; round++) {
      let going = true;
      const { url, token } = server;
      const senders = Array.from({ length: 8 }, async (_, s) => {
        for (let i = 0; going; i++) {
          const answer = await fetch(`${url}/v1/inquiries`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
            body: JSON.stringify({
              externalId: `r${round}-${s}-${i}`,
              email: `r${round}.${s}.${i}@firm.example`,
              familyName: 'Keller',
              source: 'kill test',
            }),
          }).catch(() => undefined);
          if (!answer) return;
          if (answer.ok) acknowledged.add(((await answer.json().catch(() => ({}))) as { id?: string }).id ?? '');
        }
      });
      await new Promise((go) => setTimeout(go, 400 + round * 300));
      if (round === 1) process.kill(databasePid(server.dataDir), 'SIGKILL'); // the database too: it recovers from its log
      await server.kill('SIGKILL');
      going = false;
      await Promise.all(senders);
      server = await server.restart(); // adopts the database that is still there, or starts it
    }
    acknowledged.delete('');
    expect(acknowledged.size).toBeGreaterThan(50);
    const kept = new Set<string>();
    for (let cursor: string | null = ''; cursor !== null;) {
      const page = await get(server, `/v1/inquiries?limit=200${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
      for (const item of page.items) kept.add(item.id);
      cursor = page.nextCursor;
    }
    expect([...acknowledged].filter((id) => !kept.has(id))).toEqual([]);
  } finally {
    await server.kill('SIGTERM');
    server.remove();
  }
});

test('kill -9 during an import: it goes on where it was, each row once', async () => {
  let server = await startServer(newDataDir());
  const rows = 20_000;
  try {
    const form = new FormData();
    form.set('kind', 'inquiries');
    form.set(
      'file',
      new Blob([
        `External id,Last name,E-mail\n${Array.from({ length: rows }, (_, i) => `K${i},Keller ${i},k${i}@firm${i}.example`).join('\n')}\n`,
      ]),
      'list.csv',
    );
    const headers = { authorization: `Bearer ${server.token}` };
    const made = (await (await fetch(`${server.url}/v1/imports`, { method: 'POST', headers, body: form })).json()) as { id: string };
    const one = async (): Promise<{ status: string; rowsDone: number; counts: { new: number } }> =>
      (await get(server, `/v1/imports/${made.id}`)) as never;
    expect((await fetch(`${server.url}/v1/imports/${made.id}/start`, { method: 'POST', headers })).status).toBe(200);
    for (let i = 0; (await one()).rowsDone === 0 && i < 1000; i++) await new Promise((go) => setTimeout(go, 5));
    await server.kill('SIGKILL');
    server = await server.restart();
    const began = Date.now();
    while ((await one()).status !== 'finished') {
      expect(Date.now() - began, JSON.stringify(await one())).toBeLessThan(100_000);
      await new Promise((go) => setTimeout(go, 300));
    }
    expect((await one()).counts.new).toBe(rows);
    const client = new pg.Client({ host: `${server.dataDir}/run`, user: 'baton', database: 'postgres' });
    await client.connect();
    const { rows: counted } = await client.query(
      'select count(*)::int as n, count(distinct import_row)::int as different from capture.inquiry',
    );
    await client.end();
    expect(counted[0]).toEqual({ n: rows, different: rows });
  } finally {
    await server.kill('SIGTERM');
    server.remove();
  }
}, 180_000);

test('kill -9 while mail comes in: every mail that was answered with 250 becomes an inquiry, once, sent again or not', async () => {
  const free = createServer();
  await new Promise<void>((listening) => free.listen(0, '127.0.0.1', listening));
  const { port } = free.address() as AddressInfo;
  await new Promise<void>((closed) => free.close(() => closed()));
  const env = { BATON_LEAD_MAIL_ADDRESS: 'leads@in.example', BATON_LEAD_SMTP_PORT: String(port) };
  let server = await startServer(newDataDir(), { env });
  const answered = new Set<string>();
  const send = async (who: string): Promise<boolean> => {
    const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true });
    try {
      await transport.sendMail({
        from: 'web@site.example', to: 'leads@in.example', subject: 'Form', messageId: `<${who}@site.example>`, date: new Date(0),
        text: `Name: Kill ${who}\nE-Mail: ${who}@firm.example`,
      });
      return true;
    } catch {
      return false;
    } finally {
      transport.close();
    }
  };
  try {
    for (let round = 0; round < 3; round++) {
      let going = true;
      const senders = Array.from({ length: 4 }, async (_, s) => {
        for (let i = 0; going; i++) {
          const who = `k${round}.${s}.${i}`;
          if (!(await send(who))) return;
          answered.add(who);
        }
      });
      const goal = answered.size + 15 + 10 * round;
      await expect.poll(() => answered.size, { timeout: 30_000, interval: 5 }).toBeGreaterThan(goal);
      if (round === 1) process.kill(databasePid(server.dataDir), 'SIGKILL');
      await server.kill('SIGKILL');
      going = false;
      await Promise.all(senders);
      server = await server.restart();
    }
    // A sender that heard nothing sends again, and one that forgot does too.
    for (const who of [...answered].slice(-5)) expect(await send(who)).toBe(true);
    const inquiries = async (): Promise<string[]> => {
      const client = new pg.Client({ host: `${server.dataDir}/run`, user: 'baton', database: 'postgres' });
      await client.connect();
      const { rows } = await client.query<{ email: string }>("select fields->>'email' as email from capture.inquiry where channel = 'mail'");
      const waiting = await client.query("select from capture.lead_mail where state = 'waiting'");
      await client.end();
      return waiting.rowCount === 0 ? rows.map(({ email }) => email) : [];
    };
    let kept: string[] = [];
    await expect.poll(async () => (kept = await inquiries()).length, { timeout: 60_000, interval: 200 }).toBeGreaterThanOrEqual(answered.size);
    const addresses = new Set(kept);
    expect([...answered].filter((who) => !addresses.has(`${who}@firm.example`))).toEqual([]);
    expect(kept.length).toBe(addresses.size);
  } finally {
    await server.kill('SIGTERM');
    server.remove();
  }
}, 180_000);
