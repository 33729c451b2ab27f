import { api } from '../../api/client.ts';
import { useApi, usePages } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useKeys } from '../../shell/keys.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { DecideBar, useDecisions } from '../../ui/decide.tsx';
import { ErrorNote, Kbd, SkeletonRows, Stack } from '../../ui/index.tsx';
import { ClaimBeside } from './ClaimBeside.tsx';
import { buyerOf } from './claim-words.ts';

/** One sale at a time: which of these leads was it, if any? */
export function ClaimWorkbench() {
  const format = useFormat();
  const session = useSession();
  const decides = may(session, ['marketing', 'sales_manager', 'finance']);
  const pages = usePages('GET /v1/claims', { query: { state: 'ask' } }, { limit: 50 });
  const summary = useApi('GET /v1/claims/summary', undefined, { live: ['claim'] });
  const work = useDecisions(pages, { stale: ['/v1/claims/summary', '/v1/leads', '/v1/opportunities', '/v1/roi'], takeBack: (id) => api('POST /v1/claims/:id/undecide', { params: { id } }) });
  const { one, undo, skip } = work;
  const view = useApi('GET /v1/claims/:id', { params: { id: one?.id ?? '' } }, { enabled: Boolean(one), keep: false });
  const candidates = view.data?.id === one?.id ? (view.data?.candidates ?? []) : [];
  const decide = (leadId: string | null, name: string) => {
    if (!one || !decides) return;
    const sentence = leadId ? `The sale to ${buyerOf(one)} counts for the lead ${name}.` : `No lead of ours led to the sale to ${buyerOf(one)}.`;
    work.decide(sentence, (id) => api('POST /v1/claims/:id/decide', { params: { id }, body: { leadId } }));
  };
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
  if (!one)
    return (
      <Stack>
        {work.note}
        <ErrorNote error={work.error} />
        {work.nothing('What distributors’ files, warranty cards and rebate claims told of was either surely a lead’s sale or surely not. Doubtful ones appear here.')}
      </Stack>
    );
  const open = Math.max(work.waiting, summary.data?.ask.count ?? 0);
  return (
    <Stack gap={12}>
      {work.note}
      <ErrorNote error={work.error ?? view.error} />
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
        <DecideBar>
          <button type="button" data-tone="bad" onClick={() => decide(null, '')} aria-keyshortcuts="n">
            None of these <Kbd>n</Kbd>
          </button>
          <button type="button" onClick={skip} aria-keyshortcuts="s">
            Skip <Kbd>s</Kbd>
          </button>
          <button type="button" onClick={undo} disabled={!work.canUndo} aria-keyshortcuts="u">
            Undo <Kbd>u</Kbd>
          </button>
        </DecideBar>
      )}
      <p className="dim">
        The lead you choose is closed as sold on the day of the sale, and the money counts for the program it came from. It can be undone for ever.
      </p>
    </Stack>
  );
}
