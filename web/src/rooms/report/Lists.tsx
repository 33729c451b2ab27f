import { Button } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { Card, DataTable, EmptyState, ErrorNote, Icon, Page, PageTitle, Row, SkeletonRows, Stack, TwoLines, When, type DataColumn } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { ListBars } from './ListBars.tsx';
import { listLeads, listPeople, ListVerdict, verdictLabel, type ListItem } from './list-words.tsx';
import css from './report.module.css';

/** Bought and rented lists side by side: what was delivered, what could be used of it, what it earned, and which to throw away. */
export default function Lists() {
  const format = useFormat();
  const session = useSession();
  const answer = useApi('GET /v1/lists', undefined, { live: ['job', 'import'] });
  const count = useSend('POST /v1/lists/count', { stale: ['/v1/lists'] });
  const data = answer.data;
  const none = <span className="dim">–</span>;
  const money = (minor: number | null) => (minor === null ? none : format.money(minor));
  const price = (minor: number | null) => (minor === null ? none : format.price(minor));
  const share = (key: string, label: string, pick: (row: ListItem) => { share: number } | null, hint: string, to?: (row: ListItem) => string): DataColumn<ListItem> => ({
    key,
    label,
    align: 'end',
    hint,
    sort: (row) => pick(row)?.share ?? 0,
    render: (row) => format.percent(pick(row)?.share),
    ...(to ? { to } : {}),
  });
  const figure = (key: string, label: string, pick: (row: ListItem) => number, to: (row: ListItem) => string): DataColumn<ListItem> => ({
    key,
    label,
    align: 'end',
    sort: pick,
    render: (row) => format.number(pick(row)),
    to: (row) => (pick(row) > 0 ? to(row) : undefined),
  });
  return (
    <Page>
      <PageTitle
        title="List quality"
        question="Which lists were worth their money, and what should be thrown away?"
        side={
          <Row>
            {data?.countedAt && <span className="dim">{data.counting ? 'counting …' : <>counted <When at={data.countedAt} /></>}</span>}
            {may(session, ['marketing', 'sales_manager']) && (
              <Button variant="default" loading={count.isPending || data?.counting} onClick={() => count.mutate({})}>
                Count now
              </Button>
            )}
            <a className={css.file} href="/v1/lists.csv" download>
              <Icon name="download" size={14} /> CSV
            </a>
          </Row>
        }
      />
      <ErrorNote error={answer.error ?? count.error} retry={() => void answer.refetch()} />
      {!data ? (
        !answer.error && <SkeletonRows rows={8} />
      ) : data.items.length === 0 ? (
        <EmptyState title="No lists yet">
          Every import of people is a list. An import of inquiries becomes one as soon as somebody says, on its page, whose list it is or what it cost.
        </EmptyState>
      ) : (
        <Stack>
          <Card title="What was delivered?">
            <ListBars lists={data.items} where={data.where} />
          </Card>
          <Card title="What came of it?" flush>
            <DataTable
              caption="Lists by what they yielded"
              rows={data.items}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'name',
                  label: 'List',
                  sort: (row) => row.name,
                  render: (row) => (
                    <TwoLines>
                      <span className="strong">{row.name}</span>
                      <span>{[row.owner, format.date(row.cameAt)].filter(Boolean).join(' · ')}</span>
                    </TwoLines>
                  ),
                  to: (row) => `/lists/${row.id}`,
                },
                { key: 'verdict', label: 'Verdict', sort: (row) => verdictLabel(row.verdict), render: (row) => <ListVerdict verdict={row.verdict} /> },
                figure('delivered', 'Names', (row) => row.delivered, (row) => listPeople(row.id, 'all')),
                share('known', 'Known before', (row) => row.shares.known, 'Of the names delivered', (row) => listPeople(row.id, 'known')),
                share('again', 'Twice in it', (row) => row.shares.again, 'Of the names delivered'),
                share('reachable', 'Reachable', (row) => row.shares.reachable, 'Of the people on it: by mail, phone or letter', (row) => listPeople(row.id, 'all', data.where.reachable)),
                share('junk', 'Junk', (row) => row.shares.junk, 'Of the names delivered', (row) => listPeople(row.id, 'all', data.where.junk)),
                figure('good', 'Good', (row) => row.good, (row) => listPeople(row.id, 'new', data.where.good)),
                figure('leads', 'Leads', (row) => row.leads, (row) => listLeads(row.id)),
                figure('qualified', 'Qualified', (row) => row.qualified, (row) => listLeads(row.id, { worth: 'true' })),
                figure('sales', 'Sales', (row) => row.sales, (row) => listLeads(row.id, { state: 'sale' })),
                { key: 'won', label: 'Won', align: 'end', sort: (row) => row.wonMinor, render: (row) => money(row.wonMinor) },
                { key: 'cost', label: 'Cost', align: 'end', sort: (row) => row.costMinor ?? -1, render: (row) => money(row.costMinor) },
                { key: 'perGood', label: 'Per good name', align: 'end', sort: (row) => row.perGoodMinor ?? -1, render: (row) => price(row.perGoodMinor) },
                { key: 'perLead', label: 'Per lead', align: 'end', sort: (row) => row.perLeadMinor ?? -1, render: (row) => price(row.perLeadMinor) },
                { key: 'return', label: 'Return', align: 'end', sort: (row) => row.returned ?? -1, render: (row) => format.times(row.returned) },
              ]}
            />
          </Card>
        </Stack>
      )}
    </Page>
  );
}
