import type { ReactNode } from 'react';
import type { ApiProblem } from '../api/client.ts';
import { Badge } from './Badge.tsx';
import { bulkStates } from './BulkOutcome.tsx';
import { DataTable, type DataColumn } from './DataTable.tsx';
import { useFormat } from './format.ts';
import { Card, EmptyState, ErrorNote, SkeletonRows } from './Page.tsx';
import { When } from './Values.tsx';

interface Run {
  id: string;
  state: keyof typeof bulkStates;
  changed: number;
  total: number;
  madeBy: string;
  madeAt: string;
}

/** What was changed for many at once; `what` and `of` say it of one, `children` what to do where there is none yet. */
export function BulkList<One extends Run>(props: {
  answer: { data: { items: One[] } | undefined; isLoading: boolean; error: ApiProblem | null; refetch(): unknown };
  caption: string;
  what: (one: One) => ReactNode;
  of?: (one: One) => string;
  to: (one: One) => string;
  children: ReactNode;
}) {
  const { answer, caption, of } = props;
  const format = useFormat();
  const items = answer.data?.items ?? [];
  const columns: DataColumn<One>[] = [
    { key: 'what', label: 'What', render: props.what, to: props.to },
    ...(of ? [{ key: 'of', label: 'Of', render: of }] : []),
    { key: 'state', label: '', render: (one) => <Badge tone={bulkStates[one.state].tone}>{bulkStates[one.state].label}</Badge> },
    { key: 'changed', label: 'Changed', align: 'end', render: (one) => `${format.number(one.changed)} of ${format.number(one.total)}` },
    { key: 'by', label: 'By', render: (one) => one.madeBy },
    { key: 'at', label: 'When', align: 'end', render: (one) => <When at={one.madeAt} /> },
  ];
  return (
    <>
      <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      {answer.isLoading ? (
        <SkeletonRows rows={4} />
      ) : items.length === 0 ? (
        !answer.error && <EmptyState title="Nothing was changed that way yet">{props.children}</EmptyState>
      ) : (
        <Card flush>
          <DataTable caption={caption} rows={items} rowKey={(one) => one.id} columns={columns} />
        </Card>
      )}
    </>
  );
}
