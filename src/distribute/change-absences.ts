import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { wakeDesk } from './custody.store.ts';
import { addAbsence, findHoldersById, removeAbsence } from './holders.store.ts';

export interface NewAbsence {
  startsOn: string;
  endsOn: string;
  note: string | null;
  /** turns are earned meanwhile, and given afterwards */
  catchUp?: boolean;
}

/** Records or removes an absence. A rep may speak for itself only. */
export async function changeAbsences(
  tx: Tx,
  cx: Context,
  holderId: string,
  change: { add: NewAbsence } | { remove: string },
): Promise<Required<NewAbsence> & { id: string; holderId: string }> {
  const [holder] = await findHoldersById(tx, [holderId]);
  if (!holder) refuse('not-found', 'distribute/no-such-holder', 'There is no such holder in this workspace.');
  const { roles, userId } = tx.scope;
  const manages = roles.length === 0 || roles.some((role) => role === 'administrator' || role === 'marketing' || role === 'sales_manager');
  if (!manages && holder.userId !== userId)
    refuse('forbidden', 'distribute/not-yours', 'You may record your own absences; for others ask your sales manager.');
  let absence: Required<NewAbsence> & { id: string; holderId: string };
  if ('add' in change) {
    if (change.add.endsOn < change.add.startsOn)
      refuse('invalid', 'distribute/absence-dates', 'An absence cannot end before it starts. Check the two dates.');
    const added = { id: cx.ids.next(), holderId, ...change.add, catchUp: change.add.catchUp ?? false };
    await addAbsence(tx, added);
    absence = added;
  } else {
    if ((await removeAbsence(tx, holderId, change.remove)) === 0)
      refuse('not-found', 'distribute/no-such-absence', 'There is no such absence.');
    absence = { id: change.remove, holderId, startsOn: '', endsOn: '', note: null, catchUp: false };
  }
  await append(tx, cx, [{ type: 'holder.changed', chainId: holderId, subjectId: holderId, data: { holderId, fields: ['absences'] } }]);
  await wakeDesk(tx, cx.clock.now());
  return absence;
}
