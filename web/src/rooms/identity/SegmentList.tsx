import { Button } from '@mantine/core';
import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useGo } from '../../shell/address.ts';
import { A, Badge, Card, Count, DataTable, EmptyState, ErrorNote, Page, PageTitle, SkeletonRows, When } from '../../ui/index.tsx';

/** Every segment there is, with what it says and how many are in it. */
export default function SegmentList() {
  const go = useGo();
  const canMake = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/segments', undefined, { live: ['segment'] });
  const items = answer.data?.items ?? [];
  const make = canMake && <Button onClick={() => go('/segments/new')}>New segment</Button>;
  return (
    <Page>
      <PageTitle title="Segments" question="Which people and companies belong together, by what we know of them?" side={items.length > 0 && make} />
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      <Card flush>
        {answer.isLoading ? (
          <SkeletonRows rows={5} />
        ) : items.length === 0 ? (
          !answer.error && (
            <EmptyState title="No segment yet" actions={make}>
              Say who you mean by conditions: customers of one vertical without an inquiry this year, hot leads nobody visited. It counts as you write.
            </EmptyState>
          )
        ) : (
          <DataTable
            caption="Segments"
            rows={items}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'name',
                label: 'Segment',
                render: (one) => (
                  <>
                    <A to={`/segments/${one.id}`}>{one.name}</A>
                    <span className="dim" style={{ display: 'block', fontSize: 12, fontWeight: 400, whiteSpace: 'normal' }}>
                      {one.sentence}
                    </span>
                  </>
                ),
              },
              {
                key: 'kind',
                label: '',
                render: (one) =>
                  one.problem ? <Badge tone="bad">Cannot be kept</Badge> : one.kind === 'live' ? <Badge tone="action">Live</Badge> : <Badge tone="cold">Frozen</Badge>,
              },
              { key: 'subject', label: 'Of', render: (one) => (one.subject === 'person' ? 'people' : 'companies') },
              { key: 'members', label: 'Members', align: 'end', render: (one) => <Count value={one.members} /> },
              { key: 'moved', label: 'Last changed', align: 'end', render: (one) => <When at={one.movedAt} /> },
            ]}
          />
        )}
      </Card>
    </Page>
  );
}
