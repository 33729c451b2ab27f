import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Item } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { useSession } from '../../api/session.ts';
import { Badge, Card, Chip, ConfirmButton, DataTable, EmptyState, ErrorNote, Page, PageTitle, Row, SkeletonRows, Split, Stack, When, toast } from '../../ui/index.tsx';

type Teammate = Item<'GET /v1/team'>;

/** The people of a partner: who may sign in, and a place for a colleague. */
export default function Team() {
  const isPartner = useSession().user.roles.includes('partner');
  return (
    <Page>
      <PageTitle title="Team" question="Who of your company sees and works its leads here?" />
      {isPartner ? <People /> : <EmptyState title="This page is for partners">Here a distributor or dealer lets its own people in. Your company’s users are under Settings.</EmptyState>}
    </Page>
  );
}

function People() {
  const team = useApi('GET /v1/team');
  const stale = ['/v1/team'];
  const change = useSend('PATCH /v1/team/:id', { stale });
  const again = useSend('POST /v1/team/:id/invitation', { stale, done: ({ email }) => toast({ message: `The invitation is on its way to ${email}.`, tone: 'good' }) });
  if (!team.data) return team.error ? <ErrorNote error={team.error} retry={() => void team.refetch()} /> : <SkeletonRows rows={4} />;
  const put = (one: Teammate, status: 'active' | 'disabled') => change.mutate({ params: { id: one.id }, body: { status } });
  return (
    <Split>
      <Stack>
        <ErrorNote error={change.error ?? again.error} />
        <Card title="Your company" flush>
          <DataTable
            caption="People of your company"
            rows={team.data.items}
            rowKey={(one) => one.id}
            columns={[
              {
                key: 'name',
                label: 'Name',
                render: (one) => (
                  <>
                    {one.name} {one.you && <Badge tone="quiet">you</Badge>} {one.status === 'disabled' && <Badge tone="bad">may not come in</Badge>}
                  </>
                ),
              },
              { key: 'email', label: 'Mail', render: (one) => one.email },
              {
                key: 'since',
                label: 'Since',
                render: (one) => (one.status === 'invited' ? <span className="dim">invited, has not joined yet</span> : <When at={one.createdAt} />),
              },
              {
                key: 'do',
                label: '',
                align: 'end',
                render: (one) =>
                  one.you ? null : one.status === 'disabled' ? (
                    <Chip onClick={() => put(one, 'active')} aria-label={`Let in again: ${one.name}`}>
                      Let in again
                    </Chip>
                  ) : (
                    <Row end>
                      {one.status === 'invited' && (
                        <Chip onClick={() => again.mutate({ params: { id: one.id } })} aria-label={`Invite again: ${one.name}`}>
                          Invite again
                        </Chip>
                      )}
                      <ConfirmButton
                        size="compact-xs"
                        sentence={`${one.name} can no longer sign in, and is signed out now. Your company keeps its leads.`}
                        confirm="Shut out"
                        onConfirm={() => put(one, 'disabled')}
                      >
                        Shut out…
                      </ConfirmButton>
                    </Row>
                  ),
              },
            ]}
          />
        </Card>
      </Stack>
      <Invite />
    </Split>
  );
}

function Invite() {
  const [form, setForm] = useState({ name: '', email: '' });
  const invite = useSend('POST /v1/team', {
    stale: ['/v1/team'],
    done: ({ email }) => {
      setForm({ name: '', email: '' });
      toast({ message: `The invitation is on its way to ${email}.`, tone: 'good' });
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ body: { name: form.name.trim(), email: form.email.trim() } });
  };
  return (
    <Card title="Invite a colleague">
      <form onSubmit={submit}>
        <Stack gap={12}>
          <TextInput label="Name" required maxLength={200} value={form.name} onChange={(event) => setForm({ ...form, name: event.currentTarget.value })} />
          <TextInput label="Mail" type="email" required maxLength={254} value={form.email} onChange={(event) => setForm({ ...form, email: event.currentTarget.value })} />
          <p className="dim">They get a link by mail, once, and choose a password. They see what your company holds or held, and nothing else.</p>
          <ErrorNote error={invite.error} />
          <Row end>
            <Button type="submit" loading={invite.isPending} disabled={!form.name.trim() || !form.email.trim()}>
              Invite
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}
