import { Button, Popover, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/contract.ts';
import { useSend } from '../../../api/hooks.ts';
import { useKeys } from '../../../shell/keys.ts';
import { dayIn, localDay } from '../../../ui/day.ts';
import { Chip, ErrorNote, Note, When, toast } from '../../../ui/index.tsx';
import { useInSight } from '../../../ui/in-sight.ts';
import { useNow } from '../../../ui/now.ts';
import css from './choice.module.css';

type Custody = NonNullable<Answer<'GET /v1/leads/:id/followup'>['custody']>;
const reasons = ['Back on that day', 'They asked me to wait', 'Waiting for an answer'];

const rests = ({ pausedUntil }: Custody, now: Date): boolean => pausedUntil !== null && Date.parse(pausedUntil) > now.getTime();

/** Until when a lead rests, and the way to end it before. */
export function Resting({ leadId, custody, onDone }: { leadId: string; custody: Custody | null | undefined; onDone: () => void }) {
  const now = useNow();
  const resume = useSend('DELETE /v1/leads/:id/pause', { done: onDone });
  if (!custody || !rests(custody, now)) return null;
  return (
    <div className={css.resting}>
      <Note>
        Rests until <When at={custody.pausedUntil} />: {custody.pauseReason}. No clock runs meanwhile.{' '}
        <Button size="compact-xs" variant="default" loading={resume.isPending} onClick={() => resume.mutate({ params: { id: leadId } })}>
          End the pause
        </Button>
        <ErrorNote error={resume.error} />
      </Note>
    </div>
  );
}

/** "Back on Monday": the clocks of a lead stand until a day, for a reason everybody sees. Pausing what was only offered takes it on. */
export function Rest({ leadId, custody, onDone }: { leadId: string; custody: Custody | null | undefined; onDone: () => void }) {
  const now = useNow();
  const [open, setOpen] = useState(false);
  const [button, show] = useInSight(() => setOpen(true));
  const [on, setOn] = useState('');
  const [reason, setReason] = useState('');
  const pause = useSend('POST /v1/leads/:id/pause', {
    done: () => {
      setOpen(false);
      toast({ message: 'It rests; no clock runs meanwhile.' });
      onDone();
    },
  });
  const works = custody?.holderKind === 'rep' || custody?.holderKind === 'partner';
  useKeys(works ? [{ key: 'z', label: 'Let it rest…', group: 'Lead', run: show }] : []);
  if (!custody || !works || rests(custody, now)) return null;
  const quick = [
    { label: 'Tomorrow', on: dayIn(1) },
    { label: 'Monday', on: dayIn(((8 - now.getDay()) % 7) || 7) },
    { label: 'In a week', on: dayIn(7) },
  ];
  return (
    <Popover opened={open} onChange={setOpen} position="bottom-start" trapFocus returnFocus>
      <Popover.Target>
        <Chip ref={button} keyName="z" aria-pressed={open} onClick={() => setOpen(!open)}>
          Let it rest…
        </Chip>
      </Popover.Target>
      <Popover.Dropdown data-overlay-open={open || undefined}>
        <form
          className={css.handOver}
          onSubmit={(event) => {
            event.preventDefault();
            pause.mutate({ params: { id: leadId }, body: { until: on, reason: reason.trim() } });
          }}
        >
          <div role="group" aria-label="Until">
            {quick.map((one) => (
              <Chip key={one.label} aria-pressed={on === one.on} onClick={() => setOn(one.on)}>
                {one.label}
              </Chip>
            ))}
          </div>
          <TextInput
            label="Until"
            type="date"
            data-autofocus
            required
            min={dayIn(1)}
            max={localDay(new Date(custody.pauseEndsMost))}
            value={on}
            onChange={(event) => setOn(event.currentTarget.value)}
          />
          <TextInput
            label="Why"
            required
            maxLength={200}
            list="rest-reasons"
            placeholder="e.g. back on that day"
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          <datalist id="rest-reasons">
            {reasons.map((one) => (
              <option key={one} value={one}>
                {one}
              </option>
            ))}
          </datalist>
          <ErrorNote error={pause.error} />
          <div>
            <span className="dim">{custody.acceptedAt ? '' : 'You accept it by that.'}</span>
            <Button size="xs" type="submit" disabled={!on || !reason.trim()} loading={pause.isPending}>
              Let it rest
            </Button>
          </div>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
