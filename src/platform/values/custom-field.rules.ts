/** Fields a workspace declares for itself: how a value is read, kept and shown. */
import { readDate, toIsoDate } from './date-text.rules.ts';
import { fold } from './fold.rules.ts';
import { minorDigits, readMoney, readNumber } from './money-text.rules.ts';
import { readYesNo } from './yes-no.rules.ts';
import type { Field, FieldType } from './criteria-fields.rules.ts';

export const customTypes = ['text', 'number', 'date', 'boolean', 'choice', 'money'] as const;
export type CustomType = (typeof customTypes)[number];
export const customSubjects = ['person', 'organization', 'inquiry'] as const;
export type CustomSubject = (typeof customSubjects)[number];
export const customStages = ['inquiry', 'lead', 'sale'] as const;
export type CustomStage = (typeof customStages)[number];

export interface CustomField {
  id: string;
  subject: CustomSubject;
  key: string;
  label: string;
  type: CustomType;
  choices: string[];
  /** known from here on, or it is said to be missing: with the inquiry, once a lead, once sold */
  requiredFrom: CustomStage | null;
  position: number;
  retiredAt: Date | null;
}

/** as conditions know the kinds */
export const criteriaType: Record<CustomType, FieldType> = {
  text: 'text',
  number: 'number',
  date: 'day',
  boolean: 'boolean',
  choice: 'text',
  money: 'money',
};

/** An own field as conditions ask of it, under this name and heading. */
export const askedAs = ({ label, type, choices }: CustomField, field: string, group: string): Field => ({
  field,
  label,
  type: criteriaType[type],
  group,
  ...(type === 'choice' ? { choices: choices.map((value) => ({ value, label: value })) } : {}),
});

/** 'Machine park (m²)' → 'machine_park_m'; '' where nothing is left of the label */
export function keyOfLabel(label: string): string {
  const key = fold(label).replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '').slice(0, 40).replace(/_+$/, '');
  return key === '' || /^[a-z]/.test(key) ? key : `f_${key}`.slice(0, 40);
}

export type CustomValue = string | number | boolean | null;
export type CustomReading = { value: CustomValue; problem?: undefined } | { value?: undefined; problem: string };

const textMax = 2000;

/**
 * What is kept of a value somebody gave, from JSON or as text of a cell. Money as a number is in minor units, as text it is an amount as people
 * write it; a date is kept as 'YYYY-MM-DD'. Nothing (null, blank text) is null: it clears the field.
 */
export function readCustom(field: Pick<CustomField, 'label' | 'type' | 'choices'>, given: unknown, currency: string): CustomReading {
  if (given === null || given === undefined || (typeof given === 'string' && given.trim() === '')) return { value: null };
  const refused = (why: string): CustomReading => ({ problem: `${field.label}: ${why}` });
  if (typeof given === 'object') return refused('a single value is wanted.');
  const text = String(given).trim();
  switch (field.type) {
    case 'text':
      return text.length > textMax ? refused(`${textMax} characters are the most.`) : { value: text };
    case 'number': {
      if (typeof given === 'number') return Number.isFinite(given) ? { value: given } : refused('that is not a number.');
      const read = readNumber(text);
      return read.value === undefined ? refused(read.problem) : { value: read.value };
    }
    case 'money': {
      if (typeof given === 'number') return Number.isSafeInteger(given) ? { value: given } : refused('an amount is a whole number of minor units.');
      const read = readMoney(text, { currency });
      if (read.value === undefined) return refused(read.problem);
      if (read.value.currency !== null && read.value.currency !== currency) return refused(`amounts are kept in ${currency}, and this says ${read.value.currency}.`);
      return { value: read.value.minor };
    }
    case 'boolean': {
      const read = typeof given === 'boolean' ? given : readYesNo(text);
      return read === undefined ? refused(`“${text.slice(0, 60)}” is neither yes nor no.`) : { value: read };
    }
    case 'date': {
      const read = readDate(text);
      return read.value === undefined ? refused(read.problem) : { value: toIsoDate(read.value) };
    }
    case 'choice': {
      const found = field.choices.find((one) => one.trim().toLowerCase() === text.toLowerCase());
      return found === undefined ? refused(`“${text.slice(0, 60)}” is none of ${field.choices.join(', ')}.`) : { value: found };
    }
  }
}

/** as a cell of a file or a sentence says it */
export function customText(field: Pick<CustomField, 'type'>, value: unknown, currency: string): string {
  if (value === null || value === undefined) return '';
  if (field.type === 'boolean') return value === true ? 'yes' : 'no';
  if (field.type === 'money' && typeof value === 'number') return (value / 10 ** minorDigits(currency)).toFixed(minorDigits(currency));
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** The field a column of a file feeds by its header: its name or its key, however written. */
export function fieldOfHeader<F extends Pick<CustomField, 'key' | 'label'>>(fields: readonly F[], header: string): F | undefined {
  const key = keyOfLabel(header);
  return fields.find((one) => one.key === key || (key !== '' && keyOfLabel(one.label) === key));
}

/** Cells of columns without a field of the house's own, as own fields where one is declared: what is read, what cannot be, what is nobody's. */
export function readExtra(
  fields: readonly CustomField[],
  extra: Readonly<Record<string, string>>,
  currency: string,
): { values: Record<string, CustomValue>; problems: string[]; rest: Record<string, string> } {
  const values: Record<string, CustomValue> = {};
  const problems: string[] = [];
  const rest: Record<string, string> = {};
  for (const [header, text] of Object.entries(extra)) {
    const field = fieldOfHeader(fields, header);
    const read = field && readCustom(field, text, currency);
    if (!field || read?.problem !== undefined) rest[header] = text;
    if (read?.problem !== undefined) problems.push(read.problem);
    else if (field && read && read.value !== null) values[field.key] = read.value;
  }
  return { values, problems, rest };
}

/** Fields that are required at a stage: those from it on, and from an earlier one. */
export const requiredAt = <F extends Pick<CustomField, 'requiredFrom'>>(fields: readonly F[], stage: CustomStage): F[] =>
  fields.filter(({ requiredFrom }) => requiredFrom !== null && customStages.indexOf(requiredFrom) <= customStages.indexOf(stage));

/** Which of these fields nobody knows. What there is not (a company, where somebody has none) lacks nothing. */
export const lackingOf = <F extends Pick<CustomField, 'subject' | 'key'>>(fields: readonly F[], known: Partial<Record<CustomSubject, Record<string, unknown> | null>>): F[] =>
  fields.filter(({ subject, key }) => known[subject] !== undefined && (known[subject]?.[key] ?? null) === null);

const ofWhat: Record<CustomSubject, string> = { person: 'the person', organization: 'the company', inquiry: 'the inquiry' };
/** '“Plant” of the company' */
export const fieldOf = ({ subject, label }: Pick<CustomField, 'subject' | 'label'>): string => `“${label}” of ${ofWhat[subject]}`;
