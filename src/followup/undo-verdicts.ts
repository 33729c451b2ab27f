import { closeCustody, lockHolders, restoreCustody } from '../distribute/index.ts';
import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { closeLeads, reopenLeads } from '../qualify/index.ts';
import { findCurrent, findVerdicts, lockLeads, undoDispositions } from './followup.store.ts';

/** Why a verdict cannot be taken back. */
const notUndone = {
  'followup/nothing-to-undo': 'This lead has no verdict to take back.',
  // what happened to them cannot be undone by us
  'followup/passed-on': 'Somebody else has this lead by now. Give a new verdict instead of taking the old one back.',
  'followup/withdrawn': 'This lead is no longer a lead of its own.',
} as const;

/** Takes the last verdict of one lead back, or refuses. */
export async function undoVerdict(tx: Tx, cx: Context, leadId: string, given: { at: Date; actor?: string | undefined }): Promise<void> {
  const left = await undoVerdicts(tx, cx, [leadId], given);
  if (!left.has(leadId)) return;
  const code = left.get(leadId) ?? refuse('not-found', 'followup/no-such-lead', 'There is no such lead, or you do not hold it.');
  refuse('conflict', code, notUndone[code]);
}

/**
 * Takes the last verdict of each lead back: fate, holder, stamps and clocks are as they were, and the verdict before it stands again.
 * @returns those left as they are, with why; null where there is no such lead. One that somebody else has by now is left to them.
 */
export async function undoVerdicts(
  tx: Tx,
  cx: Context,
  leadIds: readonly string[],
  given: { at: Date; actor?: string | undefined },
): Promise<Map<string, keyof typeof notUndone | null>> {
  const { at } = given;
  const leads = await lockLeads(tx, leadIds);
  const holders = await lockHolders(tx, leadIds);
  const verdicts = await findCurrent(tx, leadIds);
  const left = new Map<string, keyof typeof notUndone | null>();
  const back = leadIds.flatMap((leadId) => {
    const lead = leads.get(leadId);
    const held = holders.get(leadId);
    const current = verdicts.get(leadId);
    const others = (holderId: string): boolean => holderId !== current?.before.custody?.holderId && holderId !== current?.byHolderId;
    if (!lead) left.set(leadId, null);
    else if (!current) left.set(leadId, 'followup/nothing-to-undo');
    else if (held && (held.holderKind === 'rep' || held.holderKind === 'partner') && others(held.holderId)) left.set(leadId, 'followup/passed-on');
    else if (lead.fate === 'withdrawn' || lead.fate === 'merged') left.set(leadId, 'followup/withdrawn');
    else return [{ leadId, lead, current, before: current.before }];
    return [];
  });
  const moved = back.filter(({ lead, before }) => lead.fate !== before.fate);
  // What was closed before the verdict, too, is closed again at once: whatever else the person asks for by now stays open.
  await reopenLeads(tx, cx, moved.flatMap(({ lead, leadId, before }) => (lead.fate === null ? [] : [{ leadId, at, into: (before.fate as 'bad' | 'sold' | 'lost' | null) ?? undefined }])));
  for (const fate of ['bad', 'sold'] as const) {
    const closing = moved.filter(({ lead, before }) => lead.fate === null && before.fate === fate).map(({ leadId }) => leadId);
    await closeCustody(tx, cx, closing, fate, at);
    await closeLeads(tx, cx, closing.map((leadId) => ({ leadId, fate, at })));
  }
  await restoreCustody(tx, cx, back.flatMap(({ leadId, before }) => (before.fate === null && before.custody ? [{ leadId, snapshot: before.custody }] : [])), at);
  await undoDispositions(tx, back.map(({ current, before }) => ({ id: current.id, formerId: before.dispositionId })), at);
  const former = await findVerdicts(tx, back.flatMap(({ before }) => before.dispositionId ?? []));
  await append(
    tx,
    cx,
    back.map(({ leadId, lead, current, before }): NewFact<'lead.judgementUndone'> => {
      const again = former.get(before.dispositionId ?? '');
      return {
        type: 'lead.judgementUndone',
        chainId: lead.inquiryId,
        subjectId: leadId,
        at,
        ...(given.actor ? { actor: given.actor } : {}),
        data: { leadId, verdict: current.verdict, was: again?.verdict ?? null, reason: again?.reason ?? null },
      };
    }),
  );
  return left;
}
