import { useMemo } from 'react';
import { href } from '../../shell/address.ts';
import { Card } from '../../ui/index.tsx';
import { Bullets, DotIntervals, StackedArea } from '../../ui/chart/index.tsx';
import { duration, useFormat } from '../../ui/format.ts';
import type { Report } from './Reports.tsx';

type Row = Report['rows'][number];
const verdictLayers = [
  { key: 'sale', name: 'Sale', tone: 'sale' },
  { key: 'hot', name: 'Hot', tone: 'hot' },
  { key: 'warm', name: 'Warm', tone: 'warm' },
  { key: 'open', name: 'Still open', tone: 'open' },
  { key: 'dontKnow', name: 'Don’t know', tone: 'dont-know' },
  { key: 'bad', name: 'Bad', tone: 'bad' },
];

/** Shapes for what people compare by shape; the table below has every number. */
export function ReportPicture({ report, query }: { report: Report; query: Record<string, string> }) {
  switch (report.name) {
    case 'status-tracking':
      return <ByWeek report={report} query={query} />;
    case 'source':
      return <Conversion report={report} query={query} title="Share of inquiries that bought" of="inquiries" />;
    case 'what-works':
      return <Conversion report={report} query={query} title="Share of leads that bought" of="leads" />;
    case 'where-assigned':
      return <Waits report={report} query={query} />;
    default:
      return null;
  }
}

const numberOf = (row: Row, ...keys: string[]): number => {
  for (const key of keys) if (typeof row.values[key] === 'number') return row.values[key];
  return 0;
};

function ByWeek({ report, query }: { report: Report; query: Record<string, string> }) {
  const format = useFormat();
  const steps = useMemo(() => report.rows.map((row) => row.label), [report]);
  const layers = useMemo(
    () =>
      verdictLayers
        .map((layer) => ({
          ...layer,
          values: report.rows.map((row) => numberOf(row, layer.key, layer.key === 'dontKnow' ? 'dont_know' : layer.key)),
        }))
        .filter((layer) => layer.values.some((value) => value > 0)),
    [report],
  );
  const number = useMemo(() => (value: number) => format.number(value), [format]);
  if (steps.length < 2) return null;
  return (
    <Card id="picture" title="Verdicts by week" side={<span style={{ marginRight: 24 }}>leads by the week they qualified</span>}>
      <StackedArea
        label="Verdicts by week"
        steps={steps}
        layers={layers}
        format={number}
        to={(step, layer) => {
          const row = report.rows[step];
          const column = report.columns.find((one) => one.key === layers[layer]?.key || one.key === 'dont_know');
          return row && column?.list ? href(`/${column.list}`, { ...query, ...row.drill, ...column.drill }) : undefined;
        }}
      />
    </Card>
  );
}

/** Wilson's interval at 95%, as the server's: honest for small numbers. */
function interval(hits: number, tries: number): { share: number; low: number; high: number } | null {
  if (tries <= 0) return null;
  const z2 = 1.959964 ** 2;
  const share = hits / tries;
  const scale = 1 + z2 / tries;
  const centre = share + z2 / (2 * tries);
  const reach = 1.959964 * Math.sqrt((share * (1 - share) + z2 / (4 * tries)) / tries);
  return { share, low: Math.max(0, (centre - reach) / scale), high: Math.min(1, (centre + reach) / scale) };
}

function Conversion({
  report,
  query,
  title,
  of,
}: {
  report: Report;
  query: Record<string, string>;
  title: string;
  of: 'inquiries' | 'leads';
}) {
  const format = useFormat();
  const rows = report.rows
    .map((row) => ({ row, tries: numberOf(row, of, 'leads', 'count'), sales: numberOf(row, 'sales', 'sale') }))
    .filter((entry) => entry.tries > 0)
    .sort((one, two) => two.sales / two.tries - one.sales / one.tries)
    .slice(0, 14);
  const whole = interval(numberOf(report.total, 'sales', 'sale'), numberOf(report.total, of, 'leads', 'count'));
  if (rows.length < 2) return null;
  return (
    <Card id="picture" title={title} side="dot: measured; bar: where it may truly lie; dashes: the average" flush>
      <div style={{ paddingBottom: 12 }}>
        <DotIntervals
          label={title}
          average={whole?.share}
          percent={(share) => format.percent(share)}
          rows={rows.map(({ row, tries, sales }) => {
            const found = interval(sales, tries);
            return {
              key: row.key,
              label: row.group ? `${row.label} · ${row.group}` : row.label || '(blank)',
              share: found?.share ?? null,
              low: found?.low ?? null,
              high: found?.high ?? null,
              text: (
                <>
                  <b>{format.percent(found?.share ?? null, 1)}</b>{' '}
                  <span className="dim">
                    {format.number(sales)} of {format.number(tries)}
                  </span>
                </>
              ),
              to: href('/leads', { ...query, ...row.drill, fate: 'sold' }),
            };
          })}
        />
      </div>
    </Card>
  );
}

function Waits({ report, query }: { report: Report; query: Record<string, string> }) {
  const key = report.columns.find((column) => column.kind === 'minutes')?.key;
  const rows = report.rows
    .filter((row) => key && typeof row.values[key] === 'number')
    .sort((one, two) => Number(one.values[key as string]) - Number(two.values[key as string]));
  if (!key || rows.length < 2) return null;
  return (
    <Card id="picture" title="Time to the first contact" side="median, shortest first" flush>
      <div style={{ paddingBottom: 12 }}>
        <Bullets
          label="Median time to the first contact"
          rows={rows.slice(0, 16).map((row) => ({
            key: row.key,
            label: row.label,
            value: Number(row.values[key]),
            text: duration(Number(row.values[key])),
            to: href('/leads', { ...query, ...row.drill }),
          }))}
        />
      </div>
    </Card>
  );
}
