import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import { Card, ErrorNote, MoneyInput, Row, Stack, toast } from '../../ui/index.tsx';

/** Whose list it is and what it cost: often known only when the bill comes. */
export function ListTerms({ id, ...one }: { id: string; owner: string | null; costMinor: number | null }) {
  const [owner, setOwner] = useState(one.owner ?? '');
  const [costMinor, setCost] = useState(one.costMinor);
  const save = useSend('PUT /v1/imports/:id/list', { stale: ['/v1/lists', '/v1/imports'], done: () => toast({ message: 'Saved. The figures follow at once.' }) });
  const isChanged = owner.trim() !== (one.owner ?? '') || costMinor !== one.costMinor;
  return (
    <Card title="Whose list, at what cost?">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save.mutate({ params: { id }, body: { owner: owner.trim() || null, costMinor } });
        }}
      >
        <Stack gap={10}>
          <TextInput label="Whose list it is" maxLength={200} value={owner} onChange={(event) => setOwner(event.currentTarget.value)} />
          <MoneyInput label="What it cost" min={0} minor={costMinor} onMinor={setCost} />
          <ErrorNote error={save.error} />
          <Row end>
            <Button type="submit" variant="default" disabled={!isChanged} loading={save.isPending}>
              Save
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}
