import { Button, Popover } from '@mantine/core';
import { useState } from 'react';
import type { Answer as AnswerOf } from '../../../api/contract.ts';
import { useApi } from '../../../api/hooks.ts';
import { useSendOrKeep } from '../../../api/send-or-keep.ts';
import { useKeys } from '../../../shell/keys.ts';
import { ErrorNote, Kbd, toast, toastKept } from '../../../ui/index.tsx';
import { useInSight } from '../../../ui/in-sight.ts';
import { duration } from '../../../ui/format.ts';
import { useNow } from '../../../ui/now.ts';
import css from './lead.module.css';
import { ReasonChoice } from './ReasonChoice.tsx';

type Custody = NonNullable<AnswerOf<'GET /v1/leads/:id/followup'>['custody']>;

/** An offered lead waits for a yes or a no. Nobody else is asked while it does; so the time left stands beside the buttons. */
export function Answer({
  leadId,
  custody,
  holderId,
  onDone,
  onGone,
}: {
  leadId: string;
  custody?: Custody | null;
  holderId?: string | null;
  onDone: () => void;
  onGone?: (leadId: string) => void;
}) {
  const now = useNow();
  const [declining, setDeclining] = useState(false);
  const [button, askWhy] = useInSight(() => setDeclining(true));
  const choices = useApi('GET /v1/followup/choices', undefined, { enabled: declining, staleTime: 600_000 });
  const accept = useSendOrKeep('POST /v1/leads/:id/accept', { words: () => 'Lead accepted', done: onDone, kept: toastKept });
  const decline = useSendOrKeep('POST /v1/leads/:id/decline', {
    words: ({ body }) => `Lead not accepted: ${body?.reason ?? ''}`,
    kept: () => {
      toastKept();
      onGone?.(leadId);
    },
    done: (answer) => {
      toast({ message: answer.passedOn ? 'Passed on to the next holder.' : 'Given back: the desk looks after it now.' });
      onGone?.(leadId);
      onDone();
    },
  });
  const isOffered = Boolean(custody && !custody.acceptedAt && custody.respondBy && custody.holderId === holderId);
  const sayYes = () => accept.mutate({ params: { id: leadId }, body: {} });
  useKeys(
    isOffered
      ? [
          { key: 'a', label: 'Accept', group: 'Lead', run: sayYes },
          { key: 'p', label: 'Not for me…', group: 'Lead', run: askWhy },
        ]
      : [],
  );
  if (!isOffered || !custody) return <ErrorNote error={accept.error ?? decline.error} />;
  const minutes = (Date.parse(custody.respondBy as string) - now.getTime()) / 60_000;
  return (
    <div className={css.answer} data-late={minutes < 0 || undefined}>
      <span>
        <b>{minutes < 0 ? 'Past the promise' : 'Yours to accept'}</b>{' '}
        <span className="dim">{minutes < 0 ? `by ${duration(-minutes)}` : `${duration(minutes)} left`}</span>
      </span>
      <div>
        <Popover opened={declining} onChange={setDeclining} position="bottom-end" trapFocus returnFocus>
          <Popover.Target>
            <Button ref={button} variant="default" size="xs" onClick={() => setDeclining(true)} rightSection={<Kbd>p</Kbd>}>
              Not for me…
            </Button>
          </Popover.Target>
          <Popover.Dropdown data-overlay-open={declining || undefined}>
            <ReasonChoice
              title="Why not?"
              reasons={choices.data?.declineReasons ?? []}
              isLoading={choices.isLoading}
              confirm="Pass it on"
              onPick={(reason) => {
                setDeclining(false);
                decline.mutate({ params: { id: leadId }, body: { reason } });
              }}
            />
          </Popover.Dropdown>
        </Popover>
        <Button size="xs" onClick={sayYes} loading={accept.isPending} rightSection={<Kbd>a</Kbd>}>
          Accept
        </Button>
      </div>
      <ErrorNote error={accept.error ?? decline.error} />
    </div>
  );
}
