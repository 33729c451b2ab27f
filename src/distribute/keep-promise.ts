import type { HearRefreshed } from '../qualify/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { takeDeck } from './books.store.ts';
import { isAnyAtDeskDue, isAnyPassingOn, lockDueAtDesk, lockPassingOn, setClocks, wakeDesk } from './custody.store.ts';
import { handTo } from './hand-over.ts';
import { place } from './place-leads.ts';
import { promisesOf } from './agreed-promise.rules.ts';

const batch = 500;

/** Passes on what stayed unanswered: to the next best, and after so many times to the desk, where a person decides; it is not worn out by passing it round the whole pool. */
export async function keepPromise(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    if (!(await isAnyPassingOn(tx))) return 0;
    const now = cx.clock.now();
    // The deck before the custody rows, as everybody who deals does.
    const promise = promisesOf(await takeDeck(tx));
    const due = await lockPassingOn(tx, batch);
    const often = (held: (typeof due)[number]): boolean => held.redirects >= promise(held.startedAt).redirectsMax;
    await place(
      tx,
      cx,
      due.filter((held) => !often(held)).map((held) => held.leadId),
      'redirect',
      now,
    );
    // How often is what was promised when it was given, which need not be the same for all.
    for (const [times, leads] of Map.groupBy(due.filter(often), (held) => promise(held.startedAt).redirectsMax))
      await handTo(
        tx,
        cx,
        leads.map((held) => held.leadId),
        { kind: 'desk' },
        { why: 'redirect', at: now, redirects: times, note: `Passed on ${times} times and nobody answered: decide who should have it` },
      );
    return due.length;
  });
}

/** What waits at the desk is tried again when room returns. */
export async function findHolders(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    if (!(await isAnyAtDeskDue(tx, now))) return 0;
    await takeDeck(tx);
    const waiting = await lockDueAtDesk(tx, now, 2000);
    const placed = await place(
      tx,
      cx,
      waiting.map((held) => held.leadId),
      'new',
      now,
    );
    const asked = new Set(placed.map((p) => p.leadId));
    const gone = waiting.filter((held) => !asked.has(held.leadId));
    if (gone.length > 0)
      await setClocks(
        tx,
        gone.map((held) => ({ id: held.id, clockAt: null })),
      );
    return waiting.length;
  });
}

/** Of these leads more, or something else, is known than before: what waits of them at the desk is asked for again. */
export const askAgainFor: HearRefreshed = (tx, cx, leadIds) => wakeDesk(tx, cx.clock.now(), leadIds);
