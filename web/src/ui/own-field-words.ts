import type { Item } from '../api/contract.ts';

type Field = Item<'GET /v1/fields'>;

/** What an own field may hold. */
export const fieldTypes: { value: Field['type']; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'date', label: 'Date' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'choice', label: 'One of a list' },
  { value: 'money', label: 'Money' },
];
/** Whose own field it is. */
export const ofWhom: Record<Field['subject'], string> = { person: 'people', organization: 'companies', inquiry: 'inquiries' };
