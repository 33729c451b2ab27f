import { usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { useFilters } from '../../shell/address.ts';
import {
  A,
  Badge,
  EmptyState,
  FilterBar,
  Page,
  PageTitle,
  VerdictBadge,
  VirtualTable,
  When,
  type Column,
  type FilterSpec,
} from '../../ui/index.tsx';
import { Conditions } from '../../ui/Conditions.tsx';
import { doorName } from '../../ui/doors.ts';
import { useCut } from './report-filters.ts';

type Fate = Item<'GET /v1/fates'>;

const states = [
  ['not_yet', 'Not yet a lead'],
  ['waiting', 'Waiting for a holder'],
  ['working', 'Being worked'],
  ['nurture', 'Nurture'],
  ['hot', 'Hot'],
  ['warm', 'Warm'],
  ['dont_know', 'Don’t know'],
  ['sale', 'Sale'],
  ['bad', 'Bad'],
  ['lost', 'Lost'],
  ['quarantined', 'Quarantined'],
  ['withdrawn', 'Withdrawn'],
] as const;

const fateFilters: FilterSpec[] = [
  { kind: 'choice', name: 'state', label: 'Fate', all: 'Every fate', options: states.map(([value, label]) => ({ value, label })) },
  {
    kind: 'choice',
    name: 'holderKind',
    label: 'Held by',
    all: 'Whoever held it',
    options: [
      { value: 'rep', label: 'Reps' },
      { value: 'partner', label: 'Partners' },
      { value: 'nurture', label: 'Nurture' },
      { value: 'desk', label: 'The desk' },
      { value: 'none', label: 'Nobody' },
    ],
  },
];

const columns: Column<Fate>[] = [
  { key: 'receipt', label: 'Receipt', width: '130px', render: (fate) => <span className="num">{fate.receipt}</span>, phone: 'sub' },
  {
    key: 'name',
    label: 'Who',
    width: 'minmax(140px, 1.4fr)',
    render: (fate) => fate.name ?? <span className="dim">not known</span>,
    phone: 'title',
  },
  {
    key: 'source',
    label: 'Source',
    width: 'minmax(110px, 1fr)',
    render: (fate) => fate.source?.name ?? <span className="dim">(blank)</span>,
    phone: 'sub',
  },
  {
    key: 'program',
    label: 'Program',
    width: 'minmax(120px, 1.2fr)',
    render: (fate) => fate.program?.name ?? <span className="dim">–</span>,
  },
  {
    key: 'channel',
    label: 'Channel',
    width: 'minmax(90px, .7fr)',
    render: (fate) => doorName(fate.channel) || <span className="dim">–</span>,
  },
  {
    key: 'state',
    label: 'Now',
    width: '160px',
    phone: 'end',
    render: (fate) =>
      fate.state === 'not_yet' ? (
        <Badge tone="quiet">Not yet a lead</Badge>
      ) : fate.state === 'quarantined' ? (
        <Badge tone="warm">Quarantined</Badge>
      ) : (
        <VerdictBadge verdict={fate.state} />
      ),
  },
  { key: 'at', label: 'Received', width: '120px', align: 'end', render: (fate) => <When at={fate.occurredAt} />, phone: 'end' },
];

/** What became of each inquiry? The list behind every band of the loop. */
export default function FateList() {
  const [filters] = useFilters();
  const { specs, query } = useCut(['period', 'channel', 'programId', 'sourceId', 'holderId', 'territoryId', 'who'], 'all');
  const pages = usePages(
    'GET /v1/fates',
    {
      query: {
        ...query,
        state: filters.state,
        holderKind: filters.holderKind,
        from: filters.from ?? query.from,
        to: filters.to ?? query.to,
      },
    },
    { live: ['lead', 'inquiry'] },
  );
  return (
    <Page fill>
      <PageTitle title="Fates" question="What became of each inquiry?" />
      <FilterBar filters={[...fateFilters, ...specs.filter((spec) => spec.kind !== 'period' || !filters.from)]} />
      <div style={{ height: 12, flex: 'none' }} />
      <Conditions subject="lead" />
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(fate) => fate.inquiryId}
        to={(fate) => (fate.leadId ? `/leads/${fate.leadId}` : `/inquiries/${fate.inquiryId}`)}
        label="Inquiries and what became of them"
        empty={
          <EmptyState title="No inquiry by this description" actions={<A to="/fates">All inquiries</A>}>
            Take a filter away above, or look at a longer period.
          </EmptyState>
        }
      />
    </Page>
  );
}
