import { A } from '../Link.tsx';
import css from './share-bar.module.css';

/** Parts of a whole side by side, each the way to what it counts. `sliver`: what is narrower is no target for a thumb; its number stands elsewhere. */
export function ShareBar({ of, whole, name, sliver, className = '' }: { of: readonly { key: string; n: number; tone: string; said: string; to: string }[]; whole: number; name: string; sliver: number; className?: string | undefined }) {
  return (
    <span className={`${css.bar} ${className}`}>
      {of
        .filter((part) => part.n > 0)
        .map(({ key, n, tone, said, to }) => {
          const look = { width: `${(n / whole) * 100}%`, background: `var(--${tone}-fill)` };
          return n / whole < sliver ? <i key={key} style={look} title={said} /> : <A key={key} to={to} style={look} title={said} aria-label={`${name} ${said}`} />;
        })}
    </span>
  );
}
