import { useState } from 'react';
import css from './kit.module.css';

export interface Reason {
  label: string;
  points: number;
  detail?: string | null;
}

/** Why a number is what it is: one bar per contribution, plus to the right, minus to the left, the weightiest first. */
export function ReasonBars({ reasons, unit = '', limit = Infinity }: { reasons: Reason[]; unit?: string; limit?: number }) {
  const [isOpen, setOpen] = useState(false);
  const most = Math.max(1e-9, ...reasons.map((reason) => Math.abs(reason.points)));
  const whole = reasons.every((reason) => Number.isInteger(reason.points));
  const sorted = reasons.toSorted((one, two) => Math.abs(two.points) - Math.abs(one.points));
  const folds = sorted.length > limit + 1;
  const shown = folds && !isOpen ? sorted.slice(0, limit) : sorted;
  const rest = sorted.slice(limit).reduce((sum, reason) => sum + reason.points, 0);
  const signed = (points: number) => `${points >= 0 ? '+' : '−'}${Math.abs(points).toFixed(whole ? 0 : 1)}${unit}`;
  return (
    <>
      <ul className={css.reasons}>
        {shown.map((reason, at) => {
          const width = (Math.abs(reason.points) / most) * 50;
          const isPlus = reason.points >= 0;
          return (
            <li key={`${reason.label}-${at}`} title={reason.detail ?? undefined}>
              <span>
                {reason.label}
                {reason.detail && (!folds || isOpen) && <span className={css.reasonDetail}>{reason.detail}</span>}
              </span>
              <span className={css.track} aria-hidden>
                <i
                  style={{
                    width: `${width}%`,
                    left: isPlus ? '50%' : `${50 - width}%`,
                    background: isPlus ? 'var(--plus-fill)' : 'var(--minus-fill)',
                  }}
                />
              </span>
              <span className={css.reasonPoints}>{signed(reason.points)}</span>
            </li>
          );
        })}
      </ul>
      {folds && (
        <button type="button" className={css.fold} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Only the weightiest' : `${sorted.length - limit} more, together ${signed(rest)}; and why each`}
        </button>
      )}
    </>
  );
}
