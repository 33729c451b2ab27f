import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useRef, useState, type ReactNode } from 'react';
import type { Pages } from '../api/hooks.ts';
import { useGo } from '../shell/address.ts';
import { useKeys } from '../shell/keys.ts';
import { A } from './Link.tsx';
import { ErrorNote, SkeletonRows } from './Page.tsx';
import { useIsPhone } from './screen-size.ts';
import css from './table.module.css';

export interface Column<Row> {
  key: string;
  label: string;
  /** A CSS grid track: 'minmax(180px, 2fr)', '90px'. */
  width?: string;
  align?: 'start' | 'end';
  render: (row: Row) => ReactNode;
  /** Where the cell goes at phone width; without it the cell is left out there. */
  phone?: 'start' | 'title' | 'sub' | 'end';
}

/** Going back keeps the place: the scroll offset and the active row of each list address, for this visit. */
const places = new Map<string, { top: number; active: number }>();

export function VirtualTable<Row>({
  pages,
  columns,
  rowKey,
  to,
  label,
  empty,
  rowHeight = 46,
  wraps = false,
  keys = true,
  onActive,
}: {
  pages: Pages<Row>;
  columns: Column<Row>[];
  rowKey: (row: Row) => string;
  /** Where a row leads; enter or a click opens it. */
  to?: (row: Row) => string;
  label: string;
  empty: ReactNode;
  rowHeight?: number;
  /** Titles are sentences: on a phone they take up to three lines. */
  wraps?: boolean;
  keys?: boolean;
  onActive?: (row: Row | undefined) => void;
}) {
  const go = useGo();
  const isPhone = useIsPhone();
  const id = useId();
  const place = useRef(location.pathname + location.search);
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(() => places.get(place.current)?.active ?? -1);
  const { rows } = pages;
  const height = isPhone ? (wraps ? 98 : 62) : rowHeight;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    initialOffset: places.get(place.current)?.top ?? 0,
    getItemKey: (at) => (rows[at] === undefined ? at : rowKey(rows[at])),
  });
  useEffect(() => virtual.measure(), [height, virtual]);

  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (pages.hasMore && !pages.isFetching && lastShown >= rows.length - 30) pages.more();
  }, [lastShown, rows.length, pages]);

  const remember = (patch: { top?: number; active?: number }) =>
    places.set(place.current, { top: scroller.current?.scrollTop ?? 0, active, ...patch });
  const move = (by: number) => {
    if (rows.length === 0) return;
    const next = Math.max(0, Math.min(rows.length - 1, active + by));
    setActive(next);
    remember({ active: next });
    onActive?.(rows[next]);
    virtual.scrollToIndex(next, { align: 'auto' });
  };
  const open = () => {
    const row = rows[active];
    if (row && to) go(to(row));
  };
  useKeys(
    keys
      ? [
          { key: 'j', label: 'Next row', group: 'List', run: () => move(1) },
          { key: 'k', label: 'Previous row', group: 'List', run: () => move(-1) },
          { key: 'Enter', label: 'Open the row', group: 'List', run: open },
          { key: 'ArrowDown', label: '', quiet: true, run: () => move(1) },
          { key: 'ArrowUp', label: '', quiet: true, run: () => move(-1) },
        ]
      : [],
  );

  const linked = columns.find((column) => column.phone === 'title') ?? columns[0];
  const template = columns.map((column) => column.width ?? 'minmax(0, 1fr)').join(' ');
  if (pages.error && rows.length === 0) return <ErrorNote error={pages.error} retry={pages.refetch} />;
  return (
    <div className={css.frame}>
      <div
        ref={scroller}
        className={css.scroll}
        role="grid"
        aria-label={label}
        aria-rowcount={pages.hasMore ? -1 : rows.length + 1}
        aria-busy={pages.isFetching}
        aria-activedescendant={active >= 0 && rows[active] !== undefined ? `${id}-${active}` : undefined}
        tabIndex={0}
        onScroll={(event) => remember({ top: event.currentTarget.scrollTop })}
      >
        <div role="row" className={isPhone ? 'sr-only' : css.head} style={{ gridTemplateColumns: template }} aria-rowindex={1}>
          {columns.map((column) => (
            <div key={column.key} role="columnheader" data-align={column.align}>
              {column.label}
            </div>
          ))}
        </div>
        {pages.isLoading ? (
          <div role="row">
            <div role="gridcell">
              <SkeletonRows rows={12} height={height} />
            </div>
          </div>
        ) : rows.length === 0 ? (
          <div role="row">
            <div role="gridcell">{empty}</div>
          </div>
        ) : (
          <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
            {items.map((item) => {
              const row = rows[item.index];
              if (row === undefined) return null;
              const link = to?.(row);
              const cell = (column: Column<Row>) =>
                link && (column.phone === 'title' || column === linked) ? (
                  <A to={link} className={css.rowLink} tabIndex={-1}>
                    {column.render(row)}
                  </A>
                ) : (
                  column.render(row)
                );
              return (
                <div
                  key={item.key}
                  id={`${id}-${item.index}`}
                  role="row"
                  aria-rowindex={item.index + 2}
                  aria-selected={item.index === active}
                  className={isPhone ? css.phoneRow : css.row}
                  data-link={link ? true : undefined}
                  data-wraps={wraps ? true : undefined}
                  style={{
                    transform: `translateY(${item.start}px)`,
                    height: item.size,
                    gridTemplateColumns: !isPhone ? template : columns.some((column) => column.phone === 'start') ? 'auto minmax(0, 1fr) auto' : undefined,
                  }}
                  onClick={(event) => {
                    setActive(item.index);
                    remember({ active: item.index });
                    onActive?.(row);
                    if (link && !event.defaultPrevented && !(event.target as HTMLElement).closest('button,input,a,label')) go(link);
                  }}
                >
                  {isPhone ? (
                    <>
                      {columns
                        .filter((column) => column.phone === 'start')
                        .map((column) => (
                          <div role="gridcell" key={column.key}>
                            {column.render(row)}
                          </div>
                        ))}
                      <div role="gridcell" className={css.phoneMain}>
                        <div className={css.phoneTitle}>
                          {columns
                            .filter((column) => column.phone === 'title')
                            .map((column) => (
                              <span key={column.key}>{cell(column)}</span>
                            ))}
                        </div>
                        <div className={css.phoneSub}>
                          {columns
                            .filter((column) => column.phone === 'sub')
                            .map((column) => (
                              <span key={column.key}>{column.render(row)}</span>
                            ))}
                        </div>
                      </div>
                      <div role="gridcell" className={css.phoneEnd}>
                        {columns
                          .filter((column) => column.phone === 'end')
                          .map((column) => (
                            <span key={column.key}>{column.render(row)}</span>
                          ))}
                      </div>
                    </>
                  ) : (
                    columns.map((column) => (
                      <div key={column.key} role="gridcell" data-align={column.align}>
                        {cell(column)}
                      </div>
                    ))
                  )}
                </div>
              );
            })}
          </div>
        )}
      </div>
      <div className={css.foot} aria-live="polite">
        {rows.length > 0 &&
          (pages.hasMore ? `${rows.length.toLocaleString()} shown, more below` : `${rows.length.toLocaleString()} in all`)}
      </div>
    </div>
  );
}
