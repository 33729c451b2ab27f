import { useState } from 'react';
import { Drawer } from '@mantine/core';
import { usePages } from '../../api/hooks.ts';
import type { Answer, Item } from '../../api/contract.ts';
import { useKeys } from '../../shell/keys.ts';
import { useFormat } from '../../ui/format.ts';
import { useIsPhone } from '../../ui/screen-size.ts';
import {
  A,
  Badge,
  EmptyState,
  FactList,
  FilterBar,
  Note,
  Page,
  PageTitle,
  Stack,
  TwoLines,
  VirtualTable,
  When,
  type Column,
} from '../../ui/index.tsx';
import { useFilters } from '../../shell/address.ts';

type Mail = Item<'GET /v1/mail'>;
const looks = {
  queued: { label: 'Waiting', tone: 'quiet' },
  sent: { label: 'Sent', tone: 'sale' },
  captured: { label: 'Captured', tone: 'action' },
  failed: { label: 'Failed', tone: 'hot' },
  blocked: { label: 'Held back', tone: 'warm' },
} as const;
const kinds = (kind: string) => kind.replace(/[._-]/g, ' ').replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

/** Every mail the house wrote: sent, waiting, captured because no server is set up, or held back by somebody's wish. */
export default function Outbox() {
  const format = useFormat();
  const isPhone = useIsPhone();
  const [filters] = useFilters();
  const [active, setActive] = useState<Mail>();
  const [open, setOpen] = useState(false);
  const pages = usePages('GET /v1/mail', { query: filters }, { live: ['mail'] });
  const server = (pages.first as Answer<'GET /v1/mail'> | undefined)?.server;
  useKeys([{ key: 'Enter', label: 'Read the mail', group: 'Outbox', run: () => active && setOpen(true) }]);
  const columns: Column<Mail>[] = [
    {
      key: 'subject',
      label: 'Mail',
      width: 'minmax(220px, 2.6fr)',
      phone: 'title',
      render: (mail) => (
        <TwoLines>
          <button
            type="button"
            className="strong"
            onClick={() => {
              setActive(mail);
              setOpen(true);
            }}
            style={{ border: 0, background: 'none', padding: 0, textAlign: 'left', cursor: 'pointer' }}
          >
            {mail.subject}
          </button>
          <span>{mail.problem ?? mail.textBody.slice(0, 120)}</span>
        </TwoLines>
      ),
    },
    { key: 'to', label: 'To', width: 'minmax(150px, 1.4fr)', phone: 'sub', render: (mail) => mail.toAddress },
    { key: 'kind', label: 'Why', width: 'minmax(100px, 1fr)', render: (mail) => <span className="dim">{kinds(mail.kind)}</span> },
    {
      key: 'state',
      label: 'State',
      width: '92px',
      phone: 'end',
      render: (mail) => <Badge tone={looks[mail.state].tone}>{looks[mail.state].label}</Badge>,
    },
    { key: 'at', label: 'When', width: '110px', align: 'end', render: (mail) => <When at={mail.sentAt ?? mail.createdAt} /> },
  ];
  return (
    <Page fill>
      <PageTitle title="Outbox" question="What did the house write, to whom, and did it leave?" />
      {pages.first !== undefined && !server && (
        <div style={{ marginBottom: 12 }}>
          <Note tone="warn">No mail server is set up: mails are captured here and none leaves the house.</Note>
        </div>
      )}
      <div style={{ marginBottom: 12 }}>
        <FilterBar
          filters={[
            {
              kind: 'choice',
              name: 'state',
              label: 'State',
              all: 'Any state',
              options: Object.entries(looks).map(([value, look]) => ({ value, label: look.label })),
            },
          ]}
        />
      </div>
      <VirtualTable
        pages={pages}
        columns={columns}
        rowKey={(mail) => mail.id}
        label="Outbox"
        onActive={setActive}
        empty={
          <EmptyState title="Nothing was written yet">
            Announcements of leads, reminders, answers to enquirers and invitations appear here.
          </EmptyState>
        }
      />
      <Drawer
        opened={open && active !== undefined}
        onClose={() => setOpen(false)}
        position="right"
        size={isPhone ? '100%' : 560}
        title={active?.subject}
        data-overlay-open={open || undefined}
      >
        {active && (
          <Stack>
            <FactList
              facts={[
                ['To', active.toAddress],
                ['State', looks[active.state].label],
                ['Written', format.dateTime(active.createdAt)],
                ['Sent', active.sentAt ? format.dateTime(active.sentAt) : null],
                [
                  'Lead',
                  active.leadId && (
                    <A key="l" to={`/leads/${active.leadId}`}>
                      the lead
                    </A>
                  ),
                ],
                ['Problem', active.problem],
              ]}
            />
            <div style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', borderTop: '1px solid var(--line-soft)', paddingTop: 12 }}>
              {linked(active.textBody)}
            </div>
          </Stack>
        )}
      </Drawer>
    </Page>
  );
}

/** Addresses in a captured mail can be followed, so that a house without a mail server can be tried out whole. */
function linked(text: string) {
  return text.split(/(https?:\/\/[^\s>)]+)/g).map((part, at) =>
    at % 2 === 1 ? (
      <a key={at} href={part} target="_blank" rel="noreferrer">
        {part}
      </a>
    ) : (
      part
    ),
  );
}
