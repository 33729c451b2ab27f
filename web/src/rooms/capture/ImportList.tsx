import { Button } from '@mantine/core';
import { usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { useGo } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { EmptyState, Page, PageTitle, TwoLines, VirtualTable, When, type Column } from '../../ui/index.tsx';
import { bytes, plural, useFormat } from '../../ui/format.ts';
import { useIsPhone } from '../../ui/screen-size.ts';
import { ImportStatus, isMoving } from './import-status.tsx';
import { useKinds } from './kinds.ts';

type ImportRow = Item<'GET /v1/imports'>;

export default function ImportList() {
  const go = useGo();
  const format = useFormat();
  const kinds = useKinds();
  const pages = usePages('GET /v1/imports', undefined, { live: ['import', 'job'] });
  const begin = () => go('/imports/new');
  const canBegin = may(useSession(), ['marketing']);
  useKeys(canBegin ? [{ key: 'a', label: 'Import a file', group: 'Imports', run: begin }] : []);
  const figure = (row: ImportRow, name: 'new' | 'updated' | 'matched' | 'problem') =>
    row.status === 'analysed' ? (
      <span className="dim">–</span>
    ) : (
      <span className="num" style={name === 'problem' && row.counts.problem > 0 ? { color: 'var(--overdue)', fontWeight: 600 } : undefined}>
        {format.number(row.counts[name])}
      </span>
    );
  const isPhone = useIsPhone();
  const kindOf = (row: ImportRow): string => kinds.find((one) => one.kind === row.kind)?.label ?? row.kind ?? 'not known yet';
  const columns: Column<ImportRow>[] = [
    {
      key: 'file',
      label: 'File',
      width: 'minmax(200px, 2.4fr)',
      phone: 'title',
      render: (row) => (
        <TwoLines>
          <span className="strong">{row.fileName}</span>
          {!isPhone && <span>{[kindOf(row), bytes(row.fileBytes), row.createdBy && `by ${row.createdBy}`].filter(Boolean).join(' · ')}</span>}
        </TwoLines>
      ),
    },
    {
      key: 'status',
      label: 'Status',
      width: '112px',
      phone: 'end',
      render: (row) => <ImportStatus status={row.status} />,
    },
    {
      key: 'rows',
      label: 'Rows',
      width: '88px',
      align: 'end',
      phone: 'sub',
      render: (row) => {
        const rows = isMoving(row.status) ? row.rowsDone : ((row.counts.rows || row.analysis?.rowsEstimate) ?? 0);
        return (
          <span className="num">
            {isPhone && `${kindOf(row)} · `}
            {format.number(rows)}
            {isPhone && ` ${plural(rows, 'row')}`}
            {isPhone && row.counts.problem > 0 && <b style={{ color: 'var(--overdue)' }}>{` · ${format.number(row.counts.problem)} ${plural(row.counts.problem, 'problem')}`}</b>}
          </span>
        );
      },
    },
    { key: 'new', label: 'New', width: '76px', align: 'end', render: (row) => figure(row, 'new') },
    { key: 'updated', label: 'Updated', width: '76px', align: 'end', render: (row) => figure(row, 'updated') },
    { key: 'matched', label: 'Known', width: '76px', align: 'end', render: (row) => figure(row, 'matched') },
    { key: 'problem', label: 'Problems', width: '80px', align: 'end', render: (row) => figure(row, 'problem') },
    { key: 'at', label: 'When', width: '112px', align: 'end', phone: 'end', render: (row) => <When at={row.createdAt} /> },
  ];
  return (
    <Page fill>
      <PageTitle
        title="Imports"
        question="What came in by file, and what did it become?"
        side={canBegin && <Button onClick={begin}>Import a file</Button>}
      />
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(row) => row.id}
        to={(row) => `/imports/${row.id}`}
        label="Imports"
        empty={
          <EmptyState title="No file was imported yet" actions={canBegin && <Button onClick={begin}>Choose a file</Button>}>
            CSV or Excel, people, inquiries, programs with costs, opportunities, invoices or users. You see what will happen first, and can
            take all of it back afterwards.
          </EmptyState>
        }
      />
    </Page>
  );
}
