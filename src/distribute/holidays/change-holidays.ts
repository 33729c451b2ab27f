import { append } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { takeDeck } from '../books.store.ts';
import { listHolidays, type HolidayListSeen } from './holidays.queries.ts';
import { removeHolidayList, saveHolidayHolders, saveHolidayList, spreadHolidays } from './holidays.store.ts';
import { readHolidays, type Holiday, type ReadHolidays } from './icalendar.rules.ts';

export interface HolidayChange {
  name: string;
  country?: string | null | undefined;
  days: readonly Holiday[];
  holderIds: readonly string[];
}

/** Adds a list of holidays, or changes one. Clocks that run keep the moment they were given; those that start rest on the new days. */
export async function changeHolidays(tx: Tx, cx: Context, id: string | null, change: HolidayChange): Promise<HolidayListSeen> {
  await takeDeck(tx); // one change at a time, and nobody deals meanwhile
  const before = id === null ? undefined : await getList(tx, id);
  const listId = before?.id ?? cx.ids.next();
  const byDay = new Map(change.days.map((day) => [day.on, day]));
  const days = [...byDay.values()].toSorted((a, b) => (a.on < b.on ? -1 : 1));
  await saveHolidayList(tx, { id: listId, name: change.name, country: change.country ?? null, days });
  await saveHolidayHolders(tx, listId, change.holderIds);
  const after = await getList(tx, listId);
  await spread(tx, cx, listId, [...(before?.holders ?? []), ...after.holders]);
  return after;
}

export async function dropHolidays(tx: Tx, cx: Context, id: string): Promise<void> {
  await takeDeck(tx);
  const { holders } = await getList(tx, id);
  await removeHolidayList(tx, id);
  await spread(tx, cx, id, holders);
}

const yearsAhead = 5;

/** From this year on; what a calendar repeats every year for five years more. */
export function readCalendar(cx: Context, text: string): ReadHolidays {
  const year = cx.clock.now().getUTCFullYear();
  const read = readHolidays(text, year, year + yearsAhead);
  if (read.days.length === 0 && read.skipped.length === 0)
    refuse('invalid', 'distribute/no-holidays', `No day from ${year} on was found. Paste the text of an iCalendar file, which begins with BEGIN:VCALENDAR.`);
  return { ...read, skipped: read.skipped.slice(0, 50) };
}

const getList = async (tx: Tx, id: string): Promise<HolidayListSeen> =>
  (await listHolidays(tx)).find((list) => list.id === id) ?? refuse('not-found', 'distribute/no-such-holidays', 'There is no such list of holidays.');

async function spread(tx: Tx, cx: Context, listId: string, holders: readonly { id: string }[]): Promise<void> {
  const ids = [...new Set(holders.map((holder) => holder.id))];
  await spreadHolidays(tx, ids);
  await append(tx, cx, [
    { type: 'setting.changed' as const, chainId: listId, subjectId: listId, data: { key: 'holidays' } },
    ...ids.map((id) => ({ type: 'holder.changed' as const, chainId: id, subjectId: id, data: { holderId: id, fields: ['holidays'] } })),
  ]);
}
