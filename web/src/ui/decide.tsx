import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState, type ReactNode } from 'react';
import { ApiProblem } from '../api/client.ts';
import { forget } from '../api/hooks.ts';
import { Note } from './Layout.tsx';
import { Chip, EmptyState } from './Page.tsx';
import css from './decide.module.css';

/** What can be done with the one at hand; `many`: on a phone they stand in two columns. */
export const DecideBar = ({ many, children }: { many?: boolean; children: ReactNode }) => (
  <div className={css.bar} data-many={many || undefined}>
    {children}
  </div>
);

/** What was decided last, with its way back. */
export const DecidedNote = ({ sentence, undo, disabled }: { sentence: string; undo(): void; disabled?: boolean }) => (
  <Note tone="good">
    <span className={css.said} role="status">
      {sentence}
      <Chip keyName="u" onClick={undo} disabled={disabled}>
        Undo
      </Chip>
    </span>
  </Note>
);

interface Pages<Row> {
  rows: readonly Row[];
  hasMore: boolean;
  isFetching: boolean;
  more(): void;
}

/**
 * A list decided one after the other: what is decided leaves the table at once, and comes back with the server's sentence where it refuses.
 * `takeBack` asks the server to undo; `stale` are the paths that look otherwise after a decision.
 */
export function useDecisions<Row extends { id: string }>(pages: Pages<Row>, { stale, takeBack }: { stale: readonly string[]; takeBack(id: string): Promise<unknown> }) {
  const client = useQueryClient();
  const [skipped, setSkipped] = useState<string[]>([]);
  const [gone, setGone] = useState<string[]>([]);
  const [said, setSaid] = useState<{ id: string; sentence: string }[]>([]);
  const [error, setError] = useState<ApiProblem | null>(null);
  const waiting = pages.rows.filter((one) => !gone.includes(one.id) && !skipped.includes(one.id));
  const one = waiting[0];
  if (waiting.length < 10 && pages.hasMore && !pages.isFetching) queueMicrotask(() => pages.more());

  // One after the other: an undo must not overtake the decision it takes back.
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const inTurn = (ask: () => Promise<unknown>): Promise<unknown> => {
    const turn = line.current.then(ask);
    line.current = turn.catch(() => undefined);
    return turn;
  };
  const settle = () => forget(client, [...stale]);
  const tell = (problem: unknown): void => {
    if (problem instanceof ApiProblem) setError(problem);
  };
  const decide = (sentence: string, ask: (id: string) => Promise<unknown>) => {
    if (!one) return;
    const { id } = one;
    setError(null);
    setGone((was) => [...was, id]);
    setSaid((was) => [...was, { id, sentence }]);
    inTurn(() => ask(id))
      .then(settle)
      .catch((problem: unknown) => {
        setGone((was) => was.filter((other) => other !== id));
        setSaid((was) => was.filter((entry) => entry.id !== id));
        tell(problem);
      });
  };
  const last = said.at(-1);
  const undo = () => {
    if (!last) return;
    setSaid((was) => was.slice(0, -1));
    inTurn(() => takeBack(last.id))
      .then(() => {
        setGone((was) => was.filter((id) => id !== last.id));
        settle();
      })
      .catch(tell);
  };
  return {
    one,
    waiting: waiting.length,
    decided: gone.length,
    error,
    decide,
    undo,
    canUndo: last !== undefined,
    skip: () => one && setSkipped((was) => [...was, one.id]),
    note: last && <DecidedNote sentence={last.sentence} undo={undo} />,
    /** What is shown when none is left; `children` say why there may be none. */
    nothing: (children: ReactNode) => (
      <EmptyState
        title={skipped.length > 0 ? 'Only skipped ones are left' : 'Nothing to decide'}
        actions={skipped.length > 0 && <Chip onClick={() => setSkipped([])}>Look at the {skipped.length} skipped again</Chip>}
      >
        {skipped.length > 0 ? 'They wait here until you know more.' : children}
      </EmptyState>
    ),
  };
}
