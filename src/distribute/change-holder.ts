import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { takeDeck } from './books.store.ts';
import { lockHolderCustody, wakeDesk } from './custody.store.ts';
import { addHolders, addToTerritories, findHouseZone, lockHolder, saveHolder } from './holders.store.ts';
import type { HolderRow } from './holders.store.ts';
import { place } from './place-leads.ts';
import { saveTerritory } from './territories.store.ts';

export type HolderChange = Partial<Omit<HolderRow, 'id' | 'kind'>>;

/** Adds a rep or a partner. */
export async function addHolder(
  tx: Tx,
  cx: Context,
  given: HolderChange & { name: string; kind: 'rep' | 'partner'; territoryIds?: string[] | undefined },
): Promise<string> {
  checkZone(given.timeZone);
  const id = cx.ids.next();
  await addHolders(tx, [
    { ...blankHolder(await findHouseZone(tx)), ...defined(given), id, kind: given.kind, name: given.name, createdAt: cx.clock.now() },
  ]);
  if (given.territoryIds?.length) await addToTerritories(tx, id, given.territoryIds);
  await append(tx, cx, [{ type: 'holder.changed', chainId: id, subjectId: id, data: { holderId: id, fields: ['added'] } }]);
  await wakeDesk(tx, cx.clock.now());
  return id;
}

/** Changes a holder. One that stops working leads gives all of its open leads away in the same transaction. */
export async function changeHolder(
  tx: Tx,
  cx: Context,
  id: string,
  change: HolderChange,
  at: Date = cx.clock.now(),
): Promise<{ moved: number }> {
  checkZone(change.timeZone);
  await takeDeck(tx); // nobody deals to this holder while it changes
  const before =
    (await lockHolder(tx, id)) ?? refuse('not-found', 'distribute/no-such-holder', 'There is no such holder in this workspace.');
  if ((before.kind === 'desk' || before.kind === 'nurture') && change.active === false)
    refuse('invalid', 'distribute/house-holder', 'The desk and nurture belong to the house and cannot be deactivated.');
  const after = { ...before, ...defined(change) };
  await saveHolder(tx, after);
  const fields = Object.keys(defined(change));
  await append(tx, cx, [{ type: 'holder.changed', chainId: id, subjectId: id, data: { holderId: id, fields } }]);
  if (before.active && !after.active) {
    const held = await lockHolderCustody(tx, id);
    await place(
      tx,
      cx,
      held.map((h) => h.leadId),
      'handover',
      at,
    );
    return { moved: held.length };
  }
  await wakeDesk(tx, at);
  return { moved: 0 };
}

/** The desk and nurture, without which a workspace cannot hold leads, and one territory for whatever no other covers. */
export async function layFoundations(tx: Tx, cx: Context): Promise<void> {
  const zone = await findHouseZone(tx);
  const house = (kind: 'desk' | 'nurture', name: string) => ({
    ...blankHolder(zone),
    id: cx.ids.next(),
    kind,
    name,
    createdAt: cx.clock.now(),
  });
  await addHolders(tx, [house('desk', 'The desk'), house('nurture', 'Nurture')]);
  await saveTerritory(tx, { id: cx.ids.next(), parentId: null, name: 'Everywhere else', position: 100_000, rules: {}, overflow: false, waitMost: null, active: true, startsOn: null, endsOn: null });
}

/** A holder nobody has said anything about yet. */
export function blankHolder(timeZone: string): Omit<HolderRow, 'id' | 'kind' | 'name'> {
  return {
    email: null,
    phone: null,
    userId: null,
    externalId: null,
    country: null,
    capacityPerWeek: null,
    capacityByGrade: {},
    openMost: null,
    weight: 1,
    calendar: null,
    timeZone,
    languages: [],
    verticals: [],
    tier: null,
    productLines: [],
    postalCode: null,
    certificates: [],
    active: true,
  };
}

function checkZone(zone: string | undefined): void {
  if (zone === undefined) return;
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
  } catch {
    refuse('invalid', 'distribute/time-zone', `"${zone}" is no time zone. Write it like Europe/Zurich or America/New_York.`);
  }
}

function defined<T extends object>(given: T): Partial<T> {
  return Object.fromEntries(Object.entries(given).filter(([key, value]) => value !== undefined && key !== 'territoryIds')) as Partial<T>;
}
