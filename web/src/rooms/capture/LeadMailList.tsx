import { usePages } from '../../api/hooks.ts';
import { usePrograms, useSources } from '../../api/options.ts';
import { useFilters } from '../../shell/address.ts';
import { EmptyState, FilterBar, Page, PageTitle, Split, TwoLines, VirtualTable, When, type Column } from '../../ui/index.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { LeadAddress } from './LeadAddress.tsx';
import { MailState, mailStates, natureName, senderOf, type LeadMail } from './lead-mail-state.tsx';

/** What came by mail, and what became of each. */
export default function LeadMailList() {
  const format = useFormat();
  const [filters] = useFilters();
  const programs = usePrograms();
  const sources = useSources();
  const pages = usePages('GET /v1/lead-mails', { query: filters }, { live: ['inquiry', 'lead-mail'] });
  const columns: Column<LeadMail>[] = [
    {
      key: 'who',
      label: 'From',
      width: 'minmax(180px, 2fr)',
      phone: 'title',
      render: (mail) => (
        <TwoLines>
          <span className="strong">{senderOf(mail)}</span>
          <span>{mail.subject || 'no subject'}</span>
        </TwoLines>
      ),
    },
    {
      key: 'became',
      label: 'Became',
      width: 'minmax(150px, 1.6fr)',
      phone: 'sub',
      render: (mail) => (
        <TwoLines>
          <span>{becameOf(mail, format.number)}</span>
          <span>{mail.sentence ?? natureName(mail.nature)}</span>
        </TwoLines>
      ),
    },
    { key: 'of', label: 'Sent to', width: 'minmax(120px, 1.2fr)', render: (mail) => mail.programName ?? mail.sourceName ?? <span className="dim">the company</span> },
    { key: 'state', label: 'State', width: '104px', render: (mail) => <MailState state={mail.state} /> },
    { key: 'at', label: 'Arrived', width: '104px', align: 'end', phone: 'end', render: (mail) => <When at={mail.receivedAt} /> },
  ];
  const isFiltered = Object.keys(filters).length > 0;
  return (
    <Page fill>
      <PageTitle title="Lead mail" question="What came by mail, and what became of it?" />
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            { kind: 'choice', name: 'state', label: 'State', all: 'Any state', options: Object.entries(mailStates).map(([value, look]) => ({ value, label: look.label })) },
            { kind: 'choice', name: 'programId', label: 'Program', all: 'All programs', options: programs },
            { kind: 'choice', name: 'sourceId', label: 'Source', all: 'All sources', options: sources },
          ]}
        />
      </div>
      <Split>
        <div style={{ display: 'flex', minHeight: 420, height: 'calc(100dvh - 250px)' }}>
          <VirtualTable
            pages={pages}
            columns={columns}
            rowKey={(mail) => mail.id}
            to={(mail) => `/lead-mail/${mail.id}`}
            label="Lead mail"
            empty={
              isFiltered ? (
                <EmptyState title="No mail that fits">Clear a filter.</EmptyState>
              ) : (
                <EmptyState title="No mail yet">Mail sent to one of your addresses appears here a moment later, with what it was read as.</EmptyState>
              )
            }
          />
        </div>
        <LeadAddress what="the company" />
      </Split>
    </Page>
  );
}

function becameOf(mail: LeadMail, number: (value: number) => string): string {
  if (mail.state === 'waiting') return 'being read';
  if (mail.state === 'held') return mail.imports > 0 ? 'a list to look at' : 'in quarantine';
  if (mail.inquiries > 0) return `${number(mail.inquiries)} ${plural(mail.inquiries, 'inquiry', 'inquiries')}`;
  if (mail.leadId) return 'with its lead';
  return mail.imports > 0 ? `${number(mail.imports)} ${plural(mail.imports, 'list', 'lists')}` : 'nothing';
}
