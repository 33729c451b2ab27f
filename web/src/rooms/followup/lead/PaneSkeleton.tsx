import { Skeleton } from '../../../ui/index.tsx';
import type { QueueRow } from '../Queue.tsx';
import css from './lead.module.css';

/** What the list already knows is shown at once; the rest keeps its place. */
export function PaneSkeleton({ row, isFull, onBack }: { row?: QueueRow; isFull?: boolean; onBack?: () => void }) {
  return (
    <div className={css.pane} data-full={isFull || undefined} aria-busy="true">
      <header className={css.head}>
        <div>
          {onBack && <div style={{ height: 24 }} />}
          {row?.personName ? <h2>{row.personName}</h2> : <Skeleton width={220} height={22} />}
          <p className="dim">
            {row ? [row.personTitle, row.organizationName, row.city].filter(Boolean).join(' · ') : <Skeleton width={320} height={12} />}
          </p>
        </div>
      </header>
      <Skeleton height={38} />
      <div style={{ height: 12 }} />
      <Skeleton width="70%" height={22} />
      <div className={css.grid}>
        <Skeleton height={280} radius={9} />
        <Skeleton height={280} radius={9} />
      </div>
    </div>
  );
}
