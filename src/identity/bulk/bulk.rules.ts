import { parsePersonName } from '../../platform/values/person-name.rules.ts';
import { parsePhone } from '../../platform/values/phone.rules.ts';
import { countryCode, postcodeKey, stateCode } from '../../platform/values/postal-address.rules.ts';
import type { Shape } from '../merge.rules.ts';
import { vouch, type Verified } from '../survive/survive.rules.ts';

export const personFields = ['title', 'street', 'postalCode', 'city', 'state', 'country', 'language'] as const;
export const personClears = [...personFields, 'email', 'phone', 'mobile', 'organization'] as const;
export const organizationFields = ['industry', 'vertical', 'employees', 'street', 'postalCode', 'city', 'state', 'country', 'language', 'naics', 'sic', 'isCustomer'] as const;
export const organizationClears = ['industry', 'vertical', 'employees', 'street', 'postalCode', 'city', 'state', 'country', 'language', 'naics', 'sic', 'phone', 'website'] as const;
export const standards = ['names', 'phones', 'places', 'blanks'] as const;
export type Standard = (typeof standards)[number];

export type BulkAction =
  | { do: 'set'; field: string; value: string | number | boolean }
  | { do: 'clear'; field: string }
  | { do: 'custom'; key: string; value: string | number | boolean | null }
  | { do: 'standardise'; what: Standard[] };

type Row = Record<string, unknown>;
const columnsOf: Record<string, readonly string[]> = {
  postalCode: ['postal_code'],
  email: ['email', 'email_key'],
  phone: ['phone', 'phone_e164'],
  mobile: ['mobile_e164'],
  organization: ['organization_id'],
  isCustomer: ['is_customer'],
  website: ['website', 'domain'],
};
const columns = (field: string): readonly string[] => columnsOf[field] ?? [field];
const text = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);

/** Why this cannot be done at all; undefined where it can. */
export function problemOf(subject: 'person' | 'organization', action: BulkAction): string | undefined {
  if (action.do === 'set') {
    const fields: readonly string[] = subject === 'person' ? personFields : organizationFields;
    if (!fields.includes(action.field)) return `“${action.field}” cannot be set for many at once.`;
    if (action.field === 'country' && countryCode(action.value) === undefined) return `“${action.value}” is not a country we know.`;
    if (action.field === 'employees' && !(Number.isInteger(action.value) && Number(action.value) >= 0)) return 'The number of employees is a whole number.';
    if (action.field === 'isCustomer' && typeof action.value !== 'boolean') return 'Being a customer is yes or no.';
    if (typeof action.value === 'string' && action.value.trim() === '') return 'Say what it is set to, or clear it.';
  }
  const clears: readonly string[] = subject === 'person' ? personClears : organizationClears;
  if (action.do === 'clear' && !clears.includes(action.field)) return `“${action.field}” cannot be cleared for many at once.`;
  return undefined;
}

/**
 * What the action makes of the rows of one subject, columns by row; rows that stay as they are are left out. What a person sets they vouch for; what is
 * standardised by rule leaves alone what somebody vouched for.
 * @param shown the subject as it is shown, @param own each of its rows' own words, the subject's among them
 */
export function bulkChanges(
  shape: Shape,
  action: BulkAction,
  given: { id: string; shown: Row; own: ReadonlyMap<string, Row>; home: string | null; at: string; by: string },
): Map<string, Row> {
  const { id, shown, own } = given;
  const out = new Map<string, Row>();
  const mine = own.get(id) ?? shown;
  if (action.do === 'custom') {
    const custom = { ...(mine['custom'] as Row | null) };
    if (action.value === null) delete custom[action.key];
    else custom[action.key] = action.value;
    if (((shown['custom'] as Row | null)?.[action.key] ?? null) !== action.value) out.set(id, { custom: Object.keys(custom).length > 0 ? custom : null });
  }
  if (action.do === 'set') {
    const put = setColumns(action.field, action.value, text(shown['country']));
    if (Object.entries(put).every(([column, value]) => (shown[column] ?? null) === value)) return out;
    const group = shape.groups.find((one) => one.columns.some((column) => column in put));
    // The group as it is shown comes along: half of one address and half of another is neither.
    const whole = group ? Object.fromEntries(group.columns.map((column) => [column, shown[column] ?? null])) : {};
    const verified = group ? { verified: vouch(mine['verified'] as Verified | null, group.name, { at: given.at, by: given.by }), ...(group.at ? { [group.at]: given.at } : {}) } : {};
    out.set(id, { ...whole, ...put, ...verified });
  }
  if (action.do === 'clear') {
    const gone = columns(action.field);
    for (const [rowId, row] of own) {
      if (gone.every((column) => (row[column] ?? null) === null)) continue;
      const group = shape.groups.find((one) => one.columns.some((column) => gone.includes(column)));
      // Of what is not known any more nobody vouches.
      const empty = group?.columns.every((column) => gone.includes(column) || (row[column] ?? null) === null) ?? false;
      out.set(rowId, { ...Object.fromEntries(gone.map((column) => [column, null])), ...(group && empty ? { verified: vouch(row['verified'] as Verified | null, group.name, null) } : {}) });
    }
  }
  if (action.do === 'standardise')
    for (const [rowId, row] of own) {
      const vouched = new Set(Object.keys((row['verified'] as Verified | null) ?? {}));
      const all = Object.assign({}, ...action.what.map((what) => standardised(what, row, given.home))) as Row;
      const free = Object.entries(all).filter(([column, value]) => {
        const group = shape.groups.find((one) => one.columns.includes(column))?.name;
        return (row[column] ?? null) !== value && !(group && vouched.has(group));
      });
      if (free.length > 0) out.set(rowId, Object.fromEntries(free));
    }
  return out;
}

function setColumns(field: string, value: string | number | boolean, country: string | null): Row {
  if (field === 'country') return { country: countryCode(value) ?? null };
  if (field === 'state') return { state: stateCode(value, country) ?? null };
  return { [columns(field)[0]!]: typeof value === 'string' ? value.trim() : value };
}

/** One way of writing what is meant anyhow; what cannot be read stays as it is. */
function standardised(what: Standard, row: Row, home: string | null): Row {
  const country = text(row['country']);
  if (what === 'blanks')
    return Object.fromEntries(
      ['given_name', 'family_name', 'full_name', 'title', 'street', 'city', 'name', 'industry', 'vertical'].flatMap((column) => {
        const value = row[column];
        return typeof value === 'string' ? [[column, value.replaceAll(/\s+/g, ' ').trim() || null]] : [];
      }),
    );
  if (what === 'names') {
    const name = row['name_is_junk'] === true ? undefined : parsePersonName({ given: row['given_name'], family: row['family_name'] });
    return name && text(row['given_name']) && text(row['family_name']) ? { given_name: name.given, family_name: name.family, full_name: name.full } : {};
  }
  if (what === 'phones') {
    const phone = parsePhone(row['phone'], country ?? home ?? undefined);
    return phone ? { phone: phone.extension ? row['phone'] : phone.e164, phone_e164: phone.e164 } : {};
  }
  const state = text(row['state']);
  const code = text(row['postal_code']);
  const key = country && code ? postcodeKey(code, country) : undefined;
  const city = text(row['city']);
  return {
    ...(state ? { state: stateCode(state, country) ?? state } : {}),
    ...(key !== undefined && country && plainCodes.has(country) ? { postal_code: key } : {}),
    ...(city && city.length > 3 && city === city.toUpperCase() && /\p{Lu}/u.test(city) ? { city: titled(city) } : {}),
  };
}
/** Countries whose postcodes are digits alone. */
const plainCodes = new Set('AT BE CH DE DK ES FI FR HU IT LI LU NO'.split(' '));
const titled = (city: string): string => city.toLowerCase().replaceAll(/(^|[\s\-/(])(\p{L})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase());
