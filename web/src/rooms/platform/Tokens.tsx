import { Button, MultiSelect, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Role } from '../../api/session.ts';
import {
  Card,
  CopyField,
  DataTable,
  EmptyState,
  ErrorNote,
  FormGrid,
  Note,
  Row,
  SkeletonRows,
  Split,
  Stack,
  When,
  toast,
} from '../../ui/index.tsx';
import { RevokeToken } from './RevokeToken.tsx';
import { roleNames, roleOptions } from './role-names.ts';
import { SettingsFrame } from './SettingsFrame.tsx';

export default function Tokens() {
  const [name, setName] = useState('');
  const [roles, setRoles] = useState<Role[]>(['marketing']);
  const [holderId, setHolderId] = useState<string | null>(null);
  const isPartner = roles.includes('partner');
  const partners = useApi('GET /v1/holders', { query: { kind: 'partner' } }).data?.items ?? [];
  const [shown, setShown] = useState<{ name: string; token: string }>();
  const tokens = useApi('GET /v1/tokens');
  const stale = ['/v1/tokens'];
  const add = useSend('POST /v1/tokens', { stale });
  const revoke = useSend('DELETE /v1/tokens/:id', {
    stale,
    done: () => toast({ message: 'Revoked. Whatever used it is refused from now on.' }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate(
      { body: { name, roles, ...(isPartner ? { holderId } : {}) } },
      {
        onSuccess: (answer) => {
          setShown({ name, token: answer.token });
          setName('');
        },
      },
    );
  };
  const items = tokens.data?.items ?? [];
  return (
    <SettingsFrame>
      <Split>
        <Stack>
          {shown && (
            <Note tone="good">
              <Stack gap={8}>
                <span>The token “{shown.name}” is shown this once. Copy it now; Baton keeps only its fingerprint.</span>
                <CopyField value={shown.token} label="API token" />
                <span className="dim">
                  Send it as <code>Authorization: Bearer …</code>
                </span>
              </Stack>
            </Note>
          )}
          <ErrorNote error={tokens.error ?? revoke.error} />
          <Card title="Tokens" flush>
            {tokens.isLoading ? (
              <SkeletonRows rows={3} />
            ) : items.length === 0 ? (
              <EmptyState title="No token yet">
                A token lets another program post inquiries or read reports without a person signing in.
              </EmptyState>
            ) : (
              <DataTable
                caption="Tokens"
                rows={items}
                rowKey={(one) => one.id}
                columns={[
                  { key: 'name', label: 'Name', render: (one) => one.name },
                  { key: 'roles', label: 'May what these may', render: (one) => (one.holderId ? `Acts as ${partners.find(({ id }) => id === one.holderId)?.name ?? 'a partner'}` : one.roles.map((role) => roleNames[role]).join(', ')) },
                  { key: 'made', label: 'Made', render: (one) => <When at={one.createdAt} /> },
                  { key: 'used', label: 'Last used', render: (one) => <When at={one.lastUsedAt} blank="never" /> },
                  {
                    key: 'do',
                    label: '',
                    align: 'end',
                    render: (one) => <RevokeToken one={one} what="token" revoke={() => revoke.mutate({ params: { id: one.id } })} />,
                  },
                ]}
              />
            )}
          </Card>
        </Stack>
        <Card title="New token" quiet>
          <form onSubmit={submit}>
            <Stack gap={12}>
              <FormGrid>
                <TextInput
                  label="What uses it"
                  placeholder="Web shop"
                  required
                  value={name}
                  onChange={(event) => setName(event.currentTarget.value)}
                  style={{ gridColumn: '1 / -1' }}
                />
                <MultiSelect
                  label="May what these may"
                  data={roleOptions}
                  value={roles}
                  // a token that acts as a partner may nothing else beside
                  onChange={(value) => setRoles(value.includes('partner') && !isPartner ? ['partner'] : value.length > 1 ? value.filter((role) => role !== 'partner') : value)}
                  style={{ gridColumn: '1 / -1' }}
                />
                {isPartner && (
                  <Select
                    label="Acts as"
                    description="It sees and works the leads of this partner, and no others."
                    placeholder="Choose a partner"
                    data={partners.map((one) => ({ value: one.id, label: one.name }))}
                    searchable
                    value={holderId}
                    onChange={setHolderId}
                    style={{ gridColumn: '1 / -1' }}
                  />
                )}
              </FormGrid>
              <ErrorNote error={add.error} />
              <Row between>
                <a href="/api" target="_blank" rel="noreferrer">
                  What the API can do
                </a>
                <Button type="submit" loading={add.isPending} disabled={!name.trim() || roles.length === 0 || (isPartner && !holderId)}>
                  Make it
                </Button>
              </Row>
            </Stack>
          </form>
        </Card>
      </Split>
    </SettingsFrame>
  );
}
