import { randomBytes } from 'node:crypto';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { findSuppressed, insertSuppressions } from '../consent/suppression.store.ts';
import type { PersonDraft } from '../person-draft.rules.ts';
import { keysToRemember, rememberedKeysOf, type Remembered } from './remember.rules.ts';
import { makeSecret } from './remember.store.ts';

export const erasedList = 'Erased';

/** Keeps addresses as keyed hashes, so that the next list does not bring their owner back as somebody who may be contacted. */
export async function remember(tx: Tx, cx: Context, who: Remembered): Promise<void> {
  const secret = await makeSecret(tx, randomBytes(32));
  const now = cx.clock.now();
  const rows = keysToRemember(secret, who).map((one) => ({ ...one, id: cx.ids.next(), kind: 'erased' as const, shown: null, list: erasedList, addedAt: now, addedBy: tx.scope.userId ?? 'baton' }));
  if (rows.length > 0) await insertSuppressions(tx, rows);
}

/** People a list brings who were erased and are remembered: they come in as who does not want to be contacted. Called only where anybody is. */
export async function silenceRemembered(tx: Tx, secret: Buffer, people: readonly PersonDraft[]): Promise<void> {
  const keys = new Map(people.map(({ id, values: { email, phoneE164, mobileE164, externalId } }) => [id, rememberedKeysOf(secret, { email, phones: [phoneE164, mobileE164], externalId })]));
  const found = await findSuppressed(tx, [...new Set([...keys.values()].flat())]);
  if (found.size === 0) return;
  for (const person of people) if (keys.get(person.id)!.some((key) => found.has(key))) person.doNotContact = true;
}
