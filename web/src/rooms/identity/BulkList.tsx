import { useApi } from '../../api/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { Badge, Card, DataTable, EmptyState, ErrorNote, Page, PageTitle, SkeletonRows, When } from '../../ui/index.tsx';
import { bulkStates } from '../../ui/BulkOutcome.tsx';
import { bulkSentence } from './bulk-words.ts';

/** What was changed for many at once, each with its way back. */
export default function BulkList() {
  const format = useFormat();
  const answer = useApi('GET /v1/bulk', undefined, { live: ['job'] });
  const items = answer.data?.items ?? [];
  return (
    <Page>
      <PageTitle title="Changes of many" question="What was changed for many at once, and can it be taken back?" />
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {answer.isLoading ? (
        <SkeletonRows rows={4} />
      ) : items.length === 0 ? (
        !answer.error && <EmptyState title="Nothing was changed that way yet">On the lists of people and organizations, filter or tick whom you mean, and press “Change”. You see what would happen first, and everything can be undone.</EmptyState>
      ) : (
        <Card flush>
          <DataTable
            caption="Changes of many"
            rows={items}
            rowKey={(one) => one.id}
            columns={[
              { key: 'what', label: 'What', render: (one) => bulkSentence(one), to: (one) => `/bulk/${one.id}` },
              { key: 'of', label: 'Of', render: (one) => (one.subject === 'person' ? 'people' : 'companies') },
              { key: 'state', label: '', render: (one) => <Badge tone={bulkStates[one.state].tone}>{bulkStates[one.state].label}</Badge> },
              { key: 'changed', label: 'Changed', align: 'end', render: (one) => `${format.number(one.changed)} of ${format.number(one.total)}` },
              { key: 'by', label: 'By', render: (one) => one.madeBy },
              { key: 'at', label: 'When', align: 'end', render: (one) => <When at={one.madeAt} /> },
            ]}
          />
        </Card>
      )}
    </Page>
  );
}
