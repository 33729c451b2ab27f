import { Button } from '@mantine/core';
import { usePages } from '../../api/hooks.ts';
import { useSegments } from '../../api/options.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { useCountries } from '../../ui/countries.ts';
import { Conditions } from '../../ui/Conditions.tsx';
import { useTicks } from '../../ui/ticks.tsx';
import { useWhoFilters } from '../../ui/who-filters.ts';
import { Badge, Count, EmptyState, FilterBar, Page, PageTitle, TwoLines, VirtualTable, When, type Column } from '../../ui/index.tsx';

type Organization = Item<'GET /v1/organizations'>;

export default function OrganizationList() {
  const [filters] = useFilters();
  const go = useGo();
  const session = useSession();
  const countries = useCountries();
  const segments = useSegments('organization');
  const who = useWhoFilters('organization', filters);
  const asked = who.asked(filters);
  const pages = usePages('GET /v1/organizations', { query: asked }, { live: ['person', 'inquiry'] });
  const ticks = useTicks<Organization>({ roles: ['marketing', 'sales_manager'], to: '/bulk/new', also: { subject: 'organization' }, asked, nameOf: (one) => one.name });
  const columns: Column<Organization>[] = [
    ...ticks.column,
    {
      key: 'name',
      label: 'Company',
      width: 'minmax(200px, 2fr)',
      phone: 'title',
      render: (one) => (
        <TwoLines>
          <span className="strong">{one.name}</span>
          <span>{one.domain ?? ' '}</span>
        </TwoLines>
      ),
    },
    {
      key: 'where',
      label: 'Where',
      width: 'minmax(130px, 1.2fr)',
      phone: 'sub',
      render: (one) => [one.city, one.country && (countries.name(one.country) ?? one.country)].filter(Boolean).join(', '),
    },
    { key: 'industry', label: 'Business', width: 'minmax(120px, 1.2fr)', render: (one) => one.vertical ?? one.industry ?? '' },
    { key: 'employees', label: 'Employees', width: '88px', align: 'end', render: (one) => <Count value={one.employees} /> },
    { key: 'customer', label: '', width: '92px', phone: 'end', render: (one) => one.isCustomer && <Badge tone="sale">Customer</Badge> },
    { key: 'last', label: 'Last seen', width: '110px', align: 'end', render: (one) => <When at={one.lastSeenAt} /> },
  ];
  return (
    <Page fill>
      <PageTitle title="Organizations" question="Which companies do we know, and who of them?" side={ticks.button} />
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'text', name: 'q', label: 'Find name or domain' },
            { kind: 'choice', name: 'country', label: 'Country', all: 'All countries', options: countries.options },
            ...(segments.length > 0
              ? [{ kind: 'choice' as const, name: 'segmentId', label: 'Segment', all: 'Any segment', options: segments }]
              : []),
            ...who.specs,
          ]}
        />
      </div>
      <Conditions subject="organization" />
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => `/organizations/${one.id}`}
        label="Organizations"
        empty={
          Object.keys(filters).length > 0 ? (
            <EmptyState title="No company by that description">Try part of the name or the domain of its mail addresses.</EmptyState>
          ) : (
            <EmptyState
              title="No company is known yet"
              actions={
                may(session, ['marketing']) && (
                  <Button onClick={() => go(href('/imports/new', { kind: 'organizations' }))}>Import companies</Button>
                )
              }
            >
              Companies appear with the inquiries of their people. You can also bring in a list.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
