import type { Answer } from '../../api/contract.ts';
import { Card, DataTable, Money } from '../../ui/index.tsx';
import { byModel, modelNames } from './model-names.ts';

type Credit = Omit<Answer<'GET /v1/opportunities/:id'>['credits'][number], 'id'>;

/** Which inquiries a sale is put down to, model by model; under each the parts add up to the sale. */
export function CreditTable({ credits, currency, none }: { credits: Credit[]; currency: string; none: string }) {
  return (
    <Card title="What earned it" side="under each model, to the cent" flush>
      {credits.length === 0 ? (
        <p className="dim" style={{ padding: '0 16px 16px' }}>
          {none}
        </p>
      ) : (
        <DataTable
          caption="Credits"
          rows={byModel(credits)}
          rowKey={(_row, at) => String(at)}
          columns={[
            { key: 'model', label: 'Model', render: (row) => modelNames[row.model].label },
            {
              key: 'to',
              label: 'Earned by',
              render: (row) =>
                row.attributed
                  ? [row.program?.name, row.source?.name ?? row.channel].filter(Boolean).join(' · ') || 'an inquiry'
                  : 'unattributed',
            },
            { key: 'why', label: 'Because', render: (row) => <span className="dim">{row.why}</span> },
            { key: 'amount', label: 'Amount', align: 'end', render: (row) => <Money minor={row.amountMinor} currency={currency} /> },
          ]}
        />
      )}
    </Card>
  );
}
