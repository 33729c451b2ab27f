import { Button } from '@mantine/core';
import { usePages } from '../../api/hooks.ts';
import { useSegments } from '../../api/options.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { Badge, Count, EmptyState, FilterBar, Page, PageTitle, TwoLines, VirtualTable, When, type Column } from '../../ui/index.tsx';
import { useCountries } from '../../ui/countries.ts';
import { Conditions, OneOf } from '../../ui/Conditions.tsx';
import { useTicks } from '../../ui/ticks.tsx';
import { useWhoFilters } from '../../ui/who-filters.ts';
import { levelChoices, whereOf } from './Level.tsx';

type Person = Item<'GET /v1/people'>;

export default function PersonList() {
  const [filters] = useFilters();
  const go = useGo();
  const session = useSession();
  const countries = useCountries();
  const segments = useSegments('person');
  const who = useWhoFilters('person', filters);
  const asked = who.asked(filters);
  const { level: _level, ...query } = asked;
  const pages = usePages('GET /v1/people', { query: { ...query, where: whereOf(asked) } }, { live: ['person'] });
  const ticks = useTicks<Person>({ roles: ['marketing', 'sales_manager'], to: '/bulk/new', also: { subject: 'person' }, asked, nameOf: (one) => one.name });
  const columns: Column<Person>[] = [
    ...ticks.column,
    {
      key: 'name',
      label: 'Person',
      width: 'minmax(180px, 2fr)',
      phone: 'title',
      render: (one) => (
        <TwoLines>
          <span className="strong">{one.name}</span>
          <span>{one.title ?? ' '}</span>
        </TwoLines>
      ),
    },
    {
      key: 'organization',
      label: 'Company',
      width: 'minmax(140px, 1.6fr)',
      phone: 'sub',
      render: (one) => (
        <TwoLines>
          <span>{one.organization?.name ?? <span className="dim">unknown</span>}</span>
          <span>{[one.city, one.country && (countries.name(one.country) ?? one.country)].filter(Boolean).join(', ') || ' '}</span>
        </TwoLines>
      ),
    },
    {
      key: 'reach',
      label: 'Reached by',
      width: 'minmax(160px, 1.6fr)',
      render: (one) => (
        <TwoLines>
          <span>{one.email ?? one.phone ?? <span className="dim">neither mail nor phone</span>}</span>
          <span className="num">{one.email ? (one.phone ?? ' ') : ' '}</span>
        </TwoLines>
      ),
    },
    {
      key: 'consent',
      label: 'Wishes',
      width: '132px',
      render: (one) =>
        one.doNotContact ? (
          <Badge tone="hot">No contact</Badge>
        ) : one.doNotMail || one.unsubscribedAt ? (
          <Badge tone="warm">{one.doNotCall ? 'No mail, no calls' : 'No mail'}</Badge>
        ) : one.doNotCall ? (
          <Badge tone="warm">No calls</Badge>
        ) : null,
    },
    { key: 'seen', label: 'Seen', width: '60px', align: 'end', render: (one) => <Count value={one.sightings} /> },
    { key: 'last', label: 'Last seen', width: '110px', align: 'end', phone: 'end', render: (one) => <When at={one.lastSeenAt} /> },
  ];
  return (
    <Page fill>
      <PageTitle title="People" question="Who do we know, how well, and may we write to them?" side={ticks.button} />
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'text', name: 'q', label: 'Find name, mail, phone' },
            { kind: 'choice', name: 'country', label: 'Country', all: 'All countries', options: countries.options },
            ...(segments.length > 0
              ? [{ kind: 'choice' as const, name: 'segmentId', label: 'Segment', all: 'Any segment', options: segments }]
              : []),
            { kind: 'choice', name: 'level', label: 'Quality', all: 'Any quality', options: levelChoices, several: true },
            {
              kind: 'choice',
              name: 'silent',
              label: 'Wishes',
              all: 'Any wish',
              options: [{ value: 'true', label: 'Wants not to be contacted in some way' }],
            },
            ...who.specs,
          ]}
        />
        <OneOf of={{ organizationId: 'of one company', importId: 'first from one import' }} />
      </div>
      <Conditions subject="person" />
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => `/people/${one.id}`}
        label="People"
        empty={
          Object.keys(filters).length > 0 ? (
            <EmptyState title="Nobody by that description">Try part of the name, a mail address, or the last digits of a phone.</EmptyState>
          ) : (
            <EmptyState
              title="Nobody is known yet"
              actions={
                may(session, ['marketing']) && <Button onClick={() => go(href('/imports/new', { kind: 'people' }))}>Import people</Button>
              }
            >
              People appear here by themselves with every inquiry. You can also bring in a list of customers.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
