import { Button } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useApi, usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { Count, EmptyState, FilterBar, Money, Page, PageTitle, TwoLines, VirtualTable, type Column } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgramForm } from './ProgramForm.tsx';
import { ProgramStatus, statusOptions } from './program-status.tsx';

type Program = Item<'GET /v1/programs'>;

export default function ProgramList() {
  const session = useSession();
  const [filters] = useFilters();
  const [adding, setAdding] = useState(false);
  const go = useGo();
  const format = useFormat();
  const canEdit = may(session, ['marketing']);
  const pages = usePages('GET /v1/programs', { query: filters }, { live: ['program'] });
  const channels = useApi('GET /v1/programs/channels', undefined, { staleTime: 60_000, live: ['program'] });
  const roi = useApi(
    'GET /v1/roi',
    { query: { by: 'program', model: 'first', basis: 'won' } },
    { live: ['sale', 'invoice', 'opportunity', 'program'] },
  );
  const earned = useMemo(() => new Map(roi.data?.rows.map((row) => [row.key, row])), [roi.data]);
  useKeys(canEdit ? [{ key: 'a', label: 'New program', group: 'Programs', run: () => setAdding(true) }] : []);

  const span = (one: Program) =>
    one.startsOn || one.endsOn ? [one.startsOn, one.endsOn].map((day) => (day ? format.date(day) : '…')).join(' – ') : 'no dates';
  const columns: Column<Program>[] = [
    {
      key: 'name',
      label: 'Program',
      width: 'minmax(200px, 2.4fr)',
      phone: 'title',
      render: (one) => (
        <TwoLines>
          <span className="strong">{one.name}</span>
          <span>{[one.channel, span(one)].filter(Boolean).join(' · ')}</span>
        </TwoLines>
      ),
    },
    { key: 'status', label: 'Status', width: '92px', phone: 'end', render: (one) => <ProgramStatus status={one.status} /> },
    { key: 'inquiries', label: 'Inquiries', width: '84px', align: 'end', render: (one) => <Count value={one.inquiries} /> },
    {
      key: 'sales',
      label: 'Sales',
      width: '64px',
      align: 'end',
      render: (one) => (roi.data ? <Count value={earned.get(one.id)?.sales ?? 0} /> : <span className="dim">–</span>),
    },
    {
      key: 'cost',
      label: 'Cost',
      width: '116px',
      align: 'end',
      phone: 'sub',
      render: (one) =>
        one.costEntries > 0 ? <Money minor={one.costMinor} currency={one.currency} /> : <span className="dim">no cost entered</span>,
    },
    {
      key: 'revenue',
      label: 'Revenue',
      width: '116px',
      align: 'end',
      render: (one) => <Money minor={earned.get(one.id)?.valueMinor ?? null} currency={roi.data?.currency} />,
    },
    {
      key: 'return',
      label: 'Return',
      width: '76px',
      align: 'end',
      phone: 'end',
      render: (one) => {
        const row = earned.get(one.id);
        if (!row?.costMinor) return <span className="dim">–</span>;
        const factor = row.valueMinor / row.costMinor;
        return (
          <span className="num strong" style={factor < 1 ? { color: 'var(--overdue)' } : undefined}>
            {format.times(factor)}
          </span>
        );
      },
    },
  ];
  return (
    <Page fill>
      <PageTitle
        title="Programs"
        question="What did it cost, what did it bring, what next?"
        side={canEdit && <Button onClick={() => setAdding(true)}>New program</Button>}
      />
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'text', name: 'q', label: 'Find a program' },
            { kind: 'choice', name: 'status', label: 'Status', all: 'Any status', options: statusOptions },
            {
              kind: 'choice',
              name: 'channel',
              label: 'Channel',
              all: 'All channels',
              options: (channels.data?.items ?? []).map((name) => ({ value: name, label: name })),
            },
          ]}
        />
      </div>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => `/programs/${one.id}`}
        label="Programs"
        empty={
          Object.keys(filters).length > 0 ? (
            <EmptyState title="No program fits these filters">Clear a filter, or look for part of the name.</EmptyState>
          ) : (
            <EmptyState
              title="No program yet"
              actions={
                canEdit && (
                  <>
                    <Button onClick={() => setAdding(true)}>Name the first program</Button>
                    <Button variant="default" onClick={() => go(href('/imports/new', { kind: 'programs' }))}>
                      Import a list of programs
                    </Button>
                  </>
                )
              }
            >
              A program is anything you pay for to get inquiries: a trade show, a mailing, an ad. Give it its costs and each lead tells what
              it earned.
            </EmptyState>
          )
        }
      />
      {adding && <ProgramForm close={() => setAdding(false)} saved={(one) => go(`/programs/${one.id}`)} />}
    </Page>
  );
}
