import { isFreeMailDomain } from '../../platform/values/email.rules.ts';

/**
 * Whose address an answer came from: `own` of the partner or one of its users; `colleague` in the same house (the mail was handed on there);
 * `stranger` anybody else, also everybody at a provider of free mail whose address is not known. A sender can be forged: no verdict is
 * given by mail alone.
 */
export type Sender = 'own' | 'colleague' | 'stranger';

export function senderOf(from: string | null, partner: { own: string | null; all: readonly string[] }): Sender {
  if (!from) return 'stranger';
  const address = from.toLowerCase();
  const known = [...(partner.own ? [partner.own] : []), ...partner.all];
  if (known.includes(address)) return 'own';
  const domain = domainOf(address);
  return domain !== '' && !isFreeMailDomain(domain) && known.some((one) => domainOf(one) === domain) ? 'colleague' : 'stranger';
}
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);
