import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { takeDeck } from './books.store.ts';
import { holdLeads, lockCustody, markDeclined } from './custody.store.ts';
import { place } from './place-leads.ts';

export interface Decline {
  leadId: string;
  holderId?: string | undefined;
  reason: string;
  at: Date;
  via: 'app' | 'link' | 'import' | 'mail' | 'api';
  actor?: string | undefined;
}

/** Declines leads: each passes on at once and is never offered to this holder again. Tells which were still theirs to decline. */
export async function declineAssignments(tx: Tx, cx: Context, declines: readonly Decline[]): Promise<boolean[]> {
  if (declines.length === 0) return [];
  // the deck, then the leads, then their custody: the order of everybody who deals
  await takeDeck(tx);
  await holdLeads(
    tx,
    declines.map((d) => d.leadId),
  );
  const custody = new Map(
    (
      await lockCustody(
        tx,
        declines.map((d) => d.leadId),
      )
    ).map((held) => [held.leadId, held]),
  );
  const mine = declines.map((given) => {
    const held = custody.get(given.leadId);
    return held && (held.holderKind === 'rep' || held.holderKind === 'partner') && (!given.holderId || held.holderId === given.holderId)
      ? held
      : undefined;
  });
  const declined = declines.flatMap((given, i) => (mine[i] ? [{ given, held: mine[i] }] : []));
  await markDeclined(
    tx,
    declined.map(({ given, held }) => ({ id: held.id, at: given.at, reason: given.reason })),
  );
  await append(
    tx,
    cx,
    declined.map(({ given, held }) => ({
      type: 'lead.declined',
      chainId: held.inquiryId,
      subjectId: held.leadId,
      at: given.at,
      ...(given.actor ? { actor: given.actor } : {}),
      data: { leadId: held.leadId, assignmentId: held.id, holderId: held.holderId, reason: given.reason, via: given.via },
    })),
  );
  await place(
    tx,
    cx,
    declined.map(({ held }) => held.leadId),
    'declined',
    new Map(declined.map(({ given, held }) => [held.leadId, given.at])),
  );
  return mine.map((held) => held !== undefined);
}
