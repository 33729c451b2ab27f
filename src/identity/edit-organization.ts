import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { parseOrganizationName } from '../platform/values/organization-name.rules.ts';
import { parsePhone } from '../platform/values/phone.rules.ts';
import { countryCode, stateCode } from '../platform/values/postal-address.rules.ts';
import { loadSurroundings, lockIdentity } from './candidates.store.ts';
import { domainOf } from './domain.rules.ts';
import { codeDigits, industryCode } from './industry-code.rules.ts';
import { changeCustom } from './change-custom.ts';
import { loadOwn, setRows } from './import.store.ts';
import { refreshComponents } from './merge-people.ts';
import { organizationShape } from './merge.rules.ts';
import { findOrganization } from './organizations.queries.ts';
import { jsonInstant, vouch, type Verified } from './survive/survive.rules.ts';

export interface OrganizationPatch {
  name?: string | undefined;
  website?: string | null | undefined;
  phone?: string | null | undefined;
  street?: string | null | undefined;
  postalCode?: string | null | undefined;
  city?: string | null | undefined;
  state?: string | null | undefined;
  country?: string | null | undefined;
  industry?: string | null | undefined;
  vertical?: string | null | undefined;
  employees?: number | null | undefined;
  annualRevenueMinor?: number | null | undefined;
  naics?: string | null | undefined;
  sic?: string | null | undefined;
  parent?: string | null | undefined;
  language?: string | null | undefined;
  isCustomer?: boolean | undefined;
  custom?: Record<string, unknown> | undefined;
}

/** What somebody enters they vouch for; what they take away says nothing any more. */
function vouched(before: Verified | null, values: Record<string, unknown>, by: Verified[string]): Verified | null {
  let after = before;
  for (const { name, columns } of organizationShape.groups) {
    const put = columns.filter((column) => column in values);
    if (put.length > 0) after = vouch(after, name, put.some((column) => (values[column] ?? null) !== null) ? by : null);
  }
  return after;
}

export async function editOrganization(
  tx: Tx,
  cx: Context,
  id: string,
  { custom: givenCustom, ...patch }: OrganizationPatch,
): Promise<{ id: string; changed: string[] }> {
  await lockIdentity(tx);
  const found = await findOrganization(tx, id);
  if (!found) refuse('not-found', 'identity/no-such-organization', 'There is no such organization here.');
  const before = found as unknown as Record<string, unknown>;
  const changed = Object.entries(patch)
    .filter(([field, value]) => value !== undefined && before[field] !== value)
    .map(([field]) => field);
  if (givenCustom !== undefined) changed.push(...(await changeCustom(tx, 'organization', found, givenCustom)));
  if (changed.length === 0) return { id: found.id, changed };
  const { country: home } = await loadSurroundings(tx);
  const country = patch.country === undefined ? found.country : patch.country === null ? null : countryCode(patch.country);
  if (country === undefined)
    refuse('invalid', 'identity/country', `“${patch.country}” is not a country we know. Use its name or its two letters.`);
  const values: Record<string, unknown> = {};
  const columns = {
    street: 'street',
    postalCode: 'postal_code',
    city: 'city',
    industry: 'industry',
    vertical: 'vertical',
    employees: 'employees',
    annualRevenueMinor: 'annual_revenue_minor',
    parent: 'parent',
    language: 'language',
    isCustomer: 'is_customer',
  } as const;
  for (const [field, column] of Object.entries(columns)) if (changed.includes(field)) values[column] = patch[field as keyof typeof columns];
  for (const code of ['naics', 'sic'] as const) {
    const given = patch[code];
    if (!changed.includes(code)) continue;
    values[code] = given === null || given === undefined ? null : industryCode(code, given);
    if (values[code] === undefined) refuse('invalid', 'identity/industry-code', `“${given}” is not a ${code.toUpperCase()} code: it has ${codeDigits[code].join(' to ')} digits.`);
  }
  if (changed.includes('country')) values['country'] = country;
  if (changed.includes('state')) values['state'] = stateCode(patch.state, country) ?? null;
  if (patch.name !== undefined && changed.includes('name')) {
    values['name'] = patch.name;
    values['name_key'] = parseOrganizationName(patch.name)?.key ?? '';
  }
  if (changed.includes('website')) {
    values['website'] = patch.website ?? null;
    values['domain'] = domainOf(patch.website) ?? found.domain;
  }
  if (changed.includes('phone')) {
    values['phone'] = patch.phone ?? null;
    values['phone_e164'] = parsePhone(patch.phone, country ?? home ?? undefined)?.e164 ?? null;
  }
  const own = (await loadOwn(tx, 'organization', [found.id])).get(found.id);
  const verified = vouched((own?.['verified'] ?? null) as Verified | null, values, { at: jsonInstant(cx.clock.now()), by: tx.scope.userId ?? 'baton' });
  await setRows(tx, 'organization', [{ id: found.id, values: { ...values, verified } }]);
  await refreshComponents(tx, 'organization', [found.id]);
  await append(tx, cx, [
    { type: 'organization.changed', chainId: found.id, subjectId: found.id, data: { organizationId: found.id, fields: changed } },
  ]);
  return { id: found.id, changed };
}
