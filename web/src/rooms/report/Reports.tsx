import { useApi } from '../../api/hooks.ts';
import { pathOf } from '../../api/client.ts';
import type { Answer } from '../../api/contract.ts';
import { href, useFilters, useParam } from '../../shell/address.ts';
import {
  A,
  Card,
  DataTable,
  EmptyState,
  ErrorNote,
  FilterBar,
  Icon,
  Page,
  PageTitle,
  SkeletonRows,
  type DataColumn,
  type FilterSpec,
  useOpenInSight,
} from '../../ui/index.tsx';
import { Conditions } from '../../ui/Conditions.tsx';
import { useFormat, type Format } from '../../ui/format.ts';
import { useOwnColumns } from '../../ui/own-columns.ts';
import { ReportPicture } from './ReportPicture.tsx';
import { listPath, useCut } from './report-filters.ts';
import css from './report.module.css';

export type Report = Answer<'GET /v1/reports/source'>;

const reports = [
  { name: 'source', label: 'Source', row: 'From', question: 'Where do inquiries come from, and which of them become sales?' },
  {
    name: 'where-assigned',
    label: 'Where assigned',
    row: 'Holder',
    question: 'Who was handed what, how long until somebody got in touch, and who took over?',
  },
  { name: 'status-update', label: 'Status update', row: 'Holder', question: 'What did each holder do with their leads?' },
  {
    name: 'status-tracking',
    label: 'Status tracking',
    row: 'Week',
    question: 'Hot, warm, bad, sale, don’t know or still open: what became of the leads, week by week?',
  },
  { name: 'what-works', label: 'What works', row: 'What', question: 'Which followups, sources and next actions end in sales?' },
] as const;

const groupings: FilterSpec = {
  kind: 'choice',
  name: 'groupBy',
  label: 'Rows',
  all: 'By source',
  options: [
    { value: 'program', label: 'By program' },
    { value: 'channel', label: 'By channel' },
    { value: 'source-program', label: 'By source and program' },
  ],
};

export default function Reports() {
  const name = useParam('name');
  const current = reports.find((report) => report.name === name) ?? reports[0];
  const [filters] = useFilters();
  const { specs, query } = useCut(['period', 'programId', 'channel', 'sourceId', 'holderId', 'territoryId', 'who'], 'this-year');
  const input = { query: { ...query, groupBy: current.name === 'source' ? filters.groupBy : undefined, own: current.name === 'status-update' ? filters['own'] : undefined } };
  const own = useOwnColumns();
  const answer = useApi(`GET /v1/reports/${current.name}`, input, { live: ['lead', 'invoice'], keep: true });
  const report = answer.data?.name === current.name ? answer.data : undefined;
  const file = (kind: 'csv' | 'xlsx') => pathOf(`GET /v1/reports/${current.name}.${kind}`, input);
  const strip = useOpenInSight(current.name);
  return (
    <Page>
      <PageTitle
        title="Reports"
        question={current.question}
        side={
          <div className={`${css.files} no-print`}>
            <a className={css.file} href={file('csv')} download>
              <Icon name="download" size={14} /> CSV
            </a>
            <a className={css.file} href={file('xlsx')} download>
              <Icon name="download" size={14} /> XLSX
            </a>
          </div>
        }
      />
      <nav ref={strip} className={css.tabs} aria-label="The five reports">
        {reports.map((one) => (
          <A
            key={one.name}
            to={href(`/reports/${one.name}`, { ...filters, groupBy: undefined, own: undefined })}
            aria-current={one.name === current.name ? 'page' : undefined}
          >
            {one.label}
          </A>
        ))}
      </nav>
      <div className={css.stack}>
        <FilterBar
          filters={
            current.name === 'source'
              ? [groupings, ...specs]
              : current.name === 'status-update' && own.length > 0
                ? [{ kind: 'choice', name: 'own', label: 'Rows', all: 'By holder', options: own.map(({ value, label }) => ({ value, label: `By ${label}` })) }, ...specs]
                : specs
          }
        />
        <Conditions subject="lead" />
        <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
        {!report && !answer.error && <SkeletonRows rows={10} height={40} />}
        {report && <Shown key={report.name} report={report} query={query} />}
      </div>
    </Page>
  );
}

function Shown({ report, query }: { report: Report; query: Record<string, string> }) {
  const format = useFormat();
  if (report.rows.length === 0) {
    return (
      <Card>
        <EmptyState title="Nothing in this cut" actions={<A to={`/reports/${report.name}?period=all`}>All time, everything</A>}>
          No lead falls into the period and filters chosen above.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <ReportPicture report={report} query={query} />
      <Card id="table" title={report.title} side={report.periodMeans} flush>
        <DataTable
          phone="scroll"
          caption={report.title}
          rows={report.rows}
          rowKey={(row) => row.key}
          columns={columnsOf(report, query, format)}
        />
      </Card>
      {report.redirects && report.redirects.length > 0 && (
        <Card id="redirects" title="Passed on" side="from whom, to whom" flush>
          <DataTable
            caption="Redirects"
            rows={report.redirects}
            rowKey={(row, at) => `${row.fromId}-${row.toId}-${at}`}
            sortBy="count"
            columns={[
              { key: 'from', label: 'From', render: (row) => row.from },
              { key: 'to', label: 'To', render: (row) => row.to },
              { key: 'why', label: 'Why', render: (row) => row.why },
              {
                key: 'count',
                label: 'Leads',
                align: 'end',
                render: (row) => format.number(row.count),
                sort: (row) => row.count,
                to: (row) => href('/leads', { ...query, assignedTo: row.fromId, redirected: 'true' }),
              },
            ]}
          />
        </Card>
      )}
      <ul className={css.notes}>
        {report.timing && report.timing.sales > 0 && (
          <li>
            From first contact to sale: mean {report.timing.meanDays?.toFixed(2)} days, median {report.timing.medianDays?.toFixed(2)} days,
            over {format.number(report.timing.sales)} sales by {format.number(report.timing.reps)} reps.
          </li>
        )}
        {report.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        <li>Made {format.dateTime(report.madeAt)} from the facts as they stand now.</li>
      </ul>
    </>
  );
}

export function show(
  kind: Report['columns'][number]['kind'],
  value: number | string | null | undefined,
  format: Format,
  currency: string,
): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'string') return value;
  switch (kind) {
    case 'money':
      return format.money(value, currency);
    case 'percent':
      return format.percent(value / 100, Math.abs(value) < 10 && value !== 0 ? 1 : 0);
    case 'days':
      return format.decimal(value, 2);
    default:
      return format.number(value);
  }
}

function columnsOf(report: Report, query: Record<string, string>, format: Format): DataColumn<Report['rows'][number]>[] {
  const hasGroups = report.rows.some((row) => row.group);
  const link = (column: Report['columns'][number], drill: Record<string, string>) =>
    column.list ? href(listPath(column.list), { ...query, ...drill, ...column.drill }) : undefined;
  return [
    {
      key: 'label',
      label: reports.find((one) => one.name === report.name)?.row ?? 'Row',
      render: (row) => (
        <>
          {report.name === 'status-tracking' ? `Week of ${format.date(row.key)}` : row.label || <span className="dim">(blank)</span>}
          {hasGroups && row.group && <span className="dim"> {row.group}</span>}
        </>
      ),
      sort: (row) => row.label,
      total: report.total.label || 'Total',
    },
    ...report.columns.map((column) => ({
      key: column.key,
      label: column.label,
      align: column.kind === 'text' ? ('start' as const) : ('end' as const),
      render: (row: Report['rows'][number]) => show(column.kind, row.values[column.key], format, report.currency),
      to: (row: Report['rows'][number]) => (row.values[column.key] ? link(column, row.drill) : undefined),
      sort: (row: Report['rows'][number]) => row.values[column.key] ?? (column.kind === 'text' ? '' : -1e15),
      total: show(column.kind, report.total.values[column.key], format, report.currency),
      totalTo: report.total.values[column.key] ? link(column, report.total.drill) : undefined,
    })),
  ];
}
