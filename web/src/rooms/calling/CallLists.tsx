import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Badge,
  Card,
  Chip,
  DataTable,
  EmptyState,
  ErrorNote,
  Page,
  PageTitle,
  Progress,
  SkeletonRows,
  Stack,
  TwoLines,
  When,
} from '../../ui/index.tsx';
import { CallListForm } from './CallListForm.tsx';
import { firstScript, type Script } from './calling-words.ts';
import { ScriptForm } from './ScriptForm.tsx';

/** Which lists are called, how far are they, and what is said? */
export default function CallLists() {
  const canMake = may(useSession(), ['marketing', 'sales_manager']);
  const format = useFormat();
  const lists = useApi('GET /v1/calling/lists', undefined, { live: ['calling'] });
  const scripts = useApi('GET /v1/calling/scripts');
  const [making, setMaking] = useState(false);
  const [editing, setEditing] = useState<{ script: Pick<Script, 'id' | 'name' | 'steps'>; isNew: boolean }>();
  const items = lists.data?.items ?? [];
  const known = scripts.data?.items ?? [];
  return (
    <Page>
      <PageTitle
        title="Calling"
        question="Who is called, how far are we, and whom did we reach?"
        side={
          canMake && (
            <>
              <Button variant="default" onClick={() => setEditing({ script: firstScript(), isNew: true })}>
                New script
              </Button>
              <Button disabled={known.length === 0} onClick={() => setMaking(true)}>
                New list
              </Button>
            </>
          )
        }
      />
      <ErrorNote error={lists.error ?? scripts.error} retry={() => void lists.refetch()} />
      {lists.isLoading || scripts.isLoading ? (
        <SkeletonRows rows={4} />
      ) : (
        <Stack>
          {items.length === 0 ? (
            <EmptyState title="Nothing is called yet">
              {canMake
                ? 'Write a script first: what is said, what is asked, and where each answer leads. Then make a list of open leads; whoever calls gets one at a time, at an hour that suits them.'
                : 'Your sales manager makes a list of leads to call; it stands here then.'}
            </EmptyState>
          ) : (
            <Card title="Lists" flush>
              <DataTable
                caption="Calling lists"
                rows={items}
                rowKey={(one) => one.id}
                columns={[
                  {
                    key: 'name',
                    label: 'List',
                    render: (one) => (
                      <TwoLines>
                        <span>
                          <A to={`/calling/${one.id}`}>{one.name}</A> {one.closedAt && <Badge tone="quiet">Closed</Badge>}
                        </span>
                        <span className="dim">{one.chosenWords}</span>
                      </TwoLines>
                    ),
                  },
                  {
                    key: 'far',
                    label: 'Done',
                    render: (one) => (
                      <div style={{ minWidth: 110 }}>
                        <Progress done={one.leads - one.left} total={one.leads} />
                      </div>
                    ),
                  },
                  { key: 'called', label: 'Called', align: 'end', render: (one) => format.number(one.called) },
                  { key: 'reached', label: 'Reached', align: 'end', render: (one) => format.number(one.reached) },
                  { key: 'qualified', label: 'Qualified', align: 'end', render: (one) => format.number(one.qualified) },
                  { key: 'back', label: 'Call-backs', align: 'end', render: (one) => format.number(one.callBacks) },
                ]}
              />
            </Card>
          )}
          <Card title="Scripts" flush>
            {known.length === 0 ? (
              <EmptyState title="No script yet">
                A script is what callers see beside the lead: sentences to say, questions with their answers, and how the call ends.
              </EmptyState>
            ) : (
              <DataTable
                caption="Scripts"
                rows={known}
                rowKey={(one) => one.id}
                columns={[
                  { key: 'name', label: 'Script', render: (one) => one.name },
                  {
                    key: 'asks',
                    label: 'Asks',
                    render: (one) => {
                      const asks = one.steps.filter(({ kind }) => kind === 'ask').length;
                      return `${asks} ${plural(asks, 'question', 'questions')}, ${one.steps.length} steps`;
                    },
                  },
                  { key: 'used', label: 'Open lists', align: 'end', render: (one) => one.lists },
                  { key: 'changed', label: 'Changed', align: 'end', render: (one) => <When at={one.changedAt} /> },
                  {
                    key: 'do',
                    label: '',
                    align: 'end',
                    render: (one) =>
                      canMake && (
                        <Chip aria-label={`Change ${one.name}`} onClick={() => setEditing({ script: one, isNew: false })}>
                          Change
                        </Chip>
                      ),
                  },
                ]}
              />
            )}
          </Card>
        </Stack>
      )}
      {making && <CallListForm scripts={known} close={() => setMaking(false)} />}
      {editing && <ScriptForm {...editing} questions={scripts.data?.questions ?? []} close={() => setEditing(undefined)} />}
    </Page>
  );
}
