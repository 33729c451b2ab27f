import { Button, Modal, MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useSend } from '../../api/hooks.ts';
import { useHolders } from '../../api/options.ts';
import { useCountries } from '../../ui/countries.ts';
import { useFormat } from '../../ui/format.ts';
import { ErrorNote, FormGrid, Icon, Note, Row, Stack, Wide } from '../../ui/index.tsx';
import css from './distribute.module.css';
import { rangesToText, rulesInWords, textToRanges, type Territory } from './territory-words.ts';

export function TerritoryForm({ territory, close }: { territory?: Territory; close: () => void }) {
  const format = useFormat();
  const countries = useCountries();
  const workers = useHolders(['rep', 'partner']);
  const [form, setForm] = useState({
    name: territory?.name ?? '',
    rules: territory?.rules ?? {},
    overflow: territory?.overflow ?? false,
    active: territory?.active ?? true,
    holders: (territory?.holders ?? []).map((one) => ({ holderId: one.holderId, name: one.name, weight: one.weight })),
  });
  const [ranges, setRanges] = useState(rangesToText(form.rules.postalRanges));
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const rule = (patch: Partial<Territory['rules']>) => set({ rules: { ...form.rules, ...patch } });
  const stale = ['/v1/territories', '/v1/holders'];
  const add = useSend('POST /v1/territories', { stale, done: close });
  const change = useSend('PATCH /v1/territories/:id', { stale, done: close });
  const sum = form.holders.reduce((total, one) => total + one.weight, 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const full = (list: string[] | undefined) => (list && list.length > 0 ? list : undefined);
    const postalRanges = textToRanges(ranges);
    const body = {
      name: form.name,
      rules: {
        countries: full(form.rules.countries),
        states: full(form.rules.states),
        verticals: full(form.rules.verticals),
        postalRanges: postalRanges.length > 0 ? postalRanges : undefined,
      },
      overflow: form.overflow,
      active: form.active,
      holders: form.holders.map(({ holderId, weight }) => ({ holderId, weight })),
    };
    if (territory) change.mutate({ params: { id: territory.id }, body });
    else add.mutate({ body });
  };
  return (
    <Modal opened onClose={close} title={territory ? `Change ${territory.name}` : 'Add a territory'} size={680} data-overlay-open>
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            label="Name"
            required
            data-autofocus
            value={form.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <FormGrid>
            <Wide>
              <MultiSelect
                label="Countries"
                description="Each kind given must hold; within one kind any will do. Nothing given: everything."
                searchable
                data={countries.options}
                value={form.rules.countries ?? []}
                onChange={(value) => rule({ countries: value })}
              />
            </Wide>
            <TagsInput
              label="States or regions"
              value={form.rules.states ?? []}
              onChange={(states) => rule({ states })}
              acceptValueOnBlur
            />
            <TagsInput
              label="Verticals"
              value={form.rules.verticals ?? []}
              onChange={(verticals) => rule({ verticals })}
              acceptValueOnBlur
            />
            <Wide>
              <Textarea
                label="Postal codes"
                description="A range a line: 1000-3999, or with its country: DE 70000-79999."
                autosize
                minRows={2}
                value={ranges}
                onChange={(event) => {
                  setRanges(event.currentTarget.value);
                  rule({ postalRanges: textToRanges(event.currentTarget.value) });
                }}
              />
            </Wide>
          </FormGrid>
          <Note>
            Covers <b className="strong">{rulesInWords(form.rules, countries.name)}</b>.
          </Note>
          <fieldset style={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: 8 }}>
            <legend className="strong" style={{ padding: 0, marginBottom: 6 }}>
              Who works it
            </legend>
            {form.holders.map((one, at) => (
              <div key={one.holderId} className={css.holders}>
                <span>{one.name}</span>
                <NumberInput
                  aria-label={`Share of ${one.name}`}
                  hideControls
                  min={0}
                  value={one.weight}
                  onChange={(weight) =>
                    set({ holders: form.holders.map((other, index) => (index === at ? { ...other, weight: Number(weight) || 0 } : other)) })
                  }
                />
                <span className="dim num">{format.percent(sum > 0 ? one.weight / sum : 0, 0)}</span>
                <button
                  type="button"
                  aria-label={`Take ${one.name} out`}
                  style={{ border: 0, background: 'none', cursor: 'pointer', color: 'var(--ink-2)' }}
                  onClick={() => set({ holders: form.holders.filter((_other, index) => index !== at) })}
                >
                  <Icon name="close" size={14} />
                </button>
              </div>
            ))}
            <Select
              aria-label="Add a rep or partner"
              placeholder="Add a rep or partner"
              searchable
              data={workers
                .filter((one) => !form.holders.some((other) => other.holderId === one.value))
                .map(({ value, label }) => ({ value, label }))}
              value={null}
              onChange={(value) => {
                const found = workers.find((one) => one.value === value);
                if (found) set({ holders: [...form.holders, { holderId: found.value, name: found.label, weight: 1 }] });
              }}
            />
          </fieldset>
          <Switch
            label="When everybody here is full or away, try the next territory that covers the lead"
            checked={form.overflow}
            onChange={(event) => set({ overflow: event.currentTarget.checked })}
          />
          <Switch label="In use" checked={form.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
          <ErrorNote error={add.error ?? change.error} />
          <Row end>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending} disabled={!form.name.trim()}>
              {territory ? 'Save' : 'Add'}
            </Button>
          </Row>
        </Stack>
      </form>
    </Modal>
  );
}
