import type { Tx } from '../platform/db/index.ts';
import { seeDeskHours } from './books.store.ts';
import { businessClock, businessMinutesBefore } from './business-hours.rules.ts';
import { completePromise } from './response.rules.ts';

/**
 * Who waits at the desk since `sinceAt` or longer has waited longer than agreed: `minutes` of the company's business time, which is the desk's.
 * Told from the hour alone, so nothing is stored that could be late.
 */
export async function unassignedLimit(tx: Tx, now: Date): Promise<{ minutes: number; sinceAt: Date }> {
  const { calendar, timeZone, promise } = await seeDeskHours(tx);
  const minutes = completePromise(promise).unassignedMost;
  return { minutes, sinceAt: businessMinutesBefore(businessClock(calendar, timeZone), now, minutes) };
}
