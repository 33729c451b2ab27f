import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useParam } from '../../shell/address.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { Badge, Card, ErrorNote, FactList, Note, PageTitle, Progress, RecordPage, Row, Stack } from '../../ui/index.tsx';
import { bulkSentence, bulkStates } from './bulk-words.ts';

const back = { to: '/bulk', label: 'Changes of many' };
const stale = ['/v1/bulk', '/v1/people', '/v1/organizations', '/v1/quality'];

/** One change of many: how far it is, what came of it, and the way back. */
export default function BulkRun() {
  const id = useParam('id');
  const format = useFormat();
  const answer = useApi('GET /v1/bulk/:id', { params: { id } }, { live: ['job'], keep: false });
  const [asks, setAsks] = useState(false);
  const stop = useSend('POST /v1/bulk/:id/cancel', { stale });
  const undo = useSend('POST /v1/bulk/:id/undo', { stale, done: () => setAsks(false) });
  if (!answer.data) return <RecordPage back={back} waiting={answer} rows={4} />;
  const run = answer.data;
  const state = bulkStates[run.state];
  const take = (changedSince?: 'keep' | 'overwrite') => undo.mutate({ params: { id }, body: changedSince ? { changedSince } : {} }, { onError: (problem) => setAsks(problem.problem?.code === 'identity/bulk-changed-since') });
  const canUndo = (run.state === 'finished' || run.state === 'cancelled') && run.changed > 0;
  return (
    <RecordPage back={back}>
      <PageTitle title={<>{bulkSentence(run)} <Badge tone={state.tone}>{state.label}</Badge></>} question={`${format.number(run.total)} ${run.subject === 'person' ? plural(run.total, 'person', 'people') : plural(run.total, 'company', 'companies')}, by ${run.madeBy}`} />
      <Stack>
        {run.progress && (
          <Card>
            <Stack gap={10}>
              <Progress done={run.progress.done} total={run.progress.total} note={run.progress.note} />
              {(run.state === 'waiting' || run.state === 'running') && (
                <Row end>
                  <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate({ params: { id } })}>
                    Stop
                  </Button>
                </Row>
              )}
            </Stack>
          </Card>
        )}
        <ErrorNote error={stop.error ?? undo.error} />
        {asks && (
          <Note tone="warn">
            <Row between>
              <span>What was changed since by somebody: keep it, or overwrite it with what was there before?</span>
              <Row>
                <Button size="xs" onClick={() => take('keep')} loading={undo.isPending}>
                  Keep theirs
                </Button>
                <Button size="xs" variant="default" onClick={() => take('overwrite')} loading={undo.isPending}>
                  Overwrite
                </Button>
              </Row>
            </Row>
          </Note>
        )}
        <Card title="What came of it" quiet>
          <FactList
            facts={[
              ['Changed', `${format.number(run.changed)} of ${format.number(run.total)}; of the others it was so already`],
              ['Asked for', format.dateTime(run.madeAt)],
              ['Over', run.finishedAt && format.dateTime(run.finishedAt)],
              ['Undone', run.undoneAt && format.dateTime(run.undoneAt)],
              ['Kept', run.state === 'undone' && run.kept > 0 ? `${format.number(run.kept)} that somebody had changed since` : null],
            ]}
          />
          {canUndo && !asks && (
            <Row end>
              <Button variant="default" loading={undo.isPending} onClick={() => take()}>
                Undo
              </Button>
            </Row>
          )}
        </Card>
      </Stack>
    </RecordPage>
  );
}
