import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { handTo } from './hand-over.ts';
import { findHoldersById } from './holders.store.ts';
import { place } from './place-leads.ts';

/** A person decides who has these leads, or asks the routing to choose again. Tells how many changed hands. */
export async function assignByHand(
  tx: Tx,
  cx: Context,
  leadIds: readonly string[],
  holderId: string | null,
  note: string | null,
): Promise<number> {
  const ids = [...new Set(leadIds)];
  if (holderId === null) return (await place(tx, cx, ids, 'manual')).filter((p) => p.assignmentId !== null).length;
  const [holder] = await findHoldersById(tx, [holderId]);
  if (!holder) refuse('not-found', 'distribute/no-such-holder', 'There is no such holder in this workspace.');
  if (!holder.active)
    refuse(
      'conflict',
      'distribute/holder-inactive',
      `${holder.name} no longer works leads. Choose somebody else, or activate ${holder.name} first.`,
    );
  return (await handTo(tx, cx, ids, { holderId }, { why: 'manual', note })).length;
}
