/** What one arrival says about who sent it: its fields normalised once, with the keys under which earlier sightings are found. */
import { isFreeMailDomain, parseEmail, type Email } from '../platform/values/email.rules.ts';
import { fold, isFiller } from '../platform/values/fold.rules.ts';
import { parseOrganizationName } from '../platform/values/organization-name.rules.ts';
import { parsePersonName, type PersonName } from '../platform/values/person-name.rules.ts';
import { parsePhone } from '../platform/values/phone.rules.ts';
import { cityKey, countryCode, countryOfState, postcodeKey, stateCode, streetKey } from '../platform/values/postal-address.rules.ts';
import { domainOf } from './domain.rules.ts';
import { hash53, skeleton } from './similarity.rules.ts';

export interface SightedFields {
  externalId?: string | null;
  givenName?: string | null;
  familyName?: string | null;
  fullName?: string | null;
  title?: string | null;
  email?: string | null;
  phone?: string | null;
  mobile?: string | null;
  website?: string | null;
  organization?: string | null;
  industry?: string | null;
  vertical?: string | null;
  employees?: unknown;
  annualRevenue?: unknown;
  street?: string | null;
  postalCode?: string | null;
  city?: string | null;
  state?: string | null;
  country?: string | null;
  language?: string | null;
  doNotContact?: unknown;
}

/** Those it is filed under; `otherPlace` is only looked for: there others may be filed who gave more, or less, of where they are. */
export interface Blocks {
  name: number | null;
  company: number | null;
  place: number | null;
  otherPlace: number | null;
  local: number | null;
}

export interface Sighted {
  externalId: string | null;
  name: PersonName | undefined;
  title: string | null;
  mail: Email | undefined;
  phoneText: string | null;
  phone: string | null;
  mobile: string | null;
  phones: string[];
  organization: { name: string | null; key: string; domain: string | null } | null;
  industry: string | null;
  vertical: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
  street: string | null;
  streetKey: string;
  postalCode: string | null;
  postcode: string | null;
  city: string | null;
  cityKey: string;
  state: string | null;
  country: string | null;
  language: string | null;
  doNotContact: boolean;
  /** nothing here tells anybody apart */
  nameless: boolean;
}

export function sight(fields: SightedFields, home: string | null): Sighted {
  const mail = parseEmail(fields.email);
  const name = parsePersonName({ given: fields.givenName, family: fields.familyName, full: fields.fullName, title: fields.title });
  const state = text(fields.state);
  const stated = countryCode(fields.country) ?? countryOfState(state, fields.postalCode) ?? null;
  // a number without a country is dialled from the workspace's own
  const dialledFrom = stated ?? home ?? undefined;
  const phoneText = text(fields.phone);
  const phone = parsePhone(fields.phone, dialledFrom);
  const mobile = parsePhone(fields.mobile, dialledFrom);
  const country = stated ?? (phone?.country && phoneText?.startsWith('+') ? phone.country : null);
  const phones = [phone?.e164, mobile?.e164].filter((one) => one !== undefined);
  const company = parseOrganizationName(fields.organization);
  const site = domainOf(fields.website);
  const mailDomain = mail && !mail.free && !mail.disposable ? domainOf(mail.domain) : undefined;
  const domain = (site && !isFreeMailDomain(site) ? site : undefined) ?? mailDomain ?? null;
  const externalId = text(fields.externalId);
  const street = text(fields.street);
  const city = text(fields.city);
  const junk = name?.junk === true;
  return {
    externalId: externalId === null || externalId.length > 200 ? null : externalId,
    name,
    title: text(fields.title),
    mail,
    phoneText,
    phone: phone?.e164 ?? null,
    mobile: mobile?.e164 ?? null,
    phones: phones.length === 2 && phones[0] === phones[1] ? phones.slice(0, 1) : phones,
    organization: company || domain ? { name: company?.name ?? null, key: company?.key ?? '', domain } : null,
    industry: text(fields.industry),
    vertical: text(fields.vertical),
    employees: wholeNumber(fields.employees),
    annualRevenueMinor: minorUnits(fields.annualRevenue),
    street,
    streetKey: streetKey(street),
    postalCode: text(fields.postalCode),
    postcode: postcodeKey(fields.postalCode, country) ?? null,
    city,
    cityKey: cityKey(city),
    state: stateCode(state, country) ?? null,
    country,
    language: text(fields.language)?.slice(0, 20) ?? null,
    doNotContact: isYes(fields.doNotContact),
    nameless: externalId === null && !mail && phones.length === 0 && (!name || junk),
  };
}

/** coarse keys: two sightings that share one are compared. The workspace is part of the hash, so that they never meet across two. */
export function blocksOf(of: Sighted, organizationId: string | null, workspaceId: string): Blocks {
  const family = of.name?.junk ? '' : (of.name?.familyKey ?? '');
  const formal = of.name?.junk ? '' : (of.name?.formalKey ?? '');
  const file = (kind: string, key: string): number => hash53(`${workspaceId}${kind}${key}`);
  const sounds = [skeleton(family), skeleton(formal)].sort();
  const local = of.mail && !of.mail.role ? of.mail.key.slice(0, of.mail.key.lastIndexOf('@')).replace(/[^\p{L}]/gu, '') : '';
  const letter = family[0] ?? formal[0] ?? '';
  const company = organizationId && letter ? file('c', organizationId + letter) : null;
  const near = placeNamed(of, sounds.join('|'), file);
  const house = family ? houseOf(of, family, formal, file) : null;
  return {
    name: family && formal ? file('n', sounds.join('|')) : null,
    company,
    // whom a company's block finds need not be looked for by mailbox as well: each key costs every arrival a look-up
    place: company === null ? (house ?? near) : near,
    otherPlace: company === null ? (house === null ? null : near) : house,
    local: local.length >= 6 && company === null ? file('l', local) : null,
  };
}

/** the name where they are: of a name that very many bear, those are compared who live or work there */
function placeNamed(of: Sighted, sounds: string, file: (kind: string, key: string) => number): number | null {
  const place = of.cityKey ? skeleton(of.cityKey) : of.postcode;
  return sounds.length > 1 && place ? file('w', `${sounds}|${place}`) : null;
}

/** the house: number and street without its kind; where no street is given the postcode, with more of the name */
function houseOf(of: Sighted, family: string, formal: string, file: (kind: string, key: string) => number): number | null {
  const number = /\d+/.exec(of.streetKey)?.[0];
  if (number) {
    const words = of.streetKey.split(' ').filter((word) => !/\d/.test(word));
    const longest = words.reduce((one, other) => (other.length > one.length ? other : one), '');
    if (longest.length >= 3) return file('s', `${number}|${skeleton(longest)}|${family[0] ?? ''}`);
  }
  return of.postcode ? file('p', `${of.postcode}|${skeleton(family).slice(0, 3)}${formal[0] ?? ''}`) : null;
}

function isYes(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return value === true || /^(true|yes|1|ja|oui|si|sim|y|x)$/i.test(String(value).trim());
}

export function text(value: unknown): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  const bare = value.trim();
  return bare === '' || isFiller(bare) ? null : bare.slice(0, 500);
}

/** '1.200', '1,200', '50-100' (its lower end), '500+' */
export function wholeNumber(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && value >= 0 && value <= 2_000_000_000 ? Math.round(value) : null;
  if (typeof value !== 'string') return null;
  const found = /\d{1,3}(?:[.,' ]\d{3})+|\d+/.exec(value);
  if (!found) return null;
  const number = Number(found[0].replace(/\D/g, ''));
  return number <= 2_000_000_000 ? number : null;
}

/** '$12.5M', '1,200,000', '3 bn': whole currency units in, minor units out */
export function minorUnits(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) && Math.abs(value) < 9e13 ? Math.round(value * 100) : null;
  if (typeof value !== 'string') return null;
  const found = /(-?[\d.,' ]*\d)\s*(k|m|mio|mn|million|b|bn|billion|mrd)?/i.exec(fold(value) === '' ? '' : value);
  if (!found?.[1]) return null;
  const digits = found[1].replace(/[' ]/g, '');
  const decimal = /[.,]\d{1,2}$/.test(digits) ? digits.slice(-3).search(/[.,]/) : -1;
  const whole = decimal >= 0 ? digits.slice(0, digits.length - 3 + decimal) : digits;
  const cents = decimal >= 0 ? digits.slice(digits.length - 3 + decimal + 1) : '';
  const unit = { k: 1e3, m: 1e6, b: 1e9 }[(found[2] ?? '').toLowerCase().replace('mrd', 'b')[0] ?? ''] ?? 1;
  const amount = Number(`${whole.replace(/\D/g, '')}.${cents || '0'}`) * unit;
  return Number.isFinite(amount) && amount < 9e13 ? Math.round(amount * 100) : null;
}
