import css from './move-buttons.module.css';

/** Up and down, for one of a list whose order counts. */
export function MoveButtons({ name, at, count, move }: { name: string; at: number; count: number; move: (by: -1 | 1) => void }) {
  return (
    <>
      <button type="button" className={css.move} disabled={at === 0} aria-label={`Move ${name} up`} onClick={() => move(-1)}>
        ↑
      </button>
      <button type="button" className={css.move} disabled={at === count - 1} aria-label={`Move ${name} down`} onClick={() => move(1)}>
        ↓
      </button>
    </>
  );
}
