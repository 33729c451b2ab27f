import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useGo } from '../../shell/address.ts';
import { A, Badge, Card, Chip, Count, DataTable, EmptyState, ErrorNote, Money, Page, PageTitle, Row, SkeletonRows, Stack, When } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { AppendServices } from './AppendServices.tsx';
import { AppendRequests } from './AppendRequests.tsx';
import { EachCosts } from './append-words.tsx';
import { AppendProvider } from './AppendProvider.tsx';

export type Provider = Item<'GET /v1/append/providers'>;
export type Run = Item<'GET /v1/append/runs'>;

/** Who gives values about those we know, what a usable one costs, and what was done with them. */
export default function Append() {
  const go = useGo();
  const format = useFormat();
  const canAppend = may(useSession(), ['marketing']);
  const providers = useApi('GET /v1/append/providers', undefined, { live: ['import', 'organization', 'person'] });
  const runs = usePages('GET /v1/append/runs', undefined, { limit: 25, live: ['import', 'organization', 'person'] });
  const [editing, setEditing] = useState<Provider | 'new'>();
  const items = providers.data?.items ?? [];
  const byFile = (kind: string) => () => go(href('/imports/new', { kind }));
  const begin = canAppend && (
    <Row>
      <Button variant="default" onClick={byFile('append-people')}>
        People by file
      </Button>
      <Button onClick={byFile('append-organizations')}>Companies by file</Button>
    </Row>
  );
  return (
    <Page>
      <PageTitle title="Append" question="What do others know of those we know, and what does it cost?" side={begin} />
      <ErrorNote error={providers.error ?? runs.error} retry={() => void providers.refetch()} />
      <Stack>
        <Card title="Providers" side={canAppend && items.length > 0 && <Chip onClick={() => setEditing('new')}>Add a provider</Chip>} flush>
          {providers.isLoading ? (
            <SkeletonRows rows={3} />
          ) : items.length === 0 ? (
            !providers.error && (
              <EmptyState title="Nobody gave values yet" actions={canAppend && <Button onClick={() => setEditing('new')}>Add a provider</Button>}>
                A register you keep, a bureau, a bought file: each value keeps who gave it, when, at what price and for how long. What a person said is never overwritten.
              </EmptyState>
            )
          ) : (
            <DataTable
              caption="Providers"
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                {
                  key: 'name',
                  label: 'Provider',
                  render: (one) => (
                    <>
                      {canAppend ? <Chip onClick={() => setEditing(one)}>{one.name}</Chip> : one.name}
                      <span className="dim" style={{ display: 'block', fontSize: 12, fontWeight: 400, whiteSpace: 'normal' }}>
                        {one.priceThousandMinor === 0 ? 'free' : `${format.money(one.priceThousandMinor, one.currency)} a thousand ${one.pricePer === 'row' ? 'rows' : 'hits'}`}
                        {one.service && ' · asked over HTTP'}
                        {one.licenceDays !== null && ` · kept for ${format.number(one.licenceDays)} ${plural(one.licenceDays, 'day')}`}
                      </span>
                    </>
                  ),
                },
                { key: 'usable', label: 'Usable values', align: 'end', sort: (one) => one.usable, render: (one) => <Count value={one.usable} />, hint: 'Used, and neither corrected nor taken out since' },
                { key: 'offered', label: 'Offered', align: 'end', render: (one) => <Count value={one.offered} /> },
                { key: 'corrected', label: 'Corrected', align: 'end', render: (one) => <Count value={one.corrected} /> },
                { key: 'cost', label: 'Cost', align: 'end', sort: (one) => one.costMinor, render: (one) => <Money minor={one.costMinor} currency={one.currency} /> },
                { key: 'each', label: 'A usable value', align: 'end', sort: (one) => one.costPerUsableMinor ?? Infinity, render: (one) => <EachCosts minor={one.costPerUsableMinor} currency={one.currency} /> },
                { key: 'last', label: 'Last', align: 'end', render: (one) => <When at={one.lastAt} /> },
              ]}
            />
          )}
        </Card>
        {items.some((one) => one.service) && <AppendServices providers={items} canAppend={canAppend} />}
        <AppendRequests providers={items} canAppend={canAppend} />
        {(runs.isLoading || runs.rows.length > 0) && (
          <Card title="Runs" flush>
            {runs.isLoading ? <SkeletonRows rows={4} /> : <Runs rows={runs.rows} />}
            {runs.hasMore && (
              <div style={{ padding: 12 }}>
                <Chip onClick={runs.more}>Show older ones</Chip>
              </div>
            )}
          </Card>
        )}
      </Stack>
      {editing && <AppendProvider one={editing === 'new' ? undefined : editing} close={() => setEditing(undefined)} />}
    </Page>
  );
}

export const waysOf: Record<Run['way'], string> = { file: 'by file', answer: 'answer of a bureau', service: 'asked a service' };

function Runs({ rows }: { rows: Run[] }) {
  const format = useFormat();
  return (
    <DataTable
      caption="Runs"
      rows={rows}
      rowKey={(one) => one.id}
      columns={[
        {
          key: 'run',
          label: 'Run',
          render: (one) => (
            <>
              <A to={`/append/${one.id}`}>{one.fileName ?? one.provider ?? waysOf[one.way]}</A>
              <span className="dim" style={{ display: 'block', fontSize: 12, fontWeight: 400 }}>
                {[one.fileName && one.provider, one.kind === 'person' ? 'people' : 'companies', `by ${one.startedBy}`].filter(Boolean).join(' · ')}
              </span>
            </>
          ),
        },
        {
          key: 'state',
          label: '',
          render: (one) => (one.undoneAt ? <Badge tone="cold">Taken back</Badge> : one.open > 0 ? <Badge tone="action">{format.number(one.open)} to decide</Badge> : null),
        },
        { key: 'given', label: 'Rows', align: 'end', render: (one) => <Count value={one.given} /> },
        { key: 'sure', label: 'Found', align: 'end', render: (one) => <Count value={one.sure} /> },
        { key: 'used', label: 'Values used', align: 'end', render: (one) => <Count value={one.used} /> },
        { key: 'cost', label: 'Cost', align: 'end', render: (one) => <Money minor={one.costMinor} currency={one.currency} /> },
        { key: 'at', label: 'When', align: 'end', render: (one) => <When at={one.startedAt} /> },
      ]}
    />
  );
}
