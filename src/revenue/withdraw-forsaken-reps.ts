import type { Subscriber } from '../journal/index.ts';
import { changeHolder, findForsakenReps, removeHolders } from '../distribute/index.ts';
import { findNamedReps } from './named-reps.queries.ts';

/**
 * A rep who is here only because a file named them goes when no file that stands names them any more, in whatever order the files were
 * taken back; where leads taken back with their list still name them, they only stop working. Here, since opportunities are the last that name reps.
 */
export const withdrawForsakenReps: Subscriber = {
  name: 'revenue.withdraw-forsaken-reps',
  types: ['import.undone', 'lead.withdrawn'],
  async handle(tx, cx) {
    const forsaken = await findForsakenReps(tx);
    if (forsaken.length === 0) return;
    const named = await findNamedReps(
      tx,
      forsaken.map(({ id }) => id),
    );
    const going = forsaken.filter(({ id }) => !named.get(id));
    const remembered = going.filter(({ id, held }) => held || named.has(id));
    for (const { id } of remembered) await changeHolder(tx, cx, id, { active: false });
    await removeHolders(
      tx,
      going.flatMap((one) => (remembered.includes(one) ? [] : one.id)),
    );
  },
};
