import { useApi } from '../../api/hooks.ts';
import { useHolders } from '../../api/options.ts';
import { bulkStates } from '../../ui/BulkOutcome.tsx';
import { useFormat } from '../../ui/format.ts';
import { Back, Badge, Card, DataTable, EmptyState, ErrorNote, Page, PageTitle, SkeletonRows, When } from '../../ui/index.tsx';
import { leadChangeSentence } from './lead-change-words.ts';

/** What was done to many leads at once, each with its way back. */
export default function LeadChangeList() {
  const format = useFormat();
  const holders = useHolders();
  const answer = useApi('GET /v1/lead-changes', undefined, { live: ['job'] });
  const items = answer.data?.items ?? [];
  return (
    <Page>
      <Back to="/leads">Leads</Back>
      <PageTitle title="Changes of many leads" question="What was done to many leads at once, and can it be taken back?" />
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {answer.isLoading ? (
        <SkeletonRows rows={4} />
      ) : items.length === 0 ? (
        !answer.error && <EmptyState title="Nothing was changed that way yet">On the list of leads, filter or tick the ones you mean, and press “Change”. You see what would happen first, and everything can be undone.</EmptyState>
      ) : (
        <Card flush>
          <DataTable
            caption="Changes of many leads"
            rows={items}
            rowKey={(one) => one.id}
            columns={[
              { key: 'what', label: 'What', render: (one) => leadChangeSentence(one.action, (id) => holders.find(({ value }) => value === id)?.label), to: (one) => `/lead-changes/${one.id}` },
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
