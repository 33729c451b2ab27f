import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { parseEmail } from '../platform/values/email.rules.ts';
import { parsePersonName } from '../platform/values/person-name.rules.ts';
import { parsePhone } from '../platform/values/phone.rules.ts';
import { countryCode, stateCode } from '../platform/values/postal-address.rules.ts';
import { loadSurroundings, lockIdentity } from './candidates.store.ts';
import { changeCustom } from './change-custom.ts';
import { setRows } from './import.store.ts';
import { loadGivers, refreshComponents } from './merge-people.ts';
import { personShape, type Row } from './merge.rules.ts';
import { findSurvivors } from './merge.store.ts';
import { findPerson, type PersonRow } from './people.queries.ts';
import { refuseErased } from './privacy/refuse-erased.ts';
import { groupOf } from './person-draft.rules.ts';
import { blocksOf, sight } from './sight.rules.ts';
import { insertSightings } from './sighting.store.ts';
import type { PersonGroup } from './survive/groups.rules.ts';
import { jsonInstant, says, vouch, type Verified } from './survive/survive.rules.ts';

type Editable =
  | 'givenName'
  | 'familyName'
  | 'title'
  | 'email'
  | 'phone'
  | 'mobile'
  | 'organizationId'
  | 'street'
  | 'postalCode'
  | 'city'
  | 'state'
  | 'country'
  | 'language';
/** fields of a patch that are named otherwise in the row */
const fieldOf: Record<string, string> = { mobile: 'mobileE164' };
export type PersonPatch = { [K in Editable]?: string | null };
type GivenPatch = PersonPatch & { custom?: Record<string, unknown> | undefined };

/** Somebody corrects what we know. Their word stands over every sighting, and the new mail or number recognises the person from now on. */
export async function editPerson(tx: Tx, cx: Context, id: string, given: GivenPatch): Promise<{ id: string; changed: string[] }> {
  const { custom: givenCustom, ...rest } = given;
  let patch: PersonPatch = rest;
  await lockIdentity(tx);
  const person = await findPerson(tx, id);
  if (!person) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  await refuseErased(tx, [person.id]);
  const { country: home } = await loadSurroundings(tx);
  if (patch.organizationId) {
    const survivor = (await findSurvivors(tx, 'organization', [patch.organizationId])).get(patch.organizationId);
    if (survivor === undefined) refuse('invalid', 'identity/no-such-organization', 'There is no such organization here.');
    patch = { ...patch, organizationId: survivor };
  }
  const { values, changed } = read(person, patch, home);
  const groups = new Set(changed.map((field) => groupOf(fieldOf[field] ?? field)));
  const custom = givenCustom === undefined ? [] : await changeCustom(tx, 'person', person, givenCustom);
  if (changed.length === 0 && custom.length === 0) return { id: person.id, changed };
  await correct(tx, cx, person.id, values, groups);
  const fields = [...changed, ...custom];
  if (changed.length > 0) await sightEdited(tx, cx, person, patch, home);
  await append(tx, cx, [{ type: 'person.changed', chainId: person.id, subjectId: person.id, data: { personId: person.id, fields } }]);
  return { id: person.id, changed: fields };
}

/** A field is corrected in the row whose word it was, so that it stays with the right one when a merge is undone; a value given is vouched for. */
async function correct(tx: Tx, cx: Context, personId: string, values: Record<string, unknown>, groups: ReadonlySet<string>): Promise<void> {
  if (groups.size === 0) return refreshComponents(tx, 'person', [personId]);
  const givers = await loadGivers(tx, 'person', personId);
  const [now, by] = [jsonInstant(cx.clock.now()), tx.scope.userId ?? 'baton'];
  const corrected = new Map<string, Row>();
  const rows = new Map<string, Record<string, unknown>>();
  for (const { name, columns, at } of personShape.groups) {
    if (!groups.has(name)) continue;
    const giver = givers.of(name);
    const put = Object.fromEntries(columns.filter((column) => column in values).map((column) => [column, values[column]]));
    const row = { ...(corrected.get(giver.id) ?? giver), ...put };
    // What was taken away says nothing: what is heard later may fill it again.
    const isKnown = columns.some((column) => (row[column] ?? null) !== null && column !== 'name_is_junk');
    row['verified'] = vouch(row['verified'] as Verified | null, name, isKnown ? { at: now, by } : null);
    corrected.set(giver.id, row);
    rows.set(giver.id, { ...rows.get(giver.id), ...put, ...(at ? { [at]: now } : {}), verified: row['verified'] });
  }
  await setRows(tx, 'person', [...rows].map(([id, put]) => ({ id, values: put })));
  await refreshComponents(tx, 'person', [personId]);
}

/** Somebody vouches for what is known of a person, group by group, or takes that back. Nothing said later by a machine, a list or a form changes it then. */
export async function vouchForPerson(tx: Tx, cx: Context, id: string, given: { groups: readonly PersonGroup[]; verified: boolean }): Promise<{ id: string; changed: string[] }> {
  await lockIdentity(tx);
  const person = await findPerson(tx, id);
  if (!person) refuse('not-found', 'identity/no-such-person', 'There is no such person here.');
  await refuseErased(tx, [person.id]);
  const givers = await loadGivers(tx, 'person', person.id);
  const vouched: Verified[string] = { at: jsonInstant(cx.clock.now()), by: tx.scope.userId ?? 'baton' };
  const rows = new Map<string, Verified | null>();
  for (const name of new Set(given.groups)) {
    const group = personShape.groups.find((one) => one.name === name)!;
    const giver = givers.of(name);
    if (given.verified && !says(giver, group)) refuse('conflict', 'identity/nothing-to-confirm', `Nothing is known of ${name} yet: enter it, and it is confirmed.`);
    rows.set(giver.id, vouch(rows.has(giver.id) ? rows.get(giver.id) : (giver['verified'] as Verified | null), name, given.verified ? vouched : null));
  }
  await setRows(tx, 'person', [...rows].map(([rowId, verified]) => ({ id: rowId, values: { verified } })));
  await refreshComponents(tx, 'person', [person.id]);
  const fields = [...new Set(given.groups)];
  await append(tx, cx, [{ type: 'person.changed', chainId: person.id, subjectId: person.id, data: { personId: person.id, fields: fields.map((name) => `${given.verified ? 'confirmed' : 'unconfirmed'} ${name}`) } }]);
  return { id: person.id, changed: fields };
}

/** The corrected person is a sighting like any other, so that later arrivals are recognised by what is right. */
async function sightEdited(tx: Tx, cx: Context, person: PersonRow, patch: PersonPatch, home: string | null): Promise<void> {
  const after = { ...valuesOf(person), ...patch };
  const of = sight(
    {
      givenName: after.givenName,
      familyName: after.familyName,
      email: after.email,
      phone: after.phone,
      mobile: after.mobile,
      street: after.street,
      postalCode: after.postalCode,
      country: after.country,
    },
    home,
  );
  await insertSightings(tx, [
    {
      id: cx.ids.next(),
      inquiryId: null,
      personId: person.id,
      organizationId: after.organizationId ?? null,
      importId: null,
      seenAt: cx.clock.now(),
      method: 'edited',
      weight: null,
      evidence: [],
      filled: null,
      agrees: null,
      otherwise: null,
      of,
      blocks: blocksOf(of, after.organizationId ?? null, tx.scope.workspaceId),
    },
  ]);
}

function valuesOf(person: PersonRow): PersonPatch {
  const { givenName, familyName, title, email, phone, organizationId, street, postalCode, city, state, country, language } = person;
  return {
    givenName,
    familyName,
    title,
    email,
    phone,
    mobile: person.mobileE164,
    organizationId,
    street,
    postalCode,
    city,
    state,
    country,
    language,
  };
}

/** the patch as columns, refused where it cannot be read: a person at a screen can mend it at once */
function read(person: PersonRow, given: PersonPatch, home: string | null): { values: Record<string, unknown>; changed: string[] } {
  const before = valuesOf(person);
  const patch = Object.fromEntries(Object.entries(given).map(([field, value]) => [field, value === '' ? null : value])) as PersonPatch;
  const changed = (Object.keys(patch) as Editable[]).filter((field) => patch[field] !== undefined && patch[field] !== before[field]);
  const values: Record<string, unknown> = {};
  const plain = {
    title: 'title',
    organizationId: 'organization_id',
    street: 'street',
    postalCode: 'postal_code',
    city: 'city',
    language: 'language',
  } as const;
  for (const [field, column] of Object.entries(plain))
    if (changed.includes(field as Editable)) values[column] = patch[field as Editable] ?? null;
  const country = patch.country === undefined ? person.country : patch.country === null ? null : countryCode(patch.country);
  if (changed.includes('country')) {
    if (country === undefined)
      refuse('invalid', 'identity/country', `“${patch.country}” is not a country we know. Use its name or its two letters.`);
    values['country'] = country;
  }
  if (changed.includes('state')) values['state'] = stateCode(patch.state, country) ?? null;
  if (changed.includes('givenName') || changed.includes('familyName')) {
    const givenName = patch.givenName === undefined ? person.givenName : patch.givenName;
    const familyName = patch.familyName === undefined ? person.familyName : patch.familyName;
    values['given_name'] = givenName;
    values['family_name'] = familyName;
    values['full_name'] = [givenName, familyName].filter(Boolean).join(' ') || null;
    values['name_is_junk'] = parsePersonName({ given: givenName, family: familyName })?.junk ?? false;
  }
  if (changed.includes('email')) {
    const mail = patch.email === null ? null : parseEmail(patch.email);
    if (mail === undefined) refuse('invalid', 'identity/mail', `“${patch.email}” is not a mail address.`);
    values['email'] = mail?.address ?? null;
    values['email_key'] = mail?.key ?? null;
  }
  const dialledFrom = country ?? home ?? undefined;
  if (changed.includes('phone')) {
    values['phone'] = patch.phone ?? null;
    values['phone_e164'] = parsePhone(patch.phone, dialledFrom)?.e164 ?? null;
  }
  if (changed.includes('mobile')) {
    const mobile = patch.mobile === null ? null : parsePhone(patch.mobile, dialledFrom);
    if (mobile === undefined)
      refuse('invalid', 'identity/phone', `“${patch.mobile}” is not a telephone number. Write it with its country: +41 …`);
    values['mobile_e164'] = mobile?.e164 ?? null;
  }
  return { values, changed };
}
