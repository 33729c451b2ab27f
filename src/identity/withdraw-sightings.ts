import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { lockIdentity } from './candidates.store.ts';
import { refreshComponents, undoMerge } from './merge-people.ts';
import { findMergesOfUnseen, retirePeople, withdrawSightings } from './withdraw.store.ts';

/**
 * Takes back what withdrawn inquiries said: their keys find nobody any more, fields that only they filled are empty again; people seen
 * nowhere else are parted from whom they were merged with, and retired. Doing it twice changes nothing.
 */
export async function withdrawInquiries(
  tx: Tx,
  cx: Context,
  by: { inquiryIds: readonly string[] } | { importId: string },
): Promise<string[]> {
  await lockIdentity(tx);
  const { people, inComponents } = await withdrawSightings(tx, by, cx.clock.now());
  if (people.length === 0) return [];
  // Who was seen nowhere else cannot stay one with somebody who was.
  for (const mergeId of await findMergesOfUnseen(tx, people)) await undoMerge(tx, cx, mergeId);
  await retirePeople(tx, people, cx.clock.now());
  if (inComponents.length > 0) await refreshComponents(tx, 'person', inComponents);
  return people;
}
