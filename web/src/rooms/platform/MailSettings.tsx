import { Button, Switch, TextInput, Textarea } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import { useDraft } from '../../ui/draft.ts';
import { A, Card, ErrorNote, Note, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { SettingsFrame } from './SettingsFrame.tsx';

const example: Record<string, string> = { name: 'Marta Keller', company: 'Brunner Pumpen AG', product: 'pumps', receipt: '7F3K-219' };

export default function MailSettings() {
  const answer = useApi('GET /v1/settings/acknowledgement', undefined, { live: ['setting'] });
  const outbox = useApi('GET /v1/mail', { query: { limit: 1 } });
  const [form, setForm, isChanged] = useDraft(answer.data);
  const save = useSend('PUT /v1/settings/acknowledgement', {
    stale: ['/v1/settings/acknowledgement'],
    done: () => toast({ message: 'Saved. The next enquirer gets this.', tone: 'good' }),
  });
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => example[name] ?? whole);
  return (
    <SettingsFrame>
      <Stack>
        {outbox.data && (
          <Note tone={outbox.data.server ? undefined : 'warn'}>
            {outbox.data.server ? (
              <>
                Mail goes out by <b className="strong">{outbox.data.server}</b>. <A to="/outbox">The outbox</A>
              </>
            ) : (
              <>
                No mail server is set up, so nothing leaves the house: mails are captured in <A to="/outbox">the outbox</A>. Set{' '}
                <code>BATON_SMTP_URL</code> where Baton is started to send them.
              </>
            )}
          </Note>
        )}
        {!form ? (
          answer.error ? (
            <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
          ) : (
            <SkeletonRows rows={5} />
          )
        ) : (
          <Split even>
            <Card title="The answer an enquirer gets at once">
              <Stack gap={12}>
                <Switch
                  label="Answer every inquiry that leaves a mail address"
                  checked={form.on}
                  onChange={(event) => setForm({ ...form, on: event.currentTarget.checked })}
                />
                <TextInput
                  label="Subject"
                  value={form.subject}
                  maxLength={200}
                  onChange={(event) => setForm({ ...form, subject: event.currentTarget.value })}
                />
                <Textarea
                  label="Text"
                  description="{name}, {company}, {product} and {receipt} are filled in. How to unsubscribe is added below."
                  autosize
                  minRows={8}
                  value={form.text}
                  onChange={(event) => setForm({ ...form, text: event.currentTarget.value })}
                />
                <ErrorNote error={save.error} />
                <Row end>
                  <Button
                    loading={save.isPending}
                    disabled={!isChanged || !form.subject.trim() || !form.text.trim()}
                    onClick={() => save.mutate({ body: form })}
                  >
                    Save
                  </Button>
                </Row>
              </Stack>
            </Card>
            <Card title="As it arrives" quiet side={form.on ? undefined : 'switched off'}>
              <p className="strong" style={{ marginBottom: 8 }}>
                {fill(form.subject)}
              </p>
              <p style={{ whiteSpace: 'pre-wrap' }}>{fill(form.text)}</p>
            </Card>
          </Split>
        )}
      </Stack>
    </SettingsFrame>
  );
}
