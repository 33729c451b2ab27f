import { usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { useFilters } from '../../shell/address.ts';
import { useFormat } from '../../ui/format.ts';
import { EmptyState, FilterBar, Money, VirtualTable, type Column } from '../../ui/index.tsx';
import { periodDays } from '../../ui/period.ts';

type Credit = Item<'GET /v1/credits'>;

/** Sales that no inquiry earned, each with its reason: the work list of whoever wants the figure smaller. */
export function Unattributed() {
  const format = useFormat();
  const [{ period, saleKind }] = useFilters();
  const days = period ? periodDays(period, format.today()) : {};
  const pages = usePages(
    'GET /v1/credits',
    { query: { model: 'first', attributed: 'false', saleKind, ...days } },
    { live: ['sale', 'invoice', 'opportunity'] },
  );
  const columns: Column<Credit>[] = [
    {
      key: 'what',
      label: 'Sale',
      width: 'minmax(180px, 1.6fr)',
      phone: 'title',
      render: (one) => <span className="strong">{one.saleName}</span>,
    },
    { key: 'kind', label: '', width: '108px', render: (one) => (one.saleKind === 'invoice' ? 'invoice' : 'opportunity') },
    { key: 'why', label: 'Why nobody earned it', width: 'minmax(180px, 2fr)', phone: 'sub', render: (one) => one.why },
    { key: 'on', label: 'Sold', width: '104px', align: 'end', render: (one) => format.date(one.soldOn) },
    {
      key: 'amount',
      label: 'Amount',
      width: '120px',
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
            { kind: 'period', name: 'period' },
            {
              kind: 'choice',
              name: 'saleKind',
              label: 'Kind',
              all: 'Invoices and opportunities',
              options: [
                { value: 'invoice', label: 'Invoices' },
                { value: 'opportunity', label: 'Opportunities' },
              ],
            },
          ]}
        />
      </div>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(one) => one.id}
        to={(one) => (one.saleKind === 'invoice' ? `/invoices/${one.saleId}` : `/opportunities/${one.saleId}`)}
        label="Unattributed"
        empty={<EmptyState title="Nothing is unattributed">Every sale of this period has an inquiry that earned it.</EmptyState>}
      />
    </>
  );
}
