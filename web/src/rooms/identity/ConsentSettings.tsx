import { Button, FileButton, Select, Switch, TextInput, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Item } from '../../api/contract.ts';
import { useApi, usePages, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Card, ConfirmButton, EmptyState, ErrorNote, Note, Row, SkeletonRows, Split, Stack, VirtualTable, toast, type Column } from '../../ui/index.tsx';
import { SettingsFrame } from '../platform/SettingsFrame.tsx';

type Listed = Item<'GET /v1/suppressions'>;
type Purpose = Item<'GET /v1/consent/purposes'>;
const listNames = { mail: 'No mail', phone: 'No calls', post: 'No post', fax: 'No fax' } as const;
const lineHints = {
  mail: 'A mail address or a whole domain on each line.',
  phone: 'A number on each line, with its country where that is not yours.',
  post: 'A street, then a comma, the postal code and town on each line.',
  fax: 'A number on each line.',
} as const;

/** What people may be contacted for, and who must not be, known or not. */
export default function ConsentSettings() {
  const format = useFormat();
  const session = useSession();
  const isMarketing = may(session, ['marketing']);
  const pages = usePages('GET /v1/suppressions', undefined, { live: ['suppression'] });
  const remove = useSend('DELETE /v1/suppressions/:id', { stale: ['/v1/suppressions', '/v1/people'] });
  const columns: Column<Listed>[] = [
    { key: 'shown', label: 'Whom', width: 'minmax(180px, 2fr)', phone: 'title', render: (row) => row.shown ?? <span className="dim">kept as a hash only</span> },
    { key: 'channel', label: 'Holds for', width: '90px', phone: 'sub', render: (row) => listNames[row.channel] },
    { key: 'list', label: 'List', width: 'minmax(120px, 1fr)', render: (row) => row.list },
    { key: 'addedAt', label: 'Since', width: '110px', phone: 'end', render: (row) => format.date(row.addedAt) },
    {
      key: 'do',
      label: '',
      width: '90px',
      align: 'end',
      render: (row) =>
        isMarketing && row.kind !== 'erased' ? (
          <ConfirmButton
            size="compact-xs"
            sentence={`${row.shown} may be contacted again as far as this list goes.`}
            confirm="Take off"
            onConfirm={() => remove.mutate({ params: { id: row.id } })}
          >
            Take off
          </ConfirmButton>
        ) : null,
    },
  ];
  return (
    <SettingsFrame fill>
      <Split>
        <div style={{ display: 'flex', minHeight: 420 }}>
          <VirtualTable
            pages={pages}
            columns={columns}
            rowKey={(row) => row.id}
            label="Do-not-contact lists"
            empty={<EmptyState title="Nobody is on a list">Addresses, domains and numbers put here are left alone, also when an import or a form brings them in later.</EmptyState>}
          />
        </div>
        <Stack>
          <ErrorNote error={pages.error ?? remove.error} />
          <AddToList />
          <Purposes canEdit={isMarketing} />
        </Stack>
      </Split>
    </SettingsFrame>
  );
}

function AddToList() {
  const [channel, setChannel] = useState<keyof typeof listNames>('mail');
  const [list, setList] = useState('');
  const [text, setText] = useState('');
  const send = useSend('POST /v1/suppressions', {
    stale: ['/v1/suppressions', '/v1/people'],
    done: (made) => {
      if (made.problems.length === 0) setText('');
      toast({ message: `${made.added} put on the list${made.known > 0 ? `, ${made.known} were on it` : ''}.`, tone: 'good' });
    },
  });
  const lines = text.split(/\r?\n/);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ body: { channel, list, lines } });
  };
  return (
    <Card title="Put on a list" quiet>
      <form onSubmit={submit}>
        <Stack gap={12}>
          <Select
            label="What must not happen"
            allowDeselect={false}
            data={Object.entries(listNames).map(([value, label]) => ({ value, label }))}
            value={channel}
            onChange={(value) => setChannel((value as typeof channel | null) ?? 'mail')}
          />
          <TextInput label="Whose list" placeholder="Robinson list 2026" required maxLength={120} value={list} onChange={(event) => setList(event.currentTarget.value)} />
          <Textarea label="Whom" description={lineHints[channel]} autosize minRows={4} maxRows={12} value={text} onChange={(event) => setText(event.currentTarget.value)} />
          {lines.length > 50_000 && <Note tone="warn">At most 50,000 lines at a time.</Note>}
          {send.data && send.data.problems.length > 0 && (
            <Note tone="warn">
              Could not be read: {send.data.problems.slice(0, 5).map((one) => `line ${one.line} “${one.text}”`).join(', ')}
              {send.data.problems.length > 5 ? ` and ${send.data.problems.length - 5} more` : ''}. The others are on the list.
            </Note>
          )}
          <ErrorNote error={send.error} />
          <Row between>
            <FileButton accept=".txt,.csv" onChange={(file) => void file?.text().then((read) => setText(read.trim()))}>
              {(props) => (
                <Button variant="default" {...props}>
                  From a file
                </Button>
              )}
            </FileButton>
            <Button type="submit" loading={send.isPending} disabled={!list.trim() || !text.trim() || lines.length > 50_000}>
              Put on the list
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}

function Purposes({ canEdit }: { canEdit: boolean }) {
  const answer = useApi('GET /v1/consent/purposes');
  const [draft, setDraft] = useState<Purpose[]>();
  const [label, setLabel] = useState('');
  const save = useSend('PUT /v1/consent/purposes', { stale: ['/v1/consent'], done: () => setDraft(undefined) });
  const items = draft ?? answer.data?.items ?? [];
  const put = (at: number, patch: Partial<Purpose>) => setDraft(items.map((one, index) => (index === at ? { ...one, ...patch } : one)));
  const key = label.normalize('NFD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '_').replaceAll(/^[^a-z]+|_+$/g, '').slice(0, 40);
  return (
    <Card title="What we contact people for" quiet>
      {!answer.data ? (
        answer.error ? (
          <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
        ) : (
          <SkeletonRows rows={4} />
        )
      ) : (
        <Stack gap={16}>
          {items.map((one, at) => (
            <Stack key={one.key} gap={8}>
              <Row between>
                <b className="strong">{one.label}</b>
                {canEdit && items.length > 1 && (
                  <Button size="compact-xs" variant="default" aria-label={`Remove ${one.label}`} onClick={() => setDraft(items.filter((_one, index) => index !== at))}>
                    Remove
                  </Button>
                )}
              </Row>
              <Textarea
                aria-label={`Words for ${one.label}`}
                description="What a box in a form says"
                autosize
                minRows={1}
                disabled={!canEdit}
                value={one.text}
                onChange={(event) => put(at, { text: event.currentTarget.value })}
              />
              <Switch
                label="Only with a consent"
                disabled={!canEdit}
                checked={one.needsConsent}
                onChange={(event) => put(at, { needsConsent: event.currentTarget.checked })}
              />
            </Stack>
          ))}
          {canEdit && (
            <>
              <Row>
                <TextInput aria-label="A new purpose" placeholder="Invitations" maxLength={80} value={label} onChange={(event) => setLabel(event.currentTarget.value)} />
                <Button
                  variant="default"
                  disabled={!key || items.some((one) => one.key === key)}
                  onClick={() => {
                    setDraft([...items, { key, label: label.trim(), text: `You may contact me about: ${label.trim()}.`, needsConsent: true }]);
                    setLabel('');
                  }}
                >
                  Add
                </Button>
              </Row>
              <ErrorNote error={save.error} />
              <Row end>
                <Button disabled={!draft || items.some((one) => !one.text.trim())} loading={save.isPending} onClick={() => save.mutate({ body: { items } })}>
                  Save the purposes
                </Button>
              </Row>
            </>
          )}
        </Stack>
      )}
    </Card>
  );
}
