import type { Context } from '../platform/context.ts';
import { perTx } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { acceptAssignments } from './accept-assignments.ts';
import { nextClock } from './clocks.rules.ts';
import { lockCustody, stampAssignments } from './custody.store.ts';
import { handTo } from './hand-over.ts';

/** Inquiries whose new leads are not dealt here: who took them in says in the same transaction who has them. */
export const dealtByHand = perTx(() => new Set<string>());

const remindDays = 7;

/**
 * A lead its partner found itself: handed to it and accepted at once. No promise runs that would pass it on within hours: it has until the
 * protection ends to follow up, and is reminded a week before (halfway, where it is short). False where the lead is closed.
 */
export async function giveRegistered(
  tx: Tx,
  cx: Context,
  given: { leadId: string; holderId: string; until: Date; note: string; actor: string },
): Promise<boolean> {
  const { leadId, holderId, until } = given;
  await handTo(tx, cx, [leadId], { holderId }, { why: 'manual', note: given.note });
  await acceptAssignments(tx, cx, [{ leadId, holderId, at: cx.clock.now(), via: 'app', actor: given.actor }]);
  const [now, end] = [cx.clock.now().getTime(), until.getTime()];
  const [held] = (await lockCustody(tx, [leadId])).filter((one) => one.holderId === holderId);
  if (held?.firstFollowupAt === null) {
    const remindAt = new Date(Math.max(end - remindDays * 86_400_000, (now + end) / 2));
    const kept = { ...held, followBy: until, remindAt, remindedAt: null };
    // A verdict or attempts that are agreed are owed on it as on any other lead.
    await stampAssignments(tx, [{ ...kept, clockAt: nextClock(kept) }]);
  }
  return held !== undefined;
}
