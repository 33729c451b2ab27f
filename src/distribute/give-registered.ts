import type { Context } from '../platform/context.ts';
import { perTx } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { acceptAssignments } from './accept-assignments.ts';
import { findHeldElsewhere } from './books.store.ts';
import type { Elsewhere } from './books.store.ts';
import { lockCustody, stampAssignments } from './custody.store.ts';
import { handTo } from './hand-over.ts';

export type { Elsewhere } from './books.store.ts';

/** Inquiries whose new leads are not dealt here: who took them in says in the same transaction who has them. */
export const dealtByHand = perTx(() => new Set<string>());

/** Which other rep or partner has this person or organization, by an open lead or open business; of several, who had it first. */
export const findElsewhere = (
  tx: Tx,
  who: { personId: string; organizationId: string | null },
  exceptHolderId: string,
): Promise<Elsewhere | undefined> => findHeldElsewhere(tx, who, exceptHolderId);

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
  const remindAt = new Date(Math.max(end - remindDays * 86_400_000, (now + end) / 2));
  const [held] = (await lockCustody(tx, [leadId])).filter((one) => one.holderId === holderId);
  if (held?.firstFollowupAt === null) await stampAssignments(tx, [{ ...held, followBy: until, remindedAt: null, clockAt: remindAt }]);
  return held !== undefined;
}
