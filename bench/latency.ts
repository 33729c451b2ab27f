import { newDataDir, startServer } from '../tests/support/process.ts';
import { addHolders, ask, databaseOf, until } from './support/setup.ts';
import { ms, percentile } from './support/results.ts';
import type { Row } from './support/results.ts';

const syllables = ['ka', 'lo', 'mi', 'ren', 'tas', 'vo', 'zu', 'bel', 'dor', 'fen', 'gri', 'hau', 'jo', 'nek', 'pil', 'sar'];
const word = (n: number): string => Array.from({ length: 4 }, (_, at) => syllables[(n >>> (at * 4)) % 16]).join('');

/** Somebody quite unlike everybody else, so that each inquiry is a person and a lead of its own. */
function somebody(i: number): object {
  const [given, family, firm] = [word(i * 40_503 + 7), word(i * 30_011 + 3), word(i * 50_021 + 11)];
  return {
    email: `${given}@${firm}.example`,
    givenName: given,
    familyName: family,
    organization: `${firm} works`,
    country: 'DE',
    message: 'A quote, please.',
    source: 'web form',
  };
}

/** From the post to the holder's notification on its way, at a steady 50 inquiries a second on one process that does everything. */
export async function latency(small: boolean): Promise<Row[]> {
  const perSecond = 50;
  const seconds = small ? 2 : 30;
  const server = await startServer(newDataDir());
  try {
    const connection = databaseOf(server);
    await addHolders(server, 16);
    const posts: Promise<unknown>[] = [];
    const began = performance.now();
    for (let i = 0; i < perSecond * seconds; i++) {
      const wait = began + (i * 1000) / perSecond - performance.now();
      if (wait > 0) await new Promise((go) => setTimeout(go, wait));
      posts.push(
        fetch(`${server.url}/v1/inquiries`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization: `Bearer ${server.token}` },
          body: JSON.stringify(somebody(i)),
        }).then((answer) => {
          if (!answer.ok) throw new Error(`not acknowledged: ${answer.status}`);
        }),
      );
    }
    await Promise.all(posts);
    const n = perSecond * seconds;
    const leads = Math.floor(n * 0.98); // should two be taken for one person after all, they share a lead
    await until(
      connection,
      `select (select count(*) from distribute.assignment) >= ${leads} and not exists (select 1 from platform.mail where state = 'queued')`,
      60,
    );
    await new Promise((go) => setTimeout(go, 2000));
    // A holder who gets many at once gets one mail that lists them: it names no single lead.
    const rows = await ask<{ assigned: number; notified: number }>(
      connection,
      `select extract(epoch from a.started_at - i.received_at)::float8 as assigned, extract(epoch from m.sent_at - i.received_at)::float8 as notified
       from capture.inquiry i join qualify.lead l on l.workspace_id = i.workspace_id and l.inquiry_id = i.id
       join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.sequence = 1
       cross join lateral (select min(m.sent_at) as sent_at from platform.mail m where m.workspace_id = a.workspace_id and m.holder_id = a.holder_id
         and m.created_at >= a.started_at and (m.lead_id = a.lead_id or m.lead_id is null)) m where m.sent_at is not null`,
    );
    if (rows.length < leads) throw new Error(`${rows.length} of ${n} inquiries reached a holder.`);
    const notified = rows.map((r) => r.notified);
    const p95 = percentile(notified, 0.95);
    return [
      {
        what: 'inquiry posted → assigned and notified, 50/s sustained, one process',
        n: `${n} inquiries`,
        measured: `p50 ${ms(percentile(notified, 0.5))}, p95 ${ms(p95)}, p99 ${ms(percentile(notified, 0.99))} (assigned p95 ${ms(
          percentile(
            rows.map((r) => r.assigned),
            0.95,
          ),
        )})`,
        yardstick: '–',
        ratio: '–',
        target: 'p95 < 1 s',
        met: p95 < 1,
      },
    ];
  } finally {
    await server.kill('SIGTERM');
    server.remove();
  }
}
