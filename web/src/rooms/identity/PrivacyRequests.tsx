import { Button, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Answer, Item } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { dayIn } from '../../ui/day.ts';
import { useFormat } from '../../ui/format.ts';
import {
  A,
  Badge,
  Card,
  Chip,
  DataTable,
  EmptyState,
  ErrorNote,
  FormGrid,
  Row,
  SkeletonRows,
  Stack,
  type DataColumn,
} from '../../ui/index.tsx';

type Request = Item<'GET /v1/privacy/requests'>;
const kinds: Record<Request['kind'], string> = {
  access: 'See their data',
  erasure: 'Be erased',
  correction: 'Have it corrected',
  objection: 'Not be contacted',
};
const outcomes: Record<NonNullable<Request['outcome']>, string> = { done: 'done', refused: 'refused', nobody: 'nobody of that name here' };

/** Who asked, by when it is due, and what came of it. */
export function PrivacyRequests() {
  const format = useFormat();
  const answer = useApi('GET /v1/privacy/requests', undefined, { live: ['person'] });
  const close = useSend('POST /v1/privacy/requests/:id/done', { stale: ['/v1/privacy'] });
  const end = (id: string, outcome: NonNullable<Request['outcome']>) => close.mutate({ params: { id }, body: { outcome } });
  const columns: DataColumn<Request>[] = [
    { key: 'who', label: 'Who', render: (row) => row.asker ?? <span className="dim">erased</span> },
    { key: 'kind', label: 'Wants to', render: (row) => kinds[row.kind] },
    {
      key: 'person',
      label: 'Record',
      render: (row) =>
        row.personId ? <A to={`/people/${row.personId}`}>{row.personName ?? 'Open'}</A> : <span className="dim">not said</span>,
    },
    { key: 'asked', label: 'Asked', render: (row) => format.date(row.askedOn) },
    {
      key: 'due',
      label: 'Due',
      render: (row) => (
        <>
          {format.date(row.dueOn)} {row.overdue && <Badge tone="hot">overdue</Badge>}
        </>
      ),
    },
    {
      key: 'do',
      label: 'What came of it',
      render: (row) =>
        row.doneAt ? (
          <span className="dim">
            {outcomes[row.outcome!]}, {format.date(row.doneAt)} by {row.doneBy}
          </span>
        ) : (
          <Row>
            <Chip disabled={close.isPending} onClick={() => end(row.id, 'done')}>
              Done
            </Chip>
            <Chip disabled={close.isPending} onClick={() => end(row.id, 'refused')}>
              Refused
            </Chip>
            <Chip disabled={close.isPending} onClick={() => end(row.id, 'nobody')}>
              Nobody here
            </Chip>
          </Row>
        ),
    },
  ];
  return (
    <Card
      title="Requests"
      side={
        answer.data && answer.data.open > 0
          ? `${format.number(answer.data.open)} open${answer.data.overdue > 0 ? `, ${format.number(answer.data.overdue)} overdue` : ''}`
          : undefined
      }
    >
      <Stack gap={16}>
        {answer.error ? (
          <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
        ) : !answer.data ? (
          <SkeletonRows rows={2} />
        ) : answer.data.items.length === 0 ? (
          <EmptyState title="Nobody asked yet">
            Note here who wants to see, correct or erase what is kept of them: it is due within a month.
          </EmptyState>
        ) : (
          <DataTable rows={answer.data.items} columns={columns} rowKey={(row) => row.id} caption="Requests" />
        )}
        <ErrorNote error={close.error} />
        <NewRequest />
      </Stack>
    </Card>
  );
}

function NewRequest() {
  const [kind, setKind] = useState<Request['kind']>('access');
  const [asker, setAsker] = useState('');
  const [askedOn, setAskedOn] = useState(dayIn(0));
  const [text, setText] = useState('');
  const [personId, setPersonId] = useState<string | null>(null);
  const found = useApi('GET /v1/search', { query: { q: text.trim(), limit: 10 } }, { enabled: text.trim().length > 1 });
  const send = useSend('POST /v1/privacy/requests', {
    stale: ['/v1/privacy'],
    done: (_answer: Answer<'POST /v1/privacy/requests'>) => {
      setAsker('');
      setText('');
      setPersonId(null);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    send.mutate({ body: { kind, asker, askedOn, personId } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap={12}>
        <FormGrid>
          <TextInput
            required
            label="Who asked, and how"
            placeholder="Anna Muster, by mail"
            maxLength={500}
            value={asker}
            onChange={(event) => setAsker(event.currentTarget.value)}
          />
          <Select
            label="To"
            allowDeselect={false}
            data={Object.entries(kinds).map(([value, label]) => ({ value, label }))}
            value={kind}
            onChange={(value) => value && setKind(value as Request['kind'])}
          />
          <Select
            label="Record"
            placeholder="Name, mail or phone"
            searchable
            clearable
            nothingFoundMessage={text.trim().length > 1 ? 'Nobody found' : 'Write two letters or more'}
            filter={({ options }) => options}
            data={(found.data?.people ?? []).map((one) => ({
              value: one.id,
              label: [one.name, one.organization, one.email].filter(Boolean).join(' · '),
            }))}
            searchValue={text}
            onSearchChange={setText}
            value={personId}
            onChange={setPersonId}
          />
          <TextInput
            required
            label="Asked on"
            type="date"
            max={dayIn(0)}
            value={askedOn}
            onChange={(event) => setAskedOn(event.currentTarget.value)}
          />
        </FormGrid>
        <ErrorNote error={send.error} />
        <Row end>
          <Button type="submit" disabled={!asker.trim()} loading={send.isPending}>
            Note it
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
