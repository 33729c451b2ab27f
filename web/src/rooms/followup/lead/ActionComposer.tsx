import { Button, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../../api/contract.ts';
import { useSendOrKeep } from '../../../api/send-or-keep.ts';
import { dayIn, dueOn, localDay } from '../../../ui/day.ts';
import { toast, toastKept } from '../../../ui/index.tsx';
import type { Composing } from './ActionChips.tsx';
import { Composer } from './Composer.tsx';
import { MailOpeners } from './MailOpeners.tsx';
import type { LeadData } from './Head.tsx';
import css from './lead.module.css';

const outcomes: Partial<Record<NonNullable<Composing>, string[]>> = {
  call: ['Reached', 'No answer', 'Left a message', 'Wrong number'],
  mail: ['Sent', 'Answered'],
  meeting: ['Took place', 'Did not show up'],
  quote: ['Sent by mail', 'Handed over'],
  literature: ['Sent by mail', 'Sent by post'],
};
const titles: Record<NonNullable<Composing>, string> = {
  call: 'How did the call go?',
  mail: 'What did you send?',
  meeting: 'Meeting',
  visit: 'Visit',
  quote: 'Quote',
  literature: 'Literature',
  note: 'Note',
  next: 'What happens next, and when?',
};

/** What was done, and what came of it; or what is to be done next, and when. */
export function ActionComposer({
  kind,
  leadId,
  person,
  nextAction,
  filling,
  close,
  onDone,
}: {
  kind: NonNullable<Composing>;
  leadId: string;
  person: LeadData['person'];
  nextAction?: Answer<'GET /v1/leads/:id/followup'>['nextAction'];
  /** what mail templates name beside the person */
  filling?: { company: string; product: string };
  close: () => void;
  onDone: () => void;
}) {
  const choices = outcomes[kind] ?? [];
  const [outcome, setOutcome] = useState<string>();
  const [note, setNote] = useState(kind === 'next' ? (nextAction?.what ?? '') : '');
  const [on, setOn] = useState(kind === 'next' ? (nextAction?.dueAt ? localDay(new Date(nextAction.dueAt)) : dayIn(1)) : '');
  const finish = (message: string) => () => {
    toast({ message });
    close();
    onDone();
  };
  const name = person.fullName || 'somebody without a name';
  const kept = () => {
    toastKept();
    close();
  };
  const logged = `${kind[0]?.toUpperCase()}${kind.slice(1)} logged`;
  const log = useSendOrKeep('POST /v1/leads/:id/activities', {
    words: ({ body }) => `${logged}: ${name}${body?.outcome ? `, ${body.outcome.toLowerCase()}` : ''}`,
    done: finish(`${logged}.`),
    kept,
  });
  const plan = useSendOrKeep('PUT /v1/leads/:id/next-action', {
    words: ({ body }) => `Next action for ${name}: ${body?.what ?? ''}`,
    done: finish('Next action set: it comes back to your queue in time.'),
    kept,
  });
  const drop = useSendOrKeep('DELETE /v1/leads/:id/next-action', { words: () => `Next action done: ${name}`, done: finish('Next action done.'), kept });
  const save = () => {
    if (kind === 'next') {
      if (note.trim())
        plan.mutate({ params: { id: leadId }, body: { what: note.trim(), dueAt: dueOn(on, nextAction?.dueAt) } });
      return;
    }
    if (!outcome && !note.trim() && kind === 'note') return;
    log.mutate({ params: { id: leadId }, body: { kind, outcome: outcome ?? null, note: note.trim() || null } });
  };
  const days = [
    { label: 'Today', on: dayIn(0) },
    { label: 'Tomorrow', on: dayIn(1) },
    { label: 'In 3 days', on: dayIn(3) },
    { label: 'Next week', on: dayIn(7) },
    { label: 'In a month', on: dayIn(30) },
  ];
  const pending = log.isPending || plan.isPending || drop.isPending;
  return (
    <Composer
      label={titles[kind]}
      title={
        <>
          {titles[kind]}{' '}
          {kind === 'call' && (person.mobile ?? person.phone) && (
            <a href={`tel:${person.mobile ?? person.phone}`}>{person.mobile ?? person.phone}</a>
          )}
          {kind === 'mail' && person.email && <a href={`mailto:${person.email}`}>{person.email}</a>}
        </>
      }
      verb={kind === 'next' ? 'Set' : 'Log'}
      save={save}
      close={close}
      pending={pending}
      error={log.error ?? plan.error ?? drop.error}
      beside={
        kind === 'next' &&
        nextAction && (
          <Button variant="default" size="xs" onClick={() => drop.mutate({ params: { id: leadId } })} disabled={pending}>
            It is done
          </Button>
        )
      }
    >
      {kind === 'mail' && person.email && (
        <MailOpeners
          address={person.email}
          filling={{ name: person.fullName, company: filling?.company ?? '', product: filling?.product ?? '' }}
          opened={(template) => {
            setOutcome('Sent');
            setNote((was) => was || template);
          }}
        />
      )}
      {choices.length > 0 && (
        <div className={css.options}>
          {choices.map((choice) => (
            <button
              key={choice}
              type="button"
              className={css.option}
              aria-pressed={outcome === choice}
              onClick={() => setOutcome(outcome === choice ? undefined : choice)}
            >
              {choice}
            </button>
          ))}
        </div>
      )}
      {kind === 'next' ? (
        <>
          <TextInput
            autoFocus
            aria-label="What happens next"
            placeholder="Send the reference list"
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <div className={css.options}>
            {days.map((day) => (
              <button key={day.label} type="button" className={css.option} aria-pressed={on === day.on} onClick={() => setOn(day.on)}>
                {day.label}
              </button>
            ))}
            <input
              type="date"
              className={css.option}
              aria-label="On"
              value={on}
              min={dayIn(0)}
              onChange={(event) => setOn(event.target.value)}
            />
          </div>
        </>
      ) : (
        <Textarea
          autoFocus
          aria-label="Note"
          placeholder={kind === 'note' ? 'What should the next person know?' : 'Anything worth keeping (optional)'}
          autosize
          minRows={kind === 'note' ? 3 : 1}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      )}
    </Composer>
  );
}
