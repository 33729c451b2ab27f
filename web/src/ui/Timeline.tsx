import type { ReactNode } from 'react';
import { useFormat } from './format.ts';
import css from './kit.module.css';

export interface TimelineEntry {
  id: string;
  at: string;
  /** What happened, as the end of a sentence: "asked for a quote". */
  text: ReactNode;
  /** The quiet half: receipt, evidence, rule. */
  detail?: ReactNode;
  tone?: 'main' | 'good' | 'bad';
  isFuture?: boolean;
}

export function Timeline({ entries }: { entries: TimelineEntry[] }) {
  const format = useFormat();
  return (
    <ol className={css.timeline}>
      {entries.map((entry) => (
        <li key={entry.id} data-tone={entry.tone} data-future={entry.isFuture || undefined}>
          <time dateTime={entry.at} title={format.dateTime(entry.at)}>
            {format.when(entry.at)}
          </time>{' '}
          {entry.text} {entry.detail && <span className="dim">{entry.detail}</span>}
        </li>
      ))}
    </ol>
  );
}
