import { Button } from '@mantine/core';
import { useFormat } from './format.ts';
import { Card, ErrorNote } from './Page.tsx';
import { FactList, Note, Row, Stack } from './Layout.tsx';
import { Progress } from './Progress.tsx';
import type { ApiProblem } from '../api/client.ts';

export const bulkStates = {
  waiting: { label: 'Waiting', tone: 'quiet' },
  running: { label: 'Under way', tone: 'action' },
  finished: { label: 'Done', tone: 'sale' },
  cancelled: { label: 'Stopped', tone: 'bad' },
  undoing: { label: 'Being taken back', tone: 'action' },
  undone: { label: 'Undone', tone: 'cold' },
} as const;

interface Run {
  state: keyof typeof bulkStates;
  total: number;
  changed: number;
  kept: number;
  madeAt: string;
  finishedAt: string | null;
  undoneAt: string | null;
  progress: { done: number; total: number | null; note: string | null } | null;
}

/** One change of many: how far it is, what came of it, and the way back. `asks`: somebody changed some since, and what becomes of that is asked. */
export function BulkOutcome(props: {
  run: Run;
  refused?: { why: string; count: number }[];
  asks: boolean;
  isBusy: boolean;
  error: ApiProblem | null;
  stop(): void;
  take(changedSince?: 'keep' | 'overwrite'): void;
  /** What others did since can be overwritten. */
  mayOverwrite: boolean;
}) {
  const { run, refused = [], asks, isBusy, take } = props;
  const format = useFormat();
  const canUndo = (run.state === 'finished' || run.state === 'cancelled') && run.changed > 0;
  const not = refused.reduce((sum, one) => sum + one.count, 0);
  return (
    <Stack>
      {run.progress && (
        <Card>
          <Stack gap={10}>
            <Progress done={run.progress.done} total={run.progress.total} note={run.progress.note} />
            {(run.state === 'waiting' || run.state === 'running') && (
              <Row end>
                <Button variant="default" loading={isBusy} onClick={props.stop}>
                  Stop
                </Button>
              </Row>
            )}
          </Stack>
        </Card>
      )}
      {!asks && <ErrorNote error={props.error} />}
      {asks && (
        <Note tone="warn">
          <Stack gap={10}>
            <span>
              {props.mayOverwrite
                ? 'What was changed since by somebody: keep it, or overwrite it with what was there before?'
                : 'Some were passed on, judged or answered since by somebody. That stands; the others go back.'}
            </span>
            {props.error?.problem.problems?.map(({ sentence }) => (
              <span key={sentence} className="dim">
                {sentence}
              </span>
            ))}
            <Row>
              <Button size="xs" onClick={() => take('keep')} loading={isBusy}>
                {props.mayOverwrite ? 'Keep theirs' : 'Take back the others'}
              </Button>
              {props.mayOverwrite && (
                <Button size="xs" variant="default" onClick={() => take('overwrite')} loading={isBusy}>
                  Overwrite
                </Button>
              )}
            </Row>
          </Stack>
        </Note>
      )}
      <Card title="What came of it" quiet>
        <FactList
          facts={[
            ['Changed', `${format.number(run.changed)} of ${format.number(run.total)}${not === 0 && run.changed < run.total ? '; of the others it was so already' : ''}`],
            ['Not changed', not > 0 && refused.map(({ why, count }) => `${format.number(count)}: ${why}`).join(' · ')],
            ['Asked for', format.dateTime(run.madeAt)],
            ['Over', run.finishedAt && format.dateTime(run.finishedAt)],
            ['Undone', run.undoneAt && format.dateTime(run.undoneAt)],
            ['Kept', run.state === 'undone' && run.kept > 0 ? `${format.number(run.kept)} that somebody had changed since` : null],
          ]}
        />
        {canUndo && !asks && (
          <Row end>
            <Button variant="default" loading={isBusy} onClick={() => take()}>
              Undo
            </Button>
          </Row>
        )}
      </Card>
    </Stack>
  );
}
