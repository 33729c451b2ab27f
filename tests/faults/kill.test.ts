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
