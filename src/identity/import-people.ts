import { inquiryFields } from '../capture/index.ts';
import type { ImportBatch, ImportKind, ImportRow, RowOutcome } from '../capture/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { lockIdentity } from './candidates.store.ts';
import { noteArrivals } from './consent/note-consent.ts';
import { fileForSearch, organizationEntry, personEntry } from './index-for-search.ts';
import { keepBefore, setRows } from './import.store.ts';
import { forgetAccounts, keepAccounts } from './link-accounts.ts';
import { fillListedCustom } from './list-custom.ts';
import { refreshComponents } from './merge-people.ts';
import { momentsOf } from './merge.rules.ts';
import { columnOf, groupOf } from './person-draft.rules.ts';
import { recogniseMany } from './recognise.ts';
import { saveSearchEntries } from './search.store.ts';
import type { SightedFields } from './sight.rules.ts';
import { jsonInstant } from './survive/survive.rules.ts';
import { keptSince, restoreBefore } from './take-back.ts';
import { tellKept } from './tell-kept.ts';
import { withdrawInquiries } from './withdraw-sightings.ts';
import { findFillsOfImport } from './withdraw.store.ts';

const cell = (row: ImportRow, name: string): string | null => {
  const value = row.values[name];
  return value === undefined || value === null ? null : String(value);
};

export function sightedFields(row: ImportRow): SightedFields {
  const text = (name: string): string | null => cell(row, name);
  return {
    externalId: text('externalId'),
    givenName: text('givenName'),
    familyName: text('familyName'),
    fullName: text('fullName'),
    title: text('title'),
    email: text('email'),
    phone: text('phone'),
    mobile: text('mobile'),
    organization: text('organization'),
    website: text('website'),
    street: text('street'),
    postalCode: text('postalCode'),
    city: text('city'),
    state: text('state'),
    country: text('country'),
    language: text('language'),
    industry: text('industry'),
    vertical: text('vertical'),
    employees: row.values['employees'],
    annualRevenue: row.values['annualRevenue'],
    doNotContact: row.values['doNotContact'],
  };
}

/** What the batches of a run found out so far: names that many bear, and words that are filed for the search box. Every batch would ask again. */
interface Learnt {
  frequentNames: Set<string>;
  filedWords: Set<string>;
}
const learnt = new WeakMap<object, Learnt>();
function learntBy(run: object = {}): Learnt {
  const before = learnt.get(run) ?? { frequentNames: new Set(), filedWords: new Set() };
  learnt.set(run, before);
  return before;
}

/**
 * A list of people: each row is a sighting like any other, so it finds the people we know. A row that names its person by external id
 * is its owner's word: what it says replaces what we had, and the old value is kept until the import is too old to undo.
 */
async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  await lockIdentity(tx);
  const outcomes: RowOutcome[] = [];
  const rows = batch.rows.filter((row) => {
    const known = ['externalId', 'email', 'phone', 'mobile', 'fullName', 'familyName', 'givenName'].some(
      (name) => cell(row, name) !== null,
    );
    if (!known)
      outcomes.push({ row: row.row, outcome: 'problem', sentence: 'The row has nothing to tell a person by: no name, mail, phone or id.' });
    return known;
  });
  const now = cx.clock.now();
  const { frequentNames, filedWords } = learntBy(batch.run);
  const found = await recogniseMany(
    tx,
    cx,
    rows.map((row) => ({
      inquiryId: null,
      importId: batch.importId,
      seenAt: now,
      fields: { ...sightedFields(row), country: cell(row, 'country') ?? batch.options.country },
      account: cell(row, 'accountRef'),
    })),
    (some, organizations) => {
      const made = some.flatMap(({ isNew, person, organization }) => (isNew ? [personEntry({ id: person.id, ...person.values, organization: organization?.name ?? null })] : []));
      tx.later(saveSearchEntries(tx, [...made, ...organizations.map(organizationEntry)], [], filedWords));
    },
    frequentNames,
  );
  await keepAccounts(
    tx,
    batch.importId,
    found.flatMap(({ person, account }, at) => (account === 'unknown' ? [{ personId: person.id, externalId: cell(rows[at]!, 'accountRef')! }] : [])),
  );
  await noteArrivals(
    tx,
    cx,
    found.map(({ person }, at) => {
      const row = rows[at]!;
      const consent = cell(row, 'consent') ?? batch.options.consentBasis;
      const wishes = Object.fromEntries((['doNotContact', 'doNotMail', 'doNotCall', 'doNotPost', 'doNotFax'] as const).map((name) => [name, row.values[name] === true]));
      const fields = { ...(consent ? { consent } : {}), ...wishes };
      return { personId: person.id, inquiryId: null, importId: batch.importId, at: now, channel: 'import', row: row.row, fields };
    }),
  );
  const said = new Map<string, Record<string, unknown>>();
  for (const { sighting, person, isNew, values } of found) {
    if (isNew || person.isNew || sighting.method !== 'external id') continue;
    // Its owner's word counts over all but what somebody here vouched for; of several rows, the later one's.
    const stands = { ...person.values, ...said.get(person.id) } as Record<string, unknown>;
    const news = Object.entries(values).filter(([field, value]) => value !== null && stands[field] !== value && !person.verified?.[groupOf(field)]);
    if (news.length === 0) continue;
    said.set(person.id, { ...said.get(person.id), ...Object.fromEntries(news), ...momentsOf('person', news.map(([field]) => columnOf(field)), jsonInstant(now)) });
  }
  const replaced = [...said].map(([id, values]) => ({ id, values }));
  await keepBefore(tx, cx.ids.next(), batch.importId, replaced);
  await setRows(tx, 'person', replaced);
  if (replaced.length > 0)
    await refreshComponents(
      tx,
      'person',
      replaced.map((one) => one.id),
    );
  const filled = found.flatMap(({ person, sighting }) => (sighting.filled ? [person.id] : []));
  await fileForSearch(tx, [...new Set([...filled, ...said.keys()])], []);
  const custom = await fillListedCustom(tx, cx, 'person', {
    importId: batch.importId,
    currency: batch.options.currency,
    rows: found.map(({ person, sighting }, at) => ({ row: rows[at]!, subjectId: person.id, replaces: sighting.method === 'external id' })),
  });
  const updated = new Set([...replaced.map((one) => one.id), ...custom.changed]);
  found.forEach(({ isNew, sighting }, at) => {
    const row = rows[at]!.row;
    outcomes.push({ row, subjectId: sighting.personId, outcome: isNew ? 'new' : updated.has(sighting.personId) || sighting.filled ? 'updated' : 'matched', ...custom.outcomes.get(row) });
  });
  return outcomes;
}

/** a column means the same in a list of people as in a list of inquiries, so the words are the same */
const personal = inquiryFields.filter(({ name }) =>
  'externalId fullName givenName familyName title email phone mobile organization website street postalCode city state country language industry vertical employees annualRevenue consent doNotContact doNotMail doNotCall doNotPost doNotFax'
    .split(' ')
    .includes(name),
);

export const peopleImport: ImportKind = {
  kind: 'people',
  label: 'People',
  matchedBy: {
    fields: ['externalId', 'email', 'phone', 'mobile', 'fullName', 'familyName', 'organization', 'street', 'postalCode'],
    sentence: 'A row finds its person by external id, mail or phone, else by name, company and place weighed together. Named by external id, what it says replaces what was known, but for what somebody here has confirmed; otherwise it fills what was empty.',
  },
  updates: true,
  knownBy: [['givenName', 'familyName', 'fullName', 'title', 'email', 'mobile']],
  whole: true,
  fields: [
    ...personal,
    {
      name: 'accountRef',
      label: 'Organization’s external id',
      type: 'text',
      synonyms: [
        'account id', 'accountid', 'account external id', 'company id', 'organization id', 'organisation id', 'account number', 'customer number', 'customer no', 'parent id',
        'firmen id', 'kundennummer', 'kunden nr', 'id société', 'numéro client', 'id de la empresa', 'número de cliente', 'id da empresa', 'código do cliente', 'bedrijfs id', 'klantnummer', 'id azienda', 'codice cliente',
      ],
    },
  ],
  apply,
  async undo(tx, cx, importId, options) {
    await lockIdentity(tx);
    await forgetAccounts(tx, importId);
    const organizations = await restoreBefore(tx, 'organization', importId, options);
    if (organizations.length > 0) await refreshComponents(tx, 'organization', organizations);
    const seen = await withdrawInquiries(tx, cx, { importId }, options);
    await fileForSearch(tx, seen.people, [...new Set([...organizations, ...seen.organizations])], seen.retired);
  },
  async changedSince(tx, importId) {
    return tellKept(tx, 'person', await keptSince(tx, 'person', importId, await findFillsOfImport(tx, importId)));
  },
};
