import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/contract.ts';
import { useApi, useSend } from '../../../api/hooks.ts';
import { Card, Chip, ErrorNote, When } from '../../../ui/index.tsx';
import { channelWords } from '../playbook-words.ts';
import { ReasonChoice } from './ReasonChoice.tsx';
import css from './playbook.module.css';

type Step = NonNullable<Answer<'GET /v1/leads/:id/playbook'>['playbook']>['steps'][number];

const reasons = ['Done already, elsewhere', 'Not wanted by the person', 'Makes no sense for this lead', 'No time left for it'];

/** How far this lead is in its playbook, what to say, and a way round a step. Nothing where no playbook applies. */
export function PlaybookCard({ leadId, mayWork, onDone }: { leadId: string; mayWork: boolean; onDone: () => void }) {
  const answer = useApi('GET /v1/leads/:id/playbook', { params: { id: leadId } }, { live: ['lead'], keep: false });
  const playbook = answer.data?.playbook;
  if (!playbook) return <ErrorNote error={answer.error} />;
  const behind = playbook.steps.filter((step) => step.state === 'done' || step.state === 'skipped').length;
  return (
    <Card title={playbook.name} side={playbook.endedAt ? 'ended' : `${behind} of ${playbook.steps.length} steps`} quiet id="playbook">
      <ol className={css.steps}>
        {playbook.steps.map((step) => (
          <Line key={step.id} step={step} leadId={leadId} maySkip={mayWork && !playbook.endedAt} onDone={onDone} />
        ))}
      </ol>
    </Card>
  );
}

function Line({ step, leadId, maySkip, onDone }: { step: Step; leadId: string; maySkip: boolean; onDone: () => void }) {
  const [isSkipping, setSkipping] = useState(false);
  const skip = useSend('POST /v1/leads/:id/playbook/skip', { stale: ['/v1/leads', '/v1/queue'], done: onDone });
  const isBehind = step.state === 'done' || step.state === 'skipped';
  return (
    <li className={css.step} data-state={step.state}>
      <span className={css.mark} aria-hidden>
        {step.state === 'done' ? '✓' : step.state === 'skipped' ? '–' : ''}
      </span>
      <span>
        <b>{step.what}</b> <span className="dim">{channelWords[step.channel]}</span>
        <span className={css.note}>
          {step.state === 'done' ? (
            <>
              {step.reachedAt ? 'done' : `nobody reached in ${step.attemptsMade}`} <When at={step.doneAt} />
            </>
          ) : step.state === 'skipped' ? (
            `skipped${step.skipReason ? `: ${step.skipReason}` : ''}`
          ) : (
            <>
              {step.state === 'next' ? 'next, ' : ''}
              <When at={step.dueAt} />
              {step.attempts > 1 && `, try ${step.attemptsMade + 1} of ${step.attempts}`}
            </>
          )}
        </span>
        {step.state === 'next' && step.text && <span className={css.text}>{step.text}</span>}
        <ErrorNote error={skip.error} />
      </span>
      {maySkip && !isBehind && (
        <Popover opened={isSkipping} onChange={setSkipping} position="bottom-end" trapFocus returnFocus>
          <Popover.Target>
            <Chip onClick={() => setSkipping(true)} aria-label={`Skip: ${step.what}`}>
              Skip…
            </Chip>
          </Popover.Target>
          <Popover.Dropdown data-overlay-open={isSkipping || undefined}>
            <ReasonChoice
              title="Why not this step?"
              reasons={reasons}
              isLoading={false}
              confirm="Skip"
              onPick={(reason) => {
                setSkipping(false);
                skip.mutate({ params: { id: leadId }, body: { stepId: step.id, reason } });
              }}
            />
          </Popover.Dropdown>
        </Popover>
      )}
    </li>
  );
}
