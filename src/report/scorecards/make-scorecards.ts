import { businessClock, businessMinutesBetween, findHoldersOfUser } from '../../distribute/index.ts';
import { systemScope } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { addDays, dateIn, startOfDay } from '../../platform/values/period.rules.ts';
import { refuse } from '../../platform/refusal.ts';
import { findWorkspace } from '../workspace.queries.ts';
import type { Behind, Figures } from './scorecard.contract.ts';
import { findKind, listBehind, listMeasured, listPresence, listSpells } from './scorecard.queries.ts';
import type { Measured, MonthSpell } from './scorecard.queries.ts';
import { figuresOf, mediansOf, monthsBack, presenceOf } from './scorecard.rules.ts';

interface Book {
  from: string;
  to: string;
  currency: string;
  months: string[];
  holders: Measured[];
  figures(holder: Measured, month?: string): Figures;
}

/** All of a kind, read in the house's own scope: whoever asks is shown their own and the middle of the others, never another's. */
async function readBook(cx: Context, workspaceId: string, kind: string, months: number): Promise<Book> {
  return cx.db.read(systemScope(workspaceId), async (tx) => {
    const { currency, timeZone } = await findWorkspace(tx);
    const now = cx.clock.now();
    const to = dateIn(now, timeZone);
    const all = monthsBack(to, months);
    const holders = await listMeasured(tx, kind);
    const spells = Map.groupBy(await listSpells(tx, kind, all.at(-1)!, timeZone, now), ({ holderId }) => holderId);
    const presence = new Map((await listPresence(tx, kind, all.at(-1)!)).map((one) => [one.holderId, one]));
    const starts = new Map<string, Date>();
    const startOf = (on: string, zone: string): Date => {
      const key = `${on} ${zone}`;
      const known = starts.get(key) ?? startOfDay(on, zone);
      starts.set(key, known);
      return known;
    };
    const spellsOf = (holderId: string): readonly MonthSpell[] => spells.get(holderId) ?? [];
    return {
      from: all.at(-1)!,
      to,
      currency,
      months: all,
      holders,
      figures(holder, month) {
        const of = month === undefined ? spellsOf(holder.id) : spellsOf(holder.id).filter((one) => one.month === month);
        const clock = businessClock(holder.calendar, holder.timeZone);
        const { signedIn, away, firstDay } = presence.get(holder.id)!;
        const seen = new Set([...signedIn, ...spellsOf(holder.id).flatMap(({ days }) => days)]);
        const isWorkDay = (on: string): boolean => businessMinutesBetween(clock, startOf(on, holder.timeZone), startOf(addDays(on, 1), holder.timeZone)) > 0;
        const { workDays } = presenceOf({ from: all.at(-1)!, today: dateIn(now, holder.timeZone), firstDay, away, seen }, isWorkDay);
        const within = month === undefined ? workDays : workDays.filter((on) => on.slice(0, 7) === month.slice(0, 7));
        return figuresOf(of, (from, until) => businessMinutesBetween(clock, from, until), currency, { workDays: within, seen });
      },
    };
  });
}

export async function makeScorecards(cx: Context, scope: Scope, { kind, months }: { kind: 'partner' | 'rep'; months: number }) {
  const book = await readBook(cx, scope.workspaceId, kind, months);
  const items = book.holders.map((holder) => ({ holderId: holder.id, name: holder.name, active: holder.active, ...book.figures(holder) })).filter(({ active, offered }) => active || offered > 0);
  return { from: book.from, to: book.to, currency: book.currency, medians: mediansOf(items), items };
}

/** Managers see everybody's; who is measured sees their own. */
async function mayLook(cx: Context, scope: Scope, holderId: string): Promise<void> {
  const own = scope.holderId
    ? [scope.holderId]
    : scope.userId
      ? await cx.db.read(scope, async (tx) => (await findHoldersOfUser(tx, scope.userId!)).map(({ id }) => id))
      : [];
  if (own.includes(holderId) || (!scope.holderId && scope.roles.some((role) => ['administrator', 'marketing', 'sales_manager', 'management'].includes(role)))) return;
  refuse('forbidden', 'report/not-your-scorecard', 'This is somebody else’s scorecard.');
}

export async function makeScorecard(cx: Context, scope: Scope, holderId: string, months: number) {
  await mayLook(cx, scope, holderId);
  const kind = (await cx.db.read(systemScope(scope.workspaceId), (tx) => findKind(tx, holderId))) ?? refuse('not-found', 'report/no-holder', 'There is no such rep or partner.');
  const book = await readBook(cx, scope.workspaceId, kind, months);
  const holder = book.holders.find(({ id }) => id === holderId)!;
  const others = book.holders.filter(({ id }) => id !== holderId).map((one) => book.figures(one));
  return {
    from: book.from,
    to: book.to,
    currency: book.currency,
    holderId,
    name: holder.name,
    kind,
    whole: book.figures(holder),
    medians: mediansOf(others),
    peers: others.filter(({ offered }) => offered > 0).length,
    months: book.months.map((month) => ({ month, ...book.figures(holder, month) })),
  };
}

/** The leads behind a figure, read in the caller's own scope: a partner's eyes are the database's. */
export async function leadsBehind(cx: Context, scope: Scope, holderId: string, given: { months: number; behind: Behind }) {
  await mayLook(cx, scope, holderId);
  return cx.db.read(scope, async (tx) => {
    const { timeZone } = await findWorkspace(tx);
    const now = cx.clock.now();
    const from = monthsBack(dateIn(now, timeZone), given.months).at(-1)!;
    return { items: await listBehind(tx, { holderId, behind: given.behind, from, timeZone, now }) };
  });
}
