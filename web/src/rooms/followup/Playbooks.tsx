import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Card, Chip, ConfirmButton, DataTable, EmptyState, ErrorNote, Note, Page, PageTitle, Row, SkeletonRows, Stack, When, toast } from '../../ui/index.tsx';
import { MoveButtons } from '../../ui/MoveButtons.tsx';
import { MailTemplates } from './MailTemplates.tsx';
import { PlaybookForm } from './PlaybookForm.tsx';
import { blankPlaybook, stepWords, type Playbook, type Playbooks as Read, type Step } from './playbook-words.ts';

/** What is to be done with which kind of lead, and which of it works? */
export default function Playbooks() {
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/playbooks', undefined, { live: ['playbook', 'lead'] });
  const read = answer.data;
  const [items, setItems] = useState<Playbook[]>();
  const [editing, setEditing] = useState<{ playbook: Playbook; isNew: boolean }>();
  const version = read?.version;
  useEffect(() => {
    if (read) setItems(read.items);
    // What is being edited stays until another version is there.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [version, read === undefined]);
  const save = useSend('PUT /v1/playbooks', {
    stale: ['/v1/playbooks'],
    done: (saved) => toast({ message: `Version ${saved.version}: leads given from now on go by it.`, tone: 'good' }),
  });
  const title = (
    <PageTitle
      title="Playbooks"
      question="What is done with which kind of lead, and which of it works?"
      side={canEdit && <Button onClick={() => setEditing({ playbook: blankPlaybook(), isNew: true })}>Add a playbook</Button>}
    />
  );
  if (!read || !items)
    return (
      <Page>
        {title}
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={6} />}
      </Page>
    );
  const isChanged = JSON.stringify(items) !== JSON.stringify(read.items);
  const put = (playbook: Playbook) =>
    setItems(items.some(({ id }) => id === playbook.id) ? items.map((one) => (one.id === playbook.id ? playbook : one)) : [...items, playbook]);
  const swap = (at: number, by: number) => setItems(items.map((one, i) => (i === at + by ? items[at]! : i === at ? items[at + by]! : one)));
  return (
    <Page>
      {title}
      <Stack>
        {isChanged && (
          <Note tone="warn">
            <Row between>
              <span>Not in force yet. Leads under way finish what they began with.</span>
              <Row>
                <Button variant="default" size="xs" onClick={() => setItems(read.items)}>
                  Drop the changes
                </Button>
                <Button size="xs" loading={save.isPending} onClick={() => save.mutate({ body: { version: read.version, items } })}>
                  Put in force
                </Button>
              </Row>
            </Row>
          </Note>
        )}
        <ErrorNote error={save.error} />
        {items.length === 0 && (
          <EmptyState title="No playbooks yet">
            A playbook gives every lead of a kind its next actions: call at once and up to three times, write on the third day, send the reference list after a week. Here you see afterwards which steps
            reach people, and after which they buy.
          </EmptyState>
        )}
        {items.map((playbook, at) => (
          <One
            key={playbook.id}
            playbook={playbook}
            read={read}
            side={
              canEdit && (
                <Row>
                  <MoveButtons name={playbook.name} at={at} count={items.length} move={(by) => swap(at, by)} />
                  <Chip aria-label={`Change ${playbook.name}`} onClick={() => setEditing({ playbook, isNew: false })}>
                    Change
                  </Chip>
                  <ConfirmButton
                    size="compact-xs"
                    sentence={`No new lead goes by “${playbook.name}” once this is in force. Leads under way finish it.`}
                    confirm="Take out"
                    onConfirm={() => setItems(items.filter((one) => one !== playbook))}
                  >
                    Take out
                  </ConfirmButton>
                </Row>
              )
            }
          />
        ))}
        {read.madeAt && (
          <p className="dim">
            Version {read.version}, in force since <When at={read.madeAt} />. The first playbook whose conditions hold of a lead applies when it is given.
          </p>
        )}
        <MailTemplates canEdit={canEdit} />
      </Stack>
      {editing && <PlaybookForm {...editing} fields={read.fields} put={put} close={() => setEditing(undefined)} />}
    </Page>
  );
}

function One({ playbook, read, side }: { playbook: Playbook; read: Read; side: React.ReactNode }) {
  const format = useFormat();
  const of = (step: Step) => read.results[step.id];
  const share = (part: number | undefined, whole: number | undefined) => (whole ? `${part} (${format.percent((part ?? 0) / whole, 0)})` : '–');
  return (
    <Card title={playbook.name} side={side}>
      <p className="dim">{read.sentences[playbook.id] ?? (JSON.stringify(playbook.when) === '{"all":[]}' ? 'every lead' : 'conditions not in force yet')}</p>
      <DataTable
        caption={`Steps of ${playbook.name}`}
        rows={playbook.steps}
        rowKey={(step) => step.id}
        columns={[
          {
            key: 'what',
            label: 'Step',
            render: (step) => (
              <>
                {step.what} <span className="dim">{stepWords(step)}</span>
              </>
            ),
          },
          { key: 'leads', label: 'Leads', align: 'end', render: (step) => of(step)?.leads ?? 0 },
          { key: 'done', label: 'Done', align: 'end', render: (step) => share(of(step)?.done, of(step)?.leads) },
          { key: 'reached', label: 'Reached', align: 'end', render: (step) => share(of(step)?.reached, of(step)?.done) },
          { key: 'skipped', label: 'Skipped', align: 'end', render: (step) => share(of(step)?.skipped, of(step)?.leads) },
          { key: 'good', label: 'Good after', align: 'end', hint: 'Judged hot, warm or sold after this step was done.', render: (step) => share(of(step)?.goodAfter, of(step)?.done) },
          { key: 'sold', label: 'Sold after', align: 'end', render: (step) => share(of(step)?.soldAfter, of(step)?.done) },
        ]}
      />
    </Card>
  );
}
