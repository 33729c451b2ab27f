import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useRef, useState } from 'react';
import { keyOf, useApi, usePages } from '../../api/hooks.ts';
import type { Answer, Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { useFilters, useGo } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { TopBarSide } from '../../shell/TopBar.tsx';
import { A, Chip, EmptyState, ErrorNote, FilterBar, SkeletonRows } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { useIsPhone } from '../../ui/screen-size.ts';
import { useMyHolder } from './my-holder.ts';
import { LeadPane } from './lead/LeadPane.tsx';
import { Offers } from './Offers.tsx';
import { QueueLine } from './QueueLine.tsx';
import css from './queue.module.css';

export type QueueRow = Item<'GET /v1/queue'>;

/** What do I do next, and why? The list is the order; the pane is the lead; every job is one key. */
export default function Queue() {
  const session = useSession();
  const isPhone = useIsPhone();
  const go = useGo();
  const client = useQueryClient();
  const [filters, setFilters] = useFilters();
  const isWatching = may(session, ['sales_manager', 'marketing']);
  const input = { query: { holderId: filters.holderId } };
  const mine = useMyHolder();
  const canAsk = Boolean(mine.holderId ?? filters.holderId);
  const pages = usePages('GET /v1/queue', input, { live: ['lead'], enabled: canAsk });
  const holders = useApi('GET /v1/holders', { query: { active: 'true' } }, { enabled: isWatching, staleTime: 300_000 });
  const { rows } = pages;
  // What was chosen stands at once, the address follows: a verdict pressed right after j is for the lead that j showed.
  const [chosen, setChosen] = useState<{ lead: string | undefined }>();
  if (chosen && chosen.lead === filters.lead) setChosen(undefined);
  const leadId = chosen ? chosen.lead : filters.lead;
  const found = rows.findIndex((row) => row.leadId === leadId);
  const [last, setLast] = useState(0);
  if (found >= 0 && found !== last) setLast(found);
  const at = found >= 0 ? found : isPhone || rows.length === 0 ? -1 : Math.min(last, rows.length - 1);
  const openId = leadId ?? (isPhone ? undefined : rows[at]?.leadId);
  const select = useCallback(
    (row: QueueRow | undefined) => {
      setChosen({ lead: row?.leadId });
      setFilters({ lead: row?.leadId }, { push: isPhone });
    },
    [setFilters, isPhone],
  );
  const move = (by: number) => {
    const next = rows[Math.max(0, Math.min(rows.length - 1, at + by))];
    if (next) select(next);
  };
  useKeys([
    { key: 'j', label: 'Next lead', group: 'Queue', run: () => move(1) },
    { key: 'k', label: 'Previous lead', group: 'Queue', run: () => move(-1) },
    { key: 'Enter', label: 'Open the lead on its own', group: 'Queue', run: () => openId && go(`/leads/${openId}`) },
    { key: 'ArrowDown', label: '', quiet: true, run: () => move(1) },
    { key: 'ArrowUp', label: '', quiet: true, run: () => move(-1) },
  ]);

  /** A lead that left the queue disappears at once and the next one is shown; the answer from the server confirms it. */
  const leave = (leadId: string) => {
    const next = rows[at + 1] ?? rows[at - 1];
    client.setQueryData<InfiniteData<Answer<'GET /v1/queue'>>>([...keyOf('GET /v1/queue', input), 'pages'], (was) =>
      was
        ? {
            ...was,
            pages: was.pages.map((page) => ({
              ...page,
              total: Math.max(0, page.total - 1),
              later: Math.max(0, page.later - Number(page.items.some((row: QueueRow) => row.leadId === leadId && row.later))),
              items: page.items.filter((row: QueueRow) => row.leadId !== leadId),
            })),
          }
        : was,
    );
    if (isPhone) setFilters({ lead: undefined });
    else select(next?.leadId === leadId ? undefined : next);
  };

  const first = pages.first as Answer<'GET /v1/queue'> | undefined;
  const holderOptions = (holders.data?.items ?? [])
    .filter((holder) => holder.kind === 'rep' || holder.kind === 'partner' || holder.kind === 'desk')
    .map((holder) => ({ value: holder.id, label: holder.name, note: String(holder.openLeads) }));
  const side = (
    <TopBarSide>
      {isWatching && (
        <FilterBar
          filters={[
            {
              kind: 'choice',
              name: 'holderId',
              label: 'Whose queue',
              all: mine.holderId ? 'My queue' : 'Whose queue?',
              options: holderOptions,
            },
          ]}
        />
      )}
      {first && first.promiseKeptPercent !== null && !isPhone && <Promise percent={first.promiseKeptPercent} />}
    </TopBarSide>
  );

  if (!canAsk && !mine.isLoading) {
    return (
      <div className={css.whole}>
        {side}
        <EmptyState
          title="Whose queue?"
          actions={holderOptions.slice(0, 8).map((holder) => (
            <Chip key={holder.value} onClick={() => setFilters({ holderId: holder.value })}>
              {holder.label} <span className="dim">{holder.note}</span>
            </Chip>
          ))}
        >
          You hold no leads yourself. Choose a rep, a partner or the desk above to see what they see, in their order.
        </EmptyState>
      </div>
    );
  }
  const showList = !isPhone || !openId;
  return (
    <div className={css.split} data-phone={isPhone || undefined}>
      {!isPhone && side}
      {showList && (
        <section className={css.list} aria-label="Queue">
          <header className={css.listHead}>
            <h1>
              {pages.isLoading
                ? 'Your queue'
                : rows.length === 0
                  ? 'Nothing to work'
                  : `${Math.max(0, (first?.total ?? rows.length) - (first?.later ?? 0))} to work, best first`}
            </h1>
            <span>
              {isPhone && first && first.promiseKeptPercent !== null ? (
                <Promise percent={first.promiseKeptPercent} />
              ) : (
                <>
                  {first && first.later > 0 && `${first.later} later · `}
                  {session.user.roles.includes('partner') ? 'expected value first' : <A to="/queue/method">why this order</A>}
                </>
              )}
            </span>
          </header>
          {isPhone && isWatching && <div className={css.phoneFilter}>{side}</div>}
          <Offers enabled={mine.holderId !== undefined} taken={(leadId) => setFilters({ lead: leadId }, { push: isPhone })} />
          {pages.error && <ErrorNote error={pages.error} retry={pages.refetch} />}
          {pages.isLoading || mine.isLoading ? (
            <SkeletonRows rows={9} height={64} />
          ) : rows.length === 0 && !pages.error ? (
            <EmptyState title="Your queue is empty">
              New leads appear here by themselves, the moment they are yours. Press n to add one from a call or a card.
            </EmptyState>
          ) : (
            <Lines rows={rows} at={at} select={select} more={pages.more} hasMore={pages.hasMore} />
          )}
        </section>
      )}
      {openId ? (
        <section className={css.pane} aria-label="Lead">
          <LeadPane
            key={openId}
            leadId={openId}
            row={rows.find((row) => row.leadId === openId)}
            onGone={leave}
            onBack={isPhone ? () => history.back() : undefined}
          />
        </section>
      ) : (
        !isPhone && <section className={css.pane} aria-label="Lead" />
      )}
    </div>
  );
}

function Promise({ percent }: { percent: number }) {
  const format = useFormat();
  return (
    <span className={css.promise}>
      Promise kept this week <b data-good={percent >= 85 || undefined}>{format.percent(percent / 100, 0)}</b>
    </span>
  );
}

/** Only the rows in sight are in the page: a desk may hold thousands. */
function Lines({
  rows,
  at,
  select,
  more,
  hasMore,
}: {
  rows: QueueRow[];
  at: number;
  select: (row: QueueRow) => void;
  more: () => void;
  hasMore: boolean;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const now = useNow();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => 66,
    overscan: 8,
    getItemKey: (index) => rows[index]?.leadId ?? index,
  });
  useEffect(() => {
    if (at >= 0) virtual.scrollToIndex(at, { align: 'auto' });
  }, [at, virtual]);
  const items = virtual.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (hasMore && lastShown >= rows.length - 20) more();
  }, [hasMore, lastShown, rows.length, more]);
  return (
    <div ref={scroller} className={css.scroll}>
      <div role="listbox" aria-label="Leads to work" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map((item) => {
          const row = rows[item.index];
          if (!row) return null;
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              data-index={item.index}
              role="presentation"
              className={css.slot}
              style={{ transform: `translateY(${item.start}px)` }}
            >
              {row.later && !rows[item.index - 1]?.later && (
                <div className={css.later} role="presentation">
                  Later: the next action is not due yet, or it rests
                </div>
              )}
              <QueueLine row={row} place={item.index + 1} isOpen={item.index === at} now={now} select={select} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
