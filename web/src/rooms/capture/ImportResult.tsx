import { Button } from '@mantine/core';
import { usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { href, useGo } from '../../shell/address.ts';
import { Badge, Card, EmptyState, Row, Stack, VirtualTable, type Column } from '../../ui/index.tsx';
import { duration, plural, useFormat } from '../../ui/format.ts';
import { isMoving, type ImportView } from './import-status.tsx';
import { useKinds } from './kinds.ts';
import { ImportOutcomes } from './ImportOutcomes.tsx';
import { ImportUndo } from './ImportUndo.tsx';

type Problem = Item<'GET /v1/imports/:id/problems'>;

/** What became of it: how many rows, which could not go in and why; and the way back. */
export function ImportResult({ one, canAct }: { one: ImportView; canAct: boolean }) {
  const fields = useKinds().find((kind) => kind.kind === one.kind)?.fields ?? [];
  const format = useFormat();
  const go = useGo();
  const moving = isMoving(one.status);
  const over = !moving;
  const pages = usePages(
    'GET /v1/imports/:id/problems',
    { params: { id: one.id } },
    { enabled: over && one.counts.problem + one.counts.cells > 0 },
  );
  const seconds = one.startedAt && one.finishedAt ? (Date.parse(one.finishedAt) - Date.parse(one.startedAt)) / 1000 : null;
  const columns: Column<Problem>[] = [
    { key: 'row', label: 'Row', width: '70px', phone: 'end', render: (problem) => <span className="num">{problem.row}</span> },
    {
      key: 'field',
      label: 'Field',
      width: '140px',
      phone: 'sub',
      render: (problem) => fields.find(({ name }) => name === problem.field)?.label ?? problem.field ?? '',
    },
    { key: 'what', label: 'What is wrong', width: 'minmax(200px, 1fr)', phone: 'title', render: (problem) => problem.sentence },
    {
      key: 'then',
      label: 'Then',
      width: '130px',
      render: (problem) => (
        <Badge tone={problem.severity === 'row' ? 'hot' : 'quiet'}>{problem.severity === 'row' ? 'Set aside' : 'Without it'}</Badge>
      ),
    },
  ];
  const list = {
    inquiries: '/inquiries',
    people: '/people',
    organizations: '/organizations',
    programs: '/programs',
    opportunities: '/opportunities',
    outcomes: '/opportunities',
    invoices: '/money',
    'sell-through': '/claims',
    warranties: '/claims',
    rebates: '/claims',
    users: '/holders',
  }[one.kind ?? ''];
  const problems = one.counts.problem + one.counts.cells;
  return (
    <Stack>
      <Card
        title={one.status === 'undone' ? 'Taken back' : moving ? 'So far' : 'What became of it'}
        side={
          seconds !== null && seconds > 0
            ? `${seconds < 60 ? `${seconds.toFixed(1)} s` : duration(seconds / 60)}${one.rowsPerSecond ? `, ${format.number(one.rowsPerSecond)} rows a second` : ''}`
            : undefined
        }
      >
        <Stack gap={12}>
          {one.status === 'undone' ? (
            <p>
              Everything this file brought was taken back {one.undoneAt ? format.when(one.undoneAt) : ''}, updates included. The receipts
              stay in the record as withdrawn.
            </p>
          ) : (
            <ImportOutcomes counts={one.counts} />
          )}
          <div>
            {one.sentences.map((sentence) => (
              <p key={sentence} className="dim">
                {sentence}
              </p>
            ))}
          </div>
          {over && (
            <Row>
              {list && one.status !== 'undone' && (
                <Button variant="default" onClick={() => go(one.kind === 'inquiries' ? href(list, { importId: one.id }) : list)}>
                  See what came in
                </Button>
              )}
              {(one.kind === 'people' || (one.kind === 'inquiries' && (one.settings.listOwner !== undefined || one.settings.listCostMinor !== undefined))) && one.status !== 'undone' && (
                <Button variant="default" onClick={() => go(`/lists/${one.mends ?? one.id}`)}>
                  See what the list is worth
                </Button>
              )}
              {one.kind?.startsWith('append-') && (
                <Button variant="default" onClick={() => go(`/append/${one.id}`)}>
                  See value by value
                </Button>
              )}
              {one.kind === 'inquiries' && one.status !== 'undone' && one.counts.new > 0 && (
                <Button variant="default" onClick={() => go(href('/leads', { importId: one.id }))}>
                  See its leads
                </Button>
              )}
              {one.counts.problem > 0 && (
                <Button variant="default" component="a" href={`/v1/imports/${one.id}/problems.csv`} download>
                  Download the {format.number(one.counts.problem)} problem {plural(one.counts.problem, 'row')}
                </Button>
              )}
              {canAct && one.counts.problem > 0 && (
                <Button variant="default" onClick={() => go(href('/imports/new', { mends: one.id, kind: one.kind ?? undefined }))}>
                  Bring mended rows in
                </Button>
              )}
              {canAct && (one.status === 'finished' || one.status === 'cancelled' || one.status === 'failed') && (
                <ImportUndo one={one} />
              )}
              {canAct && (one.status === 'undone' || one.status === 'failed') && (
                <Button onClick={() => go('/imports/new')}>Import again</Button>
              )}
            </Row>
          )}
        </Stack>
      </Card>
      {over && problems > 0 && one.status !== 'undone' && (
        <div style={{ height: 420, display: 'flex', flexDirection: 'column' }}>
          <h2 style={{ fontSize: 13, fontWeight: 600, marginBottom: 8 }}>Problems, row by row</h2>
          <VirtualTable
            pages={pages}
            columns={columns}
            rowKey={(problem) => `${problem.row}-${problem.field}-${problem.kind}`}
            label="Problems"
            rowHeight={36}
            wraps
            keys={false}
            empty={<EmptyState title="No problems">Every row went in.</EmptyState>}
          />
        </div>
      )}
    </Stack>
  );
}
