import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { api, ApiProblem } from '../../api/client.ts';
import { forget, useApi, usePages } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useKeys } from '../../shell/keys.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { Chip, EmptyState, ErrorNote, Kbd, Note, SkeletonRows, Stack } from '../../ui/index.tsx';
import { ClaimBeside } from './ClaimBeside.tsx';
import { buyerOf } from './claim-words.ts';
import css from './claims.module.css';

/** One sale at a time: which of these leads was it, if any? */
export function ClaimWorkbench() {
  const format = useFormat();
  const client = useQueryClient();
  const session = useSession();
  const decides = may(session, ['marketing', 'sales_manager', 'finance']);
  const pages = usePages('GET /v1/claims', { query: { state: 'ask' } }, { limit: 50 });
  const summary = useApi('GET /v1/claims/summary', undefined, { live: ['claim'] });
  const [skipped, setSkipped] = useState<string[]>([]);
  const [gone, setGone] = useState<string[]>([]);
  const [last, setLast] = useState<{ id: string; sentence: string }[]>([]);
  const [error, setError] = useState<ApiProblem | null>(null);
  const queue = pages.rows.filter((one) => !gone.includes(one.id) && !skipped.includes(one.id));
  const one = queue[0];
  const view = useApi('GET /v1/claims/:id', { params: { id: one?.id ?? '' } }, { enabled: Boolean(one), keep: false });
  const candidates = view.data?.id === one?.id ? (view.data?.candidates ?? []) : [];
  if (queue.length < 10 && pages.hasMore && !pages.isFetching) queueMicrotask(() => pages.more());

  // One after the other: an undo must not overtake the decision it takes back.
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const inTurn = (ask: () => Promise<unknown>): Promise<unknown> => {
    const turn = line.current.then(ask);
    line.current = turn.catch(() => undefined);
    return turn;
  };
  const settle = () => forget(client, ['/v1/claims/summary', '/v1/leads', '/v1/opportunities', '/v1/roi']);
  const decide = (leadId: string | null, name: string) => {
    if (!one || !decides) return;
    const { id } = one;
    setError(null);
    setGone((was) => [...was, id]);
    setLast((was) => [...was, { id, sentence: leadId ? `The sale to ${buyerOf(one)} counts for the lead ${name}.` : `No lead of ours led to the sale to ${buyerOf(one)}.` }]);
    inTurn(() => api('POST /v1/claims/:id/decide', { params: { id }, body: { leadId } }))
      .then(settle)
      .catch((problem: unknown) => {
        setGone((was) => was.filter((other) => other !== id));
        setLast((was) => was.filter((entry) => entry.id !== id));
        if (problem instanceof ApiProblem) setError(problem);
      });
  };
  const undo = () => {
    const entry = last.at(-1);
    if (!entry) return;
    setLast((was) => was.slice(0, -1));
    inTurn(() => api('POST /v1/claims/:id/undecide', { params: { id: entry.id } }))
      .then(() => {
        setGone((was) => was.filter((id) => id !== entry.id));
        settle();
      })
      .catch((problem: unknown) => problem instanceof ApiProblem && setError(problem));
  };
  const skip = () => one && setSkipped((was) => [...was, one.id]);
  const choose = (at: number) => {
    const chosen = candidates[at];
    if (chosen) decide(chosen.leadId, chosen.person?.name ?? chosen.organization?.name ?? 'it came from');
  };
  useKeys([
    ...[0, 1, 2, 3, 4].map((at) => ({ key: String(at + 1), label: `Lead ${at + 1} led to it`, group: 'Sales nobody reported', run: () => choose(at) })),
    { key: 'n', label: 'None of these leads', group: 'Sales nobody reported', run: () => decide(null, '') },
    { key: 's', label: 'Skip for now', group: 'Sales nobody reported', run: () => skip() },
    { key: 'u', label: 'Undo the last decision', group: 'Sales nobody reported', run: undo },
  ]);
  if (pages.error) return <ErrorNote error={pages.error} retry={pages.refetch} />;
  if (pages.isLoading) return <SkeletonRows rows={8} />;
  const strip = last.length > 0 && (
    <Note tone="good">
      <span className={css.strip} role="status">
        {last.at(-1)?.sentence}
        <Chip keyName="u" onClick={undo}>
          Undo
        </Chip>
      </span>
    </Note>
  );
  if (!one)
    return (
      <Stack>
        {strip}
        <ErrorNote error={error} />
        <EmptyState
          title={skipped.length > 0 ? 'Only skipped ones are left' : 'Nothing to decide'}
          actions={skipped.length > 0 && <Chip onClick={() => setSkipped([])}>Look at the {skipped.length} skipped again</Chip>}
        >
          {skipped.length > 0
            ? 'They wait here until you know more.'
            : 'What distributors’ files, warranty cards and rebate claims told of was either surely a lead’s sale or surely not. Doubtful ones appear here.'}
        </EmptyState>
      </Stack>
    );
  const open = Math.max(queue.length, (summary.data?.ask.count ?? 0) - 0);
  return (
    <Stack gap={12}>
      {strip}
      <ErrorNote error={error ?? view.error} />
      {view.data && view.data.id === one.id ? (
        <ClaimBeside
          claim={view.data}
          side={`${format.number(open)} ${plural(open, 'sale')} to decide`}
          choose={decides ? (leadId, name) => decide(leadId, name) : undefined}
          keyed
        />
      ) : (
        <SkeletonRows rows={8} />
      )}
      {decides && (
        <div className={css.decide}>
          <button type="button" data-tone="bad" onClick={() => decide(null, '')} aria-keyshortcuts="n">
            None of these <Kbd>n</Kbd>
          </button>
          <button type="button" onClick={skip} aria-keyshortcuts="s">
            Skip <Kbd>s</Kbd>
          </button>
          <button type="button" onClick={undo} disabled={last.length === 0} aria-keyshortcuts="u">
            Undo <Kbd>u</Kbd>
          </button>
        </div>
      )}
      <p className="dim">
        The lead you choose is closed as sold on the day of the sale, and the money counts for the program it came from. It can be undone for ever.
      </p>
    </Stack>
  );
}
