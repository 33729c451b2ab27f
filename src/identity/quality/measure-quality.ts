import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { RunningJob } from '../../platform/jobs/index.ts';
import { loadClock } from '../base-check.store.ts';
import { peopleCuts } from './cuts.ts';
import { lockMeasuring, measureDay, wasMeasured } from './measure.store.ts';

export const measureJob = 'identity.measure-quality';

async function today(tx: Tx, cx: Context): Promise<{ onDate: string; hour: number }> {
  const { timeZone } = await loadClock(tx);
  const now = cx.clock.now();
  return {
    onDate: new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now),
    hour: Number(new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(now)),
  };
}

/** Every day has its figures, taken early; the past that is being told has them whenever its clock is looked at. */
export async function measureNightly(cx: Context, scope: Scope): Promise<number> {
  await cx.db.write(scope, async (tx) => {
    const { onDate, hour } = await today(tx, cx);
    if ((hour < 3 && !cx.replay) || (await wasMeasured(tx, onDate))) return;
    await lockMeasuring(tx);
    if (await wasMeasured(tx, onDate)) return;
    await measureDay(tx, onDate, peopleCuts(), cx.clock.now());
  });
  return 0;
}

/** Today's figures, taken anew because somebody asked. */
export async function measureNow(cx: Context, scope: Scope, job: RunningJob): Promise<void> {
  await job.progress(0, null, 'counting everybody');
  await cx.db.write(scope, async (tx) => {
    await lockMeasuring(tx);
    await measureDay(tx, (await today(tx, cx)).onDate, peopleCuts(), cx.clock.now());
  });
}
