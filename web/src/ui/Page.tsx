import type { ComponentProps, ReactNode } from 'react';
import type { ApiProblem } from '../api/client.ts';
import css from './kit.module.css';
import { Back } from './Layout.tsx';
import { A } from './Link.tsx';

/** A screen's frame. `fill` lets one child (a virtual table) take the rest of the height. */
export function Page({ children, fill }: { children: ReactNode; fill?: boolean }) {
  return <div className={fill ? css.pageFill : css.page}>{children}</div>;
}

/** The page of one record: the way back always; under it the record, or while `waiting` its outline or why it cannot be shown. */
export function RecordPage({
  back,
  waiting,
  rows = 8,
  children,
}: {
  back: { to: string; label: string };
  waiting?: { error: ApiProblem | Error | null; refetch: () => unknown };
  rows?: number;
  children?: ReactNode;
}) {
  return (
    <Page>
      <Back to={back.to}>{back.label}</Back>
      {waiting?.error ? (
        <ErrorNote error={waiting.error} retry={() => void waiting.refetch()} />
      ) : waiting ? (
        <SkeletonRows rows={rows} />
      ) : (
        children
      )}
    </Page>
  );
}

/** The title row: what the screen is, and under it the one question it answers. */
export function PageTitle({ title, question, side }: { title: ReactNode; question?: ReactNode; side?: ReactNode }) {
  return (
    <header className={css.title}>
      <div>
        <h1>{title}</h1>
        {question && <p>{question}</p>}
      </div>
      {side && <div className={css.titleSide}>{side}</div>}
    </header>
  );
}

export function Card({
  title,
  side,
  children,
  flush,
  quiet,
  className,
  id,
}: {
  title?: ReactNode;
  side?: ReactNode;
  children?: ReactNode;
  flush?: boolean;
  quiet?: boolean;
  className?: string;
  id?: string;
}) {
  return (
    <section className={`${css.card} ${className ?? ''}`} aria-labelledby={id && title ? `${id}-title` : undefined}>
      {(title || side) && (
        <div className={css.cardHead}>
          <h2 className={quiet ? css.quietHead : undefined} id={id && `${id}-title`}>
            {title}
          </h2>
          {side && <div className={css.cardSide}>{side}</div>}
        </div>
      )}
      <div className={flush ? css.flush : css.cardBody}>{children}</div>
    </section>
  );
}

export function Stats({ children }: { children: ReactNode }) {
  return (
    <div className={css.stats} data-stats>
      {children}
    </div>
  );
}

/** One figure. With `to` the whole tile opens the leads behind it. Red only when a person is needed. */
export function Stat({
  label,
  value,
  note,
  to,
  tone,
}: {
  label: ReactNode;
  value: ReactNode;
  note?: ReactNode;
  to?: string;
  tone?: 'good' | 'bad';
}) {
  const body = (
    <>
      <div className={css.statLabel}>{label}</div>
      <div className={css.statValue} data-tone={tone}>
        {value}
      </div>
      {note && <div className={css.statNote}>{note}</div>}
    </>
  );
  return to ? (
    <A to={to} className={css.stat}>
      {body}
    </A>
  ) : (
    <div className={css.stat}>{body}</div>
  );
}

/** Says what happened and what to do next. Never just "No data". */
export function EmptyState({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  return (
    <div className={css.empty}>
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {actions && <div>{actions}</div>}
    </div>
  );
}

export function ErrorNote({ error, retry }: { error: ApiProblem | Error | null | undefined; retry?: () => void }) {
  if (!error) return null;
  const details = 'problem' in error ? (error.problem.problems ?? []) : [];
  return (
    <div className={css.error} role="alert">
      <div>
        {error.message}
        {details.length > 0 && (
          <ul>
            {details.slice(0, 8).map((detail, at) => (
              <li key={at}>
                {(detail.field ?? detail.path) ? <b>{detail.field ?? detail.path}: </b> : null}
                {detail.sentence ?? detail.message}
              </li>
            ))}
          </ul>
        )}
      </div>
      {retry && <Chip onClick={retry}>Try again</Chip>}
    </div>
  );
}

export function Skeleton({ width = '100%', height = 14, radius }: { width?: number | string; height?: number | string; radius?: number }) {
  return <span className={css.bone} style={{ width, height, borderRadius: radius }} aria-hidden />;
}

export function SkeletonRows({ rows = 8, height = 48 }: { rows?: number; height?: number }) {
  return (
    <div aria-busy="true" aria-label="Loading" role="status">
      {Array.from({ length: rows }, (_none, at) => (
        <div
          key={at}
          style={{ height, display: 'grid', alignContent: 'center', gap: 6, padding: '0 16px', borderBottom: '1px solid var(--line-soft)' }}
        >
          <Skeleton width={`${34 + ((at * 17) % 30)}%`} height={12} />
          <Skeleton width={`${50 + ((at * 23) % 36)}%`} height={9} />
        </div>
      ))}
    </div>
  );
}

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className={css.kbd} aria-hidden>
      {children}
    </kbd>
  );
}

/** A small action. Give `keyName` to show its key. */
export function Chip({ keyName, children, type = 'button', ...rest }: ComponentProps<'button'> & { keyName?: string }) {
  return (
    <button type={type} {...rest} className={`${css.chip} ${rest.className ?? ''}`} aria-keyshortcuts={keyName}>
      {children}
      {keyName && <Kbd>{keyName}</Kbd>}
    </button>
  );
}
