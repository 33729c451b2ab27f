import { NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { CriteriaEditor } from '../../ui/criteria/CriteriaEditor.tsx';
import { toCriteria, toTree, unfinished, type FieldChoice } from '../../ui/criteria/criteria-tree.ts';
import { FormDialog, FormGrid, Note } from '../../ui/index.tsx';
import { BusinessHours } from './BusinessHours.tsx';
import { chooses, givesIt, methods, pools, type Routing, type Rule, type Team } from './routing-words.ts';

const grades = ['hot', 'warm', 'cold'] as const;
const usual = { hot: 60, warm: 480, cold: 1440 };

/** One rule: whose leads, to whom, how one is chosen, by which clock, and what where nobody can. */
export function RuleForm({
  rule,
  isNew,
  routing,
  teams,
  put,
  close,
}: {
  rule: Rule;
  isNew: boolean;
  routing: Routing;
  teams: readonly Team[];
  put: (rule: Rule) => void;
  close: () => void;
}) {
  const [form, setForm] = useState(rule);
  const [tree, setTree] = useState(() => toTree(rule.when));
  const set = (patch: Partial<Rule>) => setForm((was) => ({ ...was, ...patch }));
  const { pool } = form;
  const pickPool = (kind: Rule['pool']['kind']) =>
    set({
      pool: kind === 'team' ? { kind, teamId: teams[0]?.id ?? '' } : kind === 'partners' ? { kind, tiers: [], byProduct: false } : { kind },
    });
  const isReady = form.name.trim() !== '' && !unfinished(tree) && (pool.kind !== 'team' || pool.teamId !== '');
  const submit = () => {
    put({ ...form, name: form.name.trim(), when: toCriteria(tree) });
    close();
  };
  return (
    <FormDialog
      title={isNew ? 'Add a rule' : `Change “${rule.name}”`}
      size={760}
      verb={isNew ? 'Add to the draft' : 'Keep'}
      submit={submit}
      close={close}
      disabled={!isReady}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={120}
        placeholder="Hot leads to the inside team"
        value={form.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <CriteriaEditor tree={tree} fields={routing.fields as FieldChoice[]} onChange={setTree} />
      <FormGrid>
        <Select label="Goes to" allowDeselect={false} data={pools} value={pool.kind} onChange={(value) => value && pickPool(value)} />
        {pool.kind === 'team' && (
          <Select
            label="Which team"
            allowDeselect={false}
            searchable
            data={teams.map((team) => ({ value: team.id, label: team.name }))}
            value={pool.teamId || null}
            onChange={(teamId) => set({ pool: { kind: 'team', teamId: teamId ?? '' } })}
            error={teams.length === 0 ? 'Add a team first, beside the rules.' : undefined}
          />
        )}
        {pool.kind === 'partners' && (
          <TagsInput
            label="Of which tiers"
            description="None: any partner."
            data={routing.tiers}
            value={pool.tiers}
            onChange={(tiers) => set({ pool: { ...pool, tiers } })}
            acceptValueOnBlur
          />
        )}
        {chooses(pool) && (
          <Select
            label="How one is chosen"
            description={methods.find((one) => one.value === form.method)?.note}
            allowDeselect={false}
            data={methods.map(({ value, label }) => ({ value, label }))}
            value={form.method}
            onChange={(method) => method && set({ method })}
          />
        )}
        {givesIt(pool) && (
          <Select
            label="When nobody of them can"
            allowDeselect={false}
            data={[
              { value: 'next', label: 'On to the next rule' },
              { value: 'wait', label: 'It waits for them' },
            ]}
            value={form.otherwise}
            onChange={(otherwise) => otherwise && set({ otherwise, waitMost: null })}
          />
        )}
        {givesIt(pool) && form.otherwise === 'wait' && (
          <BusinessHours
            label="At most (business hours)"
            description="Of the company. Then on to the next rule; empty: as long as it takes."
            minutes={form.waitMost ?? null}
            onChange={(waitMost) => set({ waitMost })}
          />
        )}
      </FormGrid>
      {pool.kind === 'partners' && (
        <>
          <Switch
            label="Only partners whose product lines take in the lead’s product"
            checked={pool.byProduct}
            onChange={(event) => set({ pool: { ...pool, byProduct: event.currentTarget.checked } })}
          />
          <TagsInput
            label="Only partners with all these certificates"
            description="None: whatever they hold. One that has ended does not count."
            data={routing.certificates}
            value={pool.certificates ?? []}
            onChange={(certificates) => set({ pool: { ...pool, certificates } })}
            acceptValueOnBlur
          />
        </>
      )}
      <Switch
        label="Asked before the named owner and existing relationships"
        checked={form.first}
        onChange={(event) => set({ first: event.currentTarget.checked })}
      />
      {givesIt(pool) && (
        <Switch
          label="A clock of its own, instead of the company’s promise"
          checked={form.promise !== null}
          onChange={(event) => set({ promise: event.currentTarget.checked ? usual : null })}
        />
      )}
      {form.promise && givesIt(pool) && (
        <FormGrid>
          {grades.map((grade) => (
            <NumberInput
              key={grade}
              label={`Business minutes to accept, ${grade}`}
              hideControls
              min={1}
              max={100_000}
              value={form.promise?.[grade] ?? usual[grade]}
              onChange={(value) => set({ promise: { ...usual, ...form.promise, [grade]: Number(value) || 1 } })}
            />
          ))}
        </FormGrid>
      )}
      {unfinished(tree) && <Note tone="warn">A condition has no value yet, so it could never hold. Give it one, or take it out.</Note>}
    </FormDialog>
  );
}
