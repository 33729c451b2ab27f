import { useMemo } from 'react';
import { useApi } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { href } from '../../shell/address.ts';
import {
  A,
  Card,
  DataTable,
  EmptyState,
  ErrorNote,
  FilterBar,
  Money,
  Page,
  PageTitle,
  SkeletonRows,
  Stat,
  Stats,
} from '../../ui/index.tsx';
import { Bullets, MoneyByMonth } from '../../ui/chart/index.tsx';
import { Conditions } from '../../ui/Conditions.tsx';
import { duration, useFormat } from '../../ui/format.ts';
import { Alarms } from './Alarms.tsx';
import { useCut } from './report-filters.ts';
import css from './report.module.css';
import { WaitChart } from './WaitCard.tsx';

type Board = Answer<'GET /v1/scoreboard'>;

/** What do we spend, what do we earn, and do both sides keep their word? */
export default function Scoreboard() {
  const { specs, query } = useCut(['period', 'channel', 'programId', 'territoryId', 'who'], 'last-12-months');
  const board = useApi('GET /v1/scoreboard', { query }, { live: ['lead', 'invoice'] });
  const data = board.data;
  return (
    <Page>
      <PageTitle
        title="Scoreboard"
        question="What do we spend, what do we earn, and do both sides keep their word?"
        side={<FilterBar filters={specs} />}
      />
      <Alarms />
      <Conditions subject="lead" />
      <ErrorNote error={board.error} retry={() => void board.refetch()} />
      {!data && !board.error && <SkeletonRows rows={8} height={60} />}
      {data && (
        <>
          <Figures data={data} query={query} />
          <div className={css.pair} style={{ marginTop: 0 }}>
            <Card id="months" title="Spent and earned, by month" side={<span style={{ marginRight: 24 }}>won sales</span>}>
              <Months data={data} query={query} />
            </Card>
            <Card
              id="waiting"
              title="What waiting costs"
              side={
                <span style={{ marginRight: 24 }}>
                  {data.waiting.halvesEvery
                    ? `${data.waiting.halvesEvery.toFixed(1)} times the wait, half the buyers`
                    : 'share that bought'}
                </span>
              }
            >
              <WaitChart waiting={data.waiting} query={query} height={240} />
            </Card>
          </div>
          <div className={css.stack} style={{ marginTop: 14 }}>
            <Card id="goals" title="Programs against their goals" side="sales made; the mark is the goal" flush>
              <Goals data={data} />
            </Card>
            <Card id="word" title="Who keeps their word" side="net of absence; they see the same figures" flush>
              <Holders data={data} query={query} />
            </Card>
          </div>
        </>
      )}
    </Page>
  );
}

function Figures({ data, query }: { data: Board; query: Record<string, string> }) {
  const format = useFormat();
  const was = data.previous;
  const change = (now: number | null, before: number | null | undefined, show: (value: number) => string) =>
    before === null || before === undefined || now === null ? undefined : `was ${show(before)}`;
  return (
    <Stats>
      <Stat
        label="Spent"
        value={data.spentMinor === null ? '–' : format.moneyShort(data.spentMinor)}
        note={data.spentMinor === null ? 'no cost entered' : change(data.spentMinor, was?.spentMinor, (value) => format.moneyShort(value))}
        to="/programs"
      />
      <Stat
        label="Earned from leads"
        value={format.moneyShort(data.earnedMinor)}
        note={change(data.earnedMinor, was?.earnedMinor, (value) => format.moneyShort(value))}
        to={href('/leads', { ...query, fate: 'sold', dateBy: 'sold' })}
      />
      <Stat
        label="Return on it"
        value={data.returnPercent === null ? '–' : format.percent(data.returnPercent / 100, 0)}
        tone={data.returnPercent !== null && data.returnPercent < 0 ? 'bad' : undefined}
        note={change(data.returnPercent, was?.returnPercent, (value) => format.percent(value / 100, 0)) ?? 'earned less spent, over spent'}
      />
      <Stat label="Invoiced" value={format.moneyShort(data.invoicedMinor)} note="all of the ledger, matched or not" to="/money" />
      <Stat
        label="Promise kept"
        value={data.promise.keptPercent === null ? '–' : format.percent(data.promise.keptPercent / 100, 0)}
        tone={data.promise.keptPercent === null ? undefined : data.promise.keptPercent >= 85 ? 'good' : 'bad'}
        note={`${format.number(data.promise.kept)} of ${format.number(data.promise.asked)} answered in time`}
        to={href('/leads', { ...query, overdue: 'true' })}
      />
      <Stat
        label="First contact"
        value={duration(data.promise.medianMinutes)}
        note={`median; slowest tenth ${duration(data.promise.p90Minutes)}`}
      />
      <Stat
        label="Verdict given"
        value={data.promise.verdictPercent === null ? '–' : format.percent(data.promise.verdictPercent / 100, 0)}
        note="of the leads handed over"
        to={href('/leads', { ...query, verdict: 'none' })}
      />
    </Stats>
  );
}

function Months({ data, query }: { data: Board; query: Record<string, string> }) {
  const format = useFormat();
  const months = useMemo(
    () =>
      data.months.map((month) => ({
        label: new Date(`${month.month}T12:00:00`).toLocaleDateString('en', {
          month: 'short',
          year: data.months.length > 13 ? '2-digit' : undefined,
        }),
        spent: month.spentMinor,
        earned: month.wonMinor,
        sales: month.sales,
        to: href('/leads', { ...query, ...month.drill }),
      })),
    [data.months, query],
  );
  const money = useMemo(() => (value: number) => format.moneyShort(value), [format]);
  if (months.length === 0)
    return <EmptyState title="No month to show yet">Costs and sales appear here by month as they come in.</EmptyState>;
  return <MoneyByMonth label="Spent and earned by month" months={months} format={money} height={240} />;
}

function Goals({ data }: { data: Board }) {
  const format = useFormat();
  const rows = data.programs
    .filter((program) => program.goalSales || program.sales > 0)
    .sort((one, two) => two.valueMinor - one.valueMinor)
    .slice(0, 12)
    .map((program) => ({
      key: program.id,
      label: program.name,
      value: program.sales,
      goal: program.goalSales,
      tone: program.goalSales && program.sales < program.goalSales * 0.7 ? 'warm' : 'sale',
      text: (
        <>
          {format.number(program.sales)}
          {program.goalSales ? (
            <span className="dim"> of {format.number(program.goalSales)}</span>
          ) : (
            <span className="dim"> sales</span>
          )} · <Money minor={program.valueMinor} short />{' '}
          <span className="dim">on {program.costMinor === null ? 'no cost entered' : format.moneyShort(program.costMinor)}</span>
        </>
      ),
      to: href('/leads', { ...program.drill, fate: 'sold' }),
    }));
  if (rows.length === 0)
    return (
      <EmptyState title="No program has sold yet" actions={<A to="/programs">To the programs</A>}>
        Give your programs goals and costs; sales are counted to them as invoices come in.
      </EmptyState>
    );
  return (
    <div style={{ paddingBottom: 12 }}>
      <Bullets label="Sales by program against the goal" rows={rows} />
    </div>
  );
}

function Holders({ data, query }: { data: Board; query: Record<string, string> }) {
  const format = useFormat();
  const share = (value: number | null) => (value === null ? '–' : format.percent(value / 100, 0));
  const leads = (holder: Board['holders'][number], more: Record<string, string> = {}) =>
    href('/leads', { ...query, ...holder.drill, ...more });
  if (data.holders.length === 0)
    return <EmptyState title="Nobody was handed a lead in this period">Choose a longer period above.</EmptyState>;
  return (
    <DataTable
      caption="Reps and partners: answers, followups, verdicts and sales"
      rows={data.holders}
      rowKey={(holder) => holder.id}
      sortBy="assigned"
      columns={[
        {
          key: 'name',
          label: 'Holder',
          render: (holder) => holder.name,
          sort: (holder) => holder.name,
          to: (holder) => `/holders/${holder.id}`,
        },
        { key: 'kind', label: '', render: (holder) => <span className="dim">{holder.kind}</span> },
        {
          key: 'assigned',
          label: 'Assigned',
          align: 'end',
          render: (holder) => format.number(holder.assigned),
          to: (holder) => leads(holder),
          sort: (holder) => holder.assigned,
        },
        {
          key: 'accepted',
          label: 'Accepted',
          align: 'end',
          render: (holder) => share(holder.acceptedPercent),
          sort: (holder) => holder.acceptedPercent ?? -1,
        },
        {
          key: 'followed',
          label: 'Followed up',
          align: 'end',
          render: (holder) => share(holder.followedUpPercent),
          sort: (holder) => holder.followedUpPercent ?? -1,
        },
        {
          key: 'median',
          label: 'First contact',
          align: 'end',
          render: (holder) => duration(holder.medianMinutes),
          sort: (holder) => holder.medianMinutes ?? 1e12,
        },
        {
          key: 'open',
          label: 'Open',
          align: 'end',
          render: (holder) => format.number(holder.open),
          to: (holder) => href('/leads', { holderId: holder.id, open: 'true' }),
          sort: (holder) => holder.open,
        },
        {
          key: 'late',
          label: 'Past the promise',
          align: 'end',
          render: (holder) => (
            <b className={css.factor} data-bad={holder.pastPromise > 0 || undefined}>
              {format.number(holder.pastPromise)}
            </b>
          ),
          to: (holder) => href('/leads', { holderId: holder.id, overdue: 'true' }),
          sort: (holder) => holder.pastPromise,
        },
        {
          key: 'silent',
          label: 'Silent',
          align: 'end',
          hint: 'Handed over, never a followup nor a verdict',
          render: (holder) => format.number(holder.silent),
          to: (holder) => leads(holder, { silent: 'true' }),
          sort: (holder) => holder.silent,
        },
        {
          key: 'sales',
          label: 'Sales',
          align: 'end',
          render: (holder) => format.number(holder.sales),
          to: (holder) => leads(holder, { fate: 'sold' }),
          sort: (holder) => holder.sales,
        },
        {
          key: 'value',
          label: 'Value',
          align: 'end',
          render: (holder) => <Money minor={holder.valueMinor} short />,
          sort: (holder) => holder.valueMinor,
        },
      ]}
    />
  );
}
