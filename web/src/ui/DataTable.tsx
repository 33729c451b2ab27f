import { useMemo, useState, type ReactNode } from 'react';
import { A } from './Link.tsx';
import css from './table.module.css';

export interface DataColumn<Row> {
  key: string;
  label: string;
  align?: 'start' | 'end';
  render: (row: Row) => ReactNode;
  /** The leads behind the figure. */
  to?: (row: Row) => string | undefined;
  /** Makes the column sortable. */
  sort?: (row: Row) => number | string;
  total?: ReactNode;
  totalTo?: string;
  hint?: string;
}

/**
 * A table for comparing: short enough to be shown whole. The first column names the row. Long lists use VirtualTable. At phone width a
 * table of more than three columns becomes one block a row, each value under its label; `phone="scroll"` keeps the columns, to be
 * scrolled sideways, where comparing down a column is the point.
 */
export function DataTable<Row>({
  rows,
  columns,
  rowKey,
  caption,
  sortBy,
  phone = columns.length > 3 ? 'stack' : 'scroll',
}: {
  rows: Row[];
  columns: DataColumn<Row>[];
  rowKey: (row: Row, at: number) => string;
  caption: string;
  sortBy?: string;
  phone?: 'stack' | 'scroll';
}) {
  const [sorted, setSorted] = useState<{ key: string; down: boolean } | undefined>(sortBy ? { key: sortBy, down: true } : undefined);
  const shown = useMemo(() => {
    const by = columns.find((column) => column.key === sorted?.key)?.sort;
    if (!by) return rows;
    const order = (one: Row, two: Row) => {
      const [a, b] = [by(one), by(two)];
      return typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b));
    };
    return [...rows].sort((one, two) => (sorted?.down ? -order(one, two) : order(one, two)));
  }, [rows, columns, sorted]);
  const hasTotals = columns.some((column) => column.total !== undefined);
  return (
    <div
      className={css.tableWrap}
      data-phone={phone}
      data-dense={columns.length > 12 || undefined}
      tabIndex={0}
      role="region"
      aria-label={caption}
    >
      <table className={css.table}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.key}
                scope="col"
                data-align={column.align}
                title={column.hint}
                aria-sort={sorted?.key === column.key ? (sorted.down ? 'descending' : 'ascending') : undefined}
              >
                {column.sort ? (
                  <button
                    type="button"
                    className={css.sort}
                    onClick={() =>
                      setSorted((was) => ({ key: column.key, down: was?.key === column.key ? !was.down : column.align === 'end' }))
                    }
                  >
                    {column.label}
                    {sorted?.key === column.key && <span aria-hidden>{sorted.down ? ' ↓' : ' ↑'}</span>}
                  </button>
                ) : (
                  column.label
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {shown.map((row, at) => (
            <tr key={rowKey(row, at)}>
              {columns.map((column, index) => {
                const to = column.to?.(row);
                const body = to ? <A to={to}>{column.render(row)}</A> : column.render(row);
                return index === 0 ? (
                  <th key={column.key} scope="row" data-align={column.align}>
                    {body}
                  </th>
                ) : (
                  <td key={column.key} data-align={column.align} data-label={column.label} className="num">
                    {body}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        {hasTotals && (
          <tfoot>
            <tr>
              {columns.map((column, index) => {
                const body = column.totalTo ? <A to={column.totalTo}>{column.total}</A> : column.total;
                return index === 0 ? (
                  <th key={column.key} scope="row">
                    {body}
                  </th>
                ) : (
                  <td key={column.key} data-align={column.align} data-label={column.label} className="num">
                    {body}
                  </td>
                );
              })}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}
