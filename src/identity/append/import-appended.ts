import { inquiryFields, workspaceHabits, type ChangedSince, type FieldSpec, type ImportBatch, type ImportKind, type ImportOptions, type ImportRow, type RowOutcome } from '../../capture/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { lockIdentity } from '../candidates.store.ts';
import { profileFields } from '../import-organizations.ts';
import { sightedFields } from '../import-people.ts';
import { fileForSearch } from '../index-for-search.ts';
import { refreshComponents } from '../merge-people.ts';
import type { Kind } from '../merge.store.ts';
import { keptSince, restoreBefore } from '../take-back.ts';
import type { SightedFields } from '../sight.rules.ts';
import { tellKept } from '../tell-kept.ts';
import { isAboutTheSame, isShifted } from './answer.rules.ts';
import { appendFields, findAppendField } from './append-fields.rules.ts';
import { findProvider, holdRun, markRunUndone, saveProvider, type Provider, type Run } from './append.store.ts';
import type { Saying } from './doubt.store.ts';
import { findKeys, forgetAnswers, markAnswered, type KeyRow } from './request.store.ts';
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
  const made: Provider = { id: cx.ids.next(), name, position: 100, priceThousandMinor, pricePer, currency, licenceDays: null, confidence, service: null, hasSecret: false, budgetMinor: null, failures: 0, restsUntil: null, problem: null };
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
  const read = batch.rows.map((row) => ({ row: row.row, key: text(row, 'key').trim().toUpperCase(), label: labelOf(kind, row), who: whoOf(kind, row, batch.options.country), sayings: sayingsOf(kind, row) }));
  const keys = await findKeys(tx, kind, read.flatMap(({ key }) => key || []));
  const { append: given } = batch.options;
  const asked = given?.provider === undefined ? await providerAsked(tx, keys) : undefined;
  const provider = asked ?? (await providerOf(tx, cx, given));
  const run = await beginRun(tx, cx, batch.importId, kind, keys.size > 0 ? 'answer' : 'file', provider, given);
  const stray = straysOf(kind, read, keys);
  const rows = read.map(({ key, ...row }) => {
    const known = keys.get(key);
    // Of what comes back with a key only that counts which was asked: the rest is what we told them.
    return known ? { ...row, label: row.label || (known.name ?? key), subjectId: known.subjectId, sayings: row.sayings.filter(({ field }) => known.fields.includes(field)) } : row;
  });
  const problems = new Map(rows.flatMap(({ row, label }, at) => (stray.has(row) ? [[row, stray.get(row)!]] : label === '' ? [[row, read[at]!.key ? 'Nobody here has this key.' : nothingToKnowBy[kind]]] : [])));
  const taken = new Map((await takeRows(tx, cx, run, provider, rows.filter(({ row }) => !problems.has(row)))).map((one) => [one.row, one]));
  await markAnswered(tx, run.id, read.flatMap(({ row, key }) => (keys.has(key) && taken.has(row) ? [key] : [])));
  const touched = [...taken.values()].flatMap(({ values }) => values.filter(({ why }) => why === null).map(({ subjectId }) => subjectId));
  await fileForSearch(tx, kind === 'person' ? touched : [], kind === 'organization' ? touched : []);
  return rows.map(({ row }) => (problems.has(row) ? { row, outcome: 'problem', sentence: problems.get(row)! } : { row, ...outcomeOf(kind, taken.get(row)!) }));
}

const providerAsked = async (tx: Tx, keys: ReadonlyMap<string, KeyRow>): Promise<Provider | undefined> => {
  const first = keys.values().next().value;
  return first && findProvider(tx, { id: first.providerId });
};

/** Rows whose key is somebody else's, with what to say of it; so many that the file must have slipped are refused together. */
function straysOf(kind: Kind, rows: readonly { row: number; key: string; label: string; who: SightedFields }[], keys: ReadonlyMap<string, KeyRow>): Map<number, string> {
  const stray = new Map<number, string>();
  let checked = 0;
  for (const { row, key, label, who } of rows) {
    const known = keys.get(key);
    if (!known) continue;
    const name = kind === 'organization' ? who.organization : (who.fullName ?? [who.givenName, who.familyName].filter(Boolean).join(' '));
    const same = isAboutTheSame(kind, { name: name || null, domain: (kind === 'organization' ? who.website : null) ?? null }, known);
    if (same !== undefined) checked++;
    if (same === false) stray.set(row, `The key is that of ${known.name ?? known.domain}, but the row is about ${label}.`);
  }
  if (isShifted(checked, stray.size)) {
    const [[first, sentence]] = [...stray] as [[number, string]];
    refuse('conflict', 'identity/answer-shifted', `Of ${checked} rows with a key ${stray.size} are about somebody else (row ${first}: ${sentence}) The file seems to have slipped: a column was sorted or moved by itself. Nothing of these rows was taken in.`);
  }
  return stray;
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
/** As the extract calls it that asks for values; see ask-bureau.ts. */
const keyField: FieldSpec = { name: 'key', label: 'Baton key', type: 'text', synonyms: ['baton key'] };
const nameField: FieldSpec = { name: 'name', label: 'Name', type: 'text', synonyms: ['name', 'nom', 'nombre', 'nome', 'naam', ...(known('organization')[0]?.synonyms ?? [])] };

const kindOf = (kind: Kind, more: Pick<ImportKind, 'kind' | 'label' | 'fields' | 'matchedBy'>): ImportKind => ({
  ...more,
  updates: false,
  appends: true,
  apply: (tx, cx, batch) => apply(kind, tx, cx, batch),
  async undo(tx, cx, importId, options) {
    await undoRun(tx, cx, kind, importId, options);
  },
  changedSince: (tx, importId) => changedSinceRun(tx, kind, importId),
});

/** Takes a whole run back: what it wrote, and what waits to be decided. Doing it twice changes nothing. */
export async function undoRun(tx: Tx, cx: Context, kind: Kind, runId: string, options?: { overwrite?: boolean }): Promise<string[]> {
  await lockIdentity(tx);
  const ids = await restoreBefore(tx, kind, runId, options);
  if (ids.length > 0) await refreshComponents(tx, kind, ids);
  await fileForSearch(tx, kind === 'person' ? ids : [], kind === 'organization' ? ids : []);
  await markRunUndone(tx, runId, cx.clock.now());
  await forgetAnswers(tx, runId);
  return ids;
}
/** What somebody changed after the run had. */
export const changedSinceRun = async (tx: Tx, kind: Kind, runId: string): Promise<ChangedSince> => tellKept(tx, kind, await keptSince(tx, kind, runId));

/** Files that say more of whom we know, and make nobody. */
export const organizationsAppend = kindOf('organization', {
  kind: 'append-organizations',
  label: 'Append to organizations we know',
  matchedBy: {
    fields: ['key', 'externalId', 'website', 'email', 'name', 'country'],
    sentence: 'A row finds its organization by the key of a request, by external id, by the domain of its site or mail, else by its name within the country. It fills what is empty and never makes an organization; where one may be meant, you are asked.',
  },
  fields: [keyField, nameField, ...known('externalId website email phone street postalCode city state country industry vertical employees annualRevenue language'), ...profileFields, ...ofValues],
});
export const peopleAppend = kindOf('person', {
  kind: 'append-people',
  label: 'Append to people we know',
  matchedBy: {
    fields: ['key', 'externalId', 'email', 'phone', 'mobile', 'fullName', 'familyName', 'organization', 'street', 'postalCode'],
    sentence: 'A row finds its person by the key of a request, by external id, mail or phone, else by name, company and place weighed together. It fills what is empty and never makes a person; where somebody may be meant, you are asked.',
  },
  fields: [keyField, ...known('externalId fullName givenName familyName title email phone mobile organization website street postalCode city state country language'), ...ofValues],
});
