import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client.ts';
import { forget, usePages } from '../../api/hooks.ts';
import type { Answer, Item } from '../../api/contract.ts';
import { useFilters } from '../../shell/address.ts';
import { useSession } from '../../api/session.ts';
import { useKeys } from '../../shell/keys.ts';
import {
  A,
  Card,
  EmptyState,
  ErrorNote,
  FilterBar,
  Kbd,
  Money,
  Page,
  PageTitle,
  SkeletonRows,
  Stack,
  Tabs,
  VirtualTable,
  When,
  Chip,
  Badge,
  type Column,
} from '../../ui/index.tsx';
import { DecideBar, useDecisions } from '../../ui/decide.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { useCountries } from '../../ui/countries.ts';
import { BaseCheck } from './BaseCheck.tsx';
import css from './identity.module.css';

type Duplicate = Item<'GET /v1/duplicates'>;
type Person = Duplicate['people'][number];

/** One question at a time: are these two the same person? */
export default function Duplicates() {
  const [{ status = 'open' }] = useFilters();
  return (
    <Page fill={status !== 'open'}>
      <PageTitle title="Possible duplicates" question="Same person?" />
      <Tabs
        label="Duplicates"
        tabs={[
          { to: '/duplicates', label: 'To decide' },
          { to: '/duplicates?status=joined', label: 'Joined' },
          { to: '/duplicates?status=different', label: 'Not the same' },
        ]}
      />
      {status === 'open' && <BaseCheck />}
      {status === 'open' ? <Workbench /> : <Decided status={status === 'joined' ? 'joined' : 'different'} />}
    </Page>
  );
}

/** What is at stake, by which the list is ordered. */
type Stake = 'opportunity' | 'lead' | 'customer' | 'none';
const stakes: { value: Stake; label: string }[] = [
  { value: 'opportunity', label: 'Open opportunities' },
  { value: 'lead', label: 'Open leads' },
  { value: 'customer', label: 'Customers' },
  { value: 'none', label: 'No money yet' },
];

function Workbench() {
  const format = useFormat();
  const [{ stake }] = useFilters();
  const pages = usePages('GET /v1/duplicates', { query: { status: 'open', stake: stake as Stake | undefined } }, { limit: 50 });
  const [swapped, setSwapped] = useState(false);
  const work = useDecisions(pages, { stale: ['/v1/people', '/v1/leads'], takeBack: (id) => api('POST /v1/duplicates/:id/decide', { params: { id }, body: { decision: 'undo' } }) });
  const { one, undo } = work;
  const people = one?.people ?? [];
  const [stays, goes] = swapped ? [people[1], people[0]] : [people[0], people[1]];
  const open = Math.max(0, ((pages.first as Answer<'GET /v1/duplicates'> | undefined)?.open ?? 0) - work.decided);
  const decide = (decision: 'join' | 'different') => {
    if (!stays || !goes) return;
    setSwapped(false);
    work.decide(decision === 'join' ? `${goes.name} joined into ${stays.name}.` : `${stays.name} and ${goes.name} are two people.`, (id) =>
      api('POST /v1/duplicates/:id/decide', { params: { id }, body: { decision, survivorId: decision === 'join' ? stays.id : undefined } }),
    );
  };
  const skip = () => {
    work.skip();
    setSwapped(false);
  };
  useKeys([
    { key: 'j', label: 'Join: the same person', group: 'Duplicates', run: () => decide('join') },
    { key: 'n', label: 'Not the same', group: 'Duplicates', run: () => decide('different') },
    { key: 's', label: 'Skip for now', group: 'Duplicates', run: skip },
    { key: 'x', label: 'Keep the other one', group: 'Duplicates', run: () => setSwapped(!swapped) },
    { key: 'u', label: 'Undo the last decision', group: 'Duplicates', run: undo },
  ]);
  if (pages.error) return <ErrorNote error={pages.error} retry={pages.refetch} />;
  if (pages.isLoading) return <SkeletonRows rows={8} />;
  const filter = <FilterBar filters={[{ kind: 'choice', name: 'stake', label: 'At stake', all: 'Whatever is at stake', options: stakes }]} />;
  if (!one || !stays || !goes)
    return (
      <Stack>
        {filter}
        {work.note}
        {work.nothing('Everybody who turned up is either surely the same or surely somebody else. Doubtful pairs appear here by themselves.')}
      </Stack>
    );
  return (
    <Stack gap={12}>
      {filter}
      {work.note}
      <ErrorNote error={work.error} />
      <Card
        flush
        title={`${one.weight.toFixed(1)} bits speak for one person`}
        side={`${format.number(open)} ${plural(open, 'pair')} to decide`}
      >
        <Pair
          one={one}
          left={people[0] as Person}
          right={people[1] as Person}
          stays={stays.id}
          keep={(id) => setSwapped(people[1]?.id === id)}
        />
      </Card>
      <p className="dim">
        <WhyHere one={one} />
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

/** Why a pair stands where it does in the list. */
function WhyHere({ one }: { one: Duplicate }) {
  const { currency } = useSession().workspace;
  const { minor, chance, reasons } = one.stake;
  const share = `${Math.round(chance * 100)} in 100 that they are one`;
  if (minor === 0) return <>It stands here by its likeliness alone ({share}): no open business, no sale.</>;
  const words = { opportunity: 'open opportunity', lead: 'lead, by what such leads bring', customer: 'sold so far' } as const;
  return (
    <>
      It stands here for <Money minor={minor} currency={currency} /> at stake and {share}:{' '}
      {reasons.map((reason, at) => (
        <span key={`${reason.kind}-${at}`}>
          {at > 0 && ', '}
          <Money minor={reason.minor} currency={currency} /> {reason.kind === 'lead' ? `${reason.label} ` : ''}
          {words[reason.kind]}
        </span>
      ))}
      .
    </>
  );
}

function Pair({
  one,
  left,
  right,
  stays,
  keep,
}: {
  one: Duplicate;
  left: Person;
  right: Person;
  stays: string;
  keep: (id: string) => void;
}) {
  const countries = useCountries();
  const most = Math.max(1, ...one.evidence.map((bit) => Math.abs(bit.weight)));
  const rows: { label: string; fields: string[]; show: (person: Person) => ReactNode }[] = [
    {
      label: 'Name',
      fields: ['name', 'family name', 'given name', 'name frequency'],
      show: (person) => [person.givenName, person.familyName].filter(Boolean).join(' ') || person.name,
    },
    { label: 'Mail', fields: ['mail', 'mail domain'], show: (person) => person.email },
    {
      label: 'Phone',
      fields: ['phone', 'mobile'],
      show: (person) => [person.phone, person.mobile].filter((text, at, all) => text && all.indexOf(text) === at).join(', '),
    },
    { label: 'Company', fields: ['company', 'organization', 'domain'], show: (person) => person.organization?.name },
    { label: 'Role', fields: ['title', 'position'], show: (person) => person.title },
    {
      label: 'Address',
      fields: ['street', 'postcode', 'city', 'address', 'country', 'state'],
      show: (person) =>
        [person.street, [person.postalCode, person.city].filter(Boolean).join(' '), person.country && countries.name(person.country)]
          .filter(Boolean)
          .join(', '),
    },
  ];
  const placed = rows.flatMap((row) => row.fields);
  const others = one.evidence.filter((bit) => !placed.includes(bit.field));
  const head = (person: Person) => (
    <div className={`${css.who} ${css.cell} ${person.id === stays ? css.keep : ''}`}>
      <A to={`/people/${person.id}`}>{person.name}</A>
      {person.id === stays ? (
        <span style={{ marginLeft: 6 }}>
          <Badge tone="action">stays</Badge>
        </span>
      ) : (
        <button type="button" onClick={() => keep(person.id)}>
          Keep this one
        </button>
      )}
    </div>
  );
  const cell = (person: Person, row: (typeof rows)[number], differs: boolean) => (
    <div className={`${css.cell} ${person.id === stays ? css.keep : ''} ${differs ? css.mark : ''}`}>
      {row.show(person) || <span className="dim">–</span>}
    </div>
  );
  return (
    <div className={css.pair}>
      <div className={css.label} />
      {head(left)}
      {head(right)}
      <div className={css.outcome}>what speaks for and against</div>
      {rows.map((row) => {
        const bits = one.evidence.filter((bit) => row.fields.includes(bit.field));
        const differs = row.show(left) !== row.show(right);
        return (
          <div key={row.label} style={{ display: 'contents' }}>
            <div className={css.label}>{row.label}</div>
            {cell(left, row, differs)}
            {cell(right, row, differs)}
            <Weights bits={bits} most={most} named={bits.length > 1} />
          </div>
        );
      })}
      {others.map((bit) => (
        <div key={bit.field} style={{ display: 'contents' }}>
          <div className={css.label}>{bit.field}</div>
          <div className={css.cell} style={{ gridColumn: 'span 2' }}>
            {bit.outcome}
          </div>
          <Weights bits={[bit]} most={most} />
        </div>
      ))}
      <div className={`${css.label} ${css.last}`}>Seen</div>
      {[left, right].map((person) => (
        <div key={person.id} className={`${css.cell} ${css.last} ${person.id === stays ? css.keep : ''}`}>
          <span className="num">{person.sightings} ×</span>{' '}
          <span className="dim">
            last <When at={person.lastSeenAt} />
          </span>
        </div>
      ))}
      <div className={`${css.outcome} ${css.last}`} />
    </div>
  );
}

/** One small bar per piece of evidence about this row; all bars of the pair have one scale. */
function Weights({ bits, most, named }: { bits: Duplicate['evidence']; most: number; named?: boolean }) {
  if (bits.length === 0) return <div className={css.outcome}>not compared</div>;
  return (
    <div className={css.outcome}>
      {bits.map((bit) => {
        const width = (Math.abs(bit.weight) / most) * 50;
        return (
          <span key={bit.field} className={css.bit}>
            <span className={css.track} aria-hidden>
              <i
                style={{
                  width: `${width}%`,
                  left: bit.weight >= 0 ? '50%' : `${50 - width}%`,
                  background: bit.weight >= 0 ? 'var(--plus-fill)' : 'var(--minus-fill)',
                }}
              />
            </span>
            <span>
              <b className="num strong" style={{ color: 'var(--ink)' }}>
                {bit.weight >= 0 ? '+' : '−'}
                {Math.abs(bit.weight).toFixed(1)}
              </b>{' '}
              {named && `${bit.field}: `}
              {bit.outcome}
            </span>
          </span>
        );
      })}
    </div>
  );
}

function Decided({ status }: { status: 'joined' | 'different' }) {
  const client = useQueryClient();
  const pages = usePages('GET /v1/duplicates', { query: { status } });
  const undo = (id: string) =>
    void api('POST /v1/duplicates/:id/decide', { params: { id }, body: { decision: 'undo' } }).then(() =>
      forget(client, ['/v1/duplicates', '/v1/people', '/v1/leads']),
    );
  const columns: Column<Duplicate>[] = [
    {
      key: 'who',
      label: 'The two',
      width: 'minmax(220px, 2fr)',
      phone: 'title',
      render: (one) => one.people.map((person) => person.name).join(' and '),
    },
    {
      key: 'weight',
      label: 'Evidence',
      width: '90px',
      align: 'end',
      phone: 'sub',
      render: (one) => <span className="num">{one.weight.toFixed(1)} bits</span>,
    },
    { key: 'at', label: 'Decided', width: '120px', align: 'end', render: (one) => <When at={one.decidedAt} /> },
    { key: 'do', label: '', width: '90px', align: 'end', phone: 'end', render: (one) => <Chip onClick={() => undo(one.id)}>Undo</Chip> },
  ];
  return (
    <VirtualTable
      pages={pages}
      columns={columns}
      rowKey={(one) => one.id}
      label={status === 'joined' ? 'Joined' : 'Not the same'}
      empty={<EmptyState title="Nothing decided yet">What you decide is listed here, each with its way back.</EmptyState>}
    />
  );
}
