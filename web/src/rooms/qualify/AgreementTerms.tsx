import { Button, NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import { BusinessMinutes } from '../../ui/BusinessMinutes.tsx';
import { CriteriaEditor } from '../../ui/criteria/CriteriaEditor.tsx';
import { toCriteria, toTree, unfinished } from '../../ui/criteria/criteria-tree.ts';
import { FormGrid, GradeBadge, Note, Row, Stack } from '../../ui/index.tsx';
import { type Kind, type Owed } from './agreement-words.ts';
import css from './agreement.module.css';

/** A number, or nothing said about it. */
export function OptionalNumber({
  label,
  description,
  value,
  onChange,
  max,
}: {
  label: string;
  description?: string;
  value: number | null;
  onChange: (value: number | null) => void;
  max?: number;
}) {
  return (
    <NumberInput
      label={label}
      description={description}
      placeholder="nothing promised"
      min={0}
      max={max}
      hideControls
      allowDecimal={max === 100}
      value={value ?? ''}
      onChange={(typed) => onChange(typed === '' ? null : Number(typed))}
    />
  );
}

/** The kinds of leads sales wants, in what number and mix. */
export function AgreementKinds({ kinds, onChange }: { kinds: Kind[]; onChange: (kinds: Kind[]) => void }) {
  const put = (at: number, patch: Partial<Kind>) => onChange(kinds.map((kind, i) => (i === at ? { ...kind, ...patch } : kind)));
  return (
    <Stack>
      {kinds.length === 0 && <p className="dim">No kind is named: sales takes leads as they come.</p>}
      {kinds.map((kind, at) => (
        <div key={kind.id} className={css.kind} role="group" aria-label={kind.name || 'A kind of lead'}>
          <FormGrid>
            <TextInput
              label="Name"
              required
              maxLength={120}
              placeholder="Ready to buy"
              value={kind.name}
              onChange={(event) => put(at, { name: event.currentTarget.value })}
            />
            <Select
              label="Grade"
              allowDeselect={false}
              data={[
                { value: '', label: 'any grade' },
                { value: 'hot', label: 'hot' },
                { value: 'warm', label: 'warm' },
                { value: 'cold', label: 'cold' },
              ]}
              value={kind.grade ?? ''}
              onChange={(grade) => put(at, { grade: grade || null })}
            />
            <OptionalNumber label="A month, at least" value={kind.leadsMin} onChange={(leadsMin) => put(at, { leadsMin })} />
            <OptionalNumber label="A month, at most" value={kind.leadsMax} onChange={(leadsMax) => put(at, { leadsMax })} />
            <OptionalNumber label="Of all leads, at least (%)" max={100} value={kind.sharePercent} onChange={(sharePercent) => put(at, { sharePercent })} />
          </FormGrid>
          <KindConditions kind={kind} onChange={(where) => put(at, { where })} />
          <Row end>
            <Button variant="subtle" size="xs" onClick={() => onChange(kinds.filter((_, i) => i !== at))}>
              Remove “{kind.name || 'this kind'}”
            </Button>
          </Row>
        </div>
      ))}
      <Row>
        <Button
          variant="default"
          onClick={() =>
            onChange([...kinds, { id: crypto.randomUUID(), name: '', grade: kinds.length === 0 ? 'hot' : null, where: null, leadsMin: null, leadsMax: null, sharePercent: null }])
          }
        >
          Add a kind of lead
        </Button>
      </Row>
    </Stack>
  );
}

function KindConditions({ kind, onChange }: { kind: Kind; onChange: (where: Kind['where']) => void }) {
  const [tree, setTree] = useState(() => (kind.where ? toTree(kind.where) : null));
  const fields = useApi('GET /v1/segments/fields', { query: { subject: 'lead' } }, { staleTime: 300_000, enabled: tree !== null });
  return (
    <Stack gap={8}>
      <Switch
        label="Only of people and companies that fit conditions"
        checked={tree !== null}
        onChange={(event) => {
          setTree(event.currentTarget.checked ? toTree({ all: [] }) : null);
          onChange(null);
        }}
      />
      {tree && fields.data && (
        <CriteriaEditor
          tree={tree}
          fields={fields.data.items}
          onChange={(next) => {
            setTree(next);
            onChange(unfinished(next) || next.children.length === 0 ? null : toCriteria(next));
          }}
        />
      )}
      {tree && unfinished(tree) && <Note tone="warn">A condition has no value yet: it does not count until it has one.</Note>}
    </Stack>
  );
}

/** What a holder owes each lead of a grade. */
export function AgreementOwed({ grade, owed, onChange }: { grade: 'hot' | 'warm' | 'cold'; owed: Owed; onChange: (owed: Owed) => void }) {
  const set = (patch: Partial<Owed>) => onChange({ ...owed, ...patch });
  const time = (label: string, value: number, put: (value: number) => void) => (
    <div>
      <span className={css.label} aria-hidden>
        {label}
      </span>
      <BusinessMinutes label={`${grade}, ${label.toLowerCase()}`} value={value} onChange={put} />
    </div>
  );
  return (
    <div className={css.owed} role="group" aria-label={`What a ${grade} lead is owed`}>
      <div>
        <GradeBadge grade={grade} />
      </div>
      {time('Accepted or declined within', owed.acceptMinutes, (acceptMinutes) => set({ acceptMinutes }))}
      {time('Contacted, from accepting, within', owed.contactMinutes, (contactMinutes) => set({ contactMinutes }))}
      <Stack gap={6}>
        <Switch
          label="A verdict is promised"
          aria-label={`${grade}: a verdict is promised`}
          checked={owed.verdictMinutes !== null}
          onChange={(event) => set({ verdictMinutes: event.currentTarget.checked ? 4800 : null })}
        />
        {owed.verdictMinutes !== null && time('Judged, from accepting, within', owed.verdictMinutes, (verdictMinutes) => set({ verdictMinutes }))}
      </Stack>
      <Stack gap={6}>
        <Switch
          label="Attempts are promised"
          aria-label={`${grade}: attempts are promised`}
          checked={owed.attempts !== null}
          onChange={(event) => set(event.currentTarget.checked ? { attempts: 3, attemptsMinutes: 2400 } : { attempts: null, attemptsMinutes: null })}
        />
        {owed.attempts !== null && owed.attemptsMinutes !== null && (
          <>
            <NumberInput label="Tried at least (times)" aria-label={`${grade}: tried at least`} min={1} max={50} value={owed.attempts} onChange={(value) => set({ attempts: Number(value) || 1 })} />
            {time('From accepting, within', owed.attemptsMinutes, (attemptsMinutes) => set({ attemptsMinutes }))}
          </>
        )}
      </Stack>
    </div>
  );
}
