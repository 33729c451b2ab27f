/** What kinds of field a condition may ask about, and which questions each kind understands. */
import { fieldsOf, listOf, type Condition, type Criteria, type Operator } from './criteria.rules.ts';

/**
 * text: compared without regard to case and the space around it. choice: one of a few words kept in one spelling. country: two letters.
 * id: of something with a name (a program, a source). number; money: minor units. instant: a moment; day: 'YYYY-MM-DD'.
 */
export type FieldType = 'text' | 'choice' | 'country' | 'id' | 'number' | 'money' | 'boolean' | 'instant' | 'day';

export interface Field {
  field: string;
  label: string;
  type: FieldType;
  /** the heading it stands under where fields are chosen */
  group: string;
  /** a person may have several: a condition holds where it holds for one of them */
  many?: true;
  choices?: { value: string; label: string }[];
  /** of which list of the house the ids are */
  of?: 'program' | 'source';
}

const known: Operator[] = ['isSet', 'isEmpty'];
const same: Operator[] = ['equals', 'notEquals', 'in', 'notIn'];
const ordered: Operator[] = ['atLeast', 'atMost', 'between'];
const days: Operator[] = ['withinDays', 'olderThanDays'];
const words: Operator[] = ['contains', 'notContains', 'startsWith', 'endsWith', 'matchesAny'];

export const operatorsOf: Record<FieldType, readonly Operator[]> = {
  text: [...same, ...words, ...known],
  choice: [...same, ...known],
  country: [...same, ...known],
  id: [...same, ...known],
  number: [...same, ...ordered, ...known],
  money: [...same, ...ordered, ...known],
  boolean: ['isTrue', 'isFalse', ...known],
  instant: [...days, ...ordered, ...known],
  day: [...days, ...same, ...ordered, ...known],
};

const conditionsMax = 200;
const depthMax = 12;

/** Why these conditions cannot be asked of these fields, in sentences; none where they can. */
export function problemsOf(criteria: Criteria, fields: ReadonlyMap<string, Pick<Field, 'label' | 'type'>>): string[] {
  const problems: string[] = [];
  let count = 0;
  const walk = (one: Criteria, depth: number): void => {
    if (depth > depthMax) problems.push(`Groups may stand ${depthMax} deep at most.`);
    else if ('all' in one) one.all.forEach((part) => walk(part, depth + 1));
    else if ('any' in one) one.any.forEach((part) => walk(part, depth + 1));
    else if ('not' in one) walk(one.not, depth + 1);
    else {
      count++;
      check(one);
    }
  };
  const check = ({ field, op, value }: Condition): void => {
    const about = fields.get(field);
    if (!about) problems.push(`There is no field “${field}”. It may have been taken away since.`);
    else if (!operatorsOf[about.type].includes(op)) problems.push(`“${about.label}” cannot be asked “${op}”.`);
    else if (op === 'between' && listOf(value).length !== 2) problems.push(`“${about.label}” between needs two values.`);
  };
  walk(criteria, 0);
  if (count > conditionsMax) problems.push(`There are ${count} conditions; ${conditionsMax} is the most.`);
  return [...new Set(problems)];
}

/** Whether time alone can change the answer. */
export function asksForDays(criteria: Criteria): boolean {
  if ('all' in criteria) return criteria.all.some(asksForDays);
  if ('any' in criteria) return criteria.any.some(asksForDays);
  if ('not' in criteria) return asksForDays(criteria.not);
  return days.includes(criteria.op);
}

/** Whether any of these fields is asked for. */
export const asksFor = (criteria: Criteria, which: (field: string) => boolean): boolean => [...fieldsOf(criteria)].some(which);
