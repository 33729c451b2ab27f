import type { Tx } from '../../platform/db/index.ts';
import { addToSubject, emptySubject, type PersonalData, type Subject, type Told } from '../../platform/personal-data.ts';
import { findIdsOf } from './kept-of-people.store.ts';

const rooms: PersonalData[] = [];

/** Called once, by house.ts: what every room keeps of people, in the order of the journey. */
export function knowPersonalData(given: readonly PersonalData[]): void {
  rooms.push(...given);
}
export const personalData = (): readonly PersonalData[] => rooms;

/** Everything that belongs to whom this id leads to; undefined where it leads to nobody. */
export async function gatherSubject(tx: Tx, personId: string): Promise<Subject | undefined> {
  const ids = await findIdsOf(tx, personId);
  if (ids.length === 0) return undefined;
  let subject = emptySubject(ids);
  // Identity says first who it is; the others find what is theirs by that.
  for (const { gather } of [...rooms].sort((a, b) => Number(b.first ?? false) - Number(a.first ?? false))) if (gather) subject = addToSubject(subject, await gather(tx, subject));
  return subject;
}

/** What all rooms keep of them, chapters that are empty left out. */
export async function tellSubject(tx: Tx, subject: Subject): Promise<Told[]> {
  const told: Told[] = [];
  for (const room of [...rooms].sort((a, b) => Number(b.first ?? false) - Number(a.first ?? false))) told.push(...(await room.tell(tx, subject)));
  return told.filter(({ rows }) => rows.length > 0);
}
