import { proposeEven, type EvenWhom } from '../../distribute/index.ts';
import type { Context } from '../../platform/context.ts';
import { sql, type Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { findKeptLeads } from '../register/registration.store.ts';
import { leadWork } from './change-leads.ts';

/** What evening out would do; what a partner registered stays with it while it is protected. */
export const seeEven = async (tx: Tx, cx: Context, whom: EvenWhom) => proposeEven(tx, cx, whom, await findKeptLeads(tx, cx.clock.now()));

/** Carries out what was shown, as a change of many leads that can be undone; refused where it would no longer be the same. */
export async function startEven(tx: Tx, cx: Context, given: EvenWhom & { mark: string; note?: string | null | undefined }): Promise<{ id: string; jobId: string }> {
  const { whom, mark, moves } = await seeEven(tx, cx, { kind: given.kind, id: given.id });
  if (mark !== given.mark) refuse('conflict', 'followup/even-changed', 'Since you looked, leads came, went or were worked, and other moves would be made now. Look at them again.');
  return leadWork.start(tx, cx, {
    subject: 'lead',
    action: { do: 'even', whom, note: given.note?.trim() || null, moves: moves.map(({ leadId, fromHolderId, toHolderId }) => ({ leadId, fromHolderId, toHolderId })), within: null },
    count: moves.length,
    select: sql`select unnest(${moves.map(({ leadId }) => leadId)}::uuid[]) as id`,
  });
}
