import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { lockIdentity } from './candidates.store.ts';
import { refreshComponents } from './merge-people.ts';
import { retirePeople, withdrawSightings } from './withdraw.store.ts';

/**
 * Takes back what withdrawn inquiries said: their keys find nobody any more, fields that only they filled are empty again, and people
 * seen nowhere else are retired. Doing it twice changes nothing.
 */
export async function withdrawInquiries(
  tx: Tx,
  cx: Context,
  by: { inquiryIds: readonly string[] } | { importId: string },
): Promise<string[]> {
  await lockIdentity(tx);
  const { people, inComponents } = await withdrawSightings(tx, by, cx.clock.now());
  if (people.length === 0) return [];
  await retirePeople(tx, people, cx.clock.now());
  if (inComponents.length > 0) await refreshComponents(tx, 'person', inComponents);
  return people;
}
