import { inquiryFields } from '../capture/index.ts';
import type { FieldSpec, ImportBatch, ImportKind, RowOutcome } from '../capture/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { isFreeMailDomain } from '../platform/values/email.rules.ts';
import { loadOrganizations, loadSurroundings, lockIdentity } from './candidates.store.ts';
import { domainOf } from './domain.rules.ts';
import { industryCode } from './industry-code.rules.ts';
import { sightedFields } from './import-people.ts';
import { findUnlisted, keepBefore, retireListedOrganizations, setRows } from './import.store.ts';
import { fileForSearch } from './index-for-search.ts';
import { refreshComponents, undoMerge } from './merge-people.ts';
import { changesOf, OrganizationIndex, sayingsOf, type Listed, type OrganizationDraft } from './organizations.rules.ts';
import { linkAccounts, unlinkAccounts } from './link-accounts.ts';
import { sight, text, type Sighted } from './sight.rules.ts';
import { fillListedCustom } from './list-custom.ts';
import { tellKept } from './tell-kept.ts';
import { countPeople, saveOrganizations } from './sighting.store.ts';
import { keptSince, restoreBefore, takeFoundingBack } from './take-back.ts';
import { findJoinsOfUnseen, retireOrganizations } from './withdraw.store.ts';

/** A list of companies, as from a trade show's catalogue: found by number, site or name within a country, else made. */
async function apply(tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  await lockIdentity(tx);
  const { country: home } = await loadSurroundings(tx);
  const now = cx.clock.now();
  const rows = batch.rows.map((row) => {
    const fields = sightedFields(row);
    const of = sight({ ...fields, organization: String(row.values['name'] ?? ''), country: fields.country ?? batch.options.country }, home);
    const mail = domainOf(of.mail?.domain);
    const domain = domainOf(fields.website) ?? (mail && !isFreeMailDomain(mail) ? mail : null);
    const organization = of.organization ? { ...of.organization, domain } : null;
    const isCustomer = row.values['isCustomer'] === true;
    return { row: row.row, website: fields.website ?? null, isCustomer, profile: profileOf(row.values), given: row, of: { ...of, organization } };
  });
  const wanted = <T>(values: (T | null | undefined)[]): T[] =>
    [...new Set(values.filter((one) => one !== null && one !== undefined && one !== ''))] as T[];
  const known = await loadOrganizations(tx, {
    domains: wanted(rows.map((one) => one.of.organization?.domain)),
    names: wanted(rows.map((one) => one.of.organization?.key)),
    externalIds: wanted(rows.map((one) => one.of.externalId)),
  });
  const before = new Map(known.map((row) => [row.id, { ...row }]));
  const index = new OrganizationIndex(known, () => cx.ids.next());

  const resolved = rows.map(({ row, of, website, isCustomer, profile }): { row: number; draft: OrganizationDraft | null; wasNew: boolean; of: Sighted; listed: Listed } => {
    const listed = { externalId: of.externalId, website, phone: of.phoneText, isCustomer, ...profile };
    if (!of.organization?.name) return { row, draft: null, wasNew: false, of, listed };
    const made = index.drafts.length;
    const draft = index.resolve(of, now, listed);
    return { row, draft, wasNew: index.drafts.length > made && draft?.isNew === true, of, listed };
  });
  const changes = new Map(changesOf(index.drafts, before).map((change) => [change.id, change]));
  await keepBefore(tx, cx.ids.next(), batch.importId, [...changes.values()], 'organization', sayingsOf(resolved));
  await setRows(tx, 'organization', [...changes.values()]);
  const made = index.drafts.filter((one) => one.isNew);
  await saveOrganizations(tx, made, batch.importId, () => now);
  await countPeople(tx, 0, made.length);
  if (changes.size > 0) await refreshComponents(tx, 'organization', [...changes.keys()]);
  const joined = await linkAccounts(tx, batch.importId, wanted(rows.map((one) => one.of.externalId)));
  await fileForSearch(tx, joined, wanted(resolved.map((one) => one.draft?.id)));
  const custom = await fillListedCustom(tx, cx, 'organization', {
    importId: batch.importId,
    currency: batch.options.currency,
    rows: resolved.flatMap(({ draft }, at) => (draft ? [{ row: rows[at]!.given, subjectId: draft.id, replaces: false }] : [])),
  });
  return resolved.map(({ row, draft, wasNew }) => {
    if (!draft) return { row, outcome: 'problem', field: 'name', sentence: 'The row has no name of a company.' };
    return { row, subjectId: draft.id, outcome: wasNew ? 'new' : changes.has(draft.id) || custom.changed.has(draft.id) ? 'updated' : 'matched', ...custom.outcomes.get(row) };
  });
}

/** What only lists of organizations say of them. */
const profileOf = (values: Record<string, unknown>) => ({
  naics: industryCode('naics', values['naics']) ?? null,
  sic: industryCode('sic', values['sic']) ?? null,
  parent: text(values['parent']),
  language: text(values['language'])?.slice(0, 20) ?? null,
});
/** Their columns, and what people call them. */
export const profileFields: FieldSpec[] = [
  { name: 'naics', label: 'NAICS code', type: 'text', synonyms: ['naics', 'naics code', 'primary naics', 'naics 2022', 'naics 2017', 'codigo naics', 'code naics', 'scian'] },
  { name: 'sic', label: 'SIC code', type: 'text', synonyms: ['sic', 'sic code', 'primary sic', 'us sic', 'sic 1987', 'codigo sic', 'code sic'] },
  {
    name: 'parent',
    label: 'Part of (its parent)',
    type: 'text',
    synonyms: ['parent', 'parent company', 'parent account', 'parent organization', 'holding', 'group', 'owned by', 'muttergesellschaft', 'konzern', 'société mère', 'maison mère', 'empresa matriz', 'matriz', 'moederbedrijf', 'società madre', 'capogruppo'],
  },
];

const wordsFor = (field: string): string[] => inquiryFields.find(({ name }) => name === field)?.synonyms ?? [];

export const organizationsImport: ImportKind = {
  kind: 'organizations',
  label: 'Organizations',
  matchedBy: {
    fields: ['externalId', 'website', 'email', 'name', 'country'],
    sentence: 'A row finds its organization by external id, by the domain of its site or mail, else by its name within the country. It fills what was empty.',
  },
  updates: true,
  fields: [
    {
      name: 'name',
      label: 'Name',
      type: 'text',
      required: true,
      synonyms: ['name', 'nom', 'nombre', 'nome', 'naam', ...wordsFor('organization')],
    },
    ...inquiryFields.filter(({ name }) =>
      'externalId website email phone street postalCode city state country language industry vertical employees annualRevenue'
        .split(' ')
        .includes(name),
    ),
    ...profileFields,
    {
      name: 'isCustomer',
      label: 'Is a customer',
      type: 'boolean',
      strict: false,
      synonyms: ['customer', 'is customer', 'kunde', 'client', 'cliente', 'klant'],
    },
  ],
  apply,
  async undo(tx, cx, importId, options) {
    await lockIdentity(tx);
    const people = await unlinkAccounts(tx, importId);
    const restored = await restoreBefore(tx, 'organization', importId, options);
    const left = await takeFoundingBack(tx, importId);
    if (restored.length > 0) await refreshComponents(tx, 'organization', restored);
    for (const mergeId of await findJoinsOfUnseen(tx, { importId })) await undoMerge(tx, cx, mergeId);
    const gone = await retireListedOrganizations(tx, importId, cx.clock.now());
    await countPeople(tx, 0, -gone.length);
    // Those it only spoke of, where nobody speaks of them any more.
    await retireOrganizations(tx, await findUnlisted(tx, restored), cx.clock.now());
    await fileForSearch(tx, people, [...new Set([...restored, ...left, ...gone])]);
  },
  async changedSince(tx, importId) {
    return tellKept(tx, 'organization', await keptSince(tx, 'organization', importId));
  },
};
