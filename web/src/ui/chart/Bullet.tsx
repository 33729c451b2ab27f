import type { ReactNode } from 'react';
import { A } from '../Link.tsx';
import css from './chart.module.css';

export interface BulletRow {
  key: string;
  label: ReactNode;
  value: number;
  goal?: number | null;
  /** What is expected by today, for pacing. */
  pace?: number | null;
  tone?: string;
  text: ReactNode;
  to?: string;
}

/** Achieved against the goal. Reads as a table by itself: label, bar, words; so it is its own twin. */
export function Bullets({ label, rows }: { label: string; rows: BulletRow[] }) {
  const most = Math.max(1e-9, ...rows.map((row) => Math.max(row.value, row.goal ?? 0)));
  return (
    <ul className={css.rows} aria-label={label}>
      {rows.map((row) => {
        const body = (
          <>
            <span className={css.rowLabel}>{row.label}</span>
            <span className={css.bullet} aria-hidden>
              <i style={{ width: `${(row.value / most) * 100}%`, background: `var(--${row.tone ?? 'cold'}-fill)` }} />
              {row.goal ? <b style={{ left: `${(row.goal / most) * 100}%` }} /> : null}
            </span>
            <span className={css.rowValue}>{row.text}</span>
          </>
        );
        return (
          <li key={row.key}>
            {row.to ? (
              <A className={css.bulletRow} to={row.to}>
                {body}
              </A>
            ) : (
              <div className={css.bulletRow}>{body}</div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
