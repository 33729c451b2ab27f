import { businessClock, businessMinutesBetween } from '../../distribute/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { QueueTerms } from '../queue.rules.ts';
import { findTerms } from './decay.store.ts';
import { termsOf } from './terms.rules.ts';

/** What the order of these holders' queues leans on beside their leads: one statement. */
export async function readTerms(tx: Tx, holderIds: readonly string[], now: Date, averageSaleMinor: number): Promise<QueueTerms> {
  const found = await findTerms(tx, holderIds);
  const clocks = new Map(found.holders?.map(({ id, calendar, timeZone }) => [id, businessClock(calendar, timeZone)]));
  return termsOf(found, averageSaleMinor, (holderId, at) => {
    const clock = clocks.get(holderId);
    return clock ? businessMinutesBetween(clock, now, at) : (at.getTime() - now.getTime()) / 60_000;
  });
}
