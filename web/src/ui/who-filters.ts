import { useApi } from '../api/hooks.ts';
import type { Answer } from '../api/contract.ts';
import { may, useSession } from '../api/session.ts';
import type { Filters } from '../shell/address.ts';
import { useOwnColumns, type OwnColumn } from './own-columns.ts';
import type { FilterSpec } from './FilterBar.tsx';
import { andWhere, type Criteria } from './where.ts';

type Field = Answer<'GET /v1/segments/fields'>['items'][number];
type About = 'person' | 'organization' | 'lead';

/** Who is behind what a list or report shows: rank, function and sector as they were read, and an own field. */
export interface WhoFilters {
  /** for the filter bar, folded away until wanted; none for those who may not ask */
  specs: FilterSpec[];
  /** The filters as the API takes them: those that only the screen knows become conditions in `where`. */
  asked(filters: Filters): Filters;
  /** the own field chosen: lists show it */
  shown: OwnColumn | undefined;
}

/** Of leads (inquiries and sales are asked the same), people or organizations. In the address: `rank`, `does`, `sector`, `show` and what it is to be, `ownIs`. */
export function useWhoFilters(about: About, filters: Filters): WhoFilters {
  const isInside = may(useSession(), ['marketing', 'sales_manager', 'rep', 'management', 'finance']);
  const { currency } = useSession().workspace;
  const fields = useApi('GET /v1/segments/fields', { query: { subject: about } }, { staleTime: 300_000, enabled: isInside }).data?.items ?? [];
  const own = useOwnColumns().filter(({ value }) => ownOf[about].some((subject) => value.startsWith(`${subject}.`)));
  const shown = own.find(({ value }) => value === filters['show']);
  const specs: FilterSpec[] = [
    ...reads.flatMap(({ name, label, all }) => {
      const choices = fields.find((one) => one.field === readField(about, name))?.choices;
      return choices ? [{ kind: 'choice' as const, name, label, all, options: withUnknown(choices), several: true }] : [];
    }),
    ...(own.length > 0 ? [{ kind: 'choice' as const, name: 'show', label: 'Own field', all: 'No own field', options: own }] : []),
    ...(shown
      ? shown.choices
        ? [{ kind: 'choice' as const, name: 'ownIs', label: shown.label, all: `Any ${shown.label}`, options: [...shown.choices, { value: 'none', label: 'Not known' }] }]
        : [{ kind: 'text' as const, name: 'ownIs', label: shown.label }]
      : []),
  ];
  return {
    specs: specs.length > 0 ? [{ kind: 'more', label: 'Who', specs }] : [],
    shown,
    asked({ rank, does, sector, show, ownIs, where, ...rest }) {
      const picked: Record<string, string | undefined> = { rank, does, sector };
      const conditions = reads.flatMap(({ name }): Criteria[] => (picked[name] ? [oneOf(readField(about, name), picked[name].split(','))] : []));
      if (show && ownIs) conditions.push(shown ? ownCondition(ownField(about, show), shown.type, ownIs, currency) : { any: [] });
      const all = andWhere(where, conditions);
      return { ...rest, ...(all ? { where: all } : {}) };
    },
  };
}

const ownOf: Record<About, string[]> = { lead: ['person', 'organization', 'inquiry'], person: ['person', 'organization'], organization: ['organization'] };
const reads = [
  { name: 'rank', label: 'Rank', all: 'Any rank' },
  { name: 'does', label: 'What they do', all: 'Any function' },
  { name: 'sector', label: 'Sector', all: 'Any sector' },
] as const;
const readField = (about: About, name: (typeof reads)[number]['name']): string =>
  name === 'rank' ? 'position.level' : name === 'does' ? 'position.function' : about === 'organization' ? 'sector' : 'organization.sector';

/** Somebody whose position was not understood, and somebody of whom none is known, are both not known. */
const withUnknown = (choices: NonNullable<Field['choices']>) => [...choices.filter(({ value }) => value !== 'unknown'), { value: 'unknown', label: 'Not known' }];
function oneOf(field: string, values: string[]): Criteria {
  const is: Criteria = { field, op: 'in', value: values };
  return values.includes('unknown') ? { any: [is, { field, op: 'isEmpty' }] } : is;
}

/** 'person.plant' as conditions name it: what belongs to the subject itself has no prefix. */
function ownField(about: About, show: string): string {
  const [subject, key] = [show.slice(0, show.indexOf('.')), show.slice(show.indexOf('.') + 1)];
  return subject === 'person' || subject === about ? `custom.${key}` : `${subject}.custom.${key}`;
}

function ownCondition(field: string, type: OwnColumn['type'], is: string, currency: string): Criteria {
  if (is === 'none') return { field, op: 'isEmpty' };
  if (type === 'boolean') return { field, op: is === 'true' ? 'isTrue' : 'isFalse' };
  if (type === 'choice') return { field, op: 'in', value: is.split(',') };
  if (type === 'text') return { field, op: 'contains', value: is };
  if (type === 'date') return { field, op: 'equals', value: is };
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  const number = Number(is.replaceAll(',', ''));
  return { field, op: 'equals', value: type === 'money' ? Math.round(number * 10 ** digits) : number };
}
