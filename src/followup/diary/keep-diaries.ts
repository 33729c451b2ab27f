import { businessClock, businessMinutesBetween, dayAfter, localDate } from '../../distribute/index.ts';
import { baseUrl, systemScope } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { enqueueMails } from '../../platform/mail/index.ts';
import type { NewMail } from '../../platform/mail/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { findHouse } from '../followup.store.ts';
import { readToken, writeToken } from '../link.rules.ts';
import { writeCalendar } from './calendar.rules.ts';
import { findDiary, findFeed, listActionsDue, lockPlansDue, markPlanned, saveFeed, savePlanHour } from './diary.store.ts';
import type { ActionDue } from './diary.store.ts';
import { writePlan } from './plan-mail.rules.ts';

const purpose = 'calendar';
const day = 86_400_000;
/** How far the calendar looks back and ahead. */
const [pastDays, aheadDays] = [14, 180];
const callMinutes = 30;

const ownId = (scope: Scope): string => scope.userId ?? refuse('invalid', 'followup/no-person', 'A token is nobody’s: sign in to have a calendar.');
const whoOf = (action: Pick<ActionDue, 'personName' | 'organizationName'>): string => [action.personName, action.organizationName].filter(Boolean).join(', ') || 'somebody without a name';

/** The user's own wishes; the calendar's address is made again from its id and never kept. */
export async function readDiary(tx: Tx, cx: Context) {
  const diary = await findDiary(tx, ownId(tx.scope));
  const token = diary?.feedId && writeToken({ workspaceId: tx.scope.workspaceId, linkId: diary.feedId }, (text) => cx.secrets.sign(purpose, text));
  return { calendarUrl: token ? `${baseUrl(cx)}/cal/${token}.ics` : null, planHour: diary?.planHour ?? null };
}
/** Makes the calendar's address; another one where there was one, so that the old one opens nothing any more. */
export const openFeed = (tx: Tx, cx: Context): Promise<void> => saveFeed(tx, ownId(tx.scope), cx.ids.next());
export const closeFeed = (tx: Tx): Promise<void> => saveFeed(tx, ownId(tx.scope), null);
export const setPlanHour = (tx: Tx, hour: number | null): Promise<void> => savePlanHour(tx, ownId(tx.scope), hour);

/** The calendar behind an address; undefined where there is none, or not any more. */
export async function writeFeed(cx: Context, token: string): Promise<string | undefined> {
  const address = readToken(token, (text, signature) => cx.secrets.verify(purpose, text, signature));
  if (!address) return undefined;
  return cx.db.read(systemScope(address.workspaceId), async (tx) => {
    const feed = await findFeed(tx, address.linkId);
    if (!feed) return undefined;
    const now = cx.clock.now().getTime();
    const actions = await listActionsDue(tx, feed.holderIds, new Date(now - pastDays * day), new Date(now + aheadDays * day));
    return writeCalendar(
      `${feed.userName}, ${feed.company}`,
      actions.map((action) => {
        const url = `${baseUrl(cx)}/leads/${action.leadId}`;
        return {
          uid: `${action.leadId}@baton`,
          startsAt: action.dueAt,
          minutes: action.minutes ?? callMinutes,
          place: action.place,
          title: `${action.what}: ${whoOf(action)}`,
          description: [action.phone, url].filter(Boolean).join('\n'),
          url,
          saidAt: action.setAt,
        };
      }),
    );
  });
}

/** Mails the day's plan to whoever's hour has come, once a day; returns to how many. Three statements, however many there are. */
export async function mailPlans(cx: Context, scope: Scope): Promise<number> {
  if (cx.replay) return 0;
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    const due = await lockPlansDue(tx, now);
    if (due.length === 0) return 0;
    const until = new Date(now.getTime() + 2 * day);
    const actions = Map.groupBy(await listActionsDue(tx, due.flatMap(({ holderIds }) => holderIds), new Date(now.getTime() - 60 * day), until), ({ holderId }) => holderId);
    const { locale } = await findHouse(tx);
    const mails = due.flatMap(({ name, email, holderIds, timeZone, calendar, waiting }): NewMail[] => {
      const endOfDay = dayAfter(timeZone, localDate(timeZone, now));
      const startOfDay = dayAfter(timeZone, localDate(timeZone, new Date(now.getTime() - day)));
      if (businessMinutesBetween(businessClock(calendar, timeZone), startOfDay, endOfDay) === 0) return []; // a day off
      const written = writePlan(
        {
          name,
          waiting,
          timeZone,
          locale,
          actions: holderIds
            .flatMap((id) => actions.get(id) ?? [])
            .filter(({ dueAt }) => dueAt < endOfDay)
            .toSorted((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
            .map((one) => ({ what: one.what, dueAt: one.dueAt, who: whoOf(one), url: `${baseUrl(cx)}/leads/${one.leadId}` })),
          queueUrl: `${baseUrl(cx)}/queue`,
          settingsUrl: `${baseUrl(cx)}/diary`,
        },
        startOfDay,
      );
      return written ? [{ kind: 'day.plan', to: email, holderId: holderIds[0]!, ...written }] : [];
    });
    if (mails.length > 0) await enqueueMails(tx, cx, mails);
    await markPlanned(tx, due);
    return mails.length;
  });
}
