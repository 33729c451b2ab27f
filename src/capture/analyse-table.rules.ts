import { findDelimiter, newlineOf, TableReader, undefuseCell } from '../platform/values/table-text.rules.ts';
import { contentOf } from './column-content.rules.ts';
import { findHeader } from './header-row.rules.ts';
import { wordsOf } from './header-words.rules.ts';
import type { FieldSpec } from './import-kind.ts';
import type { ImportColumn } from './import.contract.ts';
import { knowsWord, proposeMapping } from './propose-mapping.rules.ts';
import type { ProposedMapping, SeenColumn } from './propose-mapping.rules.ts';

export interface KindFields {
  kind: string;
  label: string;
  fields: readonly FieldSpec[];
  /** one field of each group has to have its column */
  knownBy?: readonly (readonly string[])[];
  headerless?: readonly (string | null)[];
}
export interface TableSight {
  hasHeader: boolean;
  headers: string[];
  columns: (ImportColumn & SeenColumn)[];
  /** The sampled rows below the header. */
  body: string[][];
  sentences: string[];
  /** The header words and delimiter of the file: files that agree in it are of one shape. */
  shape: string;
}

/** Cuts a sample of text into rows; the last one, which the sample may have cut, is left out unless the file ends there. */
export function sampleRows(text: string, delimiter: string | undefined, whole: boolean): { rows: string[][]; delimiter: string; skipFirstLine: boolean; newline: '\n' | '\r' } {
  const newline = newlineOf(text);
  const found = delimiter ? { delimiter, skipFirstLine: false } : findDelimiter(text.slice(0, 131_072));
  const reader = new TableReader(found.delimiter, newline, { maxRecordChars: Number.MAX_SAFE_INTEGER, maxCells: 20_000 });
  const records = reader.push(text, whole);
  if (found.skipFirstLine) records.shift();
  return { rows: records.map((record) => record.cells), ...found, newline };
}

/** Looks at the sampled rows of a table: is there a header, what stands in each column. */
export function sightTable(rows: string[][], kinds: readonly KindFields[], forcedHeader?: boolean): TableSight {
  const sentences: string[] = [];
  const sampled = rows.slice(0, 400);
  const found = findHeader(sampled, knowsWord(kinds.flatMap((kind) => kind.fields)));
  const hasHeader = forcedHeader ?? found.hasHeader;
  sentences.push(forcedHeader === undefined ? found.sentence : forcedHeader ? 'The first row names the columns, as you said.' : 'The first row is data, as you said.');
  const body = hasHeader ? rows.slice(1) : rows;
  // The width most rows have: a stray short or long row must not decide it.
  const width = hasHeader ? sampled[0]!.length : mostFrequent(sampled.map((row) => row.length));
  const headers = Array.from({ length: width }, (_, i) => (hasHeader ? (sampled[0]![i] ?? '').replace(/\s+/g, ' ').trim().slice(0, 200) : ''));
  const columns = headers.map((header, index) => {
    const cells = body.slice(0, 400).map((row) => undefuseCell(row[index] ?? ''));
    const content = contentOf(cells);
    const samples = [...new Set(cells.map((cell) => cell.trim()).filter(Boolean))].slice(0, 5).map((cell) => cell.slice(0, 120));
    return { index, header, samples, ...content };
  });
  const empty = columns.filter((column) => column.content === 'empty');
  const nameless = empty.filter((column) => column.header === '');
  if (nameless.length) sentences.push(`${nameless.length === 1 ? `Column ${nameless[0]!.index + 1} has` : `${nameless.length} columns have`} neither name nor content and ${nameless.length === 1 ? 'is' : 'are'} left out.`);
  const blank = columns.filter((column) => hasHeader && column.header === '' && column.content !== 'empty');
  for (const column of blank.slice(0, 3)) sentences.push(`Column ${column.index + 1} has no name${column.content === 'integer' && column.distinct === column.filled ? ' and counts the rows' : ''}.`);
  const shape = hasHeader ? headers.map(wordsOf).join('|').slice(0, 4000) : `headerless ${columns.map((column) => column.content).join('|').slice(0, 4000)}`;
  return { hasHeader, headers, columns, body, sentences, shape };
}

function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]?.[0] ?? 0;
}

export interface RankedKind {
  kind: string;
  fit: number;
  mapping: Record<string, string>;
  /** Columns that found a place, be it only by what stands in them; 0 where what the kind is known by found none. */
  placed: number;
}
/** Where no word fits anything, what stands in the columns decides. */
export const likelierFirst = (a: RankedKind, b: RankedKind): number => b.fit - a.fit || b.placed - a.placed;

/** How well each kind fits: columns placed, and words of the file's name. */
export function rankKinds(kinds: readonly KindFields[], columns: readonly SeenColumn[], fileName: string): RankedKind[] {
  const name = wordsOf(fileName.replace(/\.[a-z0-9]{1,5}$/i, '')).split(' ');
  return kinds
    .map((one) => {
      const { kind, label, knownBy = [] } = one;
      const { mapping, fit: found } = mappingFor(one, columns);
      const placed = new Set(Object.values(mapping));
      const isKnown = knownBy.every((group) => group.some((field) => placed.has(field)));
      const fit = isKnown ? found : 0;
      const called = (FILE_WORDS[kind] ?? [kind, wordsOf(label)]).some((word) => name.includes(word));
      return { kind, fit: Math.round((fit + (called ? 0.5 : 0)) * 1000) / 1000, mapping, placed: isKnown ? placed.size : 0 };
    })
    .sort(likelierFirst);
}
/** Which column feeds which field; of a file that names no columns and looks like those of this kind that are handed about, as those are. */
export function mappingFor({ fields, headerless: layout = [] }: Pick<KindFields, 'fields' | 'headerless'>, columns: readonly SeenColumn[]): ProposedMapping {
  const isNumber = (name: string | null): boolean => fields.some((field) => field.name === name && field.type === 'number');
  const isLike = columns.length === layout.length && columns.every(({ header, content }, at) => header === '' && (!isNumber(layout[at]!) || content === 'number' || content === 'integer'));
  if (!isLike || layout.length === 0) return proposeMapping(fields, columns);
  return { mapping: Object.fromEntries(layout.flatMap((name, at) => (name === null ? [] : [[String(at), name]]))), fit: 1 };
}

/** What people call a file of each kind; kinds not named here go by their own name. */
const FILE_WORDS: Record<string, string[]> = {
  inquiries: ['inquiries', 'inquiry', 'enquiries', 'leads', 'lead', 'anfragen', 'requests', 'responses', 'submissions', 'prospects', 'registrations', 'attendees', 'scans'],
  programs: ['programs', 'programmes', 'campaigns', 'campaign', 'kampagnen', 'campagnes', 'campanas', 'campanhas'],
  people: ['people', 'persons', 'contacts', 'contact', 'kontakte', 'personen', 'contactos', 'contatti', 'members'],
  organizations: ['organizations', 'organisations', 'companies', 'accounts', 'account', 'firmen', 'unternehmen', 'exhibitors', 'customers', 'empresas', 'entreprises', 'aziende'],
  places: ['postcodes', 'postcode', 'zipcodes', 'zips', 'zip', 'plz', 'gazetteer', 'places', 'geonames'],
  activities: ['activities', 'activity', 'calls', 'call', 'tasks', 'events', 'meetings', 'anrufe', 'aktivitaten', 'termine', 'appels', 'llamadas', 'ligacoes', 'gesprekken', 'chiamate'],
  users: ['users', 'user', 'reps', 'employees', 'benutzer', 'owners', 'salespeople'],
  opportunities: ['opportunities', 'opportunity', 'potentials', 'deals', 'deal', 'pipeline', 'chancen', 'verkaufschancen'],
  outcomes: ['outcomes', 'outcome', 'won', 'closed', 'results', 'sales'],
  'sell-through': ['sellthrough', 'through', 'pos', 'resale', 'sellout', 'abverkauf'],
  warranties: ['warranty', 'warranties', 'garantie', 'garantien', 'garanties', 'garantias', 'garanzie', 'registrations'],
  rebates: ['rebate', 'rebates', 'bonus'],
  invoices: ['invoices', 'invoice', 'rechnungen', 'factures', 'facturas', 'faturas', 'fatture', 'billing'],
};
