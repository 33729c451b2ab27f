import { generateInquiries, tellInquiry } from '../src/demo/index.ts';
import { openContext } from '../src/house.ts';
import { recognise, type Seen } from '../src/identity/recognise.ts';
import { systemScope, type Scope } from '../src/platform/access/index.ts';
import type { Context } from '../src/platform/context.ts';
import { readConfig } from '../src/platform/config.ts';
import { sql } from '../src/platform/db/index.ts';
import { newDataDir, startServer } from '../tests/support/process.ts';
import { median, percentile } from './support/results.ts';
import type { Row } from './support/results.ts';
import { ask, databaseOf } from './support/setup.ts';

const batch = 4000;

/** Inquiries of the generated world, so many at a time, without those that name nobody. */
export function tellSeen(seed: number, count: number): (n: number) => Seen[] {
  const told = generateInquiries({ seed, count, to: new Date('2026-06-30') });
  const next = (): Seen | undefined => {
    for (;;) {
      const one = told.next();
      if (one.done) return undefined;
      const { truth, occurredAt } = one.value;
      if (truth.person !== null) return { inquiryId: null, importId: null, seenAt: occurredAt, fields: tellInquiry(one.value).fields };
    }
  };
  return (n) => Array.from({ length: n }, next).filter((one) => one !== undefined);
}

/** One inquiry against the people known, as the base grows: alone, and in batches of a thousand; each taken back, so that the base stays. */
export async function recognising(small: boolean): Promise<Row[]> {
  const server = await startServer(newDataDir());
  const connection = databaseOf(server);
  const cx = await openContext(readConfig({ BATON_LOG_LEVEL: 'error' }), { ...connection, port: 5432 });
  const out: Row[] = [];
  try {
    const [{ id: workspaceId } = { id: '' }] = await ask<{ id: string }>(connection, 'select id from platform.workspace');
    const scope = systemScope(workspaceId);
    // a million: lists-at-scale, whose base it takes long to fill
    const sizes = small ? [500] : [10_000, 100_000];
    // about seven in ten inquiries bring somebody new
    const several = tellSeen(7, Math.ceil(sizes.at(-1)! * 1.6));
    let people = 0;
    for (const size of sizes) {
      while (people < size) {
        const found = await cx.db.write(scope, (tx) => recognise(tx, cx, several(Math.min(batch, Math.ceil((size - people) * 1.5)))));
        people += found.filter(({ isNew }) => isNew).length;
      }
      await ask(connection, 'vacuum analyze identity.person, identity.organization, identity.sighting');
      out.push(...(await measureRecognition(cx, scope, several, people, small)));
    }
    return out;
  } finally {
    await cx.close();
    await server.kill('SIGTERM');
    server.remove();
  }
}

/** Inquiries against the people known, alone and in batches of a thousand; each taken back, so that the base stays. */
export async function measureRecognition(cx: Context, scope: Scope, several: (n: number) => Seen[], people: number, small: boolean): Promise<Row[]> {
  const takeBack = async (seen: readonly Seen[]): Promise<number> => {
    let ms = 0;
    await cx.db
      .write(scope, async (tx) => {
        // as arrivals run (journal/subscribe.ts)
        await tx.run(sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`);
        const began = performance.now();
        await recognise(tx, cx, seen);
        ms = performance.now() - began;
        throw new TakenBack();
      })
      .catch((error: unknown) => {
        if (!(error instanceof TakenBack)) throw error;
      });
    return ms;
  };
  const alone: number[] = [];
  for (const one of several(small ? 20 : 330)) alone.push(await takeBack([one]));
  const together: number[] = [];
  for (let turn = 0; turn < (small ? 1 : 6); turn++) together.push((await takeBack(several(small ? 50 : 1000))) / (small ? 50 : 1000));
  const counted = alone.slice(small ? 0 : 30);
  const [p50, p95, each] = [median(counted), percentile(counted, 0.95), median(together.slice(small ? 0 : 1))];
  const n = `${people.toLocaleString('en')} people`;
  const row = { n, yardstick: '–', ratio: '–' };
  return [
    { ...row, what: 'one inquiry recognised and saved, alone', measured: `p50 ${p50.toFixed(1)} ms, p95 ${p95.toFixed(1)} ms`, target: 'p95 < 5 ms, constant', met: p95 < 5 },
    { ...row, what: 'inquiries recognised and saved in batches of 1,000', measured: `${each.toFixed(2)} ms each`, target: '≤ 0.5 ms each, constant', met: each <= 0.5 },
  ];
}

class TakenBack extends Error {}
