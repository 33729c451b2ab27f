import type { ValueList } from '../capture/index.ts';
import { listHolderNames } from './holders.store.ts';

/** Reps and partners, as a column of owners in a stranger's file may mean them. */
export const holdersList: ValueList = {
  open: true,
  async all(tx) {
    return (await listHolderNames(tx)).map((name) => ({ value: name, label: name }));
  },
};
