import { Button } from '@mantine/core';
import { useApi, usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { usePrograms } from '../../api/options.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Badge, EmptyState, FilterBar, Money, TwoLines, VirtualTable, type Column } from '../../ui/index.tsx';
import { periodDays } from '../../ui/period.ts';
import { matchNames } from './model-names.ts';

type Invoice = Item<'GET /v1/invoices'>;

export const invoiceLooks = {
  open: { label: 'Open', tone: 'open' },
  paid: { label: 'Paid', tone: 'sale' },
  cancelled: { label: 'Cancelled', tone: 'bad' },
  draft: { label: 'Draft', tone: 'quiet' },
} as const;

export function Invoices() {
  const format = useFormat();
  const session = useSession();
  const go = useGo();
  const [filters] = useFilters();
  const programs = usePrograms();
  const { part: _part, period, ...rest } = filters;
  const days = period ? periodDays(period, format.today()) : {};
  const pages = usePages('GET /v1/invoices', { query: { ...rest, ...days } }, { live: ['invoice', 'sale'] });
  const summary = useApi('GET /v1/invoices/summary', { query: days }, { live: ['invoice', 'sale'] }).data;
  const columns: Column<Invoice>[] = [
    {
      key: 'number',
      label: 'Invoice',
      width: 'minmax(140px, 1.2fr)',
      phone: 'title',
      render: (one) => (
        <TwoLines>
          <span className="strong">{one.number}</span>
          <span>{one.kind === 'credit_note' ? 'credit note' : (one.subject ?? ' ')}</span>
        </TwoLines>
      ),
    },
    {
      key: 'who',
      label: 'Customer',
      width: 'minmax(160px, 1.8fr)',
      phone: 'sub',
      render: (one) => (
        <TwoLines>
          <span>
            {one.organization?.name ?? one.person?.name ?? one.billedName ?? one.billedEmail ?? <span className="dim">unknown</span>}
          </span>
          <span>{one.lead ? `lead: ${one.lead.name}` : (one.opportunity?.name ?? ' ')}</span>
        </TwoLines>
      ),
    },
    {
      key: 'matched',
      label: 'Matched by',
      width: '128px',
      render: (one) => (
        <Badge tone={one.matchedBy === 'none' ? 'warm' : one.matchedBy === 'manual' ? 'action' : 'quiet'}>
          {matchNames[one.matchedBy]}
        </Badge>
      ),
    },
    {
      key: 'program',
      label: 'Program',
      width: 'minmax(110px, 1.2fr)',
      render: (one) => one.program?.name ?? <span className="dim">none</span>,
    },
    {
      key: 'status',
      label: 'Status',
      width: '92px',
      render: (one) => <Badge tone={invoiceLooks[one.status].tone}>{invoiceLooks[one.status].label}</Badge>,
    },
    { key: 'on', label: 'Issued', width: '100px', align: 'end', render: (one) => format.date(one.issuedOn) },
    {
      key: 'net',
      label: 'Net',
      width: '116px',
      align: 'end',
      phone: 'end',
      render: (one) => (
        <span style={one.counts ? undefined : { color: 'var(--ink-2)', textDecoration: 'line-through' }}>
          <Money minor={one.netMinor} currency={one.currency} />
        </span>
      ),
    },
  ];
  return (
    <>
      {summary && summary.counted.count + summary.cancelled.count > 0 && (
        <p className="dim" style={{ marginBottom: 10 }}>
          <b className="num strong">{format.money(summary.counted.netMinor, summary.currency)}</b> in {format.number(summary.counted.count)}{' '}
          {plural(summary.counted.count, 'invoice')} counts
          {summary.creditNotes.count > 0 && `, ${format.number(summary.creditNotes.count)} credit notes taken off`}
          {summary.cancelled.count > 0 && (
            <>
              ; <A to="/money?status=cancelled">{format.number(summary.cancelled.count)} cancelled</A> do not
            </>
          )}
          .{' '}
          {summary.unmatched.count > 0 && (
            <A to="/money?matchedBy=none" style={{ color: 'var(--overdue)', fontWeight: 600 }}>
              {format.number(summary.unmatched.count)} belong to nobody yet (
              {format.moneyShort(summary.unmatched.netMinor, summary.currency)})
            </A>
          )}
        </p>
      )}
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'text', name: 'text', label: 'Find number or customer' },
            { kind: 'period', name: 'period' },
            {
              kind: 'choice',
              name: 'status',
              label: 'Status',
              all: 'Any status',
              options: Object.entries(invoiceLooks).map(([value, look]) => ({ value, label: look.label })),
            },
            {
              kind: 'choice',
              name: 'matchedBy',
              label: 'Matched by',
              all: 'However matched',
              options: Object.entries(matchNames).map(([value, label]) => ({ value, label })),
            },
            { kind: 'choice', name: 'programId', label: 'Program', all: 'All programs', options: programs },
          ]}
        />
      </div>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => `/invoices/${one.id}`}
        label="Invoices"
        empty={
          Object.keys(rest).length > 0 || period ? (
            <EmptyState title="No invoice fits">Take a filter away, or a longer period.</EmptyState>
          ) : (
            <EmptyState
              title="No invoice yet"
              actions={
                may(session, ['marketing']) && (
                  <Button onClick={() => go(href('/imports/new', { kind: 'invoices' }))}>Import invoices</Button>
                )
              }
            >
              Bring in what your accounting wrote: each invoice finds its customer, its lead and the program that earned it.
            </EmptyState>
          )
        }
      />
    </>
  );
}
