import { useApi } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href } from '../../shell/address.ts';
import { duration, useFormat } from '../../ui/format.ts';
import { A, Card, DataTable, EmptyState, ErrorNote, Page, PageTitle, SkeletonRows, Stack, Stat, Stats, type DataColumn } from '../../ui/index.tsx';
import { periodDays } from '../../ui/period.ts';
import { Alarms } from './Alarms.tsx';
import { WaitCard } from './WaitCard.tsx';

type Board = Answer<'GET /v1/board'>;
type Row = Board['territories'][number];
type Figure = Exclude<keyof Board['drills'], 'contacts'>;

/** Who has what this minute, what is late, and how fast are first contacts? Clocks end without anybody saving, so it is asked again twice a minute. */
export default function BoardScreen() {
  const format = useFormat();
  const board = useApi('GET /v1/board', undefined, { live: ['lead', 'holder', 'setting'], refetchInterval: 30_000 });
  const data = board.data;
  return (
    <Page>
      <PageTitle title="Now" question="Who has what this minute, what is late, and how fast are first contacts?" side={data && <span className="dim">as of {format.time(data.at)}</span>} />
      <Alarms />
      <ErrorNote error={board.error} retry={() => void board.refetch()} />
      {!data && !board.error && <SkeletonRows rows={8} height={60} />}
      {data && <Shown board={data} />}
    </Page>
  );
}

function Shown({ board }: { board: Board }) {
  const format = useFormat();
  const { total, drills } = board;
  const mayEven = may(useSession(), ['marketing', 'sales_manager']);
  const territories = useApi('GET /v1/territories', undefined, { enabled: mayEven, live: ['territory'] });
  const several = new Set((territories.data?.items ?? []).filter(({ holders }) => holders.filter(({ active, weight }) => active && weight > 0).length > 1).map(({ id }) => id));
  const { from, to } = periodDays('last-12-months', format.today());
  const open = (figure: keyof Board['drills'], count: number) => (count > 0 ? href('/leads', drills[figure]) : undefined);
  return (
    <>
      <Stats>
        <Stat label="Without a holder" value={format.number(total.unassigned)} tone={total.unassigned > 0 ? 'bad' : 'good'} note={board.unassignedSince ? `the oldest since ${format.when(board.unassignedSince)}` : 'nobody waits'} to={open('unassigned', total.unassigned)} />
        <Stat label="Offered" value={format.number(total.offered)} note="waiting to be accepted" to={open('offered', total.offered)} />
        <Stat label="Overdue" value={format.number(total.late)} tone={total.late > 0 ? 'bad' : 'good'} note="by any clock" to={open('late', total.late)} />
        <Stat label="Redirected today" value={format.number(total.redirectedToday)} note={`${format.number(total.redirectedWeek)} since Monday`} to={open('redirectedToday', total.redirectedToday)} />
        <Stat label="First contact" value={duration(total.speed.medianMinutes)} note={total.speed.p90Minutes === null ? 'none in 7 days' : `median of 7 days; p90 ${duration(total.speed.p90Minutes)}`} to={open('contacts', total.speed.contacts)} />
        <Stat label="Within the promise" value={shareText(total.speed)} note={`${format.number(total.speed.kept)} of ${format.number(total.speed.asked)} first contacts`} tone={total.speed.asked === 0 ? undefined : total.speed.kept / total.speed.asked >= 0.85 ? 'good' : 'bad'} />
      </Stats>
      <Stack>
        <Card id="clocks" title="By holder" side={
            <>
              {mayEven && <A to="/holders/even">Even out open leads</A>} <A to="/scorecards">Scorecards over months</A>
            </>
          } flush>
          {board.holders.length === 0 ? (
            <EmptyState title="Nobody holds anything">As soon as leads are given to reps and partners, this shows what waits with whom.</EmptyState>
          ) : (
            <DataTable caption="What waits with each holder now" rows={board.holders} rowKey={(row) => row.id!} columns={[{ key: 'who', label: 'Holder', render: (row) => row.name, to: (row) => `/holders/${row.id}`, total: 'All' }, ...columnsOf<Board['holders'][number]>(board, format.number, true)]} />
          )}
        </Card>
        {board.territories.length > 0 && (
          <Card id="territories" title="By territory" flush>
            <DataTable caption="What waits in each territory now" rows={board.territories} rowKey={(row) => row.id ?? 'none'} columns={[{ key: 'where', label: 'Territory', render: (row) => row.name, total: 'All' }, ...columnsOf<Row>(board, format.number, false), ...(mayEven ? [evenOut(several)] : [])]} />
          </Card>
        )}
        <WaitCard query={{ ...(from ? { from } : {}), ...(to ? { to } : {}) }} />
      </Stack>
    </>
  );
}

/** Where something is late, the way to those among whom it can be evened out: several who work there. */
const evenOut = (several: ReadonlySet<string>): DataColumn<Row> => ({
  key: 'even',
  label: 'Open leads',
  hint: 'Share open leads that nobody has touched anew among those who work here',
  align: 'end',
  render: ({ id, late }) => (id !== null && late > 0 && several.has(id) ? 'Even out' : ''),
  to: ({ id, late }) => (id !== null && late > 0 && several.has(id) ? href('/holders/even', { kind: 'territory', id }) : undefined),
});

const shareText = ({ asked, kept }: Row['speed']): string => (asked === 0 ? '–' : `${Math.round((kept / asked) * 100)}%`);

function columnsOf<R extends Row>({ drills, total }: Board, number: (value: number) => string, isHolder: boolean): DataColumn<R>[] {
  const figure = (key: Figure, label: string, hint: string): DataColumn<R> => ({
    key,
    label,
    hint,
    align: 'end',
    render: (row) => (row[key] === 0 ? <span className="dim">0</span> : number(row[key])),
    sort: (row) => row[key],
    to: (row) => (row[key] === 0 ? undefined : href('/leads', { ...drills[key], ...(key.startsWith('redirected') ? row.drillFrom : row.drill) })),
    total: number(total[key]),
    totalTo: total[key] === 0 ? undefined : href('/leads', drills[key]),
  });
  return [
    ...(isHolder ? [] : [figure('unassigned', 'No holder', 'Waiting for a holder')]),
    figure('offered', 'Offered', 'Given, not yet accepted'),
    figure('accept', 'Accept late', 'Past the time to accept'),
    figure('contact', 'Contact late', 'Accepted, past the time for the first contact'),
    figure('attempts', 'Attempts late', 'Accepted, and tried less often than agreed, past the time for it'),
    figure('verdict', 'Verdict late', 'Past the time for a verdict'),
    figure('redirectedToday', 'Redirected today', isHolder ? 'Taken from them today for silence' : 'Passed on today for silence'),
    figure('redirectedWeek', 'This week', 'The same since Monday'),
    {
      key: 'median',
      label: 'First contact',
      hint: 'Median from being given to the first contact, of the last 7 days; all hours count',
      align: 'end',
      render: ({ speed }) => duration(speed.medianMinutes),
      sort: ({ speed }) => speed.medianMinutes ?? -1,
      to: (row) => (row.speed.contacts === 0 ? undefined : href('/leads', { ...drills.contacts, ...row.drillGiven })),
      total: duration(total.speed.medianMinutes),
    },
    { key: 'p90', label: 'p90', hint: 'Nine of ten are faster', align: 'end', render: ({ speed }) => duration(speed.p90Minutes), sort: ({ speed }) => speed.p90Minutes ?? -1, total: duration(total.speed.p90Minutes) },
    { key: 'kept', label: 'In promise', hint: 'First contacts made within the promise, of those promised', align: 'end', render: ({ speed }) => shareText(speed), sort: ({ speed }) => (speed.asked === 0 ? -1 : speed.kept / speed.asked), total: shareText(total.speed) },
  ];
}
