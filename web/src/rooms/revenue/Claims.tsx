import { useApi } from '../../api/hooks.ts';
import { useFilters } from '../../shell/address.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Back, Card, DataTable, EmptyState, ErrorNote, Money, Page, PageTitle, SkeletonRows, Stack, Stat, Stats, Tabs } from '../../ui/index.tsx';
import { ClaimList } from './ClaimList.tsx';
import { ClaimWorkbench } from './ClaimWorkbench.tsx';

/** Sales that distributors' files, warranty cards and rebate claims tell of, and whose lead each was. */
export default function Claims() {
  const [{ part = 'decide' }] = useFilters();
  return (
    <Page fill={part === 'list'}>
      <Back to="/money">Money</Back>
      <PageTitle
        title="Sales nobody reported"
        question="Who bought, and whose lead was it?"
        side={<A to="/imports/new?kind=sell-through">Bring a file in</A>}
      />
      <Tabs
        label="Sales nobody reported"
        tabs={[
          { to: '/claims', label: 'To decide' },
          { to: '/claims?part=distributors', label: 'By distributor' },
          { to: '/claims?part=list', label: 'All' },
        ]}
      />
      {part === 'list' ? <ClaimList /> : part === 'distributors' ? <Distributors /> : <ClaimWorkbench />}
    </Page>
  );
}

/** What came to light, and what had been said of those leads. */
function Distributors() {
  const format = useFormat();
  const { data, error, refetch } = useApi('GET /v1/claims/summary', undefined, { live: ['claim'] });
  if (error) return <ErrorNote error={error} retry={() => void refetch()} />;
  if (!data) return <SkeletonRows rows={6} />;
  const money = (minor: number) => <Money minor={minor} currency={data.currency} />;
  const behind = (reportedBy: string, reported: string) => `/claims?part=list&reportedBy=${reportedBy}&reported=${reported}`;
  type Row = (typeof data.byDistributor)[number];
  const told = (key: 'bad' | 'dontKnow' | 'silent', label: string, reported: string) => ({
    key,
    label,
    align: 'end' as const,
    sort: (row: Row) => row[key].valueMinor,
    to: (row: Row) => (row[key].count > 0 ? behind(row.holder.id, reported) : undefined),
    render: (row: Row) => (row[key].count > 0 ? <>{row[key].count} · {money(row[key].valueMinor)}</> : '–'),
  });
  return (
    <Stack>
      <Stats>
        <Stat label="Credited to leads" value={money(data.credited.valueMinor)} note={`${format.number(data.credited.count)} ${plural(data.credited.count, 'sale')} nobody reported`} to="/claims?part=list&state=credited" />
        <Stat label="Sold, yet reported otherwise" value={format.number(data.reported.count)} note={<>{money(data.reported.valueMinor)} in leads called bad, unknown or nothing</>} to="/claims?part=list&reported=any" tone={data.reported.count > 0 ? 'bad' : undefined} />
        <Stat label="Unknown end customers found" value={format.number(data.unknownCustomers.count)} note={<>{money(data.unknownCustomers.valueMinor)} sold to them</>} to="/claims?part=list&isNew=true" />
        <Stat label="Proved once more" value={format.number(data.known.count)} note="counted already, nothing added" to="/claims?part=list&state=known" />
      </Stats>
      <Card title="Sold, yet reported as …" side="by who held the lead" flush>
        {data.byDistributor.length === 0 ? (
          <EmptyState title="No sale came to light yet">Bring in a distributor’s sell-through file, warranty registrations or rebate claims.</EmptyState>
        ) : (
          <DataTable
            caption="Sold, yet reported otherwise, by distributor"
            rows={data.byDistributor}
            rowKey={(row) => row.holder.id}
            columns={[
              { key: 'who', label: 'Distributor', render: (row) => row.holder.name, sort: (row) => row.holder.name },
              told('bad', 'Bad', 'bad'),
              told('dontKnow', 'Don’t know', 'dont_know'),
              told('silent', 'Nothing', 'silent'),
              { key: 'sales', label: 'Sales told of', align: 'end', sort: (row) => row.sales, render: (row) => format.number(row.sales) },
              { key: 'value', label: 'Worth', align: 'end', sort: (row) => row.valueMinor, render: (row) => money(row.valueMinor) },
            ]}
          />
        )}
      </Card>
    </Stack>
  );
}
