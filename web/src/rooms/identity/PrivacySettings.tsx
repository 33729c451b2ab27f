import type { Item } from '../../api/contract.ts';
import { usePages } from '../../api/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { A, Badge, Card, DataTable, EmptyState, ErrorNote, SkeletonRows, Stack, When, type DataColumn } from '../../ui/index.tsx';
import { SettingsFrame } from '../platform/SettingsFrame.tsx';
import { PrivacyRequests } from './PrivacyRequests.tsx';
import { RetentionRules } from './RetentionRules.tsx';
import { whyWords } from './privacy-words.ts';

/** What people asked of us, and who was erased. */
export default function PrivacySettings() {
  return (
    <SettingsFrame>
      <Stack>
        <PrivacyRequests />
        <RetentionRules />
        <Erasures />
      </Stack>
    </SettingsFrame>
  );
}

type Erasure = Item<'GET /v1/erasures'>;

function Erasures() {
  const format = useFormat();
  const pages = usePages('GET /v1/erasures', undefined, { live: ['person', 'job'] });
  const columns: DataColumn<Erasure>[] = [
    { key: 'who', label: 'Record', render: (row) => <A to={`/people/${row.personId}`}>Erased person</A> },
    { key: 'why', label: 'Why', render: (row) => whyWords[row.why] },
    { key: 'by', label: 'By', render: (row) => row.by },
    { key: 'at', label: 'When', render: (row) => <When at={row.doneAt ?? row.askedAt} /> },
    { key: 'rows', label: 'Rows emptied', align: 'end', render: (row) => format.number(Object.values(row.counts).reduce((sum, count) => sum + count, 0)) },
    { key: 'kept', label: 'Addresses', render: (row) => (row.remembers ? 'as hashes' : 'forgotten') },
    { key: 'state', label: '', render: (row) => (row.state === 'done' ? null : <Badge tone={row.problem ? 'bad' : 'quiet'}>{row.problem ? 'not done' : 'under way'}</Badge>) },
  ];
  return (
    <Card title="Erased">
      {pages.error ? (
        <ErrorNote error={pages.error} retry={pages.refetch} />
      ) : pages.isLoading ? (
        <SkeletonRows rows={2} />
      ) : pages.rows.length === 0 ? (
        <EmptyState title="Nobody was erased">Whoever asks for it is erased on their own page. What is counted stays.</EmptyState>
      ) : (
        <DataTable rows={pages.rows} columns={columns} rowKey={(row) => row.id} caption="Erased people" />
      )}
    </Card>
  );
}
