import { createHmac } from 'node:crypto';
import { parseEmail } from '../../platform/values/email.rules.ts';

/** A word as only this workspace can make it, and nobody turn it back. */
const keyed = (secret: Buffer, kind: 'mail' | 'phone' | 'id', word: string): string => createHmac('sha256', secret).update(`${kind} ${word}`).digest('base64url');

export interface Remembered {
  mails: readonly string[];
  phones: readonly string[];
  externalIds: readonly string[];
}
/** Under which keys somebody is kept who must not be contacted: `channel`, and the hash. */
export function keysToRemember(secret: Buffer, { mails, phones, externalIds }: Remembered): { channel: 'mail' | 'phone' | 'fax'; key: string }[] {
  const of = (kind: 'mail' | 'phone' | 'id', words: readonly string[]): string[] => [...new Set(words)].map((word) => keyed(secret, kind, word));
  const numbers = of('phone', phones);
  return [
    ...of('mail', mails.flatMap((mail) => parseEmail(mail)?.key ?? [])).map((key) => ({ channel: 'mail' as const, key })),
    ...of('id', externalIds).map((key) => ({ channel: 'mail' as const, key })),
    ...numbers.map((key) => ({ channel: 'phone' as const, key })),
    ...numbers.map((key) => ({ channel: 'fax' as const, key })),
  ];
}

/** Everything under which somebody may be remembered: `channel kind key`. */
export function rememberedKeysOf(secret: Buffer, { email, phones, externalId }: { email: string | null; phones: readonly (string | null)[]; externalId?: string | null }): string[] {
  return keysToRemember(secret, { mails: email ? [email] : [], phones: phones.flatMap((one) => one ?? []), externalIds: externalId ? [externalId] : [] }).map(({ channel, key }) => `${channel} erased ${key}`);
}
