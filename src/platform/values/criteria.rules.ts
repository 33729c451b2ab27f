/**
 * Conditions that people edit and rooms obey: one language for the definition of a lead, scoring rules, routing and filters.
 *
 *   { all: [ { field: 'country', op: 'in', value: ['DE', 'AT'] }, { not: { field: 'name.junk', op: 'isTrue' } } ] }
 *
 * Plain JSON, so it is stored, shown, edited and replayed as it is. A field that is absent satisfies only 'isEmpty', 'notEquals',
 * 'notIn', 'isFalse' and 'notContains': what we do not know never makes a positive condition true.
 */
export type Operator =
  | 'equals'
  | 'notEquals'
  | 'in'
  | 'notIn'
  | 'contains'
  | 'notContains'
  | 'startsWith'
  | 'endsWith'
  | 'matchesAny'
  | 'atLeast'
  | 'atMost'
  | 'between'
  | 'isSet'
  | 'isEmpty'
  | 'isTrue'
  | 'isFalse'
  | 'withinDays'
  | 'olderThanDays';

export type CriteriaValue = string | number | boolean | null;
export interface Condition {
  field: string;
  op: Operator;
  value?: CriteriaValue | CriteriaValue[];
}
export type Criteria = { all: Criteria[] } | { any: Criteria[] } | { not: Criteria } | Condition;

export type Facts = Record<string, unknown>;

/** `now` is only read by the two conditions about days */
export function evaluate(criteria: Criteria, facts: Facts, now?: Date): boolean {
  if ('all' in criteria) return criteria.all.every((one) => evaluate(one, facts, now));
  if ('any' in criteria) return criteria.any.some((one) => evaluate(one, facts, now));
  if ('not' in criteria) return !evaluate(criteria.not, facts, now);
  return holds(criteria, readFact(facts, criteria.field), now);
}

/** the smallest conditions that kept the whole from being true, for saying why */
export function failures(criteria: Criteria, facts: Facts, now?: Date): Criteria[] {
  if (evaluate(criteria, facts, now)) return [];
  if ('all' in criteria) return criteria.all.flatMap((one) => failures(one, facts, now));
  return [criteria];
}

/** what the facts say under a field; one with dots may lie deeper */
export function readFact(facts: Facts, field: string): unknown {
  const direct = facts[field];
  if (direct !== undefined || !field.includes('.')) return direct;
  let at: unknown = facts;
  for (const step of field.split('.')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}

function holds({ op, value }: Condition, actual: unknown, now: Date | undefined): boolean {
  switch (op) {
    case 'isSet':
      return !isEmpty(actual);
    case 'isEmpty':
      return isEmpty(actual);
    case 'isTrue':
      return actual === true;
    case 'isFalse':
      return actual !== true;
    case 'notEquals':
      return !holds({ field: '', op: 'equals', value }, actual, now);
    case 'notIn':
      return !holds({ field: '', op: 'in', value }, actual, now);
    case 'notContains':
      return !holds({ field: '', op: 'contains', value }, actual, now);
  }
  if (isEmpty(actual)) return false;
  if (Array.isArray(actual)) return actual.some((one) => holds({ field: '', op, value }, one, now));
  switch (op) {
    case 'equals':
      return same(actual, value);
    case 'in':
      return listOf(value).some((one) => same(actual, one));
    case 'contains':
      return listOf(value).some((one) => plainText(actual).includes(plainText(one)));
    case 'startsWith':
      return listOf(value).some((one) => plainText(actual).startsWith(plainText(one)));
    case 'endsWith':
      return listOf(value).some((one) => plainText(actual).endsWith(plainText(one)));
    case 'matchesAny': {
      const words = new Set(plainText(actual).split(/[^\p{L}\p{Nd}]+/u));
      return listOf(value).some((one) => plainText(one) !== '' && words.has(plainText(one)));
    }
    case 'atLeast':
      return order(actual, listOf(value)[0]) >= 0;
    case 'atMost':
      return order(actual, listOf(value)[0]) <= 0;
    case 'between':
      return order(actual, listOf(value)[0]) >= 0 && order(actual, listOf(value)[1]) <= 0;
    case 'withinDays':
      return instantOf(actual) >= daysBefore(now, value);
    case 'olderThanDays':
      return instantOf(actual) < daysBefore(now, value);
  }
}

function isEmpty(actual: unknown): boolean {
  return (
    actual === undefined ||
    actual === null ||
    (typeof actual === 'string' && actual.trim() === '') ||
    (Array.isArray(actual) && actual.length === 0)
  );
}

/** what is wanted, as a list; nothing wanted is an empty one */
export function listOf(value: Condition['value']): CriteriaValue[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

/** text as it is compared: without the space around it, in small letters; '' for what is no text */
export function plainText(value: unknown): string {
  return typeof value === 'string'
    ? value.trim().toLowerCase()
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';
}

function same(actual: unknown, wanted: Condition['value']): boolean {
  if (typeof actual === 'number' && wanted !== null && wanted !== '') return actual === Number(wanted);
  return plainText(actual) === plainText(wanted);
}

/** numbers as numbers, instants and days as text that sorts; NaN makes every comparison false */
function order(actual: unknown, wanted: CriteriaValue | undefined): number {
  if (wanted === undefined || wanted === null) return Number.NaN;
  if (actual instanceof Date) return actual.getTime() - new Date(String(wanted)).getTime();
  const a = typeof actual === 'number' ? actual : Number(actual);
  const b = Number(wanted);
  if (!Number.isNaN(a) && !Number.isNaN(b)) return a - b;
  return typeof actual === 'string' && typeof wanted === 'string' ? (actual < wanted ? -1 : actual > wanted ? 1 : 0) : Number.NaN;
}

const instantOf = (actual: unknown): number =>
  actual instanceof Date ? actual.getTime() : typeof actual === 'string' ? Date.parse(actual) : Number.NaN;

/** the instant so many days before now, in milliseconds; NaN makes every comparison false */
export const daysBefore = (now: Date | undefined, days: Condition['value']): number =>
  now === undefined ? Number.NaN : now.getTime() - Number(days) * 86_400_000;

const phrases: Record<Operator, string> = {
  equals: 'is',
  notEquals: 'is not',
  in: 'is one of',
  notIn: 'is none of',
  contains: 'contains',
  notContains: 'does not contain',
  startsWith: 'starts with',
  endsWith: 'ends with',
  matchesAny: 'has the word',
  atLeast: 'is at least',
  atMost: 'is at most',
  between: 'is between',
  isSet: 'is known',
  isEmpty: 'is not known',
  isTrue: '',
  isFalse: 'not',
  withinDays: 'is within the last',
  olderThanDays: 'is more than',
};

/**
 * The condition as a sentence: `country is one of “DE”, “AT” and not junk name`.
 * `labels` names the fields; the label of a yes-or-no field is said as it is.
 */
export function explainCriteria(criteria: Criteria, labels: Record<string, string> = {}): string {
  return explain(criteria, labels, false);
}

function explain(criteria: Criteria, labels: Record<string, string>, inside: boolean): string {
  if ('all' in criteria) return group(criteria.all, 'and', 'always', labels, inside);
  if ('any' in criteria) return group(criteria.any, 'or', 'never', labels, inside);
  if ('not' in criteria) {
    const inner = criteria.not;
    if ('op' in inner && inner.op === 'isTrue') return explain({ ...inner, op: 'isFalse' }, labels, inside);
    return `not (${explain(inner, labels, false)})`;
  }
  const label = labels[criteria.field] ?? criteria.field;
  const values = listOf(criteria.value).map((one) => (one === null ? 'nothing' : typeof one === 'string' ? `“${one}”` : String(one)));
  switch (criteria.op) {
    case 'isSet':
    case 'isEmpty':
      return `${label} ${phrases[criteria.op]}`;
    case 'isTrue':
      return label;
    case 'isFalse':
      return `not ${label}`;
    case 'between':
      return `${label} is between ${values[0] ?? '?'} and ${values[1] ?? '?'}`;
    case 'withinDays':
      return `${label} is within the last ${values[0] ?? '?'} days`;
    case 'olderThanDays':
      return `${label} is more than ${values[0] ?? '?'} days ago`;
    default:
      return `${label} ${phrases[criteria.op]} ${values.join(criteria.op === 'in' || criteria.op === 'notIn' ? ', ' : ' or ')}`;
  }
}

function group(parts: Criteria[], word: 'and' | 'or', none: string, labels: Record<string, string>, inside: boolean): string {
  const [only] = parts;
  if (only === undefined) return none;
  if (parts.length === 1) return explain(only, labels, inside);
  const said = parts.map((part) => explain(part, labels, true)).join(` ${word} `);
  return inside ? `(${said})` : said;
}

/** every field the condition looks at, so that an editor or a loader knows what is needed */
export function fieldsOf(criteria: Criteria): Set<string> {
  const found = new Set<string>();
  const walk = (one: Criteria): void => {
    if ('all' in one) one.all.forEach(walk);
    else if ('any' in one) one.any.forEach(walk);
    else if ('not' in one) walk(one.not);
    else found.add(one.field);
  };
  walk(criteria);
  return found;
}
