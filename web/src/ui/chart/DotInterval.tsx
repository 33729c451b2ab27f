import type { ReactNode } from 'react';
import { A } from '../Link.tsx';
import css from './chart.module.css';

export interface DotRow {
  key: string;
  label: ReactNode;
  /** Shares between 0 and 1. */
  share: number | null;
  low: number | null;
  high: number | null;
  text: ReactNode;
  to?: string;
}

/** A share with its interval, so that three of four does not look better than sixty of a hundred. Its own table twin. */
export function DotIntervals({
  label,
  rows,
  average,
  percent,
}: {
  label: string;
  rows: DotRow[];
  average?: number | null;
  percent: (share: number) => string;
}) {
  const most = niceTop(Math.max(0.02, ...rows.map((row) => Math.min(row.high ?? 0, (row.share ?? 0) * 3 + 0.05)), average ?? 0));
  const place = (share: number) => `${Math.min(100, (share / most) * 100)}%`;
  return (
    <div>
      <ul className={css.rows} aria-label={label}>
        {rows.map((row) => {
          const body = (
            <>
              <span className={css.rowLabel}>{row.label}</span>
              <span className={css.interval} aria-hidden>
                {average !== null && average !== undefined && <em style={{ left: place(average) }} />}
                {row.low !== null && row.high !== null && (
                  <i style={{ left: place(row.low), width: `calc(${place(row.high)} - ${place(row.low)})` }} />
                )}
                {row.share !== null && (
                  <b
                    style={{ left: place(row.share) }}
                    data-tone={average !== null && average !== undefined && row.low !== null && row.low > average ? 'good' : undefined}
                  />
                )}
              </span>
              <span className={css.rowValue}>{row.text}</span>
            </>
          );
          return (
            <li key={row.key}>
              {row.to ? (
                <A className={css.dotRow} to={row.to}>
                  {body}
                </A>
              ) : (
                <div className={css.dotRow}>{body}</div>
              )}
            </li>
          );
        })}
        <li className={css.axis} aria-hidden>
          <span />
          <div>
            <span>0</span>
            <span>{percent(most / 2)}</span>
            <span>{percent(most)}</span>
          </div>
          <span />
        </li>
      </ul>
    </div>
  );
}

const niceTop = (most: number): number => [0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1].find((top) => most <= top) ?? 1;
