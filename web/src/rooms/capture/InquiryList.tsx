import { Button } from '@mantine/core';
import { usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { usePrograms, useSources } from '../../api/options.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { Badge, EmptyState, FilterBar, Page, PageTitle, TwoLines, VirtualTable, When, type Column } from '../../ui/index.tsx';
import { Conditions, OneOf } from '../../ui/Conditions.tsx';
import { doorName } from '../../ui/doors.ts';
import { useFormat } from '../../ui/format.ts';
import { periodDays } from '../../ui/period.ts';
import { useWhoFilters } from '../../ui/who-filters.ts';

type Inquiry = Item<'GET /v1/inquiries'>;

export const nameOf = (one: Inquiry): string =>
  one.fields.fullName ??
  ([one.fields.givenName, one.fields.familyName].filter(Boolean).join(' ') || undefined) ??
  one.fields.email ??
  one.fields.organization ??
  one.externalId ??
  'nameless';

export const statusLooks = {
  parsed: { label: 'Read', tone: 'quiet' },
  quarantined: { label: 'Quarantined', tone: 'hot' },
  withdrawn: { label: 'Withdrawn', tone: 'bad' },
} as const;

/** Everything that ever arrived, one receipt each. */
export default function InquiryList() {
  const [filters] = useFilters();
  const go = useGo();
  const format = useFormat();
  const programs = usePrograms();
  const sources = useSources();
  const who = useWhoFilters('lead', filters);
  const { period, ...rest } = who.asked(filters);
  const days = period ? periodDays(period, format.today()) : {};
  const pages = usePages('GET /v1/inquiries', { query: { ...rest, ...days } }, { live: ['inquiry'] });
  const columns: Column<Inquiry>[] = [
    {
      key: 'who',
      label: 'From',
      width: 'minmax(190px, 2fr)',
      phone: 'title',
      render: (one) => (
        <TwoLines>
          <span className="strong">{nameOf(one)}</span>
          <span>
            {[one.fields.organization, one.fields.city, one.fields.country].filter(Boolean).join(' · ') || one.fields.email || ' '}
          </span>
        </TwoLines>
      ),
    },
    {
      key: 'what',
      label: 'Asked',
      width: 'minmax(140px, 2fr)',
      render: (one) => (
        <span className="dim">{one.problem ?? one.fields.message ?? one.fields.product ?? one.fields.landingPage ?? ''}</span>
      ),
    },
    {
      key: 'source',
      label: 'Source and program',
      width: 'minmax(140px, 1.4fr)',
      phone: 'sub',
      render: (one) => (
        <TwoLines>
          <span>{one.sourceName ?? doorName(one.channel)}</span>
          <span>{one.programName ?? 'no program'}</span>
        </TwoLines>
      ),
    },
    {
      key: 'status',
      label: 'Status',
      width: '104px',
      render: (one) => <Badge tone={statusLooks[one.status].tone}>{statusLooks[one.status].label}</Badge>,
    },
    { key: 'receipt', label: 'Receipt', width: '112px', render: (one) => <span className="num dim">{one.receipt}</span> },
    {
      key: 'at',
      label: 'Arrived',
      width: '112px',
      align: 'end',
      phone: 'end',
      render: (one) => (
        <TwoLines>
          <When at={one.occurredAt} />
          <span>{one.receivedAt.slice(0, 16) === one.occurredAt.slice(0, 16) ? ' ' : `in ${format.when(one.receivedAt)}`}</span>
        </TwoLines>
      ),
    },
  ];
  return (
    <Page fill>
      <PageTitle title="Inquiries" question="What arrived, from where, and was it read?" />
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'text', name: 'q', label: 'Find name, mail, receipt' },
            { kind: 'period', name: 'period' },
            {
              kind: 'choice',
              name: 'status',
              label: 'Status',
              all: 'Any status',
              options: Object.entries(statusLooks).map(([value, look]) => ({ value, label: look.label })),
            },
            { kind: 'choice', name: 'programId', label: 'Program', all: 'All programs', options: programs },
            { kind: 'choice', name: 'sourceId', label: 'Source', all: 'All sources', options: sources },
            ...who.specs,
          ]}
        />
        <Conditions subject="lead" />
        <OneOf of={{ importId: 'from one import', organizationId: 'from one company' }} />
      </div>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => `/inquiries/${one.id}`}
        label="Inquiries"
        empty={
          Object.keys(filters).length > 0 ? (
            <EmptyState title="Nothing arrived that fits">Clear a filter or take a longer period.</EmptyState>
          ) : (
            <EmptyState
              title="Nothing has arrived yet"
              actions={
                <>
                  <Button onClick={() => go(href('/imports/new', { kind: 'inquiries' }))}>Import a file</Button>
                  <Button variant="default" onClick={() => go('/programs')}>
                    Put a form on the web
                  </Button>
                </>
              }
            >
              Import a list, open a form of a program, or press n to add somebody who called.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
