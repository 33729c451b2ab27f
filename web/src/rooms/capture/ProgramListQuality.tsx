import { useApi } from '../../api/hooks.ts';
import { href } from '../../shell/address.ts';
import { Card, DataTable, EmptyState, ErrorNote, SkeletonRows, type DataColumn } from '../../ui/index.tsx';
import { duration, useFormat } from '../../ui/format.ts';

/** Which source inside the program brings buyers: the source report, cut to this program. */
export function ProgramListQuality({ programId }: { programId: string }) {
  const format = useFormat();
  const report = useApi('GET /v1/reports/source', { query: { programId, groupBy: 'source' } }, { live: ['lead', 'inquiry', 'sale'] });
  if (report.error) return <ErrorNote error={report.error} retry={() => void report.refetch()} />;
  if (!report.data) return <SkeletonRows rows={6} />;
  const { columns, rows, total, currency, notes } = report.data;
  const show = (kind: string, value: number | string | null | undefined) => {
    if (value === null || value === undefined || typeof value === 'string') return value ?? '–';
    if (kind === 'money') return format.money(value, currency);
    if (kind === 'percent') return format.percent(value / 100);
    if (kind === 'minutes') return duration(value);
    return kind === 'days' ? `${value.toFixed(1)} days` : format.number(value);
  };
  type ReportRow = (typeof rows)[number];
  const cells: DataColumn<ReportRow>[] = columns.map((column) => ({
    key: column.key,
    label: column.label,
    align: column.kind === 'text' ? 'start' : 'end',
    render: (row) => show(column.kind, row.values[column.key]),
    to: (row) =>
      column.list && row.values[column.key]
        ? href(column.list === 'leads' ? '/leads' : '/fates', { ...row.drill, ...column.drill, programId })
        : undefined,
    sort: (row) => row.values[column.key] ?? '',
    total: show(column.kind, total.values[column.key]),
  }));
  if (rows.length === 0)
    return (
      <Card>
        <EmptyState title="Nothing came in yet">
          As soon as inquiries name this program, each of its sources is measured by who bought.
        </EmptyState>
      </Card>
    );
  return (
    <Card title="List quality" side="which source inside this program brings buyers" flush>
      <DataTable
        caption="List quality"
        rows={rows}
        rowKey={(row) => row.key}
        columns={[
          { key: 'label', label: 'Source', render: (row) => row.label, total: 'Together' },
          ...cells.filter((cell) => cell.key !== 'label'),
        ]}
      />
      {notes.length > 0 && (
        <p className="dim" style={{ padding: '8px 16px 14px', fontSize: 12 }}>
          {notes.join(' ')}
        </p>
      )}
    </Card>
  );
}
