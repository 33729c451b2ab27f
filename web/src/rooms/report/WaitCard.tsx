import { useMemo } from 'react';
import { useApi } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { href } from '../../shell/address.ts';
import { Card, EmptyState, ErrorNote, Skeleton } from '../../ui/index.tsx';
import { BarsAndLine } from '../../ui/chart/index.tsx';
import { useFormat } from '../../ui/format.ts';

/** What waiting costs: the share that bought, by time to first contact, with the fitted decay through it. */
export function WaitCard({ query }: { query: Record<string, string> }) {
  const board = useApi('GET /v1/scoreboard', { query }, { staleTime: 60_000 });
  return (
    <Card
      id="waiting"
      title="What waiting costs"
      side={<span style={{ marginRight: 24 }}>share that bought, by time to first contact</span>}
    >
      <ErrorNote error={board.error} retry={() => void board.refetch()} />
      {board.data ? <WaitChart waiting={board.data.waiting} query={query} /> : !board.error && <Skeleton height={226} />}
    </Card>
  );
}

export function WaitChart({
  waiting,
  query,
  height = 226,
}: {
  waiting: Answer<'GET /v1/scoreboard'>['waiting'];
  query: Record<string, string>;
  height?: number;
}) {
  const format = useFormat();
  const bars = useMemo(
    () =>
      waiting.points.map((point) => ({
        label: point.label,
        value: point.interval?.share ?? null,
        line: point.fitted,
        beside: point.published,
        note: point.interval
          ? `${point.sales} of ${point.leads}, between ${format.percent(point.interval.low)} and ${format.percent(point.interval.high)}`
          : 'no leads',
        to: href('/leads', { ...query, ...point.drill }),
      })),
    [waiting, query, format],
  );
  const percent = useMemo(() => (value: number) => format.percent(value), [format]);
  if (waiting.points.every((point) => point.sales === 0)) {
    return (
      <EmptyState title="Not enough sales yet">
        Once some leads of this period have bought, the curve shows what each hour of waiting costs.
      </EmptyState>
    );
  }
  return (
    <>
      <BarsAndLine
        label="What waiting costs: share that bought by time to first contact"
        bars={bars}
        format={percent}
        valueName="Share that bought"
        lineName="Fitted"
        besideName={waiting.points.some((point) => point.published !== null) ? 'As published' : undefined}
        height={height}
      />
      {waiting.oddsFall !== null && (
        <p className="dim" style={{ marginTop: 6 }}>
          From 5 to 30 minutes the odds of a sale fall {waiting.oddsFall}-fold here. Published of the odds of qualifying: 21-fold; its line
          starts at your own share within 5 minutes.
        </p>
      )}
    </>
  );
}
