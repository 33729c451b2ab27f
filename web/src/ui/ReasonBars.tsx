import css from './kit.module.css';

export interface Reason {
  label: string;
  points: number;
  detail?: string | null;
}

/** Why a number is what it is: one bar per contribution, plus to the right, minus to the left, longest first as given. */
export function ReasonBars({ reasons, unit = '' }: { reasons: Reason[]; unit?: string }) {
  const most = Math.max(1e-9, ...reasons.map((reason) => Math.abs(reason.points)));
  const whole = reasons.every((reason) => Number.isInteger(reason.points));
  return (
    <ul className={css.reasons}>
      {reasons.map((reason, at) => {
        const width = (Math.abs(reason.points) / most) * 50;
        const isPlus = reason.points >= 0;
        return (
          <li key={`${reason.label}-${at}`}>
            <span>
              {reason.label}
              {reason.detail && <span className={css.reasonDetail}>{reason.detail}</span>}
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
            <span className={css.reasonPoints}>
              {isPlus ? '+' : '−'}
              {Math.abs(reason.points).toFixed(whole ? 0 : 1)}
              {unit}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
