import type { Report } from './report.contract.ts';
import type { Cell, Sheet } from './sheet.rules.ts';

/** A report as rows for a file: what the screen shows, without what only the screen can do. Money leaves in major units, as spreadsheets want it. */
export function reportSheet(report: Report, majorOf: (minor: number) => number): Sheet {
  const grouped = report.rows.some((row) => row.group !== null);
  const cellOf = (row: Report['rows'][number], column: Report['columns'][number]): Cell => {
    const value = row.values[column.key] ?? null;
    return column.kind === 'money' && typeof value === 'number' ? majorOf(value) : value;
  };
  const line = (row: Report['rows'][number]): Cell[] => [
    ...(grouped ? [row.group] : []),
    row.label,
    ...report.columns.map((column) => cellOf(row, column)),
  ];
  const unit = (column: Report['columns'][number]): string =>
    column.kind === 'percent' ? `${column.label} %` : column.kind === 'money' ? `${column.label} ${report.currency}` : column.label;
  return {
    name: report.title,
    columns: [
      ...(grouped ? [{ label: 'Group', kind: 'text' as const }] : []),
      { label: report.title, kind: 'text' as const },
      ...report.columns.map((column) => ({
        label: unit(column),
        kind: column.kind === 'text' ? ('text' as const) : column.kind === 'money' ? ('money' as const) : ('number' as const),
      })),
    ],
    rows: [...report.rows.map(line), line(report.total)],
  };
}
