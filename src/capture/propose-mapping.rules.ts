import type { Content } from './column-content.rules.ts';
import { headerFit, termsOf, wordsOf } from './header-words.rules.ts';
import type { HeaderTerm } from './header-words.rules.ts';
import type { FieldSpec, FieldType } from './import-kind.ts';

export interface SeenColumn {
  index: number;
  header: string;
  content: Content;
  filled: number;
  distinct: number;
  organizations: number;
  shares?: Record<'email' | 'phone' | 'date' | 'money' | 'number', number>;
  /** Share of its texts the database already knows, by field name. */
  known?: Record<string, number>;
  plainPostcodes?: boolean;
}
export interface ProposedMapping {
  /** field by column position */
  mapping: Record<string, string>;
  /** How much of the file and of the kind found its place, from 0 to about 1. */
  fit: number;
}

/** Which contents a field type can be read from, and how much that alone says: 1 proves it, 0 merely allows it, −1 speaks against it. */
const AGREES: Record<FieldType, Partial<Record<Content, number>> & { otherwise: number }> = {
  email: { email: 1, empty: 0, otherwise: -1 },
  phone: { phone: 1, integer: 0, empty: 0, otherwise: -1 },
  date: { date: 1, datetime: 0.9, integer: -0.2, number: -0.5, empty: 0, otherwise: -1 },
  datetime: { datetime: 1, date: 0.9, integer: -0.2, number: -0.2, empty: 0, otherwise: -1 },
  money: { money: 1, integer: 0.1, number: 0.2, empty: 0, otherwise: -1 },
  number: { integer: 0.3, number: 0.3, money: -0.3, empty: 0, otherwise: -1 },
  boolean: { boolean: 0.5, integer: 0, empty: 0, otherwise: -0.6 },
  country: { country: 1, text: 0, state: -0.3, empty: 0, organization: -0.5, person: 0, otherwise: -1 },
  text: { email: -0.5, url: -0.3, money: -0.2, date: -0.5, datetime: -0.6, phone: -0.2, boolean: -0.3, postcode: -0.4, otherwise: 0 },
};
const termCache = new WeakMap<FieldSpec, HeaderTerm[]>();
const terms = (field: FieldSpec): HeaderTerm[] => {
  let made = termCache.get(field);
  if (!made) termCache.set(field, (made = termsOf([...field.synonyms, field.name, field.label])));
  return made;
};

const isId = (field: FieldSpec): boolean => /(^|[a-z])(id|Id)$/.test(field.name) && field.type === 'text';
const isWeb = (field: FieldSpec): boolean => /website|url|page|domain/i.test(field.name);
const isOrganization = (field: FieldSpec): boolean => /organi[sz]ation|company/i.test(field.name + field.label);

/** Dates of the person or of the record's keeping, never of what the row tells. */
const ANOTHER_DATE = /birth|geburt|naiss|nacim|nasc|geboor|modif|updat|änder|last change|dob\b/i;

/** Contents that find their field without a word. */
const TELLING = new Set<Content>(['email', 'url', 'phone', 'country', 'postcode', 'given name', 'person']);
/** "Column 3", "Spalte_3", "F3" say no more than nothing. */
const isNameless = ({ header }: SeenColumn): boolean => header === '' || /^(column|col|field|feld|spalte|colonne|colonna|columna|coluna|campo|kolom|champ|unnamed|f|c|x)?[ _:]*\d+$/i.test(header.trim());

function scoreOf(field: FieldSpec, column: SeenColumn, organizationField: FieldSpec | undefined): number {
  const header = headerFit(wordsOf(column.header), terms(field));
  if ((field.type === 'date' || field.type === 'datetime') && ANOTHER_DATE.test(column.header) && header < 1) return 0;
  const agrees = AGREES[field.type];
  let content = agrees[column.content] ?? agrees.otherwise;
  if (field.type === 'text') {
    if (isWeb(field)) content = column.content === 'url' ? 1 : ['email', 'phone', 'integer', 'number', 'boolean', 'date', 'datetime', 'money'].includes(column.content) ? -1 : 0;
    else if (isOrganization(field) && column.content === 'organization') content = 0.4;
    else if (/^(fullName|givenName|familyName)$/.test(field.name) && organizationField && column.organizations >= 0.1) content = -0.6;
    else if (field.name === 'postalCode') content = column.content === 'postcode' ? 1 : column.plainPostcodes ? 0.3 : content;
    else if (field.name === 'givenName' && column.content === 'given name') content = 1;
    else if (field.name === 'fullName' && column.content === 'person' && isNameless(column)) content = 1;
    else if (isId(field)) content = column.content === 'email' || column.content === 'url' ? -0.3 : 0;
  }
  const known = column.known?.[field.name] ?? 0;
  // A column most of whose texts the database knows under this field is that field, whatever it is called.
  if (known >= 0.5) return 1.2 + known + header;
  // No word of the header fits: only what looks like nothing else may still find its field.
  if (header === 0) {
    if (content < 1 || !TELLING.has(column.content)) return 0;
    if (isNameless(column)) return 0.5;
    // Under a name we do not know, names of people may be anybody's: a rep's, an assistant's.
    return ['given name', 'person'].includes(column.content) ? 0 : 0.36;
  }
  // Where the very words stand above a column, a good part of fitting cells is enough: the rest is dirt.
  if (content < 0 && header >= 0.9 && fittingShare(field, column) >= 0.3) content = 0;
  if (content <= -1 && column.filled > 0) return 0;
  if (field.type === 'text' && column.content === 'boolean' && header < 1) return 0;
  return header + content * 0.3;
}

function fittingShare(field: FieldSpec, { shares }: SeenColumn): number {
  if (!shares || field.type === 'text' || field.type === 'boolean' || field.type === 'country') return 0;
  return shares[field.type === 'datetime' ? 'date' : field.type];
}

/** Proposes which column feeds which field: the surest pair first, each column and each field once. */
export function proposeMapping(fields: readonly FieldSpec[], columns: readonly SeenColumn[]): ProposedMapping {
  const organizationField = fields.find(isOrganization);
  const pairs: { field: FieldSpec; column: SeenColumn; score: number }[] = [];
  for (const column of columns) {
    for (const field of fields) {
      let score = scoreOf(field, column, organizationField);
      // "name" over a column of companies is the company.
      if (organizationField === field && column.organizations >= 0.1 && /^(full ?)?name$/.test(wordsOf(column.header))) score = Math.max(score, 1.05);
      if (score >= 0.35) pairs.push({ field, column, score });
    }
  }
  const order = new Map(fields.map((field, index) => [field, index]));
  pairs.sort((a, b) => b.score - a.score || a.column.index - b.column.index || order.get(a.field)! - order.get(b.field)!);
  const mapping: Record<string, string> = {};
  const taken = new Set<string>();
  let sum = 0;
  for (const { field, column, score } of pairs) {
    if (taken.has(field.name) || mapping[column.index] !== undefined) continue;
    // A row's own id tells rows apart; a column named so that hardly does is an id of something else.
    if (field.name === 'externalId' && score < 1.15 && (column.filled === 0 || column.distinct < column.filled * 0.3)) continue;
    mapping[column.index] = field.name;
    taken.add(field.name);
    sum += Math.min(1, score);
  }
  proposeRest(fields, columns, mapping, taken);
  const live = columns.filter((column) => column.content !== 'empty').length || 1;
  const required = fields.filter((field) => field.required);
  const met = required.filter((field) => taken.has(field.name)).length;
  return { mapping, fit: (sum / live) * (required.length ? met / required.length : 1) };
}

const uniqueEnough = (column: SeenColumn): boolean => column.filled > 0 && column.distinct >= column.filled * 0.98;

/** What no header word settled: the row's own id, and the name a row cannot do without. */
function proposeRest(fields: readonly FieldSpec[], columns: readonly SeenColumn[], mapping: Record<string, string>, taken: Set<string>): void {
  const free = columns.filter((column) => mapping[column.index] === undefined && column.filled > 0);
  const externalId = fields.find((field) => field.name === 'externalId');
  if (externalId && !taken.has('externalId')) {
    const ids = free.filter((column) => uniqueEnough(column) && ['code', 'integer', 'text'].includes(column.content) && OWN_ID.test(wordsOf(column.header)));
    // A table begins with its own key, whatever that is called; further in, an "account id" is another table's.
    const own = ids.find((column) => column.index === columns.find(({ filled }) => filled > 0)?.index) ?? ids.find((column) => !ANOTHERS_ID.test(wordsOf(column.header)));
    if (own) {
      mapping[own.index] = 'externalId';
      taken.add('externalId');
    }
  }
  // One column of dates and one date the row itself has: they belong together.
  const dates = columns.filter((column) => column.content === 'date' || column.content === 'datetime');
  const dateField = fields.find((field) => field.type === 'datetime') ?? fields.find((field) => field.type === 'date' && field.required);
  if (dates.length === 1 && mapping[dates[0]!.index] === undefined && dateField && !taken.has(dateField.name) && !ANOTHER_DATE.test(dates[0]!.header) && !/expir|due|until/i.test(dates[0]!.header)) {
    mapping[dates[0]!.index] = dateField.name;
    taken.add(dateField.name);
  }
  const naming = fields.find((field) => field.type === 'text' && field.required && !taken.has(field.name)) ?? (nameless(fields, taken) ? fields.find(isOrganization) : undefined);
  if (naming && !taken.has(naming.name)) {
    const named = free.find((column) => mapping[column.index] === undefined && ['organization', 'person', 'text'].includes(column.content) && (column.organizations >= 0.1 || column.header === '' || naming.required) && column.distinct > column.filled * 0.8);
    if (named) {
      mapping[named.index] = naming.name;
      taken.add(naming.name);
    }
  }
  proposeNeighbours(fields, columns, mapping, taken);
  // Without header words, a column of state codes, and the one of places before it.
  for (const [index, column] of columns.entries()) {
    if (column.header !== '' || column.content !== 'state' || taken.has('state') || !fields.some((field) => field.name === 'state')) continue;
    if (mapping[column.index] === undefined) mapping[column.index] = 'state';
    const before = columns[index - 1];
    if (before && before.header === '' && mapping[before.index] === undefined && ['text', 'person'].includes(before.content) && fields.some((field) => field.name === 'city') && !taken.has('city')) mapping[before.index] = 'city';
  }
}
/** What only its neighbour tells: numbers beside places are postal codes, single names beside given names are family names. */
function proposeNeighbours(fields: readonly FieldSpec[], columns: readonly SeenColumn[], mapping: Record<string, string>, taken: Set<string>): void {
  const free = (column: SeenColumn | undefined, field: string): column is SeenColumn =>
    column !== undefined && isNameless(column) && mapping[column.index] === undefined && !taken.has(field) && fields.some(({ name }) => name === field);
  const put = (column: SeenColumn, field: string): void => {
    mapping[column.index] = field;
    taken.add(field);
  };
  for (const [at, column] of columns.entries()) {
    const beside = [columns[at + 1], columns[at - 1]];
    if (column.content === 'given name' && mapping[column.index] === 'givenName' && isNameless(column)) {
      const family = beside.find((one) => free(one, 'familyName') && one.content === 'text' && one.distinct > one.filled * 0.5 && one.organizations < 0.1);
      if (family) put(family, 'familyName');
    }
    if (column.plainPostcodes && free(column, 'postalCode')) {
      const place = beside.find((one) => one && (mapping[one.index] === 'city' || (isNameless(one) && ['text', 'person', 'state'].includes(one.content))));
      if (!place) continue;
      put(column, 'postalCode');
      if (place.content !== 'state' && free(place, 'city')) put(place, 'city');
    }
  }
}
const OWN_ID = /(^| )(id|key|code|ref|reference|number|num|nr|no|uuid|guid|uid|hash|token|identifier|kennung|schlussel|numero|kenmerk)$|\p{L}{2,}id$/u;
const ANOTHERS_ID = /owner|user|agent|(^| )(rep|sdr|sr)( |$)|account|campaign|program|compan|organi|order|product|page|postal|zip|phone|year|parent|tax|vat/;
const nameless = (fields: readonly FieldSpec[], taken: ReadonlySet<string>): boolean =>
  fields.some(isOrganization) && !['fullName', 'familyName', 'organization', 'email', 'name'].some((name) => taken.has(name));

/** Whether a word names any field of any kind: used to tell a header row from data. */
export function knowsWord(fields: readonly FieldSpec[]): (words: string) => boolean {
  const all = new Set(fields.flatMap((field) => terms(field).map((term) => term.joined)));
  const tails = new Set(fields.flatMap((field) => terms(field).map((term) => term.words)));
  return (words) => all.has(words.replaceAll(' ', '')) || (words.includes(' ') && tails.has(words.slice(words.lastIndexOf(' ') + 1)));
}
