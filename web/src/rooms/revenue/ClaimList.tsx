import { usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { useFilters } from '../../shell/address.ts';
import { useFormat } from '../../ui/format.ts';
import { Badge, EmptyState, FilterBar, Money, VirtualTable, type Column } from '../../ui/index.tsx';
import { periodDays } from '../../ui/period.ts';
import { buyerOf, proofNames, reportedNames, stateNames } from './claim-words.ts';

type Claim = Item<'GET /v1/claims'>;
const options = (names: Record<string, string>) => Object.entries(names).map(([value, label]) => ({ value, label }));

export function ClaimList() {
  const format = useFormat();
  const [{ period, state, proof, reported, isNew, reportedBy, holderId, leadId, importId, text }] = useFilters();
  const days = period ? periodDays(period, format.today()) : {};
  const query = { state, proof, reported, isNew, reportedBy, holderId, leadId, importId, text, ...days };
  const pages = usePages('GET /v1/claims', { query }, { live: ['claim'] });
  const columns: Column<Claim>[] = [
    { key: 'who', label: 'Buyer', width: 'minmax(170px, 1.6fr)', phone: 'title', render: (one) => <span className="strong">{buyerOf(one)}</span> },
    { key: 'what', label: 'Product', width: 'minmax(130px, 1.2fr)', phone: 'sub', render: (one) => [one.product, one.serial].filter(Boolean).join(', ') || '–' },
    { key: 'by', label: 'Told by', width: 'minmax(130px, 1fr)', render: (one) => [proofNames[one.proof], one.holder?.name ?? one.distributor].filter(Boolean).join(' · ') },
    { key: 'state', label: 'Became', width: '150px', render: (one) => <Badge tone={stateNames[one.state].tone as never}>{one.isNew && one.state === 'none' ? 'New customer' : stateNames[one.state].label}</Badge> },
    { key: 'said', label: 'Reported as', width: '110px', render: (one) => (one.reported ? <span className="overdue">{reportedNames[one.reported]}</span> : '–') },
    { key: 'on', label: 'Sold', width: '104px', align: 'end', render: (one) => format.date(one.soldOn) },
    { key: 'value', label: 'Value', width: '120px', align: 'end', phone: 'end', render: (one) => (one.valueMinor === null ? '–' : <Money minor={one.valueMinor} currency={one.currency} />) },
  ];
  return (
    <>
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'text', name: 'text', label: 'Buyer, product, serial number' },
            { kind: 'period', name: 'period' },
            { kind: 'choice', name: 'state', label: 'Became', all: 'Whatever became of it', options: Object.entries(stateNames).map(([value, { label }]) => ({ value, label })) },
            { kind: 'choice', name: 'proof', label: 'Told by', all: 'All files', options: options(proofNames) },
            { kind: 'choice', name: 'reported', label: 'Reported as', all: 'Whatever was reported', options: [{ value: 'any', label: 'Reported otherwise' }, ...options(reportedNames)] },
            { kind: 'choice', name: 'isNew', label: 'Buyer', all: 'All buyers', options: [{ value: 'true', label: 'Nobody knew them' }, { value: 'false', label: 'Known before' }] },
          ]}
        />
      </div>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => `/claims/${one.id}`}
        label="Sales nobody reported"
        empty={<EmptyState title="No such sale">Bring in a distributor’s sell-through file, warranty registrations or rebate claims, or look with other filters.</EmptyState>}
      />
    </>
  );
}
