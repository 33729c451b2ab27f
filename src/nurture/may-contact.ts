import { findContactable, mayContact } from '../identity/index.ts';
import type { Tx } from '../platform/db/index.ts';

/** Why a person may not be mailed or called; null where they may. */
export async function mayFind(tx: Tx, personId: string): Promise<{ mail: string | null; call: string | null }> {
  const person = (await findContactable(tx, [personId])).get(personId);
  if (!person) return { mail: 'This person is not known.', call: 'This person is not known.' };
  const why = (channel: 'mail' | 'call'): string | null => {
    const may = mayContact(person, channel);
    return may.may ? null : may.sentence;
  };
  return { mail: why('mail'), call: why('call') };
}
