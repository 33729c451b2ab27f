import { usePages } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { EmptyState, VirtualTable, When, type Column } from '../../ui/index.tsx';
import { SettingsFrame } from './SettingsFrame.tsx';

type Entry = Item<'GET /v1/audit'>;

const words = (what: string) => {
  const text = what.replace(/[./_]/g, ' ').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return text.charAt(0).toUpperCase() + text.slice(1);
};
const detail = (entry: Entry) =>
  [
    entry.subjectName !== entry.userName && entry.subjectName,
    ...Object.entries(entry.detail).map(([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`),
  ]
    .filter(Boolean)
    .join(', ');

export default function Audit() {
  const pages = usePages('GET /v1/audit', undefined, { live: ['user', 'setting', 'definition', 'territory', 'holder', 'import'] });
  const columns: Column<Entry>[] = [
    { key: 'at', label: 'When', width: '130px', phone: 'end', render: (entry) => <When at={entry.at} /> },
    { key: 'who', label: 'Who', width: '180px', phone: 'sub', render: (entry) => entry.userName ?? <span className="dim">the house</span> },
    {
      key: 'what',
      label: 'What',
      width: 'minmax(160px, 1fr)',
      phone: 'title',
      render: (entry) => <span className="strong">{words(entry.what)}</span>,
    },
    {
      key: 'detail',
      label: 'Detail',
      width: 'minmax(160px, 2fr)',
      render: (entry) => (
        <span className="dim" title={detail(entry)}>
          {detail(entry)}
        </span>
      ),
    },
  ];
  return (
    <SettingsFrame fill>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(entry) => entry.id}
        label="Audit"
        rowHeight={38}
        empty={
          <EmptyState title="Nothing was changed yet">
            Who changes users, settings, territories or the definition is written down here.
          </EmptyState>
        }
      />
    </SettingsFrame>
  );
}
