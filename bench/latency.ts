import { newDataDir, startServer } from '../tests/support/process.ts';
import { addHolders, ask, databaseOf, until } from './support/setup.ts';
import { ms, percentile } from './support/results.ts';
import type { Row } from './support/results.ts';

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
          body: JSON.stringify({
            email: `p${i}@firm${i}.example`,
            givenName: 'Marta',
            familyName: `Keller ${i}`,
            organization: `Pumpen ${i} AG`,
            country: 'DE',
            message: 'A quote, please.',
            source: 'web form',
          }),
        }).then((answer) => {
          if (!answer.ok) throw new Error(`not acknowledged: ${answer.status}`);
        }),
      );
    }
    await Promise.all(posts);
    const n = perSecond * seconds;
    await until(
      connection,
      `select count(distinct m.lead_id) >= ${n} from platform.mail m where m.lead_id is not null and m.holder_id is not null and m.state <> 'queued'`,
      60,
    );
    const rows = await ask<{ assigned: number; notified: number }>(
      connection,
      `select extract(epoch from min(a.at) - i.received_at)::float8 as assigned, extract(epoch from min(m.sent_at) - i.received_at)::float8 as notified
       from capture.inquiry i join qualify.lead l on l.workspace_id = i.workspace_id and l.inquiry_id = i.id
       join journal.fact a on a.workspace_id = l.workspace_id and a.chain_id = i.id and a.type = 'lead.assigned'
       join platform.mail m on m.workspace_id = l.workspace_id and m.lead_id = l.id and m.holder_id is not null group by i.id, i.received_at`,
    );
    if (rows.length !== n) throw new Error(`${rows.length} of ${n} inquiries reached a holder.`);
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
