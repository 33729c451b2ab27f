import { Switch } from '@mantine/core';
import { useSend } from '../../api/hooks.ts';
import type { Answer, Body } from '../../api/contract.ts';
import { Card, ErrorNote, Stack, toast } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';

type Wish = NonNullable<Body<'PUT /v1/people/:id/consent'>>;

/** What somebody wishes about being contacted; everything we send asks here first. */
export function ConsentSwitches({ person, canEdit }: { person: Answer<'GET /v1/people/:id'>; canEdit: boolean }) {
  const format = useFormat();
  const send = useSend('PUT /v1/people/:id/consent', { stale: ['/v1/people', '/v1/leads'] });
  const { consent } = person;
  const put = (body: Wish, message: string, back: Wish) =>
    send.mutate(
      { params: { id: person.id }, body },
      { onSuccess: () => toast({ message, undo: () => send.mutate({ params: { id: person.id }, body: back }) }) },
    );
  const lines = [
    { name: 'doNotContact', label: 'No contact at all', on: consent.doNotContact },
    { name: 'doNotMail', label: 'No mail', on: consent.doNotMail },
    { name: 'doNotCall', label: 'No calls', on: consent.doNotCall },
    { name: 'unsubscribed', label: 'Unsubscribed from what we send', on: consent.unsubscribedAt !== null },
  ] as const;
  return (
    <Card title="Wishes" quiet>
      <Stack gap={10}>
        {lines.map((line) => (
          <Switch
            key={line.name}
            label={line.label}
            description={
              line.name === 'unsubscribed' && consent.unsubscribedAt ? `since ${format.when(consent.unsubscribedAt)}` : undefined
            }
            checked={line.on}
            disabled={!canEdit || send.isPending}
            onChange={(event) =>
              put(
                { [line.name]: event.currentTarget.checked },
                `${person.name}: ${line.label.toLowerCase()} ${event.currentTarget.checked ? 'noted' : 'taken back'}.`,
                { [line.name]: line.on },
              )
            }
          />
        ))}
        <ErrorNote error={send.error} />
      </Stack>
    </Card>
  );
}
