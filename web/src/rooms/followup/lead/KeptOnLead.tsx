import { useSyncExternalStore } from 'react';
import { keptNow, whenKeptChanges } from '../../../api/kept.ts';
import css from './lead.module.css';

/** What was done to this lead and has not reached the house yet. */
export function KeptOnLead({ leadId }: { leadId: string }) {
  const kept = useSyncExternalStore(whenKeptChanges, keptNow).filter((one) => one.leadId === leadId && !one.refused);
  if (kept.length === 0) return null;
  return (
    <ul className={css.kept} aria-label="Waits for the line">
      {kept.map((one) => (
        <li key={one.key}>
          {one.words} <span className="dim">waits for the line</span>
        </li>
      ))}
    </ul>
  );
}
