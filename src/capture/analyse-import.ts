import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { likelierFirst, mappingFor, rankKinds } from './analyse-table.rules.ts';
import { piecesOf } from './import-file.ts';
import { getKind, importKinds } from './import-kinds.ts';
import type { ImportAnalysis, ImportSettings } from './import.contract.ts';
import { findImport, findSavedMappings } from './import.queries.ts';
import { deleteImport, saveImport } from './import.store.ts';
import type { SeenColumn } from './propose-mapping.rules.ts';
import { PROBLEM_HEADER } from './read-row.rules.ts';
import { sightFile } from './sight-file.ts';
import type { FileSight } from './sight-file.ts';
import { unpackFile } from './unpack-file.ts';
import type { Unpacked } from './unpack-file.ts';

/** Asks the database which columns hold ids it knows: a column that does refers to what it knows, whatever its header says. */
async function knownShares(tx: Tx, columns: readonly SeenColumn[], body: readonly string[][], kindNames: readonly string[]): Promise<Map<string, SeenColumn[]>> {
  const out = new Map<string, SeenColumn[]>();
  const texts = columns.map((column) => {
    if (!['code', 'integer', 'text'].includes(column.content) || column.distinct < 2) return [];
    return [...new Set(body.slice(0, 2000).map((row) => (row[column.index] ?? '').trim()).filter((cell) => cell !== '' && cell.length <= 200))].slice(0, 200);
  });
  for (const name of kindNames) {
    const fields = getKind(name).fields.filter((field) => field.known);
    const seen = columns.map((column): SeenColumn => ({ ...column, known: {} }));
    for (const field of fields) {
      for (const [index, column] of seen.entries()) {
        const sample = texts[index]!;
        if (sample.length > 0) column.known![field.name] = (await field.known!(tx, sample)) / sample.length;
      }
    }
    out.set(name, seen);
  }
  return out;
}

/** First look at a fresh upload: what it is, what kind it seems to hold, the mapping proposed for it. */
export async function analyseImport(cx: Context, scope: Scope, id: string, validUtf8: boolean, kind: string | undefined): Promise<void> {
  try {
    if (kind) getKind(kind);
    const record = await cx.db.read(scope, async (tx) => (await findImport(tx, id))!);
    const unpacked = await unpackFile(cx, scope, id);
    const sight = await sightFile(piecesOf(cx, scope, id), unpacked?.fileBytes ?? record.fileBytes, {}, { valid: unpacked?.validUtf8 ?? validUtf8 });
    await cx.db.write(scope, (tx) => settle(tx, id, record.fileName, sight, {}, kind, unpacked));
  } catch (error) {
    await cx.db.write(scope, (tx) => deleteImport(tx, id));
    throw error;
  }
}

/** Saves what was seen, with the mapping remembered for such files, else the one proposed. */
export async function settle(tx: Tx, id: string, fileName: string, sight: FileSight, settings: ImportSettings, wantedKind: string | undefined, unpacked?: Pick<Unpacked, 'sentence' | 'members' | 'member'>): Promise<void> {
  const all = importKinds().filter(({ kind, appends, chosen }) => !(appends || chosen) || kind === wantedKind);
  const shares = await knownShares(tx, sight.columns, sight.body, all.map(({ kind }) => kind));
  const ranked = all.flatMap((kind) => rankKinds([kind], shares.get(kind.kind)!, fileName)).toSorted(likelierFirst);
  const saved = (await findSavedMappings(tx, sight.shape)).filter((one) => all.some(({ kind }) => kind === one.kind));
  const kind = wantedKind ?? saved[0]?.kind ?? ranked[0]!.kind;
  const remembered = saved.find((mapping) => mapping.kind === kind);
  const mapping = settings.mapping ?? remembered?.settings.mapping ?? mappingFor(getKind(kind), shares.get(kind)!.filter(({ header }) => header !== PROBLEM_HEADER)).mapping;
  const sentences = [...(unpacked ? [unpacked.sentence] : []), ...sight.sentences];
  if (remembered && !settings.mapping) sentences.push(`The mapping “${remembered.name}” was made for files of this shape and is proposed again.`);
  const analysis: ImportAnalysis = {
    format: sight.form.format,
    encoding: sight.form.encoding,
    delimiter: sight.form.format === 'csv' ? sight.form.delimiter : null,
    sheets: sight.sheets,
    hasHeader: sight.hasHeader,
    columns: sight.columns.map(({ index, header, samples, filled, distinct, content }) => ({ index, header, samples, filled, distinct, content })),
    rowsEstimate: sight.rowsEstimate,
    sentences,
    ...(unpacked && unpacked.members.length > 0 ? { members: unpacked.members, member: unpacked.member } : {}),
    kinds: ranked.map(({ kind: name, fit }) => ({ kind: name, fit })),
  };
  await saveImport(tx, id, {
    status: 'analysed',
    kind,
    shape: sight.shape,
    analysis,
    savedMapping: remembered?.name ?? null,
    settings: { createMissing: true, ...remembered?.settings, ...settings, mapping, ...(sight.form.sheet ? { sheet: sight.form.sheet } : {}) },
  });
}
