import type { Answer } from '../../api/contract.ts';
import type { CustomField } from '../../ui/custom-fields.tsx';

export type HostedForm = Answer<'GET /v1/programs/:id/form'>['form'];
export type FormField = HostedForm['fields'][number];

/** What a form may ask, in the house's words: an answer to one of these finds its place by itself. */
export const knownFields: (FormField & { why: string })[] = [
  { name: 'fullName', label: 'Name', type: 'text', autocomplete: 'name', why: 'who it is' },
  { name: 'givenName', label: 'First name', type: 'text', autocomplete: 'given-name', why: 'who it is' },
  { name: 'familyName', label: 'Last name', type: 'text', autocomplete: 'family-name', why: 'who it is' },
  { name: 'email', label: 'Work e-mail', type: 'email', autocomplete: 'email', why: 'finds the person again' },
  { name: 'phone', label: 'Phone', type: 'tel', autocomplete: 'tel', why: 'finds the person again' },
  { name: 'organization', label: 'Company', type: 'text', autocomplete: 'organization', why: 'finds the company' },
  { name: 'title', label: 'Your role', type: 'text', autocomplete: 'organization-title', why: 'score' },
  { name: 'country', label: 'Country', type: 'country', autocomplete: 'country', why: 'chooses the territory' },
  { name: 'postalCode', label: 'Postal code', type: 'text', autocomplete: 'postal-code', why: 'chooses the territory' },
  { name: 'city', label: 'City', type: 'text', autocomplete: 'address-level2', why: 'address' },
  { name: 'product', label: 'What are you interested in?', type: 'text', why: 'score and routing' },
  { name: 'vertical', label: 'Your industry', type: 'text', why: 'routing' },
  { name: 'employees', label: 'Employees', type: 'text', why: 'score' },
  { name: 'message', label: 'How can we help?', type: 'textarea', why: 'what they want' },
  { name: 'budget', label: 'Is there a budget?', type: 'select', options: ['Yes', 'Planned', 'Not yet'], why: 'qualifies' },
  {
    name: 'authority',
    label: 'Your part in the decision',
    type: 'select',
    options: ['I decide', 'I recommend', 'I collect information'],
    why: 'qualifies',
  },
  { name: 'need', label: 'What is it for?', type: 'text', why: 'qualifies' },
  {
    name: 'timing',
    label: 'When do you need it?',
    type: 'select',
    options: ['Now', 'Within 3 months', 'Within a year', 'Just looking'],
    why: 'qualifies',
  },
];

/**
 * Questions whose answer may as well come later, from somebody who is paid for it. What leads are handed over by, and how they are answered, is asked: at that
 * moment nobody else was asked yet.
 */
const appended: Record<string, (told: Told) => readonly string[]> = {
  title: ({ person }) => person.filter((field) => field === 'title'),
  city: ({ person, organization }) => [...person, ...organization].filter((field) => field === 'address'),
  vertical: ({ organization }) => organization.filter((field) => field === 'vertical'),
  employees: ({ organization }) => organization.filter((field) => field === 'employees'),
};
type Told = { person: readonly string[]; organization: readonly string[] };

/** Who is asked over HTTP and tells what this question asks; undefined: it must be asked. */
export const appenderOf = (name: string, providers: readonly { name: string; service: { fields: Told } | null }[]): string | undefined =>
  providers.find(({ service }) => service && (appended[name]?.(service.fields).length ?? 0) > 0)?.name;

/** A field the company declared for its inquiries, as a question. */
export const ownField = ({ key, label, type, choices, requiredFrom }: CustomField): FormField & { why: string } => ({
  name: key,
  label,
  type: type === 'choice' ? 'select' : type === 'boolean' ? 'checkbox' : 'text',
  ...(type === 'choice' ? { options: choices } : {}),
  ...(requiredFrom === 'inquiry' ? { required: true } : {}),
  why: 'a field of your own',
});

/** A box for a purpose, under its usual words. */
export const consentField = ({ key, text }: { key: string; text: string }): FormField & { why: string } => ({
  name: `consent_${key}`,
  label: text.slice(0, 200),
  type: 'checkbox',
  consent: { purpose: key, channels: ['mail'] },
  why: 'consent, kept with these words',
});

export const typeNames: Record<FormField['type'], string> = {
  text: 'One line',
  email: 'E-mail',
  tel: 'Phone',
  textarea: 'Several lines',
  select: 'Choice',
  checkbox: 'Tick box',
  country: 'Country',
  hidden: 'Hidden',
};

/** A question of one's own gets a name that is free and that a form can carry. */
export function freeName(label: string, taken: string[]): string {
  const words = label
    .normalize('NFD')
    .replace(/[^\w\s]/g, '')
    .trim()
    .split(/\s+/)
    .slice(0, 4);
  const base =
    words
      .map((word, at) => (at === 0 ? word.toLowerCase() : word.charAt(0).toUpperCase() + word.slice(1).toLowerCase()))
      .join('')
      .replace(/^[^A-Za-z]+/, '')
      .slice(0, 50) || 'question';
  let name = base;
  for (let at = 2; taken.includes(name); at++) name = `${base}${at}`;
  return name;
}
