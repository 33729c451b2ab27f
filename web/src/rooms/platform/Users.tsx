import { Button, Checkbox, Menu, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { useHolders } from '../../api/options.ts';
import { may, useSession } from '../../api/session.ts';
import { useKeys } from '../../shell/keys.ts';
import { useFormat } from '../../ui/format.ts';
import {
  Badge,
  Card,
  CopyField,
  DataTable,
  EmptyState,
  ErrorNote,
  FormDialog,
  FormGrid,
  Icon,
  Note,
  SkeletonRows,
  Stack,
  Wide,
  toast,
} from '../../ui/index.tsx';
import { roleMeans, roleNames, roleOptions } from './role-names.ts';
import { SettingsFrame } from './SettingsFrame.tsx';

type User = Item<'GET /v1/users'>;
const looks = {
  active: { label: 'Active', tone: 'sale' },
  invited: { label: 'Invited', tone: 'warm' },
  disabled: { label: 'Disabled', tone: 'bad' },
} as const;

export default function Users() {
  const session = useSession();
  const format = useFormat();
  const isAdmin = may(session, []);
  const [editing, setEditing] = useState<User | 'new'>();
  const [link, setLink] = useState<{ name: string; link: string }>();
  const users = useApi('GET /v1/users', undefined, { live: ['user'] });
  const holders = useHolders(['rep', 'partner']);
  const stale = ['/v1/users', '/v1/holders', '/v1/leads'];
  const change = useSend('PATCH /v1/users/:id', { stale });
  const again = useSend('POST /v1/users/:id/invitation', { stale });
  useKeys(isAdmin ? [{ key: 'a', label: 'Invite somebody', group: 'Users', run: () => setEditing('new') }] : []);
  const put = (user: User, status: 'active' | 'disabled') =>
    change.mutate(
      { params: { id: user.id }, body: { status } },
      {
        onSuccess: () =>
          toast({
            message: status === 'disabled' ? `${user.name} can no longer sign in.` : `${user.name} can sign in again.`,
            undo: () => change.mutate({ params: { id: user.id }, body: { status: status === 'disabled' ? 'active' : 'disabled' } }),
          }),
      },
    );
  const items = users.data?.items ?? [];
  return (
    <SettingsFrame>
      <Stack>
        {link && (
          <Note tone="good">
            <Stack gap={8}>
              <span>
                {link.name} is invited. The mail is on its way; if it does not arrive, hand over this link yourself. It works once and is
                shown only now.
              </span>
              <CopyField value={link.link} label="Invitation link" />
            </Stack>
          </Note>
        )}
        <ErrorNote error={users.error ?? change.error ?? again.error} retry={users.error ? () => void users.refetch() : undefined} />
        <Card
          title={`${format.number(items.length)} users`}
          side={
            isAdmin && (
              <Button size="xs" onClick={() => setEditing('new')}>
                Invite somebody
              </Button>
            )
          }
          flush
        >
          {users.isLoading ? (
            <SkeletonRows rows={4} />
          ) : items.length === 0 ? (
            <EmptyState title="Nobody yet">Invite those who work with leads; each gets a link to choose a password.</EmptyState>
          ) : (
            <DataTable
              caption="Users"
              rows={items}
              rowKey={(user) => user.id}
              columns={[
                {
                  key: 'name',
                  label: 'Name',
                  render: (user) => (
                    <>
                      {user.name} {user.id === session.user.id && <span className="dim">you</span>}
                    </>
                  ),
                  sort: (user) => user.name,
                },
                {
                  key: 'mail',
                  label: 'Mail',
                  render: (user) => user.email ?? <span className="dim">none</span>,
                  sort: (user) => user.email ?? '',
                },
                {
                  key: 'roles',
                  label: 'Roles',
                  render: (user) => user.roles.map((role) => roleNames[role]).join(', '),
                  sort: (user) => user.roles.join(),
                },
                {
                  key: 'holder',
                  label: 'Works leads as',
                  render: (user) => holders.find((holder) => holder.value === user.holderId)?.label ?? '',
                },
                {
                  key: 'status',
                  label: 'Status',
                  render: (user) => <Badge tone={looks[user.status].tone}>{looks[user.status].label}</Badge>,
                  sort: (user) => user.status,
                },
                {
                  key: 'since',
                  label: 'Since',
                  align: 'end',
                  render: (user) => format.date(user.createdAt),
                  sort: (user) => user.createdAt,
                },
                ...(isAdmin
                  ? [
                      {
                        key: 'do',
                        label: '',
                        align: 'end' as const,
                        render: (user: User) => (
                          <Menu position="bottom-end" width={200}>
                            <Menu.Target>
                              <Button
                                size="compact-xs"
                                variant="default"
                                rightSection={<Icon name="down" size={12} />}
                                aria-label={`Change ${user.name}`}
                              >
                                Change
                              </Button>
                            </Menu.Target>
                            <Menu.Dropdown data-overlay-open>
                              <Menu.Item onClick={() => setEditing(user)}>Name and roles</Menu.Item>
                              {user.status === 'invited' && (
                                <Menu.Item
                                  onClick={() =>
                                    again.mutate(
                                      { params: { id: user.id } },
                                      { onSuccess: (answer) => setLink({ name: user.name, link: answer.link }) },
                                    )
                                  }
                                >
                                  Invite again
                                </Menu.Item>
                              )}
                              {user.status === 'disabled' ? (
                                <Menu.Item onClick={() => put(user, 'active')}>Let in again</Menu.Item>
                              ) : (
                                <Menu.Item disabled={user.id === session.user.id} onClick={() => put(user, 'disabled')}>
                                  Disable
                                </Menu.Item>
                              )}
                            </Menu.Dropdown>
                          </Menu>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
          )}
        </Card>
      </Stack>
      {editing && (
        <UserForm
          user={editing === 'new' ? undefined : editing}
          close={() => setEditing(undefined)}
          invited={(name, made) => {
            setEditing(undefined);
            setLink({ name, link: made });
          }}
        />
      )}
    </SettingsFrame>
  );
}

function UserForm({ user, close, invited }: { user?: User; close: () => void; invited: (name: string, link: string) => void }) {
  const holders = useHolders(['rep', 'partner']);
  const [form, setForm] = useState({
    name: user?.name ?? '',
    email: user?.email ?? '',
    roles: user?.roles ?? ['rep'],
    holderId: user?.holderId ?? null,
  });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const stale = ['/v1/users', '/v1/holders', '/v1/session'];
  const add = useSend('POST /v1/users', { stale, done: (answer) => invited(answer.user.name, answer.link) });
  const change = useSend('PATCH /v1/users/:id', { stale, done: close });
  const submit = () => {
    if (user) change.mutate({ params: { id: user.id }, body: { name: form.name, roles: form.roles, holderId: form.holderId } });
    else add.mutate({ body: { name: form.name, email: form.email, roles: form.roles, holderId: form.holderId ?? undefined } });
  };
  const works = form.roles.includes('rep') || form.roles.includes('partner');
  return (
    <FormDialog
      title={user ? `Change ${user.name}` : 'Invite somebody'}
      size={560}
      verb={user ? 'Save' : 'Invite'}
      submit={submit}
      close={close}
      pending={add.isPending || change.isPending}
      disabled={form.roles.length === 0}
      error={add.error ?? change.error}
    >
      <FormGrid>
        <TextInput
          label="Name"
          required
          data-autofocus
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <TextInput
          label="Mail"
          type="email"
          required={!user}
          disabled={Boolean(user)}
          value={form.email}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
        <Wide>
          <Checkbox.Group label="Roles" value={form.roles} onChange={(roles) => set({ roles: roles })}>
            <Stack gap={8}>
              <span />
              {roleOptions.map((role) => (
                <Checkbox key={role.value} value={role.value} label={role.label} description={roleMeans[role.value]} />
              ))}
            </Stack>
          </Checkbox.Group>
        </Wide>
        {works && (
          <Wide>
            <Select
              label="Works leads as"
              description={
                form.roles.includes('partner')
                  ? 'A partner sees only the leads of this company.'
                  : 'Empty: a rep of that name is added.'
              }
              searchable
              clearable
              data={holders.map(({ value, label }) => ({ value, label }))}
              value={form.holderId}
              onChange={(holderId) => set({ holderId })}
            />
          </Wide>
        )}
      </FormGrid>
    </FormDialog>
  );
}
