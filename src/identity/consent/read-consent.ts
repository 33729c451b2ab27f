import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { findPerson } from '../people.queries.ts';
import { listSayings, listStanding } from './consent.store.ts';
import { findListed } from './suppress.ts';
import { countSuppressions, listSuppressions } from './suppression.store.ts';

/** What a person said, what stands of it, and the lists that close a channel whatever they said. */
export async function readConsents(tx: Tx, id: string) {
  const person = await findPerson(tx, id);
  if (!person) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  const { email, phone, phoneE164, mobileE164, street, postalCode } = person;
  return {
    standing: await listStanding(tx, [person.id]),
    listed: (await findListed(tx, [{ id: person.id, email, phones: [phoneE164, mobileE164, phone], street, postalCode }])).get(person.id) ?? {},
    sayings: await listSayings(tx, person.id),
  };
}

export async function readSuppressions(tx: Tx, filter: Parameters<typeof listSuppressions>[1]) {
  return { rows: await listSuppressions(tx, filter), counts: await countSuppressions(tx) };
}
