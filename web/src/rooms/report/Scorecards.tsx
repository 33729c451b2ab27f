import { useApi } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { useFilters } from '../../shell/address.ts';
import { Badge, Card, DataTable, EmptyState, ErrorNote, FilterBar, Page, PageTitle, SkeletonRows, type DataColumn } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { MyScorecard } from './MyScorecard.tsx';
import { PartnerTabs } from './PartnerTabs.tsx';
import { ShareCuts } from './ShareCut.tsx';
import { businessTime, daysHere, daysText, percentText, perDay, periods } from './scorecard-words.ts';

type Row = Item<'GET /v1/scorecards'>;

/** Partners, or reps, side by side: who answers, who says what became of leads, who sells, who is silent. */
export default function Scorecards() {
  return may(useSession(), ['marketing', 'sales_manager', 'management']) ? <Everybody /> : <MyScorecard />;
}

function Everybody() {
  const format = useFormat();
  const [filters] = useFilters();
  const kind = filters['kind'] === 'rep' ? 'rep' : 'partner';
  const cards = useApi('GET /v1/scorecards', { query: { kind, months: filters['months'] ?? '6' } }, { live: ['lead'] });
  const data = cards.data;
  const period = filters['months'] ? `?months=${filters['months']}` : '';
  const middle = data?.medians;
  const figure = (key: string, label: string, show: (row: Row) => string, value: (row: Row) => number | null, total: string | null | undefined, hint: string): DataColumn<Row> => ({
    key,
    label,
    align: 'end',
    hint,
    render: show,
    sort: (row) => value(row) ?? -1,
    total: total ?? undefined,
  });
  const columns: DataColumn<Row>[] = [
    {
      key: 'who',
      label: kind === 'partner' ? 'Partner' : 'Rep',
      render: (row) => (
        <>
          {row.name} {!row.active && <Badge tone="quiet">inactive</Badge>}
        </>
      ),
      to: (row) => `/scorecards/${row.holderId}${period}`,
      sort: (row) => row.name.toLowerCase(),
      total: middle ? 'Median' : undefined,
    },
    figure('offered', 'Offered', (row) => format.number(row.offered), (row) => row.offered, middle && format.number(middle.offered ?? null), 'Leads given in the period'),
    figure('offeredPerDay', 'A day', (row) => perDay(row.offeredPerDay), (row) => row.offeredPerDay, middle && perDay(middle.offeredPerDay), 'Load: leads given per working day, absences left out'),
    figure('daysSeen', 'Days here', daysHere, (row) => (row.workDays === 0 ? null : row.daysSeen / row.workDays), undefined, 'Of their working days, less absences: signed in, or answered by mail or link'),
    figure('inTimePercent', 'In time', (row) => percentText(row.inTimePercent), (row) => row.inTimePercent, middle && percentText(middle.inTimePercent), 'Accepted or declined within the promise'),
    figure('acceptMinutes', 'To accept', (row) => businessTime(row.acceptMinutes), (row) => row.acceptMinutes, middle && businessTime(middle.acceptMinutes), 'Median business time from offer to acceptance'),
    figure('contactMinutes', 'To contact', (row) => businessTime(row.contactMinutes), (row) => row.contactMinutes, middle && businessTime(middle.contactMinutes), 'Median business time from offer to first contact'),
    figure('verdictPercent', 'Verdicts', (row) => percentText(row.verdictPercent), (row) => row.verdictPercent, middle && percentText(middle.verdictPercent), 'Leads with a verdict of theirs, of those they kept'),
    figure('verdictDays', 'Verdict after', (row) => daysText(row.verdictDays), (row) => row.verdictDays, middle && daysText(middle.verdictDays), 'Median days from offer to verdict'),
    figure('fieldsPercent', 'Told', (row) => percentText(row.fieldsPercent), (row) => row.fieldsPercent, middle && percentText(middle.fieldsPercent), 'Of what is asked of the leads they kept (first contact, verdict, its reason or value, next action): filled in'),
    figure('salePercent', 'Sold', (row) => `${percentText(row.salePercent)} (${format.number(row.sales)})`, (row) => row.salePercent, middle && percentText(middle.salePercent), 'Leads sold, of those they kept'),
    figure('soldMinor', 'Money', (row) => format.moneyShort(row.soldMinor, data?.currency), (row) => row.soldMinor, middle && format.moneyShort(middle.soldMinor ?? null, data?.currency), 'Sales as they told them'),
    figure('silentPercent', 'Silent', (row) => `${percentText(row.silentPercent)} (${format.number(row.silent)})`, (row) => row.silentPercent, middle && percentText(middle.silentPercent), 'Passed on because they did not answer or follow up in time'),
  ];
  return (
    <Page>
      <PartnerTabs />
      <PageTitle
        title="Scorecards"
        question="Who answers, who says what became of leads, and who sells?"
        side={
          <FilterBar
            filters={[
              { kind: 'choice', name: 'kind', label: 'Who', all: 'Partners', options: [{ value: 'rep', label: 'Reps' }] },
              { kind: 'choice', name: 'months', label: 'Period', all: 'Last 6 months', options: periods.filter(({ value }) => value !== '6') },
            ]}
          />
        }
      />
      <ErrorNote error={cards.error} retry={() => void cards.refetch()} />
      {!data && !cards.error && <SkeletonRows rows={8} />}
      {data &&
        (data.items.length === 0 ? (
          <EmptyState title="Nobody to measure">{kind === 'partner' ? 'There are no partners yet. Add one under Reps & partners.' : 'There are no reps yet.'}</EmptyState>
        ) : (
          <Card flush>
            <DataTable caption={kind === 'partner' ? 'Partners' : 'Reps'} rows={data.items} rowKey={(row) => row.holderId} columns={columns} sortBy="offered" />
          </Card>
        ))}
      {kind === 'partner' && data && data.items.length > 0 && <ShareCuts period={period} />}
      {data && data.items.length > 0 && (
        <p className="dim" style={{ marginTop: 10 }}>
          Who is measured sees the same figures, their own beside the median, without names. Business time is that of each one’s own calendar. Of presence only days are kept, and nothing of what was looked at; absences and days off count for nobody.
        </p>
      )}
    </Page>
  );
}
