import { useState, type ReactNode } from 'react';
import { Icon } from '../Icon.tsx';
import css from './chart.module.css';

/** Every picture has a table twin: one click apart, for whoever reads numbers better than shapes, by eye or by ear. */
export function ChartFrame({ label, table, children, height }: { label: string; table: ReactNode; children: ReactNode; height?: number }) {
  const [isTable, setTable] = useState(false);
  return (
    <figure className={css.frame} aria-label={label}>
      <button
        type="button"
        className={`${css.twin} no-print`}
        onClick={() => setTable(!isTable)}
        aria-pressed={isTable}
        title={isTable ? 'Show the picture' : 'Show as a table'}
      >
        <Icon name={isTable ? 'chart' : 'table'} size={15} />
        <span className="sr-only">{isTable ? `${label}: show the picture` : `${label}: show as a table`}</span>
      </button>
      {isTable ? <div style={{ minHeight: height }}>{table}</div> : children}
    </figure>
  );
}
