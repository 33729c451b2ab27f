import { inquiryFields, workspaceHabits, type FieldSpec, type ImportBatch, type ImportKind, type ImportOptions, type ImportRow, type RowOutcome } from '../../capture/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { lockIdentity } from '../candidates.store.ts';
import { profileFields } from '../import-organizations.ts';
import { sightedFields } from '../import-people.ts';
import { fileForSearch } from '../index-for-search.ts';
import { refreshComponents } from '../merge-people.ts';
import type { Kind } from '../merge.store.ts';
import { restoreBefore } from '../take-back.ts';
import { tellKept } from '../tell-kept.ts';
import { appendFields, findAppendField } from './append-fields.rules.ts';
import { findProvider, holdRun, markRunUndone, saveProvider, type Provider, type Run } from './append.store.ts';
import type { Saying } from './doubt.store.ts';
import { takeRows, type TakenRow } from './take-rows.ts';

const day = 86_400_000;
const usualConfidence = 0.8;
export const ownFile = 'Our own file';

/** The provider named, made where nobody is called so; one that is known keeps its terms. */
export async function providerOf(tx: Tx, cx: Context, given: NonNullable<ImportOptions['append']> = {}): Promise<Provider> {
  const name = given.provider ?? ownFile;
  const known = await findProvider(tx, { name });
  if (known) return known;
  const { currency } = await workspaceHabits(tx);
  const { priceThousandMinor = 0, pricePer = 'hit', confidence = usualConfidence } = given;
  const made: Provider = { id: cx.ids.next(), name, position: 100, priceThousandMinor, pricePer, currency, licenceDays: null, confidence };
  await saveProvider(tx, made, cx.clock.now());
  return made;
}

export function beginRun(tx: Tx, cx: Context, runId: string, kind: Kind, way: Run['way'], provider: Provider, given: ImportOptions['append'] = {}): Promise<Run> {
  const now = cx.clock.now();
  const terms = {
    replace: given.replace ?? false,
    minConfidence: given.minConfidence ?? 0,
    notBefore: given.notBefore ?? null,
    licenceUntil: given.licenceUntil ?? (provider.licenceDays === null ? null : new Date(now.getTime() + provider.licenceDays * day).toISOString().slice(0, 10)),
    confidence: given.confidence ?? provider.confidence,
    priceThousandMinor: given.priceThousandMinor ?? provider.priceThousandMinor,
    pricePer: given.pricePer ?? provider.pricePer,
  };
  return holdRun(tx, { id: runId, kind, way, providerId: provider.id, terms, currency: provider.currency }, now);
}

async function apply(kind: Kind, tx: Tx, cx: Context, batch: ImportBatch): Promise<RowOutcome[]> {
  await lockIdentity(tx);
  const provider = await providerOf(tx, cx, batch.options.append);
  const run = await beginRun(tx, cx, batch.importId, kind, 'file', provider, batch.options.append);
  const rows = batch.rows.map((row) => ({ row: row.row, label: labelOf(kind, row), who: whoOf(kind, row, batch.options.country), sayings: sayingsOf(kind, row) }));
  const nameless = new Set(rows.filter(({ label }) => label === '').map(({ row }) => row));
  const taken = new Map((await takeRows(tx, cx, run, provider, rows.filter(({ row }) => !nameless.has(row)))).map((one) => [one.row, one]));
  const touched = [...taken.values()].flatMap(({ values }) => values.filter(({ why }) => why === null).map(({ subjectId }) => subjectId));
  await fileForSearch(tx, kind === 'person' ? touched : [], kind === 'organization' ? touched : []);
  return rows.map(({ row }) => (nameless.has(row) ? { row, outcome: 'problem', sentence: nothingToKnowBy[kind] } : { row, ...outcomeOf(kind, taken.get(row)!) }));
}
const nothingToKnowBy = {
  person: 'The row has nothing to tell a person by: no name, mail, phone or id.',
  organization: 'The row has nothing to tell an organization by: no name, site, mail or id.',
};

function outcomeOf(kind: Kind, { matched, values }: TakenRow): Omit<RowOutcome, 'row'> {
  if (matched.zone === 'no') return { outcome: 'skipped', sentence: 'Nobody known here.' };
  if (matched.zone === 'ask') return { outcome: 'skipped', sentence: 'Perhaps somebody known: waits to be decided.' };
  const unreadable = values.filter(({ why }) => why === 'unreadable').map(({ field }) => findAppendField(kind, field)!.label);
  return { subjectId: matched.id, outcome: values.some(({ why }) => why === null) ? 'updated' : 'matched', ...(unreadable.length > 0 ? { sentence: `Cannot be read: ${unreadable.join(', ')}.` } : {}) };
}

const text = (row: ImportRow, name: string): string => String(row.values[name] ?? '');
const labelOf = (kind: Kind, row: ImportRow): string =>
  (kind === 'organization' ? ['name', 'website', 'email', 'externalId'] : ['fullName', 'familyName', 'givenName', 'email', 'phone', 'mobile', 'externalId']).map((name) => text(row, name)).find((one) => one !== '') ?? '';
const whoOf = (kind: Kind, row: ImportRow, country: string | null) => {
  const fields = sightedFields(row);
  return { ...fields, ...(kind === 'organization' ? { organization: text(row, 'name') || null } : {}), country: fields.country ?? country };
};

/** What a row says, field by field; a cell that is empty says nothing. */
function sayingsOf(kind: Kind, row: ImportRow): Saying[] {
  const { values } = row;
  const confidence = typeof values['confidence'] === 'number' ? Math.min(1, Math.max(0, values['confidence'] > 1 ? values['confidence'] / 100 : values['confidence'])) : null;
  const asOf = typeof values['asOf'] === 'string' ? values['asOf'] : null;
  return appendFields[kind].flatMap(({ name }): Saying[] => {
    const value = name === 'address' ? addressIn(values) : values[name];
    return value === undefined || value === null ? [] : [{ field: name, value, confidence, asOf }];
  });
}
const places = ['street', 'postalCode', 'city'] as const;
const addressIn = (values: Record<string, unknown>) => (places.some((part) => values[part] !== undefined) ? Object.fromEntries([...places, 'state', 'country'].map((part) => [part, values[part] ?? null])) : undefined);

const known = (names: string): FieldSpec[] => inquiryFields.filter(({ name }) => names.split(' ').includes(name));
const ofValues: FieldSpec[] = [
  { name: 'confidence', label: 'How sure (0 to 1, or %)', type: 'number', strict: false, synonyms: ['confidence', 'confidence score', 'match confidence', 'score', 'quality', 'sicherheit', 'konfidenz', 'confiance', 'confianza', 'confiança', 'zekerheid'] },
  { name: 'asOf', label: 'True as of', type: 'date', strict: false, synonyms: ['as of', 'as of date', 'last verified', 'last updated', 'data date', 'stand', 'stichtag', 'valid as of', 'date de mise à jour', 'fecha de actualización', 'peildatum'] },
];
const nameField: FieldSpec = { name: 'name', label: 'Name', type: 'text', synonyms: ['name', 'nom', 'nombre', 'nome', 'naam', ...(known('organization')[0]?.synonyms ?? [])] };

const kindOf = (kind: Kind, more: Pick<ImportKind, 'kind' | 'label' | 'fields' | 'matchedBy'>): ImportKind => ({
  ...more,
  updates: false,
  appends: true,
  apply: (tx, cx, batch) => apply(kind, tx, cx, batch),
  async undo(tx, cx, importId, options) {
    await lockIdentity(tx);
    const { ids } = await restoreBefore(tx, kind, importId, options);
    if (ids.length > 0) await refreshComponents(tx, kind, ids);
    await fileForSearch(tx, kind === 'person' ? ids : [], kind === 'organization' ? ids : []);
    await markRunUndone(tx, importId, cx.clock.now());
  },
  async changedSince(tx, importId) {
    return tellKept(tx, kind, (await restoreBefore(tx, kind, importId, { dry: true })).kept);
  },
});

/** Files that say more of whom we know, and make nobody. */
export const organizationsAppend = kindOf('organization', {
  kind: 'append-organizations',
  label: 'Append to organizations we know',
  matchedBy: {
    fields: ['externalId', 'website', 'email', 'name', 'country'],
    sentence: 'A row finds its organization by external id, by the domain of its site or mail, else by its name within the country. It fills what is empty and never makes an organization; where one may be meant, you are asked.',
  },
  fields: [nameField, ...known('externalId website email phone street postalCode city state country industry vertical employees annualRevenue language'), ...profileFields, ...ofValues],
});
export const peopleAppend = kindOf('person', {
  kind: 'append-people',
  label: 'Append to people we know',
  matchedBy: {
    fields: ['externalId', 'email', 'phone', 'mobile', 'fullName', 'familyName', 'organization', 'street', 'postalCode'],
    sentence: 'A row finds its person by external id, mail or phone, else by name, company and place weighed together. It fills what is empty and never makes a person; where somebody may be meant, you are asked.',
  },
  fields: [...known('externalId fullName givenName familyName title email phone mobile organization website street postalCode city state country language'), ...ofValues],
});
