import type { Subscriber } from '../journal/index.ts';
import { findForsakenReps, removeHolders } from '../distribute/index.ts';
import { findNamedReps } from './named-reps.queries.ts';

/**
 * A rep who is here only because a file named them goes when no file that stands names them any more, in whatever order the files were
 * taken back. Here, since opportunities are the last that name reps.
 */
export const withdrawForsakenReps: Subscriber = {
  name: 'revenue.withdraw-forsaken-reps',
  types: ['import.undone'],
  async handle(tx) {
    const forsaken = await findForsakenReps(tx);
    if (forsaken.length === 0) return;
    const named = await findNamedReps(tx, forsaken);
    await removeHolders(
      tx,
      forsaken.filter((id) => !named.has(id)),
    );
  },
};
