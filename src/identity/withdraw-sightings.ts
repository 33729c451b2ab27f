import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { lockIdentity } from './candidates.store.ts';
import { findWrites, forgetWrites } from './import.store.ts';
import { takeConsentBack } from './consent/note-consent.ts';
import { refreshComponents, undoMerge } from './merge-people.ts';
import { restoreBefore, takeWritesBack } from './take-back.ts';
import { findJoinsOfUnseen, findMergesOf, findSightedPeople, findSilent, retireOrganizations, retirePeople, withdrawSightings } from './withdraw.store.ts';

/** People whose sightings are taken back at a time: a list may have a million. */
const handful = 5000;

/**
 * Takes back what withdrawn inquiries, or the rows of a list, said: their keys find nobody any more, and what others say of a person takes
 * the place of what they said; people seen nowhere else are parted from whom they were merged with, and retired, as are organizations known by them
 * alone. Doing it twice changes nothing. Returns of those that were said to be anybody's the people who are seen elsewhere and those who are not, and
 * the organizations.
 */
export async function withdrawInquiries(
  tx: Tx,
  cx: Context,
  by: { inquiryIds: readonly string[] } | { importId: string },
  { overwrite = false } = {},
): Promise<{ people: string[]; retired: string[]; organizations: string[] }> {
  await lockIdentity(tx);
  const at = cx.clock.now();
  await takeConsentBack(tx, by, at);
  const sighted = await findSightedPeople(tx, by);
  const [people, retired]: [string[], string[]] = [[], []];
  const sightedIn = new Set<string>();
  for (let from = 0; from < sighted.length; from += handful) {
    const some = sighted.slice(from, from + handful);
    const { organizationIds, seen, gone, merged } = await withdrawSightings(tx, by, some, at);
    for (const id of organizationIds) sightedIn.add(id);
    // What is said of whom nobody else has seen is said by nobody: they are retired as they are.
    const others = gone.filter(({ subjectId }) => seen.has(subjectId));
    // Who is said by another sighting not to want to be contacted stays so.
    const quiet = others.filter(({ cells }) => 'do_not_contact' in cells).map(({ subjectId }) => subjectId);
    const silent = quiet.length > 0 ? await findSilent(tx, quiet) : new Set<string>();
    for (const { subjectId, cells } of others) if (silent.has(subjectId)) delete cells['do_not_contact'];
    const importId = 'importId' in by ? by.importId : undefined;
    const writes = importId === undefined ? [] : await findWrites(tx, 'person', { subjectIds: [...seen], importId });
    await takeWritesBack(tx, 'person', writes, { importId, gone: others, overwrite });
    for (const id of some) if (seen.has(id)) people.push(id);
    const unseen = some.filter((id) => !seen.has(id));
    // Who was seen nowhere else cannot stay one with somebody who was.
    if (merged.length > 0) for (const mergeId of await findMergesOf(tx, unseen)) await undoMerge(tx, cx, mergeId);
    // They may still have been kept at a company that only lists taken back before this one knew.
    for (const id of await retirePeople(tx, unseen, at)) sightedIn.add(id);
    for (const id of unseen) retired.push(id);
    if (merged.length > 0) await refreshComponents(tx, 'person', merged);
  }
  if ('importId' in by) await forgetWrites(tx, 'person', by.importId);
  const organizations = [...sightedIn];
  for (let from = 0; from < organizations.length; from += handful) {
    const some = organizations.slice(from, from + handful);
    for (const mergeId of await findJoinsOfUnseen(tx, { organizations: some })) await undoMerge(tx, cx, mergeId);
    await retireOrganizations(tx, some, at);
  }
  return { people, retired, organizations };
}

/** Organizations that an import of inquiries filled are as they were before. Doing it twice changes nothing. */
export async function restoreOrganizations(tx: Tx, importId: string): Promise<void> {
  const ids = await restoreBefore(tx, 'organization', importId);
  if (ids.length > 0) await refreshComponents(tx, 'organization', ids);
}
