import type { Item } from '../api/contract.ts';
import { may, useSession } from '../api/session.ts';
import { customSaid, useCustomFields, type CustomField } from './custom-fields.tsx';
import { useFormat } from './format.ts';

type Custom = Item<'GET /v1/leads'>['custom'];
export interface OwnColumn {
  /** 'person.plant' */
  value: string;
  label: string;
  type: CustomField['type'];
  choices?: { value: string; label: string }[];
  said(custom: Custom): string;
}

/** Own fields a lead can be shown and found by: of the person, of the company, and of its first inquiry. */
export function useOwnColumns(): OwnColumn[] {
  const isInside = may(useSession(), ['marketing', 'sales_manager', 'rep', 'management', 'finance']);
  const format = useFormat();
  const fields = [...useCustomFields('person', isInside), ...useCustomFields('organization', isInside), ...useCustomFields('inquiry', isInside)];
  const twice = (label: string) => fields.filter((one) => one.label === label).length > 1;
  return fields.map((field) => ({
    value: `${field.subject}.${field.key}`,
    type: field.type,
    label: twice(field.label) ? `${field.label} (${ofWhat[field.subject]})` : field.label,
    ...(field.type === 'choice'
      ? { choices: field.choices.map((value) => ({ value, label: value })) }
      : field.type === 'boolean'
        ? { choices: [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }] }
        : {}),
    said: (custom) => customSaid(field, custom?.[field.subject][field.key], format),
  }));
}
const ofWhat: Record<CustomField['subject'], string> = { person: 'person', organization: 'company', inquiry: 'inquiry' };
