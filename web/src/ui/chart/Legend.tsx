import css from './chart.module.css';

/** Which colour is what, above a picture of several. */
export function Legend({ of }: { of: readonly { name: string; tone: string }[] }) {
  return (
    <div className={css.legend}>
      {of.map(({ name, tone }) => (
        <span key={name} style={{ ['--swatch' as string]: `var(--${tone}-fill)` }}>
          {name}
        </span>
      ))}
    </div>
  );
}
