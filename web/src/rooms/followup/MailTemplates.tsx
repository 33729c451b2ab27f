import { Button, TextInput, Textarea } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { useDraft } from '../../ui/draft.ts';
import { Card, ErrorNote, Row, SkeletonRows, Stack, toast } from '../../ui/index.tsx';
import css from './day.module.css';
import { placeholders } from './lead/template.ts';

type Form = Answer<'GET /v1/settings/mail-templates'>;

/** Mails to begin with: one press on a lead opens one in the mail program, filled in. */
export function MailTemplates({ canEdit }: { canEdit: boolean }) {
  const answer = useApi('GET /v1/settings/mail-templates', undefined, { live: ['setting'] });
  const [form, setForm, isChanged] = useDraft(answer.data);
  const save = useSend('PUT /v1/settings/mail-templates', {
    stale: ['/v1/settings/mail-templates'],
    done: (saved) => {
      setForm(saved);
      toast({ message: 'Saved. Everybody who works leads finds them under Mail.', tone: 'good' });
    },
  });
  if (!form) return answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={2} />;
  const change = (at: number, part: Partial<Form['items'][number]>) => setForm({ items: form.items.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  return (
    <Card title="Mail templates" side="under Mail on every lead">
      <Stack>
        <p className="dim">
          Opened in your own mail program, filled in: {placeholders.map((one) => `{${one}}`).join(', ')}.{form.items.length === 0 && ' There are none yet.'}
        </p>
        {form.items.map((one, at) => (
          <fieldset key={at} className={css.step} disabled={!canEdit}>
            <legend>{one.name || 'New template'}</legend>
            <TextInput label="Name" value={one.name} onChange={(event) => change(at, { name: event.currentTarget.value })} />
            <TextInput label="Subject" value={one.subject} onChange={(event) => change(at, { subject: event.currentTarget.value })} />
            <Textarea label="Text" autosize minRows={3} value={one.text} onChange={(event) => change(at, { text: event.currentTarget.value })} />
            {canEdit && (
              <div>
                <Button variant="subtle" size="compact-sm" onClick={() => setForm({ items: form.items.filter((_, i) => i !== at) })}>
                  Remove
                </Button>
              </div>
            )}
          </fieldset>
        ))}
        <ErrorNote error={save.error} />
        {canEdit && (
          <Row between>
            <Button variant="default" onClick={() => setForm({ items: [...form.items, { name: '', subject: '', text: 'Dear {name},\n\n\n\n{me}\n{our company}' }] })}>
              Add a template
            </Button>
            <Button
              disabled={form.items.some((one) => one.name.trim() === '') || !isChanged}
              loading={save.isPending}
              onClick={() => save.mutate({ body: form })}
            >
              Save
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  );
}
