import { Select, Switch, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import { Chip, FormDialog, Row, toast } from '../../ui/index.tsx';
import { MoveButtons } from '../../ui/MoveButtons.tsx';
import { blankStep, endings, type Ask, type Script, type Step } from './calling-words.ts';
import css from './calling.module.css';

const kinds = { say: 'Say', ask: 'Ask', end: 'End of the call' } as const;

/** What is said, what is asked, and where each answer leads. */
export function ScriptForm({
  script,
  isNew,
  questions,
  close,
}: {
  script: Pick<Script, 'id' | 'name' | 'steps'>;
  isNew: boolean;
  questions: { key: string; label: string }[];
  close: () => void;
}) {
  const [name, setName] = useState(script.name);
  const [steps, setSteps] = useState<Step[]>(script.steps);
  const save = useSend('PUT /v1/calling/scripts/:id', {
    stale: ['/v1/calling'],
    done: () => {
      toast({ message: 'Kept. Callers see it from their next call on.', tone: 'good' });
      close();
    },
  });
  const submit = () => {
    save.mutate({ params: { id: script.id }, body: { name, steps } });
  };
  const put = (at: number, step: Step) => setSteps(steps.map((one, i) => (i === at ? step : one)));
  const swap = (at: number, by: number) => setSteps(steps.map((one, i) => (i === at + by ? steps[at]! : i === at ? steps[at + by]! : one)));
  const add = (kind: Step['kind']) => setSteps([...steps, blankStep(kind)]);
  const targets = steps.map(({ id, kind, text }, i) => ({ value: id, label: `${i + 1}. ${text.slice(0, 60) || kinds[kind]}` }));
  return (
    <FormDialog
      title={isNew ? 'New script' : `Change “${script.name}”`}
      size={860}
      verb="Keep it"
      submit={submit}
      close={close}
      pending={save.isPending}
      disabled={!name.trim()}
      error={save.error}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={200}
        placeholder="Pumps, first call"
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {steps.map((step, at) => (
        <fieldset key={step.id} className={css.step} data-kind={step.kind}>
          <legend>
            {at + 1}. {kinds[step.kind]}
          </legend>
          <Textarea
            label={step.kind === 'say' ? 'What to say' : step.kind === 'ask' ? 'What to ask' : 'Last words'}
            autosize
            minRows={1}
            maxRows={6}
            maxLength={2000}
            value={step.text}
            onChange={(event) => put(at, { ...step, text: event.currentTarget.value })}
          />
          {step.kind === 'say' && (
            <Next
              label={`After step ${at + 1}`}
              value={step.next}
              targets={targets}
              self={step.id}
              onChange={(next) => put(at, { ...step, next })}
            />
          )}
          {step.kind === 'ask' && (
            <AskFields step={step} place={at + 1} targets={targets} questions={questions} put={(one) => put(at, one)} />
          )}
          {step.kind === 'end' && (
            <Select
              label="The call ends as"
              allowDeselect={false}
              data={endings}
              value={step.ending}
              onChange={(ending) => ending && put(at, { ...step, ending })}
            />
          )}
          <Row end>
            <MoveButtons name={`step ${at + 1}`} at={at} count={steps.length} move={(by) => swap(at, by)} />
            <Chip
              aria-label={`Take out step ${at + 1}`}
              disabled={steps.length === 1}
              onClick={() => setSteps(steps.filter((_, i) => i !== at))}
            >
              Take out
            </Chip>
          </Row>
        </fieldset>
      ))}
      <Row>
        {(Object.keys(kinds) as Step['kind'][]).map((kind) => (
          <Chip key={kind} onClick={() => add(kind)}>
            Add: {kinds[kind].toLowerCase()}
          </Chip>
        ))}
      </Row>
    </FormDialog>
  );
}

function AskFields({
  step,
  place,
  targets,
  questions,
  put,
}: {
  step: Ask;
  place: number;
  targets: { value: string; label: string }[];
  questions: { key: string; label: string }[];
  put: (step: Ask) => void;
}) {
  const choose = (at: number, patch: Partial<Ask['choices'][number]>) =>
    put({ ...step, choices: step.choices.map((one, i) => (i === at ? { ...one, ...patch } : one)) });
  return (
    <>
      <Select
        label="Noted under the qualifying question"
        placeholder="Kept with the call only"
        clearable
        data={questions.map(({ key, label }) => ({ value: key, label }))}
        value={step.question}
        onChange={(question) => put({ ...step, question })}
      />
      {step.choices.map((choice, i) => (
        // Choices have no id of their own; their place is what they are known by.
        // eslint-disable-next-line react/no-array-index-key
        <div key={i} className={css.choice}>
          <TextInput
            label={i === 0 ? 'Answer' : undefined}
            aria-label={`Answer ${i + 1} of step ${place}`}
            maxLength={200}
            value={choice.label}
            onChange={(event) => choose(i, { label: event.currentTarget.value })}
          />
          <Next
            label={i === 0 ? 'leads to' : undefined}
            name={`Answer ${i + 1} of step ${place} leads to`}
            value={choice.next}
            targets={targets}
            self={step.id}
            onChange={(next) => choose(i, { next })}
          />
          <Chip
            aria-label={`Take out answer ${i + 1} of step ${place}`}
            onClick={() => put({ ...step, choices: step.choices.filter((_, at) => at !== i) })}
          >
            Take out
          </Chip>
        </div>
      ))}
      <Row between>
        <Chip onClick={() => put({ ...step, choices: [...step.choices, { label: '', next: null }] })}>Add an answer</Chip>
        <Switch
          size="xs"
          label="Any other words"
          checked={step.free !== null}
          onChange={(event) => put({ ...step, free: event.currentTarget.checked ? { next: step.choices[0]?.next ?? null } : null })}
        />
      </Row>
      {step.free && (
        <Next
          label="Any other words lead to"
          value={step.free.next}
          targets={targets}
          self={step.id}
          onChange={(next) => put({ ...step, free: { next } })}
        />
      )}
    </>
  );
}

function Next({
  label,
  name,
  value,
  targets,
  self,
  onChange,
}: {
  label?: string | undefined;
  name?: string;
  value: string | null;
  targets: { value: string; label: string }[];
  self: string;
  onChange: (next: string | null) => void;
}) {
  return (
    <Select
      {...(label ? { label } : {})}
      aria-label={name ?? label}
      placeholder="Which step?"
      data={targets.filter((one) => one.value !== self)}
      value={targets.some((one) => one.value === value) ? value : null}
      onChange={onChange}
    />
  );
}
