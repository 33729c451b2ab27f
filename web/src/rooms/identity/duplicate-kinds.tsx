/** The two kinds of possible duplicates, brought into one shape for one workbench. */
import type { ReactNode } from 'react';
import { api } from '../../api/client.ts';
import type { Answer, Item } from '../../api/contract.ts';
import { usePages } from '../../api/hooks.ts';
import { useCountries } from '../../ui/countries.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { When } from '../../ui/index.tsx';

export type DuplicateKind = 'people' | 'organizations';

interface Cell {
  label: string;
  /** the fields of the evidence that speak of it */
  fields: readonly string[];
  text: string | null | undefined;
}
export interface Side {
  id: string;
  name: string;
  to: string;
  /** the same ones in the same order on both sides */
  cells: Cell[];
  seen: ReactNode;
}
type PersonPair = Item<'GET /v1/duplicates'>;
type OrganizationPair = Item<'GET /v1/duplicates/organizations'>;
export type ShownPair = Omit<PersonPair, 'people'> & { sides: Side[] };

export const duplicateWords = {
  people: {
    question: 'Same person?',
    two: 'two people',
    one: 'one person',
    nothing: 'Everybody who turned up is either surely the same or surely somebody else. Doubtful pairs appear here by themselves.',
    stale: ['/v1/people', '/v1/leads'],
  },
  organizations: {
    question: 'Same organization?',
    two: 'two organizations',
    one: 'one organization',
    nothing: 'Every organization is either surely the same as another or surely one of its own. Doubtful pairs appear here after the nightly check.',
    stale: ['/v1/organizations', '/v1/people', '/v1/leads'],
  },
} as const;

/** Pairs of one kind; only that kind is asked for. */
export function usePairs(kind: DuplicateKind, query: { status: 'open' | 'joined' | 'different'; stake?: string | undefined }, limit = 100) {
  const people = usePages('GET /v1/duplicates', { query }, { limit, enabled: kind === 'people' });
  const organizations = usePages('GET /v1/duplicates/organizations', { query }, { limit, enabled: kind === 'organizations' });
  const show = useSides();
  const rows: ShownPair[] =
    kind === 'people'
      ? people.rows.map(({ people: two, ...pair }) => ({ ...pair, sides: two.map(show.person) }))
      : organizations.rows.map(({ organizations: two, ...pair }) => ({ ...pair, sides: two.map(show.organization) }));
  const pages = kind === 'people' ? people : organizations;
  return { ...pages, rows, open: (pages.first as Answer<'GET /v1/duplicates'> | Answer<'GET /v1/duplicates/organizations'> | undefined)?.open ?? 0 };
}

export function decidePair(kind: DuplicateKind, id: string, body: { decision: 'join' | 'different' | 'undo'; survivorId?: string | undefined }): Promise<unknown> {
  const said = { params: { id }, body };
  return kind === 'people' ? api('POST /v1/duplicates/:id/decide', said) : api('POST /v1/duplicates/organizations/:id/decide', said);
}

function useSides() {
  const countries = useCountries();
  const format = useFormat();
  const address = (one: { street: string | null; postalCode: string | null; city: string | null; country: string | null }): string =>
    [one.street, [one.postalCode, one.city].filter(Boolean).join(' '), one.country && countries.name(one.country)].filter(Boolean).join(', ');
  const person = (one: PersonPair['people'][number]): Side => ({
    id: one.id,
    name: one.name,
    to: `/people/${one.id}`,
    cells: [
      { label: 'Name', fields: ['name', 'family name', 'given name', 'name frequency'], text: [one.givenName, one.familyName].filter(Boolean).join(' ') || one.name },
      { label: 'Mail', fields: ['mail', 'mail domain'], text: one.email },
      { label: 'Phone', fields: ['phone', 'mobile'], text: [one.phone, one.mobile].filter((text, at, all) => text && all.indexOf(text) === at).join(', ') },
      { label: 'Company', fields: ['company', 'organization', 'domain'], text: one.organization?.name },
      { label: 'Role', fields: ['title', 'position'], text: one.title },
      { label: 'Address', fields: ['street', 'postcode', 'city', 'address', 'country', 'state'], text: address(one) },
    ],
    seen: (
      <>
        <span className="num">{one.sightings} ×</span>{' '}
        <span className="dim">
          last <When at={one.lastSeenAt} />
        </span>
      </>
    ),
  });
  const organization = (one: OrganizationPair['organizations'][number]): Side => ({
    id: one.id,
    name: one.name,
    to: `/organizations/${one.id}`,
    cells: [
      { label: 'Name', fields: ['name', 'legal form'], text: one.name },
      { label: 'Web', fields: ['domain', 'web'], text: one.domain ?? one.website },
      { label: 'Phone', fields: ['phone'], text: one.phone },
      { label: 'Address', fields: ['street', 'postcode', 'city', 'country', 'site'], text: address(one) },
      { label: 'Number', fields: ['external id'], text: one.externalId },
      { label: 'Part of', fields: ['parent'], text: one.parent },
      { label: 'Business', fields: [], text: [one.vertical ?? one.industry, one.employees !== null && `${format.number(one.employees)} employees`].filter(Boolean).join(', ') },
      { label: 'Customer', fields: [], text: one.isCustomer ? 'yes' : '' },
    ],
    seen: (
      <>
        <span className="num">{format.number(one.people)}</span> {plural(one.people, 'person', 'people')}{' '}
        <span className="dim">
          last <When at={one.lastSeenAt} />
        </span>
      </>
    ),
  });
  return { person, organization };
}
