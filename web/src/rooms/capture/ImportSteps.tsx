import css from './import.module.css';

const steps = ['File', 'Columns', 'Consequences', 'Result'];

export function Steps({ at }: { at: number }) {
  return (
    <ol className={css.steps} aria-label="Steps">
      {steps.map((name, index) => (
        <li key={name} aria-current={index === at ? 'step' : undefined} data-done={index < at || undefined}>
          <span>{name}</span>
        </li>
      ))}
    </ol>
  );
}
