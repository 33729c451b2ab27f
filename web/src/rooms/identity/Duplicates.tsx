import { SegmentedControl } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, ApiProblem } from '../../api/client.ts';
import type { Item } from '../../api/contract.ts';
import { forget, usePages } from '../../api/hooks.ts';
import { useFilters } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import {
  A,
  Card,
  EmptyState,
  ErrorNote,
  FilterBar,
  Kbd,
  Page,
  PageTitle,
  SkeletonRows,
  Stack,
  Tabs,
  VirtualTable,
  When,
  Chip,
  type Column,
} from '../../ui/index.tsx';
import { DecideBar, useDecisions } from '../../ui/decide.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { BaseCheck } from './BaseCheck.tsx';
import { decidePair, duplicateWords, usePairs, type DuplicateKind, type ShownPair } from './duplicate-kinds.tsx';
import { chanceOf, Pair, WhyHere } from './DuplicatePair.tsx';
import { likelihood } from './Evidence.tsx';

type Join = Item<'GET /v1/merges'>;
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** One question at a time: are these two the same person, or the same organization? */
export default function Duplicates() {
  const [filters, set] = useFilters();
  const { status = 'open' } = filters;
  const kind: DuplicateKind = filters['kind'] === 'organizations' ? 'organizations' : 'people';
  // the plain address means people to decide; under the other kind every tab names its status
  const of = (which: string) => (kind === 'organizations' ? `/duplicates?kind=organizations&status=${which}` : which === 'open' ? '/duplicates' : `/duplicates?status=${which}`);
  return (
    <Page fill={status !== 'open'}>
      <PageTitle
        title="Possible duplicates"
        question={duplicateWords[kind].question}
        side={
          <SegmentedControl
            size="xs"
            aria-label="Of what"
            data={[
              { value: 'people', label: 'People' },
              { value: 'organizations', label: 'Organizations' },
            ]}
            value={kind}
            onChange={(value) => set({ kind: value === 'people' ? undefined : value, status: value === 'people' ? undefined : 'open', stake: undefined, by: undefined }, { push: true })}
          />
        }
      />
      <Tabs
        label="Duplicates"
        tabs={[
          { to: of('open'), label: 'To decide' },
          { to: of('joined'), label: 'Joined' },
          { to: of('different'), label: 'Not the same' },
        ]}
      />
      {status === 'open' && <BaseCheck kind={kind} />}
      {status === 'open' ? <Workbench key={kind} kind={kind} /> : status === 'joined' ? <Joined key={kind} kind={kind} /> : <KeptApart key={kind} kind={kind} />}
    </Page>
  );
}

/** What is at stake, by which the list is ordered. */
const stakes: { value: string; label: string }[] = [
  { value: 'opportunity', label: 'Open opportunities' },
  { value: 'lead', label: 'Open leads' },
  { value: 'customer', label: 'Customers' },
  { value: 'none', label: 'No money yet' },
];

function Workbench({ kind }: { kind: DuplicateKind }) {
  const words = duplicateWords[kind];
  const format = useFormat();
  const [{ stake }] = useFilters();
  const pages = usePairs(kind, { status: 'open', stake }, 50);
  const [swapped, setSwapped] = useState(false);
  const work = useDecisions(pages, { stale: words.stale, takeBack: (id) => decidePair(kind, id, { decision: 'undo' }) });
  const { one, undo } = work;
  const [left, right] = one?.sides ?? [];
  const [stays, goes] = swapped ? [right, left] : [left, right];
  const open = Math.max(0, pages.open - work.decided);
  const decide = (decision: 'join' | 'different') => {
    if (!stays || !goes) return;
    setSwapped(false);
    work.decide(decision === 'join' ? `${goes.name} joined into ${stays.name}.` : `${stays.name} and ${goes.name} are ${words.two}.`, (id) =>
      decidePair(kind, id, { decision, survivorId: decision === 'join' ? stays.id : undefined }),
    );
  };
  const skip = () => {
    work.skip();
    setSwapped(false);
  };
  useKeys([
    { key: 'j', label: 'Join: the same', group: 'Duplicates', run: () => decide('join') },
    { key: 'n', label: 'Not the same', group: 'Duplicates', run: () => decide('different') },
    { key: 's', label: 'Skip for now', group: 'Duplicates', run: skip },
    { key: 'x', label: 'Keep the other one', group: 'Duplicates', run: () => setSwapped(!swapped) },
    { key: 'u', label: 'Undo the last decision', group: 'Duplicates', run: undo },
  ]);
  if (pages.error) return <ErrorNote error={pages.error} retry={pages.refetch} />;
  if (pages.isLoading) return <SkeletonRows rows={8} />;
  const filter = <FilterBar filters={[{ kind: 'choice', name: 'stake', label: 'At stake', all: 'Whatever is at stake', options: stakes }]} />;
  if (!one || !left || !right || !stays || !goes)
    return (
      <Stack>
        {filter}
        {work.note}
        <ErrorNote error={work.error} />
        {work.nothing(words.nothing)}
      </Stack>
    );
  return (
    <Stack gap={12}>
      {filter}
      {work.note}
      <ErrorNote error={work.error} />
      <Card
        flush
        title={`${capital(chanceOf(one))} that they are ${words.one}`}
        side={`${format.number(open)} ${plural(open, 'pair')} to decide`}
      >
        <Pair
          one={one}
          left={left}
          right={right}
          stays={stays.id}
          keep={(id) => setSwapped(right.id === id)}
        />
      </Card>
      <p className="dim">
        <WhyHere one={one} />
        {one.evidence.some(({ asks }) => asks) && ' What is marked ? keeps the two from being joined without asking.'}
      </p>
      <DecideBar many>
        <button type="button" data-tone="good" onClick={() => decide('join')} aria-keyshortcuts="j">
          Same: join <Kbd>j</Kbd>
        </button>
        <button type="button" data-tone="bad" onClick={() => decide('different')} aria-keyshortcuts="n">
          Not the same <Kbd>n</Kbd>
        </button>
        <button type="button" onClick={skip} aria-keyshortcuts="s">
          Skip <Kbd>s</Kbd>
        </button>
        <button type="button" onClick={undo} disabled={!work.canUndo} aria-keyshortcuts="u">
          Undo <Kbd>u</Kbd>
        </button>
      </DecideBar>
      <p className="dim">
        Joining deletes nothing: both keep their history, old addresses lead to the one that stays, and it can be undone for ever. What
        differs is taken from <b>{stays.name}</b> first.
      </p>
    </Stack>
  );
}

/** Takes a decision back and shows what comes of it; what the server refuses is told. */
function useTakeBack(kind: DuplicateKind) {
  const client = useQueryClient();
  const [error, setError] = useState<ApiProblem | null>(null);
  const takeBack = (ask: Promise<unknown>) => {
    setError(null);
    ask.then(() => forget(client, ['/v1/duplicates', '/v1/merges', ...duplicateWords[kind].stale])).catch((problem: unknown) => problem instanceof ApiProblem && setError(problem));
  };
  return { error, takeBack };
}

/** What was joined, by people and by the nightly check, the latest first: one look in the morning, one click back. */
function Joined({ kind }: { kind: DuplicateKind }) {
  const [{ by }] = useFilters();
  const { error, takeBack } = useTakeBack(kind);
  const pages = usePages('GET /v1/merges', { query: { kind: kind === 'people' ? 'person' : 'organization', by: by === 'check' || by === 'people' ? by : undefined } });
  const undo = ({ id, duplicateId }: Join) => takeBack(duplicateId ? decidePair(kind, duplicateId, { decision: 'undo' }) : api('POST /v1/merges/:id/undo', { params: { id } }));
  const columns: Column<Join>[] = [
    {
      key: 'who',
      label: 'Joined',
      width: 'minmax(220px, 2fr)',
      phone: 'title',
      render: (one) => (
        <span>
          {one.merged.name} into <A to={`/${kind}/${one.survivor.id}`}>{one.survivor.name}</A>
        </span>
      ),
    },
    { key: 'why', label: 'Because of', width: 'minmax(160px, 1fr)', phone: 'sub', render: (one) => <span className="dim">{spokeFor(one)}</span> },
    { key: 'weight', label: 'Evidence', width: '150px', render: (one) => one.weight !== null && <span className="dim">{likelihood(one.weight)}</span> },
    { key: 'by', label: 'By', width: '140px', render: (one) => (one.by === 'check' ? 'the nightly check' : one.mergedBy) },
    { key: 'at', label: 'When', width: '120px', align: 'end', render: (one) => <When at={one.mergedAt} /> },
    { key: 'do', label: '', width: '90px', align: 'end', phone: 'end', render: (one) => <Chip onClick={() => undo(one)}>Undo</Chip> },
  ];
  return (
    <>
      <div style={{ marginBottom: 12 }}>
        <FilterBar filters={[{ kind: 'choice', name: 'by', label: 'Joined by', all: 'Whoever joined them', options: [{ value: 'check', label: 'The nightly check' }, { value: 'people', label: 'Somebody here' }] }]} />
      </div>
      <ErrorNote error={error} />
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        label="Joined"
        empty={<EmptyState title="Nothing joined yet">What somebody joins, and what the nightly check joins by itself, is listed here, each with its way back.</EmptyState>}
      />
    </>
  );
}

/** The fields that spoke loudest for it. */
const spokeFor = ({ evidence }: Join): string =>
  evidence
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, 4)
    .map(({ field }) => field)
    .join(', ');

function KeptApart({ kind }: { kind: DuplicateKind }) {
  const { error, takeBack } = useTakeBack(kind);
  const pages = usePairs(kind, { status: 'different' });
  const columns: Column<ShownPair>[] = [
    {
      key: 'who',
      label: 'The two',
      width: 'minmax(220px, 2fr)',
      phone: 'title',
      render: (one) => one.sides.map(({ name }) => name).join(' and '),
    },
    {
      key: 'weight',
      label: 'Likely one',
      width: '140px',
      align: 'end',
      phone: 'sub',
      render: (one) => <span className="num">{chanceOf(one)}</span>,
    },
    { key: 'at', label: 'Decided', width: '120px', align: 'end', render: (one) => <When at={one.decidedAt} /> },
    { key: 'do', label: '', width: '90px', align: 'end', phone: 'end', render: (one) => <Chip onClick={() => takeBack(decidePair(kind, one.id, { decision: 'undo' }))}>Undo</Chip> },
  ];
  return (
    <>
      <ErrorNote error={error} />
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        label="Not the same"
        empty={<EmptyState title="Nothing decided yet">What you decide is listed here, each with its way back.</EmptyState>}
      />
    </>
  );
}
