import { Button, NumberInput, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { CriteriaEditor } from '../../ui/criteria/CriteriaEditor.tsx';
import { toCriteria, toTree, unfinished, type FieldChoice } from '../../ui/criteria/criteria-tree.ts';
import { Chip, FormDialog, FormGrid, Note, Row } from '../../ui/index.tsx';
import css from './day.module.css';
import { blankStep, channelWords, type Playbook, type Playbooks, type Step } from './playbook-words.ts';

/** One playbook: for which leads, and its steps. */
export function PlaybookForm({
  playbook,
  isNew,
  fields,
  put,
  close,
}: {
  playbook: Playbook;
  isNew: boolean;
  fields: Playbooks['fields'];
  put: (playbook: Playbook) => void;
  close: () => void;
}) {
  const [form, setForm] = useState(playbook);
  const [tree, setTree] = useState(() => toTree(playbook.when));
  const set = (at: number, part: Partial<Step>) => setForm({ ...form, steps: form.steps.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  const isReady = form.name.trim() !== '' && !unfinished(tree) && form.steps.length > 0 && form.steps.every((step) => step.what.trim() !== '');
  const submit = () => {
    const steps = form.steps.map((step) => ({ ...step, what: step.what.trim(), text: step.text?.trim() || null }));
    put({ ...form, name: form.name.trim(), when: toCriteria(tree), steps });
    close();
  };
  return (
    <FormDialog
      title={isNew ? 'Add a playbook' : `Change “${playbook.name}”`}
      size={820}
      verb={isNew ? 'Add' : 'Keep'}
      submit={submit}
      close={close}
      disabled={!isReady}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={120}
        placeholder="Asked for a quote"
        value={form.name}
        onChange={(event) => setForm({ ...form, name: event.currentTarget.value })}
      />
      <CriteriaEditor tree={tree} fields={fields as FieldChoice[]} onChange={setTree} />
      {form.steps.map((step, at) => (
        <fieldset key={step.id} className={css.step}>
          <legend>Step {at + 1}</legend>
          <FormGrid>
            <TextInput
              label="What is to be done"
              required
              maxLength={200}
              placeholder="Call about the quote"
              value={step.what}
              onChange={(event) => set(at, { what: event.currentTarget.value })}
            />
            <Select
              label="How"
              allowDeselect={false}
              data={Object.entries(channelWords).map(([value, label]) => ({ value, label }))}
              value={step.channel}
              onChange={(channel) => channel && set(at, { channel: channel as Step['channel'] })}
            />
            <NumberInput
              label="Working days after it was given"
              min={0}
              max={250}
              value={step.afterDays}
              onChange={(value) => set(at, { afterDays: Math.round(Number(value)) || 0 })}
            />
            <NumberInput
              label="Attempts, until somebody is reached"
              min={1}
              max={10}
              value={step.attempts}
              onChange={(value) => set(at, { attempts: Math.max(1, Math.round(Number(value)) || 1) })}
            />
            {step.attempts > 1 && (
              <NumberInput
                label="Working days between them"
                min={1}
                max={60}
                value={step.everyDays}
                onChange={(value) => set(at, { everyDays: Math.max(1, Math.round(Number(value)) || 1) })}
              />
            )}
          </FormGrid>
          <Textarea
            label="What to say or write (optional)"
            autosize
            minRows={1}
            maxRows={8}
            maxLength={5000}
            value={step.text ?? ''}
            onChange={(event) => set(at, { text: event.currentTarget.value })}
          />
          {form.steps.length > 1 && (
            <Row end>
              <Chip aria-label={`Take out step ${at + 1}`} onClick={() => setForm({ ...form, steps: form.steps.filter((_, i) => i !== at) })}>
                Take out
              </Chip>
            </Row>
          )}
        </fieldset>
      ))}
      <Row>
        <Button variant="default" onClick={() => setForm({ ...form, steps: [...form.steps, blankStep(form.steps.at(-1))] })}>
          Add a step
        </Button>
      </Row>
      {unfinished(tree) && <Note tone="warn">A condition has no value yet, so it could never hold. Give it one, or take it out.</Note>}
    </FormDialog>
  );
}
