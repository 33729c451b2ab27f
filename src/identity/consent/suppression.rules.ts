/** Lists of addresses and numbers that must not be used, whoever they turn out to be: read line by line, compared by their key. */
import type { SuppressionChannel } from './consent.rules.ts';
import { parseEmail } from '../../platform/values/email.rules.ts';
import { parsePhone } from '../../platform/values/phone.rules.ts';
import { postcodeKey, streetKey } from '../../platform/values/postal-address.rules.ts';

export interface SuppressionKey {
  kind: 'address' | 'domain' | 'number' | 'place';
  key: string;
  shown: string;
}

const DOMAIN = /^@?((?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63})$/;

/** A line as what it is compared by; undefined where it is nothing of this channel. Numbers without a country are dialled from `home`. */
export function readSuppression(channel: SuppressionChannel, line: string, home: string | null): SuppressionKey | undefined {
  const shown = line.trim().replaceAll(/^["']|["']$/g, '').slice(0, 320);
  if (channel === 'mail') {
    const domain = DOMAIN.exec(shown.toLowerCase())?.[1];
    if (domain) return { kind: 'domain', key: domain, shown: domain };
    const mail = parseEmail(shown);
    return mail && { kind: 'address', key: mail.key, shown: mail.address };
  }
  if (channel === 'post') return placeOf(shown);
  const number = parsePhone(shown, home ?? undefined);
  return number && { kind: 'number', key: number.e164, shown: number.e164 };
}

/** "1 Mill Lane, 8001 Zürich": the street before the first comma, the first word with a digit after it. */
function placeOf(shown: string): SuppressionKey | undefined {
  const [street, ...rest] = shown.split(/[,;]/);
  const code = rest.join(' ').split(/\s+/).find((word) => /\d/.test(word));
  const key = placeKey(street, code);
  return key === null ? undefined : { kind: 'place', key, shown };
}
const placeKey = (street: string | null | undefined, code: string | null | undefined): string | null => {
  const road = streetKey(street);
  const area = postcodeKey(code);
  return road && area ? `${road}|${area}` : null;
};

export interface Reachable {
  email: string | null;
  phones: readonly (string | null)[];
  street?: string | null;
  postalCode?: string | null;
}
/** Everything under which somebody may be on a list: `channel kind key`. */
export function suppressionKeysOf({ email, phones, street, postalCode }: Reachable): string[] {
  const mail = parseEmail(email);
  const place = placeKey(street, postalCode);
  // a list may name a company's whole domain, and then its offices' domains below it
  const domains = mail ? mail.domain.split('.').flatMap((_, at, parts) => (parts.length - at >= 2 ? [parts.slice(at).join('.')] : [])) : [];
  return [
    ...(mail ? [`mail address ${mail.key}`] : []),
    ...domains.map((domain) => `mail domain ${domain}`),
    ...phones.flatMap((phone) => (phone ? [`phone number ${phone}`, `fax number ${phone}`] : [])),
    ...(place ? [`post place ${place}`] : []),
  ];
}
