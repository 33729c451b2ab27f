import { dateConvention, readDate, toInstant, toIsoDate } from '../platform/values/date-text.rules.ts';
import type { DateConvention, DayOrder } from '../platform/values/date-text.rules.ts';
import { moneyConvention, readMoney, readNumber } from '../platform/values/money-text.rules.ts';
import { undefuseCell } from '../platform/values/table-text.rules.ts';
import { readYesNo } from '../platform/values/yes-no.rules.ts';
import type { FieldSpec, ImportedMoney } from './import-kind.ts';

/** How one column is to be read, decided once for the whole file. */
export interface ColumnPlan {
  index: number;
  /** The name its text is kept under when it feeds no field. */
  key: string;
  field: FieldSpec | null;
  dates: DateConvention | null;
  decimal: '.' | ',' | null;
  sentence: string | null;
  /** What their values mean here, by their value in lower case; '-' for nothing. */
  values: ReadonlyMap<string, string> | null;
}
export interface RowPlan {
  columns: ColumnPlan[];
  required: FieldSpec[];
  timeZone: string;
  currency: string;
  /** what a bare `$` or `kr` means, where the import says so */
  symbol: string | undefined;
  /** where the currency of a row's amounts stands, if it has a column of its own */
  currencyAt: number;
  width: number;
}
export interface CellProblem {
  severity: 'row' | 'cell';
  kind: string;
  field: string | null;
  sentence: string;
}
export interface ReadRow {
  values: Record<string, unknown>;
  extra: Record<string, string>;
  problems: CellProblem[];
}
export interface PlanOptions {
  mapping: Record<string, string>;
  /** by column position: their value → ours */
  values?: Record<string, Record<string, string>> | undefined;
  headers: readonly string[];
  /** Some hundred rows, to decide by. */
  samples: readonly (readonly string[])[];
  timeZone: string;
  currency: string;
  /** The currency chosen for this import, if one was: then a bare `$` or `kr` is that, too. */
  forcedCurrency?: string | undefined;
  dateOrder: DayOrder;
  forcedDateOrder?: DayOrder | undefined;
}

/** The column that our own file of problems carries; it is left out when the file comes back corrected. */
export const PROBLEM_HEADER = 'Problem found by Baton';

const NOTHING = new Set(['', '-', '--', '—', '–', 'n/a', 'na', '#n/a', 'n.a.', 'k.a.', 'null', 'none', 'nan', 'nil', '\\n', '(blank)', '(empty)', '(leer)', 'undefined', 'nat', '?', 'tbd', '0000-00-00', '0000-00-00 00:00:00']);
const NO_TEXT = new Set(['', '-', '--', '—', 'null', 'n/a', '#n/a', 'nan', '\\n', 'undefined', '(blank)', '(empty)', '(leer)']);
const isStrict = (field: FieldSpec): boolean => field.strict ?? (field.required === true || ['date', 'datetime', 'money'].includes(field.type));

/** A column mapped to 'custom.KEY' feeds the own field declared under the key. */
export const OWN = 'custom.';

/** Decides how every column is read, from the mapping and from what its cells look like. */
export function planRows(fields: readonly FieldSpec[], options: PlanOptions): RowPlan {
  const keys = new Map<string, number>();
  const columns = options.headers.map((header, index): ColumnPlan => {
    const name = header.trim().slice(0, 100) || `Column ${index + 1}`;
    if (name === PROBLEM_HEADER) return { index, key: '', field: null, dates: null, decimal: null, sentence: null, values: null };
    const seen = keys.get(name) ?? 0;
    keys.set(name, seen + 1);
    const key = seen ? `${name} (${seen + 1})` : name;
    const wanted = options.mapping[index];
    const field = fields.find((candidate) => candidate.name === wanted) ?? null;
    const said = Object.entries(options.values?.[index] ?? {}).map(([theirs, ours]) => [theirs.trim().toLowerCase(), ours] as const);
    const values = field && said.length > 0 ? new Map(said) : null;
    const plan: ColumnPlan = { index, key, field, dates: null, decimal: null, sentence: null, values };
    if (wanted === '-') return { ...plan, key: '' };
    // An own field is filled by what stands under its name, whatever the column is called.
    if (wanted?.startsWith(OWN)) return { ...plan, key: wanted.slice(OWN.length) };
    if (!field) return plan;
    const cells = options.samples.map((row) => (row[index] ?? '').trim()).filter((cell) => !NOTHING.has(cell.toLowerCase()));
    if (field.type === 'date' || field.type === 'datetime') {
      plan.dates = dateConvention(cells, options.dateOrder);
      if (options.forcedDateOrder) plan.dates = { ...plan.dates, order: options.forcedDateOrder, reason: `Dates were read as ${options.forcedDateOrder === 'dmy' ? 'day-month-year' : 'month-day-year'}, as you asked.` };
      plan.sentence = cells.length ? plan.dates.reason : null;
      if (field.type === 'datetime' && cells.length && cells.every((cell) => !readDate(cell, plan.dates!).value?.hasTime)) plan.sentence += ' They carry no time of day.';
    } else if (field.type === 'money' || field.type === 'number') {
      plan.decimal = moneyConvention(cells);
      if (field.type === 'money' && cells.length) plan.sentence = moneySentence(cells, plan.decimal, options.currency, options.forcedCurrency);
    }
    return plan;
  });
  return { columns, required: fields.filter((field) => field.required), timeZone: options.timeZone, currency: options.currency, symbol: options.forcedCurrency, currencyAt: columns.findIndex(({ field }) => field?.name === 'currency'), width: options.headers.length };
}

function moneySentence(cells: readonly string[], decimal: '.' | ',' | null, currency: string, symbol: string | undefined): string {
  const read = cells.map((cell) => readMoney(cell, { decimal, currency, symbol })).flatMap(({ value }) => (value ? [value] : []));
  const written = new Set(read.flatMap((value) => (value.currency ? [value.currency] : [])));
  const short = cells.some((cell) => /\d\s*(k|m|mio|mrd|bn|b)\b/i.test(cell));
  const parts = [`Amounts were read with “${decimal ?? '.'}” as the decimal mark`];
  if (short) parts.push('K and M as thousands and millions');
  const unwritten = read.some((value) => !value.currency);
  parts.push(written.size ? `in ${[...written].join(', ')} as written${unwritten ? `, else ${currency}` : ''}` : `in ${currency}, since none is written`);
  const foreign = [...written].filter((code) => code !== currency);
  const bare = cells.some((cell) => /(?<![a-z])\$|(?<![a-z])kr\b/i.test(cell));
  const meant = !bare ? '' : symbol ? ` A “$” or “kr” alone was read as ${symbol}, as you asked.` : foreign.length ? ` If a “$” or “kr” alone means ${currency} here, choose that currency for this import.` : '';
  return `${parts.join(', ')}.${foreign.length ? ` The company counts in ${currency}: amounts in ${foreign.join(', ')} are kept as such.` : ''}${meant}`;
}

/** Reads one row by the plan. */
export function readRow(plan: RowPlan, cells: readonly string[]): ReadRow {
  const values: Record<string, unknown> = {};
  const extra: Record<string, string> = {};
  const problems: CellProblem[] = [];
  // An amount without cents is no hundredth of itself: what it is in is known before it is read.
  const beside = plan.currencyAt < 0 ? '' : (cells[plan.currencyAt] ?? '').trim().toUpperCase();
  const currency = /^[A-Z]{3}$/.test(beside) ? beside : plan.currency;
  for (let i = plan.width; i < cells.length; i++) {
    if (cells[i]!.trim() !== '') {
      problems.push({ severity: 'row', kind: 'too-many-cells', field: null, sentence: `The row has ${cells.length} cells, the table has ${plan.width} columns: a delimiter inside a cell without quotation marks?` });
      break;
    }
  }
  for (let i = 0; i < plan.columns.length && i < cells.length; i++) {
    const { field, key, dates, decimal, values: said } = plan.columns[i]!;
    let text = cells[i]!;
    if (text === '') continue;
    text = text.trim();
    if (text.charCodeAt(0) === 39) text = undefuseCell(text);
    if (text.includes('\0')) text = text.replaceAll('\0', '');
    if (!text.isWellFormed()) text = text.toWellFormed();
    if (text === '') continue;
    if (field === null) {
      if (key !== '') extra[key] = text;
      continue;
    }
    if (said !== null) {
      const ours = said.get(text.toLowerCase());
      if (ours === '-') continue;
      if (ours !== undefined) text = ours;
    }
    if (text.length < 20 && (field.type === 'text' || field.type === 'country' ? NO_TEXT : NOTHING).has(text.toLowerCase())) continue;
    const bad = (sentence: string): void => {
      extra[key] = text;
      const strict = isStrict(field);
      problems.push({ severity: strict ? 'row' : 'cell', kind: `${field.name}-unreadable`, field: field.name, sentence: `${field.label}: ${sentence}` });
    };
    switch (field.type) {
      case 'date':
      case 'datetime': {
        const read = readDate(text, dates!);
        if (!read.value) bad(read.problem);
        else values[field.name] = field.type === 'date' ? toIsoDate(read.value) : toInstant(read.value, plan.timeZone);
        break;
      }
      case 'money': {
        const read = readMoney(text, { decimal, currency, symbol: plan.symbol });
        if (!read.value) bad(read.problem);
        else values[field.name] = { minor: read.value.minor, currency: read.value.currency ?? currency } satisfies ImportedMoney;
        break;
      }
      case 'number': {
        const read = readNumber(text, decimal);
        if (!read.value && read.value !== 0) bad(read.problem!);
        else values[field.name] = read.value;
        break;
      }
      case 'boolean': {
        const read = readYesNo(text);
        if (read === undefined) bad(`“${text.slice(0, 40)}” is neither yes nor no.`);
        else values[field.name] = read;
        break;
      }
      default:
        values[field.name] = text;
    }
  }
  for (const field of plan.required) {
    if (values[field.name] === undefined && !problems.some((problem) => problem.field === field.name)) {
      problems.push({ severity: 'row', kind: `${field.name}-missing`, field: field.name, sentence: `${field.label} is missing.` });
    }
  }
  return { values, extra, problems };
}
