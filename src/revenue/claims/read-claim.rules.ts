import { fold } from '../../platform/values/fold.rules.ts';
import { moneyIn, textOf, type Values } from '../read-opportunity.rules.ts';
import type { ClaimRow, Said } from './claim.store.ts';

export type ReadClaim = Pick<ClaimRow, 'number' | 'serial' | 'serialKey' | 'product' | 'quantity' | 'soldOn' | 'valueMinor' | 'currency' | 'distributor' | 'said'> & {
  /** what it is recognised by when it comes again; twins of it are two where it names no serial number */
  recognisedBy: string;
  names: 'person' | 'organization';
};

const personal = ['title', 'email', 'phone', 'mobile', 'organization', 'website', 'street', 'postalCode', 'city', 'state', 'country'] as const;

/** 'SN: 00-123 a' and '00123A' are one; too short a number tells nothing apart. */
export function serialKeyOf(serial: string | null): string | null {
  const bare = fold(serial ?? '').replace(/^(serial( (number|no|nr))?|s\/?n|no|nr)[\s.:#]+/u, '').replace(/[^\p{L}\p{N}]+/gu, '').toUpperCase();
  return bare.length >= 4 && !/^(.)\1*$/u.test(bare) ? bare : null;
}

/** One row of a sell-through file, a warranty card or a rebate claim; or why it is none. */
export function readClaim(values: Values, defaults: { currency: string; distributor: string | null }): { claim: ReadClaim } | { problem: string; field?: string; skipped?: true } {
  const text = (key: string): string | null => textOf(values, key);
  const fullName = text('fullName') ?? ([text('givenName'), text('familyName')].filter(Boolean).join(' ') || null);
  const said: Said = { ...(fullName ? { fullName } : {}), ...Object.fromEntries(personal.flatMap((key) => (text(key) ? [[key, text(key)]] : []))) };
  const isPerson = fullName !== null || ['email', 'phone', 'mobile'].some((key) => text(key) !== null);
  if (!isPerson && !said.organization) return { problem: 'The row names no buyer: no company, name, mail or phone.' };
  const soldOn = text('soldOn') ?? text('registeredOn');
  if (!soldOn) return { field: 'soldOn', problem: 'A sale needs its day, or it cannot be held against the leads before it.' };
  const quantity = typeof values['quantity'] === 'number' ? values['quantity'] : null;
  const [value, price] = [moneyIn(values, 'value'), moneyIn(values, 'unitPrice')];
  const valueMinor = value?.minor ?? (price ? Math.round(price.minor * (quantity ?? 1)) : null);
  if ((quantity ?? 0) < 0 || (valueMinor ?? 0) < 0) return { skipped: true, problem: 'Goods sent back are no sale: the row is kept with the file and not counted.' };
  const serial = text('serial');
  const serialKey = serialKeyOf(serial);
  const [product, number, distributor] = [text('product'), text('number'), text('distributor') ?? defaults.distributor];
  const plain = (one: unknown): string => fold(typeof one === 'string' || typeof one === 'number' ? String(one) : '').trim();
  const recognisedBy = serialKey
    ? ['serial', serialKey, plain(product)].join('|')
    : ['row', number, distributor, fullName, said.organization, said.email, product, soldOn, quantity, valueMinor].map(plain).join('|');
  return {
    claim: { number, serial, serialKey, product, quantity, soldOn, valueMinor, currency: value?.currency ?? price?.currency ?? defaults.currency, distributor, said, recognisedBy, names: isPerson ? 'person' : 'organization' },
  };
}
