import { Checkbox, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useSendOrKeep } from '../../../api/send-or-keep.ts';
import { FormGrid, toast, toastKept } from '../../../ui/index.tsx';
import { dayIn } from '../../../ui/day.ts';
import { ActionComposer } from './ActionComposer.tsx';
import { Composer } from './Composer.tsx';
import type { LeadData } from './Head.tsx';
import css from './lead.module.css';

interface Props {
  leadId: string;
  person: LeadData['person'];
  close: () => void;
  onDone: () => void;
}

/** Plans a meeting with its time and invites; one that was is logged as any contact is. */
export function MeetingComposer(props: Props) {
  const [logs, setLogs] = useState(false);
  return logs ? <ActionComposer kind="meeting" {...props} /> : <PlanMeeting {...props} log={() => setLogs(true)} />;
}

const lengths = [15, 30, 45, 60, 90, 120, 180, 240, 480].map((minutes) => ({ value: String(minutes), label: minutes < 60 ? `${minutes} min` : `${minutes / 60} h` }));

function PlanMeeting({ leadId, person, close, onDone, log }: Props & { log: () => void }) {
  const { email } = person;
  const unwanted = person.doNotContact || person.doNotMail;
  const [what, setWhat] = useState('Meeting');
  const [on, setOn] = useState('');
  const [at, setAt] = useState('10:00');
  const [minutes, setMinutes] = useState('30');
  const [place, setPlace] = useState('');
  const [words, setWords] = useState('');
  const [invite, setInvite] = useState(Boolean(email) && !unwanted);
  const name = person.fullName || 'somebody without a name';
  const plan = useSendOrKeep('PUT /v1/leads/:id/meeting', {
    words: ({ body }) => `Meeting with ${name}: ${body?.what ?? ''}`,
    done: (made) => {
      toast({ message: made.invitedTo ? `Planned. The invitation goes to ${made.invitedTo}.` : 'Planned: it is the next action, and in your calendar.', tone: 'good' });
      close();
      onDone();
    },
    kept: () => {
      toastKept();
      close();
    },
  });
  const isWhole = what.trim() !== '' && on !== '' && at !== '';
  const save = () => {
    const startsAt = new Date(`${on}T${at}:00`).toISOString();
    plan.mutate({ params: { id: leadId }, body: { startsAt, minutes: Number(minutes), what: what.trim(), place: place.trim() || null, words: (invite && words.trim()) || null, invite } });
  };
  return (
    <Composer label="Meeting" title="Plan a meeting" verb={invite ? 'Plan and invite' : 'Plan'} save={save} close={close} ready={isWhole} pending={plan.isPending} error={plan.error}>
      <div className={css.options}>
        <button type="button" className={css.option} onClick={log}>
          It took place: log it
        </button>
      </div>
      <TextInput autoFocus label="What" value={what} onChange={(event) => setWhat(event.currentTarget.value)} />
      <FormGrid>
        <TextInput label="Day" type="date" min={dayIn(0)} value={on} onChange={(event) => setOn(event.currentTarget.value)} />
        <TextInput label="Time" type="time" value={at} onChange={(event) => setAt(event.currentTarget.value)} />
        <Select label="For" data={lengths} allowDeselect={false} value={minutes} onChange={(value) => setMinutes(value ?? '30')} />
      </FormGrid>
      <TextInput label="Where" placeholder="An address, a number to dial, the address of a video call" value={place} onChange={(event) => setPlace(event.currentTarget.value)} />
      <Checkbox
        label={email ? `Invite ${email}` : 'Invite by mail'}
        description={unwanted ? 'This person asked for no mail.' : email ? 'A mail that their calendar can take up; answers go to you.' : 'No mail address is known.'}
        disabled={!email || unwanted}
        checked={invite}
        onChange={(event) => setInvite(event.currentTarget.checked)}
      />
      {invite && <Textarea aria-label="Words above the invitation" placeholder="Words above the invitation (optional)" autosize minRows={1} value={words} onChange={(event) => setWords(event.currentTarget.value)} />}
    </Composer>
  );
}
