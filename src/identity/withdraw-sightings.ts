import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { lockIdentity } from './candidates.store.ts';
import { takeConsentBack } from './consent/note-consent.ts';
import { refreshComponents, undoMerge } from './merge-people.ts';
import { restoreBefore, takeWritesBack } from './take-back.ts';
import { findMergesOfUnseen, findSilent, retirePeople, withdrawSightings } from './withdraw.store.ts';

/**
 * Takes back what withdrawn inquiries said: their keys find nobody any more, fields that only they filled are empty again; people seen
 * nowhere else are parted from whom they were merged with, and retired. Doing it twice changes nothing.
 */
export async function withdrawInquiries(
  tx: Tx,
  cx: Context,
  by: { inquiryIds: readonly string[] } | { importId: string },
  { overwrite = false } = {},
): Promise<string[]> {
  await lockIdentity(tx);
  const at = cx.clock.now();
  await takeConsentBack(tx, by, at);
  const { people, inComponents, fills } = await withdrawSightings(tx, by, at);
  if (people.length === 0) return [];
  // Who is said by another sighting not to want to be contacted stays so.
  const quiet = fills.filter(({ cells }) => 'do_not_contact' in cells).map(({ subjectId }) => subjectId);
  const silent = quiet.length > 0 ? await findSilent(tx, quiet) : new Set<string>();
  for (const { subjectId, cells } of fills) if (silent.has(subjectId)) delete cells['do_not_contact'];
  await takeWritesBack(tx, 'person', fills, { overwrite });
  // Who was seen nowhere else cannot stay one with somebody who was.
  for (const mergeId of await findMergesOfUnseen(tx, people)) await undoMerge(tx, cx, mergeId);
  await retirePeople(tx, people, at);
  if (inComponents.length > 0) await refreshComponents(tx, 'person', inComponents);
  return people;
}

/** Organizations that an import of inquiries filled are as they were before. Doing it twice changes nothing. */
export async function restoreOrganizations(tx: Tx, importId: string): Promise<void> {
  const { ids } = await restoreBefore(tx, 'organization', importId);
  if (ids.length > 0) await refreshComponents(tx, 'organization', ids);
}
