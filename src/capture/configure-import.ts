import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import { countryCode } from '../platform/values/postal-address.rules.ts';
import { settle } from './analyse-import.ts';
import { piecesOf } from './import-file.ts';
import { getKind, ownFieldsOf } from './import-kinds.ts';
import { OWN } from './read-row.rules.ts';
import type { ImportSettings, ImportSettingsChange } from './import.contract.ts';
import { findImport } from './import.queries.ts';
import type { ImportRecord } from './import.queries.ts';
import { saveImport, saveMapping } from './import.store.ts';
import { sightFile } from './sight-file.ts';
import { unpackFile } from './unpack-file.ts';

export async function getImport(cx: Context, scope: Scope, id: string): Promise<ImportRecord> {
  const record = await cx.db.read(scope, (tx) => findImport(tx, id));
  return record && record.status !== 'uploading' ? record : refuse('not-found', 'capture/no-import', 'There is no such import.');
}

/** Sets kind, mapping and options. What changes the reading of the file itself has it looked at again. */
export async function configureImport(cx: Context, scope: Scope, id: string, kind: string | undefined, change: ImportSettingsChange): Promise<void> {
  const record = await getImport(cx, scope, id);
  if (record.status !== 'analysed') refuse('conflict', 'capture/import-started', 'The import has started; its settings stand.');
  const kindName = getKind(kind ?? record.kind).kind;
  const kindChanged = kindName !== record.kind;
  const { saveAs, ...given } = change;
  const before = record.settings;
  const rereads = (['encoding', 'delimiter', 'sheet', 'hasHeader', 'format', 'member'] as const).some((key) => given[key] !== undefined && given[key] !== (before[key] ?? record.analysis?.[key as 'encoding']));
  const settings = Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null)) as ImportSettings;
  if (kindChanged && !given.mapping) delete settings.mapping;
  if (rereads && !given.mapping) delete settings.mapping;
  if (settings.timeZone) checkTimeZone(settings.timeZone);
  if (settings.country && !countryCode(settings.country)) refuse('invalid', 'capture/country', `There is no country “${settings.country}”. Write its code of two letters, such as DE or US.`);
  checkMapping(kindName, settings.mapping);
  if (rereads || kindChanged) {
    const other = settings.member !== undefined && settings.member !== record.analysis!.member;
    // Another file of the archive is looked at like a fresh one; nothing chosen for the last one holds.
    if (other) for (const key of ['encoding', 'delimiter', 'sheet', 'hasHeader', 'format'] as const) if (given[key] === undefined) delete settings[key];
    const unpacked = other ? await unpackFile(cx, scope, id, settings.member) : undefined;
    const utf8 = unpacked ? { valid: unpacked.validUtf8 } : { label: record.analysis!.encoding };
    const sight = await sightFile(piecesOf(cx, scope, id), unpacked?.fileBytes ?? record.fileBytes, settings, utf8, unpacked ? undefined : record.analysis!);
    await cx.db.write(scope, (tx) => settle(tx, id, record.fileName, sight, settings, kindName, unpacked ?? unpackedBefore(record)));
  } else {
    await cx.db.write(scope, (tx) => saveImport(tx, id, { kind: kindName, settings }));
  }
  if (saveAs) await rememberMapping(cx, scope, id, saveAs);
}

/** What was said of the archive, where there is one, is said again. */
function unpackedBefore({ analysis }: ImportRecord): { sentence: string; members: { name: string; bytes: number }[]; member: string } | undefined {
  const sentence = analysis?.sentences.find((one) => one.includes('unpacked'));
  return sentence ? { sentence, members: analysis?.members ?? [], member: analysis?.member ?? '' } : undefined;
}

async function rememberMapping(cx: Context, scope: Scope, id: string, name: string): Promise<void> {
  await cx.db.write(scope, async (tx) => {
    const { shape, kind, settings } = (await findImport(tx, id))!;
    const { programId: _program, member: _member, listCostMinor: _cost, country: _country, ...kept } = settings;
    await saveMapping(tx, { id: cx.ids.next(), name, kind: kind!, shape: shape!, settings: kept, at: cx.clock.now() });
    await saveImport(tx, id, { savedMapping: name });
  });
}

function checkTimeZone(timeZone: string): void {
  try {
    Intl.DateTimeFormat('en', { timeZone }).format(0);
  } catch {
    refuse('invalid', 'capture/time-zone', `There is no time zone “${timeZone}”. Write it like Europe/Berlin or UTC.`);
  }
}
function checkMapping(kind: string, mapping: Record<string, string> | undefined): void {
  const { fields } = getKind(kind);
  const seen = new Map<string, string>();
  for (const [index, name] of Object.entries(mapping ?? {})) {
    if (name === '' || name === '-') continue;
    const own = name.startsWith(OWN) && ownFieldsOf(kind) !== undefined;
    const field = own ? { label: name.slice(OWN.length) } : fields.find((candidate) => candidate.name === name);
    if (!field) refuse('invalid', 'capture/no-field', `“${name}” is not a field of this kind. It has: ${fields.map((candidate) => candidate.name).join(', ')}.`);
    const other = seen.get(name);
    if (other !== undefined) refuse('invalid', 'capture/field-twice', `Columns ${Number(other) + 1} and ${Number(index) + 1} both feed “${field.label}”. Keep one of them.`);
    seen.set(name, index);
  }
}
