/**
 * The one way from conditions to SQL. What it writes is true of exactly those rows of which `evaluate` (values/criteria.rules.ts) says so, given
 * what the rows' fields read as: a property test over random conditions and rows holds the two together.
 *
 * "Not" is pushed down to the single conditions, so that nulls need no care above them: within "and" and "or", unknown is as good as false. A
 * condition that stands by itself stays bare (`p.country = $1`), since under row-level security only bare comparisons reach an index.
 */
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { daysBefore, listOf, plainText, type Condition, type Criteria, type CriteriaValue } from '../values/criteria.rules.ts';
import { operatorsOf, type FieldType } from '../values/criteria-fields.rules.ts';
import { isUuid } from '../values/uuid.rules.ts';

/** Where a field's value is in SQL. */
export interface Column {
  type: FieldType;
  sql: Sql;
  /** the join it is read from, by its name in the catalogue */
  join?: string;
  /** where the join finds nothing, the number is 0 */
  zero?: boolean;
  /** a choice is kept in this case, without space around it and never blank; otherwise it is compared as text */
  kept?: 'lower' | 'upper';
  /** a day that is kept as text ('YYYY-MM-DD') */
  asText?: boolean;
  /** values in rows of their own: `sql` is the value in a row of this source */
  rows?: string;
}

export interface Catalogue {
  /** the subject's id, e.g. sql`p.id` */
  id: Sql;
  columns: ReadonlyMap<string, Column>;
  /** `left join …` by name, each leaving every subject once; a join may stand on one before it */
  joins: ReadonlyMap<string, { sql: Sql; after?: string }>;
  /** `from … where …` of rows that belong to subjects, and the expression of the subject's id in them */
  rows: ReadonlyMap<string, { from: Sql; id: Sql }>;
}

export interface Compiled {
  joins: Sql;
  where: Sql;
}

const never = sql`false`;
/** what trim() takes away in JavaScript, which is more than btrim does by itself */
const space = sql`E'\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff'`;
const msMax = 8.64e15;

/** What must be joined: the catalogue's joins once each, those they stand on first, then a join of its own for whatever lies in rows. */
class Joins {
  readonly #named = new Map<string, Sql>();
  readonly #own: Sql[] = [];
  readonly #catalogue: Catalogue;
  constructor(catalogue: Catalogue) {
    this.#catalogue = catalogue;
  }

  need(name: string | undefined): void {
    if (name === undefined || this.#named.has(name)) return;
    const found = this.#catalogue.joins.get(name);
    if (!found) throw new Error(`The catalogue has no join ${name}.`);
    this.need(found.after);
    this.#named.set(name, found.sql);
  }

  /** Groups a field's rows by subject, those that say something; returns the name the group is joined by. */
  group(rows: string, picked: Sql, said: Sql): Sql {
    const source = this.#catalogue.rows.get(rows);
    if (!source) throw new Error(`The catalogue has no rows ${rows}.`);
    const alias = raw(`c${this.#own.length}`);
    this.#own.push(
      sql` left join (select ${source.id} as id${picked} ${source.from} and ${said} group by 1) ${alias} on ${alias}.id = ${this.#catalogue.id}`,
    );
    return alias;
  }

  get sql(): Sql {
    return this.#named.size + this.#own.length === 0 ? empty : join([...this.#named.values(), ...this.#own], ' ', ' ');
  }
}

function columnOf(catalogue: Catalogue, field: string): Column {
  const column = catalogue.columns.get(field);
  if (!column) throw new Error(`The catalogue has no field ${field}.`);
  return column;
}

export function compileCriteria(criteria: Criteria, catalogue: Catalogue, now: Date): Compiled {
  const joins = new Joins(catalogue);
  const walk = (one: Criteria, yes: boolean): Sql => {
    if ('not' in one) return walk(one.not, !yes);
    if ('all' in one) return gather(one.all, yes, yes);
    if ('any' in one) return gather(one.any, !yes, yes);
    return leaf(one, yes);
  };
  const gather = (parts: readonly Criteria[], conjoined: boolean, yes: boolean): Sql => {
    if (parts.length === 0) return conjoined ? sql`true` : never;
    return sql`(${join(
      parts.map((part) => walk(part, yes)),
      conjoined ? ' and ' : ' or ',
    )})`;
  };
  const leaf = (condition: Condition, yes: boolean): Sql => {
    const column = columnOf(catalogue, condition.field);
    if (!operatorsOf[column.type].includes(condition.op)) throw new Error(`${condition.field} cannot be asked ${condition.op}.`);
    const { positive, holds } = asPositive(condition);
    const wanted = yes === holds;
    if (column.rows === undefined) {
      joins.need(column.join);
      const said = saying(positive, column, now);
      return wanted ? said : sql`(${said}) is not true`;
    }
    // A join per condition rather than a subquery: it becomes a semi- or anti-join where it stands alone, and one hash where it does not.
    const alias = joins.group(column.rows, empty, saying(positive, { ...column, zero: false }, now));
    return wanted ? sql`${alias}.id is not null` : sql`${alias}.id is null`;
  };

  const where = walk(criteria, true);
  return { joins: joins.sql, where };
}

/** Conditions that hold where another does not, as that other. */
function asPositive(condition: Condition): { positive: Condition; holds: boolean } {
  switch (condition.op) {
    case 'notEquals':
      return { positive: { ...condition, op: 'equals' }, holds: false };
    case 'notIn':
      return { positive: { ...condition, op: 'in' }, holds: false };
    case 'notContains':
      return { positive: { ...condition, op: 'contains' }, holds: false };
    case 'isEmpty':
      return { positive: { ...condition, op: 'isSet' }, holds: false };
    case 'isFalse':
      return { positive: { ...condition, op: 'isTrue' }, holds: false };
    default:
      return { positive: condition, holds: true };
  }
}

/** True exactly where the condition holds; false or null elsewhere. */
function saying(condition: Condition, column: Column, now: Date): Sql {
  switch (column.type) {
    case 'boolean':
      return condition.op === 'isTrue' ? column.sql : sql`${column.sql} is not null`;
    case 'number':
    case 'money':
      return numberSaying(condition, column);
    case 'instant':
      return instantSaying(condition, column.sql, now);
    case 'day':
      return daySaying(condition, column, now);
    case 'id':
      return condition.op === 'isSet' ? sql`${column.sql} is not null` : oneOf(column.sql, texts(condition).filter(isUuid), 'uuid');
    case 'choice':
    case 'country':
      if (column.kept === undefined) return textSaying(condition, column.sql);
      if (condition.op === 'isSet') return sql`${column.sql} is not null`;
      return oneOf(column.sql, column.kept === 'upper' ? texts(condition).flatMap(inCapitals) : texts(condition), 'text');
    case 'text':
      return textSaying(condition, column.sql);
  }
}

/** what is wanted of a text; a list is no single text */
const texts = ({ op, value }: Condition): string[] =>
  (op === 'equals' ? [plainText(value)] : listOf(value).map(plainText)).filter((one) => !one.includes('\0'));

const inCapitals = (text: string): string[] => (text.toUpperCase().toLowerCase() === text ? [text.toUpperCase()] : []);

function oneOf(column: Sql, values: readonly string[], type: 'uuid' | 'text'): Sql {
  const wanted = values.filter((one) => one !== '');
  const [only] = wanted;
  if (only === undefined) return never;
  if (wanted.length === 1) return type === 'uuid' ? sql`${column} = ${only}::uuid` : sql`${column} = ${only}`;
  return type === 'uuid' ? sql`${column} = any(${wanted}::uuid[])` : sql`${column} = any(${wanted})`;
}

function textSaying(condition: Condition, column: Sql): Sql {
  if (condition.op === 'isSet') return sql`btrim(${column}, ${space}) <> ''`;
  const text = sql`lower(btrim(${column}, ${space}) collate "und-x-icu")`;
  const wanted = texts(condition);
  const some = (parts: Sql[]): Sql => (parts.length === 0 ? never : sql`(${join(parts, ' or ')})`);
  // Whatever is only space is not known, and nothing is true of it, not even that it begins with nothing.
  const set = wanted.includes('') ? sql`btrim(${column}, ${space}) <> '' and ` : empty;
  switch (condition.op) {
    case 'equals':
    case 'in': {
      const said = wanted.filter((one) => one !== '');
      return said.length === 0 ? never : said.length === 1 ? sql`${text} = ${said[0]}` : sql`${text} = any(${said})`;
    }
    case 'contains':
      return sql`${set}${some(wanted.map((one) => sql`strpos(${text}, ${one}) > 0`))}`;
    case 'startsWith':
      return sql`${set}${some(wanted.map((one) => sql`starts_with(${text}, ${one})`))}`;
    case 'endsWith':
      return sql`${set}${some(wanted.map((one) => (one === '' ? sql`true` : sql`right(${text}, length(${one})) = ${one}`)))}`;
    case 'matchesAny': {
      const said = wanted.filter((one) => one !== '');
      return said.length === 0 ? never : sql`regexp_split_to_array(${text}, '[^[:alnum:]]+') && ${said}::text[]`;
    }
    default:
      return never;
  }
}

/** A whole number keeps the type of an indexed column; any other compares as the machine does. */
const numeral = (value: number): Sql => (Number.isSafeInteger(value) ? sql`${value}::bigint` : sql`${value}::float8`);

function numberSaying({ op, value }: Condition, column: Column): Sql {
  const filled = column.zero === true;
  const or0 = filled ? sql`case when ${column.sql} is null then 0 else ${column.sql} end` : column.sql;
  /** beside a number that 0 does not meet, what the join did not find is out anyhow: bare, the join is turned into a narrower one */
  const bareUnless = (zeroMeets: boolean): Sql => (zeroMeets ? or0 : column.sql);
  const ordered = (wanted: CriteriaValue | undefined): number => (wanted === undefined || wanted === null ? Number.NaN : Number(wanted));
  const equal = (wanted: Condition['value']): number => (wanted === null || wanted === undefined || wanted === '' ? Number.NaN : Number(wanted));
  switch (op) {
    case 'isSet':
      return filled ? sql`true` : sql`${column.sql} is not null`;
    case 'equals':
    case 'in': {
      const wanted = (op === 'equals' ? [equal(value)] : listOf(value).map(equal)).filter((one) => !Number.isNaN(one));
      if (wanted.length === 0) return never;
      const side = bareUnless(wanted.includes(0));
      if (wanted.length === 1) return sql`${side} = ${numeral(wanted[0]!)}`;
      return wanted.every(Number.isSafeInteger) ? sql`${side} = any(${wanted}::bigint[])` : sql`${side} = any(${wanted}::float8[])`;
    }
    case 'atLeast': {
      const from = ordered(listOf(value)[0]);
      return Number.isNaN(from) ? never : sql`${bareUnless(from <= 0)} >= ${numeral(from)}`;
    }
    case 'atMost': {
      const to = ordered(listOf(value)[0]);
      return Number.isNaN(to) ? never : sql`${bareUnless(to >= 0)} <= ${numeral(to)}`;
    }
    case 'between': {
      const [from, to] = [ordered(listOf(value)[0]), ordered(listOf(value)[1])];
      if (Number.isNaN(from) || Number.isNaN(to)) return never;
      const side = bareUnless(from <= 0 && to >= 0);
      return sql`(${side} >= ${numeral(from)} and ${side} <= ${numeral(to)})`;
    }
    default:
      return never;
  }
}

/** The database counts microseconds, `evaluate` milliseconds cut off: what is at most 12:00:00.000 is before 12:00:00.001. */
function instantSaying({ op, value }: Condition, column: Sql, now: Date): Sql {
  const at = (wanted: CriteriaValue | undefined): number => (wanted === undefined || wanted === null ? Number.NaN : new Date(String(wanted)).getTime());
  const from = (ms: number): Sql =>
    Number.isNaN(ms) || ms > msMax ? never : ms < -msMax ? sql`${column} is not null` : sql`${column} >= ${new Date(ms)}::timestamptz`;
  const before = (ms: number): Sql =>
    Number.isNaN(ms) || ms < -msMax ? never : ms > msMax ? sql`${column} is not null` : sql`${column} < ${new Date(ms)}::timestamptz`;
  const [first, second] = listOf(value);
  switch (op) {
    case 'isSet':
      return sql`${column} is not null`;
    case 'atLeast':
      return from(at(first));
    case 'atMost':
      return before(at(first) + 1);
    case 'between':
      return sql`(${from(at(first))} and ${before(at(second) + 1)})`;
    case 'withinDays':
      return from(Math.ceil(daysBefore(now, value)));
    case 'olderThanDays':
      return before(Math.ceil(daysBefore(now, value)));
    default:
      return never;
  }
}

const dayPattern = /^\d{4}-\d{2}-\d{2}$/;
const [firstDay, lastDay] = [Date.parse('0001-01-01'), Date.parse('9999-12-31')];
const isDay = (text: string): boolean =>
  dayPattern.test(text) && Date.parse(text) >= firstDay && new Date(text).toISOString().startsWith(text);

function daySaying({ op, value }: Condition, column: Column, now: Date): Sql {
  const text = column.asText === true ? column.sql : sql`to_char(${column.sql}, 'YYYY-MM-DD')`;
  const against = (sign: '>=' | '<=' | '<', wanted: CriteriaValue | undefined): Sql => {
    if (typeof wanted !== 'string' || wanted.includes('\0')) return never;
    if (column.asText !== true && isDay(wanted)) return sql`${column.sql} ${raw(sign)} ${wanted}::date`;
    return sql`${text} collate "C" ${raw(sign)} ${wanted}`;
  };
  /** the first day whose midnight (UTC, as `evaluate` reads a day) is not before that instant */
  const edge = (within: boolean): Sql => {
    const ms = Math.ceil(daysBefore(now, value) / 86_400_000) * 86_400_000;
    if (Number.isNaN(ms)) return never;
    // Days are kept in four figures of year: beyond them every day is on one side.
    if (ms < firstDay) return within ? sql`${column.sql} is not null` : never;
    if (ms > lastDay) return within ? never : sql`${column.sql} is not null`;
    return against(within ? '>=' : '<', new Date(ms).toISOString().slice(0, 10));
  };
  switch (op) {
    case 'isSet':
      return sql`${column.sql} is not null`;
    case 'equals':
    case 'in': {
      const wanted = texts({ field: '', op, ...(value === undefined ? {} : { value }) }).filter(isDay);
      if (wanted.length === 0) return never;
      return column.asText === true ? sql`${column.sql} = any(${wanted})` : sql`${column.sql} = any(${wanted}::date[])`;
    }
    case 'atLeast':
      return against('>=', listOf(value)[0]);
    case 'atMost':
      return against('<=', listOf(value)[0]);
    case 'between':
      return sql`(${against('>=', listOf(value)[0])} and ${against('<=', listOf(value)[1])})`;
    case 'withinDays':
      return edge(true);
    case 'olderThanDays':
      return edge(false);
    default:
      return never;
  }
}

/** What the fields read as, for `evaluate`: one row per subject, each field under a name of its own (`f0`, `f1` …), several values as an array. */
export function valuesOf(fields: readonly string[], catalogue: Catalogue): { columns: Sql; joins: Sql } {
  const joins = new Joins(catalogue);
  const columns = fields.map((field, n) => {
    const column = columnOf(catalogue, field);
    const name = raw(`f${n}`);
    if (column.rows !== undefined) {
      const values = joins.group(column.rows, sql`, array_agg(distinct ${column.sql}) as v`, saying({ field, op: 'isSet' }, column, new Date(0)));
      return sql`${values}.v as ${name}`;
    }
    joins.need(column.join);
    return column.zero === true ? sql`case when ${column.sql} is null then 0 else ${column.sql} end as ${name}` : sql`${column.sql} as ${name}`;
  });
  return { columns: join(columns, ', '), joins: joins.sql };
}
