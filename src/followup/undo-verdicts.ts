import { closeCustody, lockHolders, restoreCustody } from '../distribute/index.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { closeLeads, reopenLeads } from '../qualify/index.ts';
import { findCurrent, findVerdict, lockLeads, undoDispositions } from './followup.store.ts';

/**
 * Takes the last verdict of a lead back: fate, holder, stamps and clocks are as they were, and the verdict before it stands again.
 * Refused when the lead has been given to somebody else since; what happened to them cannot be undone by us.
 */
export async function undoVerdict(tx: Tx, cx: Context, leadId: string, given: { at: Date; actor?: string | undefined }): Promise<void> {
  const lead =
    (await lockLeads(tx, [leadId])).get(leadId) ??
    refuse('not-found', 'followup/no-such-lead', 'There is no such lead, or you do not hold it.');
  const held = (await lockHolders(tx, [leadId])).get(leadId);
  const current =
    (await findCurrent(tx, [leadId])).get(leadId) ??
    refuse('conflict', 'followup/nothing-to-undo', 'This lead has no verdict to take back.');
  const { before } = current;
  const others =
    held &&
    (held.holderKind === 'rep' || held.holderKind === 'partner') &&
    held.holderId !== before.custody?.holderId &&
    held.holderId !== current.byHolderId;
  if (others)
    refuse('conflict', 'followup/passed-on', 'Somebody else has this lead by now. Give a new verdict instead of taking the old one back.');
  if (lead.fate === 'withdrawn' || lead.fate === 'merged')
    refuse('conflict', 'followup/withdrawn', 'This lead is no longer a lead of its own.');

  const { at } = given;
  if (lead.fate !== before.fate) {
    if (lead.fate !== null) await reopenLeads(tx, cx, [{ leadId, at }]);
    if (before.fate !== null) {
      await closeCustody(tx, cx, [leadId], before.fate, at);
      await closeLeads(tx, cx, [{ leadId, fate: before.fate as 'bad' | 'sold', at }]);
    }
  }
  if (before.fate === null && before.custody) await restoreCustody(tx, cx, [{ leadId, snapshot: before.custody }], at);
  await undoDispositions(tx, [{ id: current.id, formerId: before.dispositionId }], at);
  const was = before.dispositionId ? await findVerdict(tx, before.dispositionId) : null;
  const fact: NewFact<'lead.judgementUndone'> = {
    type: 'lead.judgementUndone',
    chainId: lead.inquiryId,
    subjectId: leadId,
    at,
    ...(given.actor ? { actor: given.actor } : {}),
    data: { leadId, verdict: current.verdict, was },
  };
  await append(tx, cx, [fact]);
}
