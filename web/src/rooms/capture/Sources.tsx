import { Autocomplete, Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Item } from '../../api/contract.ts';
import { useApi, usePages, useSend } from '../../api/hooks.ts';
import {
  Card,
  ConfirmButton,
  CopyField,
  EmptyState,
  ErrorNote,
  Row,
  Split,
  Stack,
  VirtualTable,
  toast,
  type Column,
} from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { LeadAddress } from './LeadAddress.tsx';
import { SettingsFrame } from '../platform/SettingsFrame.tsx';

type Source = Item<'GET /v1/sources'>;
const stale = ['/v1/sources', '/v1/reports'];

/** Where inquiries say they come from: the channel each belongs to, and the public key by which a site of its own may post. */
export default function Sources() {
  const format = useFormat();
  const [chosen, setChosen] = useState<Source>();
  const [name, setName] = useState('');
  const pages = usePages('GET /v1/sources', undefined, { live: ['inquiry'] });
  const one = chosen && (pages.rows.find((row) => row.id === chosen.id) ?? chosen);
  const add = useSend('POST /v1/sources', {
    stale,
    done: (made) => {
      setChosen(made);
      setName('');
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ body: { name } });
  };
  const columns: Column<Source>[] = [
    { key: 'name', label: 'Source', width: 'minmax(160px, 2fr)', phone: 'title', render: (row) => row.name },
    {
      key: 'channel',
      label: 'Channel',
      width: 'minmax(100px, 1fr)',
      phone: 'sub',
      render: (row) => row.channel ?? <span className="dim">none</span>,
    },
    { key: 'key', label: 'Key', width: '80px', render: (row) => (row.writeKey ? 'has one' : '') },
    { key: 'inquiries', label: 'Inquiries', width: '100px', align: 'end', phone: 'end', render: (row) => format.number(row.inquiries) },
  ];
  return (
    <SettingsFrame fill>
      <Split>
        <div style={{ display: 'flex', minHeight: 420 }}>
          <VirtualTable
            pages={pages}
            columns={columns}
            rowKey={(row) => row.id}
            label="Sources"
            onActive={setChosen}
            empty={<EmptyState title="No source yet">The first inquiry that says where it comes from makes one.</EmptyState>}
          />
        </div>
        <Stack>
          {one && <SourceCard key={`${one.id} ${one.name} ${one.channel}`} source={one} />}
          <Card title="New source" quiet>
            <form onSubmit={submit}>
              <Stack gap={12}>
                <TextInput
                  label="Name"
                  placeholder="Dealer site"
                  required
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                />
                <ErrorNote error={pages.error ?? add.error} />
                <Row end>
                  <Button type="submit" loading={add.isPending} disabled={!name.trim()}>
                    Make it
                  </Button>
                </Row>
              </Stack>
            </form>
          </Card>
        </Stack>
      </Split>
    </SettingsFrame>
  );
}

function SourceCard({ source }: { source: Source }) {
  const [name, setName] = useState(source.name);
  const [channel, setChannel] = useState(source.channel ?? '');
  const params = { id: source.id };
  const channels = useApi('GET /v1/programs/channels', undefined, { staleTime: 60_000 });
  const save = useSend('PATCH /v1/sources/:id', { stale, done: () => toast({ message: 'Saved. The reports follow in a moment.' }) });
  const make = useSend('POST /v1/sources/:id/key', { stale });
  const end = useSend('DELETE /v1/sources/:id/key', {
    stale,
    done: () => toast({ message: 'Ended. Posts with that key are refused from now on.' }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ params, body: { name, channel: channel.trim() || null } });
  };
  return (
    <>
      <Card title={source.name}>
        <form onSubmit={submit}>
          <Stack gap={12}>
            <TextInput label="Name" required value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Autocomplete label="Channel" placeholder="Web" data={channels.data?.items ?? []} value={channel} onChange={setChannel} />
            <ErrorNote error={save.error} />
            <Row end>
              <Button
                type="submit"
                loading={save.isPending}
                disabled={!name.trim() || (name === source.name && channel.trim() === (source.channel ?? ''))}
              >
                Save
              </Button>
            </Row>
          </Stack>
        </form>
      </Card>
      <Card title="Public key">
        <Stack gap={12}>
          {source.writeKey ? (
            <>
              <span className="dim">
                Whoever has this key can post inquiries of “{source.name}”, and nothing else. It may stand in the page of a web site.
              </span>
              <CopyField value={source.writeKey} label="Public key" />
              <CopyField value={`POST ${location.origin}/v1/inquiries?key=${source.writeKey}`} label="Where to post" />
            </>
          ) : (
            <span className="dim">A web site or a partner posts inquiries of this source with a key of its own, without a password.</span>
          )}
          <ErrorNote error={make.error ?? end.error} />
          <Row>
            {source.writeKey ? (
              <>
                <ConfirmButton
                  size="compact-sm"
                  sentence="The key it has now is refused at once: whatever posts with it needs the new one."
                  confirm="Make a new key"
                  onConfirm={() => make.mutate({ params })}
                >
                  Make a new key
                </ConfirmButton>
                <ConfirmButton
                  size="compact-sm"
                  sentence="Whatever posts with this key is refused at once."
                  confirm="End the key"
                  onConfirm={() => end.mutate({ params })}
                >
                  End the key
                </ConfirmButton>
              </>
            ) : (
              <Button size="compact-sm" loading={make.isPending} onClick={() => make.mutate({ params })}>
                Make a key
              </Button>
            )}
          </Row>
        </Stack>
      </Card>
      <LeadAddress sourceId={source.id} what={`“${source.name}”`} />
    </>
  );
}
