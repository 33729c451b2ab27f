import { Button, MultiSelect, Select, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { channelChoices, channelWords, type ConsentChannel } from '../../ui/consent-words.ts';
import { useFormat } from '../../ui/format.ts';
import { A, Badge, Card, Chip, ErrorNote, FormDialog, Note, Row, SkeletonRows, Stack, When } from '../../ui/index.tsx';

type Consents = Answer<'GET /v1/people/:id/consents'>;
type Saying = Consents['sayings'][number];
const stale = ['/v1/people', '/v1/leads'];

const sources: Record<Saying['source'], string> = {
  form: 'in a form',
  import: 'in a list',
  api: 'through the API',
  mail: 'by mail',
  phone: 'on the phone',
  link: 'by the link in a mail',
  hand: 'noted by hand',
  before: 'known from before',
};
const verbs: Record<Saying['said'], string> = { given: 'Yes to', withdrawn: 'No more', objected: 'No', lifted: 'Taken back: no' };

/** What may we write or call about, since when, and how we know. */
export function ConsentCard({ personId, canEdit }: { personId: string; canEdit: boolean }) {
  const format = useFormat();
  const [noting, setNoting] = useState(false);
  const [showAll, setShowAll] = useState(false);
  const answer = useApi('GET /v1/people/:id/consents', { params: { id: personId } }, { live: ['person', 'suppression'], keep: false });
  const purposes = useApi('GET /v1/consent/purposes', undefined, { staleTime: 60_000 }).data?.items ?? [];
  const label = (key: string | null) => (key ? (purposes.find((one) => one.key === key)?.label ?? key.replaceAll('_', ' ')) : 'Everything');
  const say = useSend('POST /v1/people/:id/consents', { stale });
  if (answer.error) return <ErrorNote error={answer.error} retry={() => void answer.refetch()} />;
  const listed = Object.entries(answer.data?.listed ?? {});
  const standing = answer.data?.standing ?? [];
  const sayings = answer.data?.sayings ?? [];
  const shown = showAll ? sayings : sayings.slice(0, 4);
  return (
    <Card
      title="Consent"
      quiet
      side={
        canEdit && (
          <Button size="compact-xs" variant="default" onClick={() => setNoting(true)}>
            Note …
          </Button>
        )
      }
    >
      {!answer.data ? (
        <SkeletonRows rows={2} />
      ) : (
        <Stack gap={12}>
          {listed.map(([channel, list]) => (
            <Note key={channel} tone="warn">
              Not by {channelWords[channel as ConsentChannel]}: on the list “{list}”.
            </Note>
          ))}
          {standing.length === 0 && listed.length === 0 && <p className="dim">Nothing was said about being contacted.</p>}
          {standing.length > 0 && (
            <ul style={{ display: 'grid', gap: 8 }}>
              {standing.map((one) => (
                <li key={`${one.purpose} ${one.channel}`} style={{ display: 'flex', gap: 8, justifyContent: 'space-between', alignItems: 'center', flexWrap: 'wrap' }}>
                  <span>
                    {label(one.purpose || null)} by {channelWords[one.channel]}{' '}
                    <span className="dim">since {format.date(one.since)}</span>
                  </span>
                  <Row>
                    <Badge tone={one.stands === 'given' ? 'sale' : 'bad'}>{one.stands === 'given' ? 'Yes' : 'No'}</Badge>
                    {canEdit && one.stands === 'given' && (
                      <Chip
                        disabled={say.isPending}
                        aria-label={`No more ${label(one.purpose || null)} by ${channelWords[one.channel]}`}
                        onClick={() => say.mutate({ params: { id: personId }, body: { purpose: one.purpose || null, channels: [one.channel], said: 'withdrawn', source: 'hand' } })}
                      >
                        No more
                      </Chip>
                    )}
                  </Row>
                </li>
              ))}
            </ul>
          )}
          <ErrorNote error={say.error} />
          {sayings.length > 0 && (
            <ol style={{ display: 'grid', gap: 8 }} aria-label="How we know">
              {shown.map((one) => (
                <li key={one.id} style={one.takenBackAt ? { opacity: 0.7 } : undefined}>
                  <span className="strong">
                    {verbs[one.said]} {one.purpose === null && one.said !== 'given' ? 'contact' : label(one.purpose).toLowerCase()}
                    {one.channel ? ` by ${channelWords[one.channel]}` : ' by any channel'}
                  </span>{' '}
                  <span className="dim">
                    <When at={one.at} />, {sources[one.source]}
                    {one.ground && one.ground !== 'consent' ? `, on the ground of ${one.ground}` : ''}
                    {one.receipt && one.inquiryId && (
                      <>
                        , <A to={`/inquiries/${one.inquiryId}`}>{one.receipt}</A>
                      </>
                    )}
                    {one.importId && (
                      <>
                        , <A to={`/imports/${one.importId}`}>{one.importName ?? 'the list'}</A>
                        {one.evidence.row === undefined ? '' : ` row ${one.evidence.row}`}
                      </>
                    )}
                    {one.takenBackAt ? ', withdrawn with what it came in' : ''}
                  </span>
                  {(one.evidence.text ?? one.evidence.note ?? one.evidence.said) && (
                    <span style={{ display: 'block' }} className="dim">
                      “{one.evidence.text ?? one.evidence.note ?? one.evidence.said}”
                    </span>
                  )}
                </li>
              ))}
            </ol>
          )}
          {sayings.length > shown.length && <Chip onClick={() => setShowAll(true)}>All {sayings.length}</Chip>}
        </Stack>
      )}
      {noting && <NoteConsent personId={personId} purposes={purposes} close={() => setNoting(false)} />}
    </Card>
  );
}

function NoteConsent({ personId, purposes, close }: { personId: string; purposes: { key: string; label: string }[]; close: () => void }) {
  const [said, setSaid] = useState<'given' | 'withdrawn' | 'objected' | 'lifted'>('given');
  const [purpose, setPurpose] = useState<string | null>(null);
  const [channels, setChannels] = useState<string[]>([]);
  const [source, setSource] = useState<'phone' | 'mail' | 'hand'>('phone');
  const [note, setNote] = useState('');
  const send = useSend('POST /v1/people/:id/consents', { stale, done: close });
  const submit = () => {
    send.mutate({
      params: { id: personId },
      body: { purpose, channels: channels.length > 0 ? (channels as ConsentChannel[]) : null, said, source, ...(note.trim() ? { note: note.trim() } : {}) },
    });
  };
  return (
    <FormDialog
      title="What was said about being contacted"
      gap={12}
      verb="Note it"
      submit={submit}
      close={close}
      pending={send.isPending}
      disabled={said === 'given' && !note.trim()}
      error={send.error}
    >
      <Select
        label="They said"
        allowDeselect={false}
        data={[
          { value: 'given', label: 'Yes, you may' },
          { value: 'withdrawn', label: 'No more of it' },
          { value: 'objected', label: 'I object' },
          { value: 'lifted', label: 'What I refused is taken back' },
        ]}
        value={said}
        onChange={(value) => setSaid(value ?? 'given')}
      />
      <Select
        label="To what"
        clearable
        placeholder="Everything"
        data={purposes.map(({ key, label }) => ({ value: key, label }))}
        value={purpose}
        onChange={setPurpose}
      />
      <MultiSelect label="By" placeholder={channels.length === 0 ? 'Every channel' : undefined} data={channelChoices} value={channels} onChange={setChannels} />
      <Select
        label="How they said it"
        allowDeselect={false}
        data={[
          { value: 'phone', label: 'On the phone' },
          { value: 'mail', label: 'By mail' },
          { value: 'hand', label: 'In person or otherwise' },
        ]}
        value={source}
        onChange={(value) => setSource(value ?? 'phone')}
      />
      <Textarea
        label="How we know"
        description={said === 'given' ? 'Who said it to whom, and in which words. A yes needs it.' : 'Who said it to whom.'}
        required={said === 'given'}
        autosize
        minRows={2}
        maxLength={2000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </FormDialog>
  );
}
