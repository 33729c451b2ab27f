/**
 * The fields that can be appended, each with the columns it fills as one: half of one address and half of another is neither.
 * A value is read here once, whether it comes from a cell of a file or as JSON from a service.
 */
import { fold } from '../../platform/values/fold.rules.ts';
import { parsePhone } from '../../platform/values/phone.rules.ts';
import { countryCode, stateCode } from '../../platform/values/postal-address.rules.ts';
import { domainOf } from '../domain.rules.ts';
import { industryCode } from '../industry-code.rules.ts';
import type { Kind } from '../merge.store.ts';
import { minorUnits, text, wholeNumber } from '../sight.rules.ts';

/** Column → what it says. */
export type Values = Readonly<Record<string, unknown>>;

export interface AppendField {
  name: string;
  label: string;
  columns: readonly string[];
  /** The columns as they would be written, or undefined where the value cannot be read as what it should be. `home`: country numbers without one are dialled from. */
  read(raw: unknown, home: string | null): Values | undefined;
}

const plain = (name: string, label: string, column = name, read: (raw: unknown) => unknown = text): AppendField => ({
  name,
  label,
  columns: [column],
  read: (raw) => {
    const value = read(raw);
    return value === null || value === undefined ? undefined : { [column]: value };
  },
});

const phone: AppendField = {
  name: 'phone',
  label: 'Phone',
  columns: ['phone', 'phone_e164'],
  read: (raw, home) => {
    const parsed = parsePhone(text(raw), home ?? undefined);
    return parsed ? { phone: text(raw), phone_e164: parsed.e164 } : undefined;
  },
};
const mobile: AppendField = {
  name: 'mobile',
  label: 'Mobile',
  columns: ['mobile_e164'],
  read: (raw, home) => {
    const parsed = parsePhone(text(raw), home ?? undefined);
    return parsed ? { mobile_e164: parsed.e164 } : undefined;
  },
};
/** An object { street, postalCode, city, state, country }; without a place it is none. */
const address: AppendField = {
  name: 'address',
  label: 'Address',
  columns: ['street', 'postal_code', 'city', 'state', 'country'],
  read: (raw) => {
    if (typeof raw !== 'object' || raw === null) return undefined;
    const said = raw as Record<string, unknown>;
    const country = countryCode(said['country']) ?? null;
    if (country === null && text(said['country']) !== null) return undefined;
    const values = { street: text(said['street']), postal_code: text(said['postalCode']), city: text(said['city']), state: stateCode(text(said['state']), country) ?? null, country };
    return values.city !== null || values.postal_code !== null ? values : undefined;
  },
};
const website: AppendField = {
  name: 'website',
  label: 'Website',
  columns: ['website'],
  read: (raw) => (domainOf(text(raw)) ? { website: text(raw) } : undefined),
};
const language = plain('language', 'Language', 'language', (raw) => text(raw)?.slice(0, 20));

export const appendFields: Readonly<Record<Kind, readonly AppendField[]>> = {
  organization: [
    plain('employees', 'Employees', 'employees', wholeNumber),
    plain('annualRevenue', 'Annual sales', 'annual_revenue_minor', minorUnits),
    plain('industry', 'Business'),
    plain('vertical', 'Vertical'),
    plain('naics', 'NAICS code', 'naics', (raw) => industryCode('naics', raw)),
    plain('sic', 'SIC code', 'sic', (raw) => industryCode('sic', raw)),
    plain('parent', 'Part of'),
    language,
    phone,
    website,
    address,
  ],
  person: [plain('title', 'Job title'), phone, mobile, language, address],
};

export const findAppendField = (kind: Kind, name: string): AppendField | undefined => appendFields[kind].find((field) => field.name === name);

/** Whether two cells say the same: case, accents and punctuation aside. */
export function saysTheSame(a: unknown, b: unknown): boolean {
  if ((a ?? null) === (b ?? null)) return true;
  return typeof a === 'string' && typeof b === 'string' && fold(a) === fold(b);
}

/** A value in words, as people read it. */
export function shownValue(field: AppendField, values: Values | null): string | null {
  if (values === null) return null;
  if (field.name === 'annualRevenue') return ((values['annual_revenue_minor'] as number) / 100).toLocaleString('en-US');
  if (field.name === 'phone') return String(values['phone'] ?? values['phone_e164'] ?? '') || null;
  const parts = field.columns.map((column) => values[column]).filter((part) => part !== null && part !== undefined);
  return parts.length === 0 ? null : parts.map((part) => (typeof part === 'number' && field.name === 'employees' ? part.toLocaleString('en-US') : String(part))).join(', ');
}
