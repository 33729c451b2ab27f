import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useFormat } from '../../ui/format.ts';
import { A, Back, Card, DataTable, EmptyState, ErrorNote, Page, PageTitle, SkeletonRows, Split, When } from '../../ui/index.tsx';
import { acceptedWords, jobWords } from './balance-words.ts';
import { BalanceForm } from './BalanceForm.tsx';

/** Even territories asked for, and the proposals there are. */
export default function Balance() {
  const format = useFormat();
  const canAsk = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/territories/proposals', undefined, { live: ['job', 'territory'] });
  const items = answer.data?.items;
  const list = (
    <Card title="Proposals" flush={Boolean(items?.length)}>
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {!items ? (
        !answer.error && <SkeletonRows rows={4} />
      ) : items.length === 0 ? (
        <EmptyState title="None yet">A proposal changes nothing. It shows what even territories would look like, what moves and whom that concerns; you accept all of it, a part, or nothing.</EmptyState>
      ) : (
        <DataTable
          caption="Proposals"
          rows={items}
          rowKey={(row) => row.id}
          columns={[
            { key: 'at', label: 'Asked for', render: (row) => <A to={`/territories/balance/${row.id}`}><When at={row.madeAt} /></A> },
            { key: 'territories', label: 'Territories', render: (row) => <span style={{ whiteSpace: 'normal' }}>{row.territories.join(', ')}</span> },
            { key: 'count', label: 'Units', align: 'end', render: (row) => format.number(row.count) },
            { key: 'state', label: 'State', render: (row) => (row.accepted ? acceptedWords[row.accepted] : jobWords[row.state] || 'ready to look at') },
          ]}
        />
      )}
    </Card>
  );
  return (
    <Page>
      <Back to="/territories">Territories</Back>
      <PageTitle title="Balance territories" question="How would territories be divided so that everybody has a fair share?" />
      {canAsk ? (
        <Split>
          {list}
          <BalanceForm />
        </Split>
      ) : (
        list
      )}
    </Page>
  );
}
