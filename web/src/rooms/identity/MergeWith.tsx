import { Button, Modal, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { forget, useApi, useSend } from '../../api/hooks.ts';
import { ErrorNote, Row, Stack, toast } from '../../ui/index.tsx';
import css from './identity.module.css';

/** "This is the same as …": find the other, join them; the one at hand survives. */
export function MergeWith({ kind, id, name, close }: { kind: 'people' | 'organizations'; id: string; name: string; close: () => void }) {
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<{ id: string; name: string }>();
  const client = useQueryClient();
  const found = useApi('GET /v1/search', { query: { q: text.trim(), limit: 10 } }, { enabled: text.trim().length > 1 });
  const done = (answer: { mergeId: string }) => {
    close();
    forget(client, ['/v1/people', '/v1/organizations', '/v1/leads', '/v1/duplicates']);
    toast({
      message: `${picked?.name ?? 'The other'} is now ${name}.`,
      undo: () =>
        void api('POST /v1/merges/:id/undo', { params: { id: answer.mergeId } }).then(() =>
          forget(client, ['/v1/people', '/v1/organizations', '/v1/leads', '/v1/duplicates']),
        ),
    });
  };
  const people = useSend('POST /v1/people/:id/merge', { done });
  const organizations = useSend('POST /v1/organizations/:id/merge', { done });
  const send = kind === 'people' ? people : organizations;
  const hits = (
    kind === 'people'
      ? (found.data?.people ?? []).map((one) => ({
          id: one.id,
          name: one.name,
          detail: [one.organization, one.email, one.phone, one.city].filter(Boolean).join(' · '),
        }))
      : (found.data?.organizations ?? []).map((one) => ({
          id: one.id,
          name: one.name,
          detail: [one.domain, one.city, one.country].filter(Boolean).join(' · '),
        }))
  ).filter((one) => one.id !== id);
  return (
    <Modal opened onClose={close} title={`Who is the same as ${name}?`} data-overlay-open>
      <Stack gap={12}>
        <TextInput
          label="Find the other"
          placeholder={kind === 'people' ? 'Name, mail or phone' : 'Name or domain'}
          data-autofocus
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            setPicked(undefined);
          }}
        />
        <ul className={css.picks}>
          {hits.map((one) => (
            <li key={one.id}>
              <button type="button" aria-pressed={picked?.id === one.id} onClick={() => setPicked(one)}>
                <b>{one.name}</b>
                <span>{one.detail}</span>
              </button>
            </li>
          ))}
          {text.trim().length > 1 && found.data && hits.length === 0 && <li className="dim">Nobody found by “{text.trim()}”.</li>}
        </ul>
        {picked && (
          <p>
            <b className="strong">{picked.name}</b> becomes part of <b className="strong">{name}</b>: sightings, leads and wishes come
            together. Nothing is deleted, and it can be undone.
          </p>
        )}
        <ErrorNote error={send.error} />
        <Row end>
          <Button variant="default" onClick={close}>
            Cancel
          </Button>
          <Button
            disabled={!picked}
            loading={send.isPending}
            onClick={() => picked && send.mutate({ params: { id }, body: { otherId: picked.id } })}
          >
            Join them
          </Button>
        </Row>
      </Stack>
    </Modal>
  );
}
