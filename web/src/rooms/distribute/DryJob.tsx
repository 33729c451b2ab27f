import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Card, ErrorNote, Note, PageTitle, Progress, RecordPage } from '../../ui/index.tsx';

/** The page of a piece of work that runs behind: how far it is, the way to stop it, and why it has no result. What it found stands below. */
export function DryJob({
  back,
  title,
  question,
  job,
  note,
  canStop,
  stop,
  children,
}: {
  back: { to: string; label: string };
  title: string;
  question: string;
  job: { state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled'; done: number; total: number | null; problem: string | null };
  /** what is counted while it runs */
  note: string;
  canStop: boolean;
  stop: { isPending: boolean; error: Parameters<typeof ErrorNote>[0]['error']; mutate: () => void };
  children: ReactNode;
}) {
  const isBusy = job.state === 'waiting' || job.state === 'running';
  return (
    <RecordPage back={back}>
      <PageTitle
        title={title}
        question={question}
        side={
          isBusy &&
          canStop && (
            <Button variant="default" loading={stop.isPending} onClick={stop.mutate}>
              Stop
            </Button>
          )
        }
      />
      <ErrorNote error={stop.error} />
      {isBusy && (
        <Card>
          <Progress done={job.done} total={job.total} note={note} />
        </Card>
      )}
      {job.state === 'cancelled' && <Note>It was stopped, and has no result.</Note>}
      {job.state === 'failed' && <Note tone="warn">{job.problem ?? 'It failed.'}</Note>}
      {children}
    </RecordPage>
  );
}
