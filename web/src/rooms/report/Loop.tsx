import { useMemo } from 'react';
import { useApi } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { href } from '../../shell/address.ts';
import { TopBarSide } from '../../shell/TopBar.tsx';
import { A, Card, DataTable, EmptyState, ErrorNote, FilterBar, Money, Page, Skeleton, Stat, Stats } from '../../ui/index.tsx';
import { Sankey, type FlowLink, type FlowNode } from '../../ui/chart/index.tsx';
import { Conditions } from '../../ui/Conditions.tsx';
import { doorName } from '../../ui/doors.ts';
import { duration, useFormat } from '../../ui/format.ts';
import { useIsPhone } from '../../ui/screen-size.ts';
import { Alarms } from './Alarms.tsx';
import { listPath, useCut } from './report-filters.ts';
import css from './report.module.css';
import { WaitCard } from './WaitCard.tsx';

type LoopAnswer = Answer<'GET /v1/loop'>;

const stateTones: Record<string, string> = {
  not_yet: 'quiet',
  quarantined: 'bad',
  withdrawn: 'quiet',
  waiting: 'hot',
  working: 'open',
  nurture: 'warm',
  hot: 'hot',
  warm: 'warm',
  dont_know: 'dont-know',
  sale: 'sale',
  bad: 'bad',
  lost: 'bad',
};
const stateOrder = [
  'not_yet',
  'withdrawn',
  'quarantined',
  'waiting',
  'working',
  'nurture',
  'warm',
  'bad',
  'lost',
  'hot',
  'sale',
  'dont_know',
];
const holderTones: Record<string, string> = { desk: 'hot', nurture: 'warm', rep: 'cold', partner: 'cold' };

/** Where is every lead now, and where is it stuck? */
export default function Loop() {
  const { specs, query } = useCut(['period', 'programId', 'territoryId', 'who']);
  const format = useFormat();
  const isPhone = useIsPhone();
  const loop = useApi('GET /v1/loop', { query }, { live: ['lead', 'inquiry', 'invoice'] });
  const flow = useMemo(() => flowOf(loop.data), [loop.data]);
  const data = loop.data;
  return (
    <Page>
      <TopBarSide>
        <FilterBar filters={specs} />
      </TopBarSide>
      <h1 className="sr-only">The loop: where is every lead now, and where is it stuck?</h1>
      <Alarms />
      <Conditions subject="lead" />
      <ErrorNote error={loop.error} retry={() => void loop.refetch()} />
      {data ? <Tiles data={data} /> : !loop.error && <TilesWaiting />}
      {(data || !loop.error) && (
        <>
          <Card
            id="fates"
            title="Where every lead is now"
            side={
              data && (
                <span style={{ marginRight: 24 }}>
                  <A to={href('/fates', query)}>{format.number(data.received)} received</A>
                  {isPhone ? '' : ' · click a band to see the leads'}
                </span>
              )
            }
          >
            {!data ? (
              <Skeleton height={isPhone ? 420 : 350} />
            ) : data.received === 0 ? (
              <EmptyState
                title="Nothing received in this period"
                actions={
                  <>
                    <A to="/imports">Bring in a file</A> <A to="/loop?period=all">Look at all time</A>
                  </>
                }
              >
                As soon as an inquiry arrives, by form, file or mail, it shows here and stays accounted for.
              </EmptyState>
            ) : (
              <Sankey
                label="Where every lead is now, from channel through holder to fate"
                nodes={flow.nodes}
                links={flow.links}
                height={isPhone ? 440 : 366}
              />
            )}
          </Card>
          <div className={css.pair}>
            <Card id="programs" title="Programs" side="sales and money, not leads" flush>
              {data ? <ProgramTable programs={data.programs} query={query} /> : <Skeleton height={200} />}
            </Card>
            <WaitCard query={query} />
          </div>
        </>
      )}
    </Page>
  );
}

function Tiles({ data }: { data: LoopAnswer }) {
  const format = useFormat();
  const { tiles } = data;
  const open = (tile: { drill: Record<string, string> | null }) => (tile.drill ? href('/leads', tile.drill) : undefined);
  return (
    <Stats>
      <Stat
        label="Unaccounted for"
        value={format.number(tiles.unaccounted.value)}
        tone={tiles.unaccounted.value ? 'bad' : 'good'}
        note={tiles.unaccounted.detail}
        to={open(tiles.unaccounted)}
      />
      <Stat
        label="Waiting for a holder"
        value={format.number(tiles.waiting.value)}
        tone={(tiles.waiting.value ?? 0) > 20 ? 'bad' : undefined}
        note={tiles.waiting.detail}
        to={open(tiles.waiting)}
      />
      <Stat
        label="Past the promise"
        value={format.number(tiles.pastPromise.value)}
        tone={tiles.pastPromise.value ? 'bad' : undefined}
        note={tiles.pastPromise.detail}
        to={open(tiles.pastPromise)}
      />
      <Stat
        label="First contact, median"
        value={duration(tiles.firstContactMedian.value)}
        note={tiles.firstContactMedian.detail}
        to={open(tiles.firstContactMedian)}
      />
      <Stat
        label="Verdict given"
        value={tiles.verdictGiven.value === null ? '–' : format.percent(tiles.verdictGiven.value / 100, 0)}
        note={tiles.verdictGiven.detail}
        to={open(tiles.verdictGiven)}
      />
      <Stat
        label="Return"
        value={format.times(tiles.returned.value)}
        note={tiles.returned.detail}
        to={open(tiles.returned) ?? '/scoreboard'}
      />
    </Stats>
  );
}

function TilesWaiting() {
  return (
    <Stats>
      {['Unaccounted for', 'Waiting for a holder', 'Past the promise', 'First contact, median', 'Verdict given', 'Return'].map((label) => (
        <Stat key={label} label={label} value={<Skeleton width={64} height={24} />} note={<Skeleton width={100} height={10} />} />
      ))}
    </Stats>
  );
}

function ProgramTable({ programs, query }: { programs: LoopAnswer['programs']; query: Record<string, string> }) {
  const format = useFormat();
  if (programs.length === 0)
    return (
      <EmptyState title="No programs yet" actions={<A to="/programs">Add a program</A>}>
        A program ties cost to what it brings. Add one and give it its costs.
      </EmptyState>
    );
  const leads = (program: (typeof programs)[number], more: Record<string, string> = {}) =>
    href('/leads', { ...query, ...program.drill, ...more });
  return (
    <DataTable
      caption="Programs with cost, leads, sales and return"
      rows={programs.slice(0, 8)}
      rowKey={(program) => program.id}
      columns={[
        { key: 'name', label: 'Program', render: (program) => program.name, to: (program) => `/programs/${program.id}` },
        {
          key: 'cost',
          label: 'Cost',
          align: 'end',
          render: (program) => <Money minor={program.costMinor} blank="no cost entered" />,
          sort: (program) => program.costMinor ?? -1,
        },
        {
          key: 'leads',
          label: 'Leads',
          align: 'end',
          render: (program) => format.number(program.leads),
          to: (program) => leads(program),
          sort: (program) => program.leads,
        },
        {
          key: 'hot',
          label: 'Hot',
          align: 'end',
          render: (program) => format.number(program.hot),
          to: (program) => leads(program, { grade: 'hot' }),
          sort: (program) => program.hot,
        },
        {
          key: 'sales',
          label: 'Sales',
          align: 'end',
          render: (program) => format.number(program.sales),
          to: (program) => leads(program, { fate: 'sold' }),
          sort: (program) => program.sales,
        },
        {
          key: 'value',
          label: 'Revenue',
          align: 'end',
          render: (program) => <Money minor={program.valueMinor} />,
          sort: (program) => program.valueMinor,
        },
        {
          key: 'return',
          label: 'Return',
          align: 'end',
          render: (program) =>
            program.returnFactor === null ? (
              <span className="dim">—</span>
            ) : (
              <b className={css.factor} data-bad={program.returnFactor < 1 || undefined}>
                {format.times(program.returnFactor)}
              </b>
            ),
          sort: (program) => program.returnFactor ?? -1,
        },
      ]}
    />
  );
}

function flowOf(data: LoopAnswer | undefined): { nodes: FlowNode[]; links: FlowLink[] } {
  if (!data) return { nodes: [], links: [] };
  const nodes = data.nodes.map((node) => ({
    id: node.id,
    label: doorName(node.label),
    column: node.column,
    tone:
      (node.column === 2 ? stateTones[node.drill.state ?? ''] : node.column === 1 ? holderTones[node.drill.holderKind ?? ''] : 'cold') ??
      'open',
    to: href(listPath(node.list), node.drill),
  }));
  const place = (id: string) => stateOrder.indexOf(id.replace('state:', ''));
  nodes.sort((one, two) => one.column - two.column || (one.column === 2 ? place(one.id) - place(two.id) : 0));
  return {
    nodes,
    links: data.links.map((link) => ({ from: link.from, into: link.to, value: link.count, to: href(listPath(link.list), link.drill) })),
  };
}
