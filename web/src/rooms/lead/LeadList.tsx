import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, usePages } from '../../api/hooks.ts';
import type { Item, Query } from '../../api/contract.ts';
import { useHolders, usePrograms, useSegments, useSources, useTerritories } from '../../api/options.ts';
import { may, useSession, type Role } from '../../api/session.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { useCountries } from '../../ui/countries.ts';
import { useFormat } from '../../ui/format.ts';
import { doorName } from '../../ui/doors.ts';
import {
  Chip,
  EmptyState,
  FilterBar,
  GradeBadge,
  Money,
  Page,
  PageTitle,
  Row,
  TwoLines,
  VerdictBadge,
  VirtualTable,
  When,
  type Column,
  type FilterSpec,
} from '../../ui/index.tsx';
import { useTicks } from '../../ui/ticks.tsx';
import { foreignFilters, leadQuery, sortOptions, stateOptions } from './lead-filters.ts';
import { Conditions } from '../../ui/Conditions.tsx';
import { useOwnColumns } from '../../ui/own-columns.ts';
import { useWhoFilters } from '../../ui/who-filters.ts';
import { SavedViews } from './SavedViews.tsx';

type Lead = Item<'GET /v1/leads'>;
const changers: Role[] = ['marketing', 'sales_manager', 'rep'];

/** Every lead there is; every figure of every report opens here with its own filter in the address. */
export default function LeadList() {
  const session = useSession();
  const [filters, setFilters] = useFilters();
  const format = useFormat();
  const go = useGo();
  const countries = useCountries();
  const programs = usePrograms();
  const sources = useSources();
  const holders = useHolders();
  const territories = useTerritories();
  const segments = useSegments('person');
  const [active, setActive] = useState<Lead>();
  const isInside = may(session, ['marketing', 'sales_manager', 'management', 'finance']);
  const who = useWhoFilters('lead', filters);
  const asked = who.asked(filters);
  const query = leadQuery(asked, format.today()) as Query<'GET /v1/leads'>;
  const own = useOwnColumns();
  const { shown } = who;
  const pages = usePages('GET /v1/leads', { query }, { live: ['lead', 'sale'] });
  const { sort: _sort, ...countQuery } = query ?? {};
  const count = useApi('GET /v1/leads/count', { query: countQuery }, { live: ['lead'] });
  const ticks = useTicks<Lead>({ roles: changers, to: '/leads/change', asked, nameOf: (lead) => lead.person.name });
  useKeys(
    ticks.button === null
      ? []
      : [
          { key: 'x', label: 'Tick or untick the row', group: 'Leads', run: () => active && ticks.toggle(active) },
          { key: 'p', label: 'Change the ticked leads, or all of the list', group: 'Leads', run: ticks.open },
        ],
  );
  const nameIn = (choices: { value: string; label: string }[], value: string) => choices.find((choice) => choice.value === value)?.label;
  const foreign = foreignFilters(filters, {
    holder: (id) => nameIn(holders, id),
    program: (id) => nameIn(programs, id),
    source: (id) => nameIn(sources, id),
    territory: (id) => nameIn(territories, id),
    date: format.date,
    own: (field) => own.find(({ value }) => value === field)?.label,
  });
  const specs: FilterSpec[] = [
    { kind: 'text', name: 'text', label: 'Find name, company, mail' },
    { kind: 'period', name: 'period' },
    {
      kind: 'choice',
      name: 'grade',
      label: 'Grade',
      all: 'Any grade',
      options: [
        { value: 'hot', label: 'Hot' },
        { value: 'warm', label: 'Warm' },
        { value: 'cold', label: 'Cold' },
      ],
    },
    { kind: 'choice', name: 'state', label: 'State', all: 'Any state', options: stateOptions },
    ...(isInside
      ? ([
          { kind: 'choice', name: 'holderId', label: 'Holder', all: 'Any holder', options: holders },
          {
            kind: 'choice',
            name: 'programId',
            label: 'Program',
            all: 'All programs',
            options: [{ value: 'none', label: 'No program' }, ...programs],
          },
          {
            kind: 'choice',
            name: 'sourceId',
            label: 'Source',
            all: 'All sources',
            options: [{ value: 'none', label: 'No source' }, ...sources],
          },
          {
            kind: 'choice',
            name: 'territoryId',
            label: 'Territory',
            all: 'All territories',
            options: [{ value: 'none', label: 'No territory' }, ...territories],
          },
          ...(segments.length > 0
            ? [{ kind: 'choice' as const, name: 'segmentId', label: 'Segment', all: 'Any segment', options: segments }]
            : []),
        ] satisfies FilterSpec[])
      : []),
    { kind: 'choice', name: 'country', label: 'Country', all: 'All countries', options: countries.options },
    ...who.specs,
  ];
  const columns: Column<Lead>[] = [
    ...ticks.column,
    {
      key: 'who',
      label: 'Lead',
      width: 'minmax(180px, 2.2fr)',
      phone: 'title',
      render: (lead) => (
        <TwoLines>
          <span className="strong">{lead.person.name}</span>
          <span>{[lead.organization?.name, lead.city, lead.country].filter(Boolean).join(' · ') || lead.email || ' '}</span>
        </TwoLines>
      ),
    },
    { key: 'grade', label: 'Grade', width: '84px', phone: 'end', render: (lead) => <GradeBadge grade={lead.grade} score={lead.score} /> },
    {
      key: 'state',
      label: 'State',
      width: '112px',
      phone: 'sub',
      render: (lead) => <VerdictBadge verdict={lead.state} />,
    },
    {
      key: 'holder',
      label: 'Held by',
      width: 'minmax(120px, 1.2fr)',
      phone: 'sub',
      render: (lead) =>
        lead.holder ? (
          <TwoLines>
            <span>{lead.holder.name}</span>
            <span>
              {lead.acceptedAt
                ? 'accepted'
                : lead.holder.kind === 'desk'
                  ? 'waiting for a holder'
                  : lead.holder.kind === 'nurture'
                    ? 'kept warm'
                    : lead.closedAt
                      ? ''
                      : 'not accepted yet'}
            </span>
          </TwoLines>
        ) : (
          <span className="dim">{lead.closedAt ? 'closed' : 'nobody'}</span>
        ),
    },
    {
      key: 'from',
      label: 'Came from',
      width: 'minmax(120px, 1.4fr)',
      render: (lead) => (
        <TwoLines>
          <span>{lead.source?.name ?? (doorName(lead.channel) || 'unknown')}</span>
          <span>{lead.program?.name ?? 'no program'}</span>
        </TwoLines>
      ),
    },
    {
      key: 'next',
      label: 'Next',
      width: 'minmax(132px, 1.2fr)',
      render: (lead) =>
        lead.overdue ? (
          <TwoLines>
            <span style={{ color: 'var(--overdue)', fontWeight: 600 }}>past the promise</span>
            <span>
              due <When at={lead.respondBy} />
            </span>
          </TwoLines>
        ) : lead.nextAction ? (
          <TwoLines>
            <span>{lead.nextAction.what}</span>
            <span>{lead.nextAction.dueAt ? <When at={lead.nextAction.dueAt} /> : ' '}</span>
          </TwoLines>
        ) : lead.respondBy && !lead.acceptedAt && !lead.closedAt ? (
          <TwoLines>
            <span>Answer</span>
            <span>
              by <When at={lead.respondBy} />
            </span>
          </TwoLines>
        ) : null,
    },
    ...(shown ? [{ key: 'own', label: shown.label, width: 'minmax(96px, 1fr)', phone: 'sub' as const, render: (lead: Lead) => shown.said(lead.custom) || <span className="dim">–</span> }] : []),
    {
      key: 'value',
      label: 'Value',
      width: '92px',
      align: 'end',
      render: (lead) => (lead.valueMinor ? <Money minor={lead.valueMinor} currency={lead.currency} short /> : null),
    },
    { key: 'at', label: 'Came', width: '112px', align: 'end', phone: 'end', render: (lead) => <When at={lead.occurredAt} /> },
  ];
  const total = count.data ? `${format.number(count.data.count)}${count.data.atLeast ? ' or more' : ''}` : undefined;
  return (
    <Page fill>
      <PageTitle
        title={
          <>
            Leads{' '}
            {total !== undefined && (
              <span className="dim num" style={{ fontWeight: 500 }}>
                {total}
              </span>
            )}
          </>
        }
        question="Who asked, and who has them now?"
        side={
          <>
            <FilterBar filters={[{ kind: 'choice', name: 'sort', label: 'Order', all: 'Newest first', options: sortOptions }]} />
            {ticks.button}
            <SavedViews screen="leads" filters={filters} apply={(saved) => go(href('/leads', saved))} />
          </>
        }
      />
      <div style={{ marginBottom: 12, display: 'grid', gap: 8 }}>
        <FilterBar filters={specs} />
        <Conditions subject="lead" />
        {foreign.length > 0 && (
          <Row>
            {foreign.map((one) => (
              <Chip key={one.name} onClick={() => setFilters({ [one.name]: undefined })} aria-label={`Without: ${one.label}`}>
                {one.label} ×
              </Chip>
            ))}
          </Row>
        )}
      </div>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(lead) => lead.id}
        to={(lead) => `/leads/${lead.id}`}
        label="Leads"
        onActive={setActive}
        empty={
          Object.keys(filters).length > 0 ? (
            <EmptyState
              title="No lead fits"
              actions={
                <Button variant="default" onClick={() => go('/leads')}>
                  Show all leads
                </Button>
              }
            >
              Take a filter away, or a longer period.
            </EmptyState>
          ) : (
            <EmptyState
              title="No lead yet"
              actions={
                may(session, ['marketing']) && (
                  <>
                    <Button onClick={() => go(href('/imports/new', { kind: 'inquiries' }))}>Import inquiries</Button>
                    <Button variant="default" onClick={() => go('/definition')}>
                      See what counts as a lead
                    </Button>
                  </>
                )
              }
            >
              A lead is an inquiry that meets the definition. A list is not leads, a name is not a lead.
            </EmptyState>
          )
        }
      />
    </Page>
  );
}
