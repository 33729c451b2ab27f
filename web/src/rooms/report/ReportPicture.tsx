import { useMemo } from 'react';
import { href } from '../../shell/address.ts';
import { Card } from '../../ui/index.tsx';
import { Bullets, DotIntervals, StackedArea } from '../../ui/chart/index.tsx';
import { duration, useFormat } from '../../ui/format.ts';
import css from './report.module.css';
import { listPath } from './report-filters.ts';
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
      return <Conversion report={report} query={query} />;
    case 'what-works':
      return <Works report={report} query={query} />;
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
  const steps = useMemo(() => report.rows.map((row) => format.date(row.key)), [report, format]);
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
          return row && column?.list ? href(listPath(column.list), { ...query, ...row.drill, ...column.drill }) : undefined;
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

type Shares = { row: Row; tries: number; sales: number }[];

const sharesOf = (rows: Row[], of: 'inquiries' | 'leads'): Shares =>
  rows.map((row) => ({ row, tries: numberOf(row, of), sales: numberOf(row, 'sales') })).filter((entry) => entry.tries > 0);
const wholeOf = (report: Report, of: 'inquiries' | 'leads') => interval(numberOf(report.total, 'sales'), numberOf(report.total, of));
const legend = 'dot: measured; bar: where it may truly lie; dashes: the average';

function Conversion({ report, query }: { report: Report; query: Record<string, string> }) {
  const rows = sharesOf(report.rows, 'inquiries')
    .sort((one, two) => two.sales / two.tries - one.sales / one.tries || two.tries - one.tries)
    .slice(0, 14);
  if (rows.length < 2) return null;
  return (
    <Card id="picture" title="Share of inquiries that bought" side={legend} flush>
      <div style={{ paddingBottom: 12 }}>
        <Dots label="Share of inquiries that bought" shares={rows} query={query} average={wholeOf(report, 'inquiries')?.share} />
      </div>
    </Card>
  );
}

/** Small multiples, one for each thing that may work, all on the average of all leads. */
function Works({ report, query }: { report: Report; query: Record<string, string> }) {
  const groups = [...new Set(report.rows.map((row) => row.group ?? ''))];
  const average = wholeOf(report, 'leads')?.share;
  return (
    <div className={css.multiples}>
      {groups.map((group) => {
        const rows = sharesOf(
          report.rows.filter((row) => (row.group ?? '') === group),
          'leads',
        ).slice(0, 8);
        return rows.length < 2 ? null : (
          <Card key={group} title={group} side="share that bought" flush>
            <div style={{ paddingBottom: 12 }}>
              <Dots label={`${group}: share that bought`} shares={rows} query={query} average={average} />
            </div>
          </Card>
        );
      })}
    </div>
  );
}

function Dots({ label, shares, query, average }: { label: string; shares: Shares; query: Record<string, string>; average?: number }) {
  const format = useFormat();
  return (
    <DotIntervals
      label={label}
      average={average}
      percent={(share) => format.percent(share)}
      rows={shares.map(({ row, tries, sales }) => {
        const found = interval(sales, tries);
        return {
          key: row.key,
          label: row.label || '(blank)',
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
          to: href('/leads', { ...query, ...row.drill, status: 'sale' }),
        };
      })}
    />
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
