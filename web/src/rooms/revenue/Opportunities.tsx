import { Button, Menu } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type DragEvent } from 'react';
import { api, ApiProblem } from '../../api/client.ts';
import { forget, useApi, usePages } from '../../api/hooks.ts';
import type { Answer, Item } from '../../api/contract.ts';
import { useHolders, usePrograms } from '../../api/options.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Badge,
  EmptyState,
  ErrorNote,
  FilterBar,
  Icon,
  Money,
  Page,
  PageTitle,
  SkeletonRows,
  Tabs,
  TwoLines,
  VirtualTable,
  toast,
  type Column,
} from '../../ui/index.tsx';
import { Conditions } from '../../ui/Conditions.tsx';
import { useWhoFilters } from '../../ui/who-filters.ts';
import { OpportunityForm } from './OpportunityForm.tsx';
import css from './revenue.module.css';

export type Opportunity = Item<'GET /v1/opportunities'>;
type Board = Answer<'GET /v1/opportunities/board'>;

export default function Opportunities() {
  const session = useSession();
  const [{ as = 'board' }] = useFilters();
  const [adding, setAdding] = useState(false);
  const go = useGo();
  const canAdd = may(session, ['rep', 'sales_manager', 'marketing']);
  useKeys(canAdd ? [{ key: 'a', label: 'New opportunity', group: 'Opportunities', run: () => setAdding(true) }] : []);
  return (
    <Page fill>
      <PageTitle
        title="Opportunities"
        question="What may become a sale, how likely, and when?"
        side={canAdd && <Button onClick={() => setAdding(true)}>New opportunity</Button>}
      />
      <Tabs
        label="Opportunities as"
        tabs={[
          { to: '/opportunities', label: 'Board' },
          { to: '/opportunities?as=list', label: 'List' },
        ]}
      />
      {as === 'list' ? <List /> : <BoardView />}
      {adding && <OpportunityForm close={() => setAdding(false)} saved={(one) => go(`/opportunities/${one.id}`)} />}
    </Page>
  );
}

export const outcomeLooks = {
  open: { label: 'Open', tone: 'open' },
  won: { label: 'Won', tone: 'sale' },
  lost: { label: 'Lost', tone: 'bad' },
} as const;

function BoardView() {
  const format = useFormat();
  const client = useQueryClient();
  const holders = useHolders(['rep', 'partner']);
  const programs = usePrograms();
  const [filters] = useFilters();
  const who = useWhoFilters('lead', filters);
  const { holderId, programId, where } = who.asked(filters);
  const [over, setOver] = useState<string>();
  const [error, setError] = useState<ApiProblem | null>(null);
  const query = { holderId, programId, where };
  const board = useApi('GET /v1/opportunities/board', { query }, { live: ['opportunity', 'sale'] });
  const columns = board.data?.columns ?? [];
  const stale = () => forget(client, ['/v1/opportunities', '/v1/roi', '/v1/leads']);
  const tell = (problem: unknown) => {
    if (problem instanceof ApiProblem) setError(problem);
    stale();
  };
  const move = (one: Opportunity, stage: string) => {
    if (one.stage === stage && one.outcome === 'open') return;
    setError(null);
    client.setQueriesData<Board>({ queryKey: ['GET /v1/opportunities/board'] }, (was) => was && shift(was, one, stage));
    api('POST /v1/opportunities/:id/move', { params: { id: one.id }, body: { stage } })
      .then(() => {
        stale();
        toast({
          message: `${one.name}: ${stage}.`,
          undo: () =>
            void api('POST /v1/opportunities/:id/move', {
              params: { id: one.id },
              body: { stage: one.stage, probability: one.probability },
            }).then(stale, tell),
        });
      })
      .catch(tell);
  };
  const close = (one: Opportunity, how: 'win' | 'lose') => {
    setError(null);
    const back = () =>
      void api('POST /v1/opportunities/:id/move', {
        params: { id: one.id },
        body: { stage: one.stage, probability: one.probability },
      }).then(stale, tell);
    const won = () => {
      stale();
      toast({
        message: how === 'win' ? `${one.name} is won: ${format.money(one.amountMinor, one.currency)}.` : `${one.name} is lost.`,
        tone: 'good',
        undo: back,
      });
    };
    const params = { id: one.id };
    const sent =
      how === 'win'
        ? api('POST /v1/opportunities/:id/win', { params, body: {} })
        : api('POST /v1/opportunities/:id/lose', { params, body: {} });
    sent.then(() => won()).catch(tell);
  };
  const all = columns.flatMap((column) => column.cards);
  const drop = (stage: string) => (event: DragEvent) => {
    event.preventDefault();
    setOver(undefined);
    const one = all.find((card) => card.id === event.dataTransfer.getData('text/plain'));
    if (one) move(one, stage);
  };
  const total = columns.reduce((sum, column) => sum + column.weightedMinor, 0);
  return (
    <>
      <div style={{ display: 'flex', gap: 16, justifyContent: 'space-between', flexWrap: 'wrap', marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'choice', name: 'holderId', label: 'Holder', all: 'Every holder', options: holders },
            { kind: 'choice', name: 'programId', label: 'Program', all: 'All programs', options: programs },
            ...who.specs,
          ]}
        />
        <Conditions subject="lead" />
        {board.data && (
          <span className="dim">
            weighted <b className="num strong">{format.moneyShort(total, board.data.currency)}</b> ·{' '}
            <A to={href('/opportunities', { ...query, as: 'list', outcome: 'won' })}>
              {format.number(board.data.won.count)} won {format.moneyShort(board.data.won.amountMinor, board.data.currency)}
            </A>{' '}
            · <A to={href('/opportunities', { ...query, as: 'list', outcome: 'lost' })}>{format.number(board.data.lost.count)} lost</A>
          </span>
        )}
      </div>
      <ErrorNote error={error ?? board.error} retry={board.error ? () => void board.refetch() : undefined} />
      {board.isLoading ? (
        <SkeletonRows rows={8} />
      ) : columns.every((column) => column.count === 0) && board.data ? (
        <EmptyState title="Nothing is open">
          An opportunity begins where a lead gets a price: open one from a lead’s page, here, or import those of your sales system.
        </EmptyState>
      ) : (
        <div className={css.board}>
          {columns.map((column) => (
            <div
              key={column.stage}
              className={css.column}
              data-over={over === column.stage || undefined}
              onDragOver={(event) => {
                event.preventDefault();
                setOver(column.stage);
              }}
              onDragLeave={() => setOver(undefined)}
              onDrop={drop(column.stage)}
            >
              <div className={css.columnHead}>
                <h2>
                  {column.stage} <span className="dim num">{format.number(column.count)}</span>
                </h2>
                <p className="num">
                  {format.moneyShort(column.amountMinor, board.data?.currency)} at {column.probability}%
                </p>
              </div>
              <ul className={css.cards} tabIndex={0} aria-label={`Cards of ${column.stage}`}>
                {column.cards.map((one) => (
                  <li key={one.id}>
                    <div className={css.card} draggable onDragStart={(event) => event.dataTransfer.setData('text/plain', one.id)}>
                      <A to={`/opportunities/${one.id}`}>{one.name}</A>
                      <p>{one.organization?.name ?? one.person?.name ?? one.holder?.name ?? ' '}</p>
                      <div className={css.cardFoot}>
                        <Money minor={one.amountMinor} currency={one.currency} />
                        <span className="dim" style={one.closeOn && one.closeOn < format.today() ? { color: 'var(--overdue)' } : undefined}>
                          {one.closeOn ? format.when(one.closeOn) : ''}
                        </span>
                        <Menu position="bottom-end" width={180}>
                          <Menu.Target>
                            <button
                              type="button"
                              aria-label={`Move ${one.name}`}
                              style={{
                                border: 0,
                                background: 'none',
                                cursor: 'pointer',
                                color: 'var(--ink-2)',
                                display: 'grid',
                                width: 24,
                                height: 24,
                                placeItems: 'center',
                              }}
                            >
                              <Icon name="next" size={14} />
                            </button>
                          </Menu.Target>
                          <Menu.Dropdown data-overlay-open>
                            <Menu.Label>Move to</Menu.Label>
                            {columns
                              .filter((other) => other.stage !== column.stage)
                              .map((other) => (
                                <Menu.Item key={other.stage} onClick={() => move(one, other.stage)}>
                                  {other.stage}
                                </Menu.Item>
                              ))}
                            <Menu.Divider />
                            <Menu.Item onClick={() => close(one, 'win')}>Won</Menu.Item>
                            <Menu.Item onClick={() => close(one, 'lose')}>Lost</Menu.Item>
                          </Menu.Dropdown>
                        </Menu>
                      </div>
                    </div>
                  </li>
                ))}
                {column.count > column.cards.length && (
                  <li>
                    <A
                      to={href('/opportunities', { as: 'list', stage: column.stage, outcome: 'open' })}
                      style={{ padding: 6, fontSize: 12 }}
                    >
                      {format.number(column.count - column.cards.length)} more
                    </A>
                  </li>
                )}
                {column.count === 0 && (
                  <li className="dim" style={{ padding: 8, fontSize: 12 }}>
                    Nothing here
                  </li>
                )}
              </ul>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** Shows the card in its new column before the server has answered. */
function shift(board: Board, one: Opportunity, stage: string): Board {
  return {
    ...board,
    columns: board.columns.map((column) =>
      column.stage === stage
        ? {
            ...column,
            count: column.count + 1,
            amountMinor: column.amountMinor + one.amountMinor,
            cards: [{ ...one, stage }, ...column.cards],
          }
        : column.cards.some((card) => card.id === one.id)
          ? {
              ...column,
              count: column.count - 1,
              amountMinor: column.amountMinor - one.amountMinor,
              cards: column.cards.filter((card) => card.id !== one.id),
            }
          : column,
    ),
  };
}

function List() {
  const format = useFormat();
  const [filters] = useFilters();
  const holders = useHolders(['rep', 'partner']);
  const programs = usePrograms();
  const who = useWhoFilters('lead', filters);
  const { as: _as, ...query } = who.asked(filters);
  const pages = usePages('GET /v1/opportunities', { query }, { live: ['opportunity', 'sale'] });
  const columns: Column<Opportunity>[] = [
    {
      key: 'name',
      label: 'Opportunity',
      width: 'minmax(180px, 2fr)',
      phone: 'title',
      render: (one) => (
        <TwoLines>
          <span className="strong">{one.name}</span>
          <span>{one.organization?.name ?? one.person?.name ?? ' '}</span>
        </TwoLines>
      ),
    },
    {
      key: 'stage',
      label: 'Stage',
      width: 'minmax(120px, 1fr)',
      phone: 'sub',
      render: (one) => (
        <TwoLines>
          <span>{one.stage}</span>
          <span>{one.outcome === 'open' ? `${one.probability}% likely` : (one.lostReason ?? ' ')}</span>
        </TwoLines>
      ),
    },
    {
      key: 'outcome',
      label: '',
      width: '70px',
      render: (one) => <Badge tone={outcomeLooks[one.outcome].tone}>{outcomeLooks[one.outcome].label}</Badge>,
    },
    {
      key: 'holder',
      label: 'With',
      width: 'minmax(110px, 1fr)',
      phone: 'sub',
      render: (one) => one.holder?.name ?? one.ownerName ?? <span className="dim">nobody</span>,
    },
    {
      key: 'program',
      label: 'Program',
      width: 'minmax(110px, 1.2fr)',
      render: (one) =>
        one.program?.name ?? one.source?.name ?? one.leadProgram?.name ?? one.leadSource?.name ?? <span className="dim">none</span>,
    },
    {
      key: 'close',
      label: 'Closes',
      width: '104px',
      align: 'end',
      render: (one) =>
        one.closedAt ? (
          format.when(one.closedAt)
        ) : one.closeOn ? (
          <span style={one.closeOn < format.today() ? { color: 'var(--overdue)' } : undefined}>{format.when(one.closeOn)}</span>
        ) : (
          ''
        ),
    },
    {
      key: 'amount',
      label: 'Amount',
      width: '116px',
      align: 'end',
      phone: 'end',
      render: (one) => <Money minor={one.amountMinor} currency={one.currency} />,
    },
  ];
  return (
    <>
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'text', name: 'text', label: 'Find name or company' },
            {
              kind: 'choice',
              name: 'outcome',
              label: 'Outcome',
              all: 'Any outcome',
              options: Object.entries(outcomeLooks).map(([value, look]) => ({ value, label: look.label })),
            },
            { kind: 'choice', name: 'holderId', label: 'Holder', all: 'Every holder', options: holders },
            { kind: 'choice', name: 'programId', label: 'Program', all: 'All programs', options: programs },
            ...who.specs,
          ]}
        />
      </div>
      <Conditions subject="lead" />
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => `/opportunities/${one.id}`}
        label="Opportunities"
        empty={<EmptyState title={`No ${plural(1, 'opportunity')} fits`}>Take a filter away, or open one from a lead’s page.</EmptyState>}
      />
    </>
  );
}
