import type { Tx } from './tx.ts';

const all: WeakMap<Tx, unknown>[] = [];

/** After a rollback to a savepoint nothing of what is in hand may be trusted: all of it is read again. */
export const dropInHand = (tx: Tx): void => all.forEach((known) => known.delete(tx));

/**
 * Something that is known only inside one transaction, made when first asked for: what one step has in hand need not be read again by
 * the next step of the same transaction.
 */
export function perTx<T>(make: () => T): (tx: Tx) => T {
  const known = new WeakMap<Tx, T>();
  all.push(known);
  return (tx) => {
    let found = known.get(tx);
    if (found === undefined) known.set(tx, (found = make()));
    return found;
  };
}
