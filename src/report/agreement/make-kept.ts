import { readerOfConditions } from '../../identity/index.ts';
import { listHeld } from '../../qualify/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { addDays, addMonths, dateIn, instantsOf, startOfMonth } from '../../platform/values/period.rules.ts';
import { findWorkspace } from '../workspace.queries.ts';
import { countHandOffs, countLeadsPassed, whereHandOff, whereKind, wherePassed, type KindBehind } from './kept.queries.ts';
import { handOffPromises, keepingOf, piecesOf, type Grade, type HandOffPromise, type Month, type Version } from './kept.rules.ts';

/** What was promised and what was kept, for this month and those before it, as far back as there was an agreement. */
export const makeKept = (cx: Context, scope: Scope, count: number) => cx.db.read(scope, (tx) => readKept(tx, cx, count));

export async function readKept(tx: Tx, cx: Context, count: number) {
  const now = cx.clock.now();
  const { timeZone } = await findWorkspace(tx);
  const versions = (await listHeld(tx)).filter(({ fromAt }) => fromAt <= now);
  const months = monthsUpTo(now, count, timeZone).filter(({ untilAt }) => versions.some(({ fromAt }) => fromAt < untilAt));
  const pieces = piecesOf(versions, months, now);
  const handOffs = await countHandOffs(tx, pieces, now);
  const leads = await countLeadsPassed(tx, pieces, await kindsBehind(tx, cx, versions));
  return {
    months: months.map(({ month }) => month),
    versions: versions.map(({ version, fromAt, untilAt }) => ({ version, fromAt, untilAt })),
    promises: keepingOf({ versions, months, pieces, now }, handOffs, leads),
  };
}

function monthsUpTo(now: Date, count: number, timeZone: string): Month[] {
  const thisMonth = startOfMonth(dateIn(now, timeZone));
  return Array.from({ length: count }, (_, i) => {
    const fromOn = addMonths(thisMonth, i - count + 1);
    const toOn = addDays(addMonths(fromOn, 1), -1);
    return { month: fromOn.slice(0, 7), fromOn, toOn, ...instantsOf({ fromOn, toOn }, timeZone) };
  });
}

async function kindsBehind(tx: Tx, cx: Context, versions: readonly Version[]): Promise<KindBehind[]> {
  if (!versions.some(({ content }) => content.kinds.length > 0)) return [];
  const behind = await readerOfConditions(tx, cx);
  return versions.flatMap(({ version, content }) =>
    content.kinds.map(({ id, grade, where }) => ({ id, version, grade, behind: where === null ? undefined : behind(JSON.stringify(where)) })),
  );
}

/** The condition on leads `r` that finds what a figure of the page Kept counts: its promise, in its days, kept or not. */
export async function wherePromised(
  tx: Tx,
  cx: Context,
  timeZone: string,
  asked: { promise: string; kept: boolean | undefined; from: string | undefined; to: string | undefined },
): Promise<Sql> {
  if (tx.scope.holderId !== undefined) refuse('forbidden', 'report/agreement', 'The agreement is between marketing and sales, and not for partners.');
  const now = cx.clock.now();
  const versions = await listHeld(tx);
  const span = instantsOf({ fromOn: asked.from ?? '1900-01-01', toOn: asked.to ?? '2899-12-31' }, timeZone);
  const pieces = piecesOf(versions, [span], now);
  const [what = '', which] = asked.promise.split('.');
  const { workspaceId } = tx.scope;
  const { kept } = asked;
  if (isHandOff(what)) return whereHandOff(workspaceId, pieces, now, { promise: what, grade: which as Grade | undefined, kept });
  if (what === 'kind' || (what === 'share' && kept !== undefined)) return whereKind(workspaceId, pieces, await kindsBehind(tx, cx, versions), which ?? '', kept);
  return wherePassed(workspaceId, pieces, { what: what === 'right' || what === 'complete' ? what : 'leads', kept: what === 'right' || what === 'complete' ? kept : undefined });
}

const isHandOff = (what: string): what is HandOffPromise => (handOffPromises as readonly string[]).includes(what);
