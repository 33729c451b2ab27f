import css from './kit.module.css';

/** How far a long job is; without a total it says so in words instead of pretending. */
export function Progress({ done, total, note }: { done: number; total?: number | null; note?: string | null }) {
  const share = total ? Math.min(1, done / total) : 0;
  return (
    <div>
      <div
        className={css.progress}
        role="progressbar"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
        aria-label={note ?? 'Progress'}
      >
        <i style={{ width: `${share * 100}%`, background: 'var(--action-strong)', transition: 'width .3s' }} />
      </div>
      <div className="dim" style={{ marginTop: 6, fontSize: 12 }} aria-live="polite">
        {note ? `${note} · ` : ''}
        {total ? `${done.toLocaleString()} of ${total.toLocaleString()}` : done ? done.toLocaleString() : 'starting'}
      </div>
    </div>
  );
}

/** The thin bar under a due time: how much of the promised time is left. */
export function DueBar({ left, tone }: { left: number; tone: string }) {
  return (
    <div className={css.progress} aria-hidden>
      <i style={{ width: `${Math.max(0, Math.min(1, left)) * 100}%`, background: `var(--${tone}-fill)` }} />
    </div>
  );
}
