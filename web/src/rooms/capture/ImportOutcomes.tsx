import { useFormat } from '../../ui/format.ts';
import type { ImportView } from './import-status.tsx';
import css from './import.module.css';

const parts = [
  { name: 'new', label: 'new', tone: 'sale-fill' },
  { name: 'updated', label: 'updated', tone: 'cold-fill' },
  { name: 'matched', label: 'already known', tone: 'open-fill' },
  { name: 'skipped', label: 'skipped', tone: 'quiet-fill' },
  { name: 'problem', label: 'not taken in', tone: 'hot-fill' },
] as const;

/** What became, or would become, of the rows: one bar, in words beside it. */
export function ImportOutcomes({ counts }: { counts: ImportView['counts'] }) {
  const format = useFormat();
  const total = parts.reduce((sum, part) => sum + counts[part.name], 0);
  return (
    <div className={css.outcomes}>
      <div className={css.bar} aria-hidden>
        {parts.map(
          (part) =>
            counts[part.name] > 0 && (
              <i
                key={part.name}
                style={{ width: `${(counts[part.name] / Math.max(1, total)) * 100}%`, background: `var(--${part.tone})` }}
              />
            ),
        )}
      </div>
      <ul className={css.legend}>
        {parts
          .filter((part) => counts[part.name] > 0 || part.name === 'new' || part.name === 'problem')
          .map((part) => (
            <li key={part.name}>
              <i style={{ background: `var(--${part.tone})` }} aria-hidden />
              <b>{format.number(counts[part.name])}</b> {part.label}
            </li>
          ))}
        {counts.cells > 0 && (
          <li className="dim">
            <b>{format.number(counts.cells)}</b> cells not understood, kept as they are
          </li>
        )}
      </ul>
    </div>
  );
}
