import { NumberInput, Select, TextInput } from '@mantine/core';
import { useApi } from '../api/hooks.ts';
import type { Item } from '../api/contract.ts';
import { useFormat, type Format } from './format.ts';
import { MoneyInput } from './MoneyInput.tsx';

export type CustomField = Item<'GET /v1/fields'>;
export type CustomValues = Record<string, string | number | boolean | null>;

const none: CustomField[] = [];

export function useCustomFields(subject: CustomField['subject'], enabled = true): CustomField[] {
  return useApi('GET /v1/fields', { query: { subject } }, { staleTime: 60_000, enabled }).data?.items ?? none;
}

/** A value in the writing of its field; '' where it is not known. */
export function customSaid(field: CustomField, value: unknown, format: Format): string {
  if (value === undefined || value === null) return '';
  if (field.type === 'boolean') return value === true ? 'yes' : 'no';
  if (field.type === 'money' && typeof value === 'number') return format.money(value);
  if (field.type === 'number' && typeof value === 'number') return format.number(value);
  if (field.type === 'date' && typeof value === 'string') return format.date(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Declared fields by their names and in their writing, then whatever else once arrived under a key nobody declared. */
export function useCustomFacts(subject: CustomField['subject'], custom: Record<string, unknown>): [string, string][] {
  const fields = useCustomFields(subject);
  const format = useFormat();
  const known = new Set(fields.map(({ key }) => key));
  return [
    ...fields.map((field): [string, string] => [field.label, customSaid(field, custom[field.key], format)]),
    ...Object.entries(custom)
      .filter(([key]) => !known.has(key))
      .map(([key, value]): [string, string] => [key, typeof value === 'string' ? value : JSON.stringify(value)]),
  ];
}

/** What of these differs from what is kept: the patch to send, nothing where nothing does. */
export function customPatch(fields: readonly CustomField[], was: Record<string, unknown>, now: CustomValues): { custom?: CustomValues } {
  const changed = fields.filter(({ key }) => key in now && (now[key] ?? null) !== (was[key] ?? null));
  return changed.length === 0 ? {} : { custom: Object.fromEntries(changed.map(({ key }) => [key, now[key] === '' ? null : (now[key] ?? null)])) };
}

/** One input per declared field, for a form of two columns. */
export function CustomInputs({
  fields,
  values,
  onChange,
}: {
  fields: readonly CustomField[];
  values: CustomValues;
  onChange: (patch: CustomValues) => void;
}) {
  return fields.map(({ id, key, label, type, choices }) => {
    const value = values[key] ?? null;
    const set = (next: CustomValues[string]) => onChange({ [key]: next });
    if (type === 'number')
      return <NumberInput key={id} label={label} hideControls value={value === null ? '' : Number(value)} onChange={(next) => set(next === '' ? null : Number(next))} />;
    if (type === 'money') return <MoneyInput key={id} label={label} minor={value === null ? null : Number(value)} onMinor={set} />;
    if (type === 'boolean')
      return (
        <Select
          key={id}
          label={label}
          clearable
          placeholder="not known"
          data={['yes', 'no']}
          value={value === null ? null : value === true ? 'yes' : 'no'}
          onChange={(next) => set(next === null ? null : next === 'yes')}
        />
      );
    if (type === 'choice')
      return <Select key={id} label={label} clearable searchable placeholder="not known" data={choices} value={value === null ? null : String(value)} onChange={set} />;
    return (
      <TextInput
        key={id}
        label={label}
        type={type === 'date' ? 'date' : 'text'}
        value={value === null ? '' : String(value)}
        onChange={(event) => set(event.currentTarget.value)}
      />
    );
  });
}
