import { SegmentedControl } from '@mantine/core';
import { useApi } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { href, useFilters } from '../../shell/address.ts';
import { useFormat } from '../../ui/format.ts';
import { Card, DataTable, EmptyState, ErrorNote, SkeletonRows, type DataColumn } from '../../ui/index.tsx';
import css from './quality.module.css';
import type { Board } from './QualityBoard.tsx';

type Group = Item<'GET /v1/quality/groups'>;

/** Whose data is good and whose is not, with the change in a month. */
export function QualityGroups({ cuts }: { cuts: Board['cuts'] }) {
  const format = useFormat();
  const [filters, set] = useFilters();
  const cut = cuts.find((one) => one.cut === filters['by'])?.cut ?? cuts[0]?.cut ?? 'source';
  const answer = useApi('GET /v1/quality/groups', { query: { cut } }, { live: ['job'] });
  const of = (row: Pick<Group, 'people'>, n: number | undefined) => (row.people > 0 ? (n ?? 0) / row.people : 0);
  const column = (key: string, label: string, pick: (row: Pick<Group, 'people' | 'reachable' | 'whole' | 'known'>) => number | undefined): DataColumn<Group> => ({
    key,
    label,
    align: 'end',
    sort: (row) => of(row, pick(row)),
    render: (row) => {
      const now = of(row, pick(row));
      const change = row.before ? now - of(row.before, pick(row.before)) : 0;
      return (
        <span className={css.share} title={Math.abs(change) >= 0.005 ? `${change > 0 ? '+' : '−'}${format.percent(Math.abs(change))} in a month` : undefined}>
          <i style={{ ['--part' as string]: `${now * 100}%` }} aria-hidden />
          <span>
            {format.percent(now)}
            {Math.abs(change) >= 0.005 && <span style={{ color: change > 0 ? 'var(--sale)' : 'var(--hot)' }}>{change > 0 ? ' ↑' : ' ↓'}</span>}
          </span>
        </span>
      );
    },
  });
  return (
    <Card
      title="Who brings it in good order?"
      side={
        <SegmentedControl
          size="xs"
          aria-label="By"
          data={cuts.map((one) => ({ value: one.cut, label: one.label[0]!.toUpperCase() + one.label.slice(1) }))}
          value={cut}
          onChange={(value) => set({ by: value })}
        />
      }
      flush
    >
      {answer.error ? (
        <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
      ) : !answer.data ? (
        <SkeletonRows rows={4} />
      ) : answer.data.items.length === 0 ? (
        <EmptyState title="Nobody to tell apart this way">When everybody was last counted, nobody had come or was held that way.</EmptyState>
      ) : (
        <DataTable
          caption={`Data quality by ${cut}`}
          rows={answer.data.items}
          rowKey={(row) => row.key}
          columns={[
            { key: 'name', label: cuts.find((one) => one.cut === cut)?.label ?? '', render: (row) => row.name, to: (row) => href('/quality', { group: row.group }) },
            { key: 'people', label: 'People', align: 'end', sort: (row) => row.people, render: (row) => format.number(row.people), to: (row) => href('/people', { group: row.group }) },
            column('reach', 'Reachable', (row) => row.reachable),
            column('mail', 'Mail', (row) => row.known['mail']),
            column('phone', 'Phone', (row) => row.known['phone']),
            column('organization', 'Company', (row) => row.known['organization']),
            column('title', 'Position', (row) => row.known['title']),
            {
              key: 'bad',
              label: 'Bad mails',
              align: 'end',
              sort: (row) => row.bad['mail'] ?? 0,
              render: (row) => format.number(row.bad['mail'] ?? 0),
              to: (row) => (row.bad['mail'] ? href('/people', { group: row.group, where: JSON.stringify({ field: 'level.mail', op: 'equals', value: 'bad' }) }) : undefined),
            },
            column('whole', 'Nothing missing', (row) => row.whole),
          ]}
        />
      )}
    </Card>
  );
}
