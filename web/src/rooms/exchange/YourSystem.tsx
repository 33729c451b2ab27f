import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useSession } from '../../api/session.ts';
import { Card, CopyField, DataTable, EmptyState, ErrorNote, Note, Page, PageTitle, Row, SkeletonRows, Split, Stack, When, toast } from '../../ui/index.tsx';
import { RevokeToken } from '../platform/RevokeToken.tsx';
import css from './exchange.module.css';
import { VerdictFiles } from './VerdictFiles.tsx';
import { WebhookPanel } from './WebhookPanel.tsx';

/** For a partner with a system of its own: how leads get there, and verdicts back. */
export default function YourSystem() {
  const { user } = useSession();
  return (
    <Page>
      <PageTitle title="Your system" question="How do leads get into your own system, and verdicts back?" />
      {user.roles.includes('partner') ? (
        <Stack>
          <VerdictFiles />
          <Tokens />
          <WebhookPanel whose="partner" />
        </Stack>
      ) : (
        <EmptyState title="This page is for partners">Here a distributor or dealer connects a system of its own. Your company’s tokens and webhooks are under Settings.</EmptyState>
      )}
    </Page>
  );
}

function Tokens() {
  const [name, setName] = useState('');
  const [shown, setShown] = useState<{ name: string; token: string }>();
  const tokens = useApi('GET /v1/tokens');
  const stale = ['/v1/tokens'];
  const add = useSend('POST /v1/tokens', {
    stale,
    done: ({ token }) => {
      setShown({ name, token });
      setName('');
    },
  });
  const revoke = useSend('DELETE /v1/tokens/:id', { stale, done: () => toast({ message: 'Revoked. Whatever used it is refused from now on.' }) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ body: { name, roles: ['partner'] } });
  };
  const items = tokens.data?.items ?? [];
  return (
    <Split>
      <Stack>
        {shown && (
          <Note tone="good">
            <Stack gap={8}>
              <span>The key “{shown.name}” is shown this once. Put it into your system now; Baton keeps only its fingerprint.</span>
              <CopyField value={shown.token} label="Key for your system" />
            </Stack>
          </Note>
        )}
        <ErrorNote error={tokens.error ?? revoke.error} />
        <Card title="Keys of your system" flush>
          {tokens.isLoading ? (
            <SkeletonRows rows={2} />
          ) : items.length === 0 ? (
            !tokens.error && <EmptyState title="No key yet">With a key your system fetches your leads and reports what became of them. It sees what you see: your own leads.</EmptyState>
          ) : (
            <DataTable
              caption="Keys of your system"
              rows={items}
              rowKey={(one) => one.id}
              columns={[
                { key: 'name', label: 'Used by', render: (one) => one.name },
                { key: 'made', label: 'Made', render: (one) => <When at={one.createdAt} /> },
                { key: 'used', label: 'Last used', render: (one) => <When at={one.lastUsedAt} blank="never" /> },
                {
                  key: 'do',
                  label: '',
                  align: 'end',
                  render: (one) => <RevokeToken one={one} what="key" revoke={() => revoke.mutate({ params: { id: one.id } })} />,
                },
              ]}
            />
          )}
        </Card>
        <How />
      </Stack>
      <Card title="New key" quiet>
        <form onSubmit={submit}>
          <Stack gap={12}>
            <TextInput label="What uses it" placeholder="Our ERP" required maxLength={200} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <ErrorNote error={add.error} />
            <Row end>
              <Button type="submit" loading={add.isPending} disabled={!name.trim()}>
                Make it
              </Button>
            </Row>
          </Stack>
        </form>
      </Card>
    </Split>
  );
}

/** The three calls there are, ready to be given to whoever looks after the system. */
function How() {
  const { origin } = location;
  const header = `-H "Authorization: Bearer YOUR-KEY"`;
  const fetchLeads = `curl "${origin}/v1/exchange/leads" \\\n  ${header}`;
  const answer = `curl -X POST "${origin}/v1/exchange/answers" \\\n  ${header} -H "Content-Type: application/json" \\\n  -d '{"answers":[{"reference":"order-77","leadId":"ID-OF-THE-LEAD",\n       "do":"verdict","verdict":"sale","valueMinor":1250000,"currency":"EUR"}]}'`;
  return (
    <Card title="For whoever looks after your system" quiet>
      <ol className={css.steps}>
        <li>
          Fetch your leads. The answer ends with a <code>cursor</code>: send it back as <code>?after=…</code>, and only what changed since comes.
          <CopyField value={fetchLeads} label="Fetch leads" lines />
        </li>
        <li>
          Say what became of them: <code>accept</code>, <code>decline</code>, <code>activity</code>, <code>next</code> or <code>verdict</code>. Sending the same <code>reference</code> twice changes nothing.
          <CopyField value={answer} label="Report a sale" lines />
        </li>
        <li data-prose>
          Or be called when something happens: make a webhook below. All calls are described under{' '}
          <a href="/api#exchange" target="_blank" rel="noreferrer">
            /api
          </a>
          .
        </li>
      </ol>
    </Card>
  );
}
