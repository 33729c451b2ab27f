import { Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import { useCountries } from '../../ui/countries.ts';
import { useFormat } from '../../ui/format.ts';
import { FormDialog, FormGrid, Note } from '../../ui/index.tsx';
import { BusinessHours } from './BusinessHours.tsx';
import { HolderShares } from './HolderShares.tsx';
import { TerritoryAsks } from './TerritoryAsks.tsx';
import { rulesInWords, treeOf, type Territory } from './territory-words.ts';

export function TerritoryForm({ territory, all, close }: { territory?: Territory; all: readonly Territory[]; close: () => void }) {
  const countries = useCountries();
  const format = useFormat();
  const [form, setForm] = useState({
    parentId: territory?.parentId ?? null,
    name: territory?.name ?? '',
    rules: territory?.rules ?? {},
    accounts: territory?.accounts ?? [],
    overflow: territory?.overflow ?? false,
    waitMost: territory?.waitMost ?? null,
    active: territory?.active ?? true,
    startsOn: territory?.startsOn ?? null,
    endsOn: territory?.endsOn ?? null,
    holders: (territory?.holders ?? []).map((one) => ({ holderId: one.holderId, name: one.name, weight: one.weight })),
  });
  // Not itself, and nothing that lies under it.
  const parents = treeOf(all)
    .filter(({ one, above }) => one.id !== territory?.id && !above.some((id) => id === territory?.id))
    .map(({ one, above }) => ({ value: one.id, label: `${'  '.repeat(above.length)}${one.name}` }));
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const rule = (patch: Partial<Territory['rules']>) => set({ rules: { ...form.rules, ...patch } });
  const stale = ['/v1/territories', '/v1/holders'];
  const add = useSend('POST /v1/territories', { stale, done: close });
  const change = useSend('PATCH /v1/territories/:id', { stale, done: close });
  const submit = () => {
    const full = (list: string[] | undefined) => (list && list.length > 0 ? list : undefined);
    const given = <T extends object>(size: T | undefined) => (size && Object.values(size).some((end) => end !== undefined) ? size : undefined);
    const body = {
      parentId: form.parentId,
      name: form.name,
      rules: {
        countries: full(form.rules.countries),
        states: full(form.rules.states),
        verticals: full(form.rules.verticals),
        products: full(form.rules.products),
        counties: full(form.rules.counties),
        near: form.rules.near?.length ? form.rules.near : undefined,
        postalRanges: form.rules.postalRanges?.length ? form.rules.postalRanges : undefined,
        accounts: full(form.accounts.map(({ id }) => id)),
        employees: given(form.rules.employees),
        annualSales: given(form.rules.annualSales),
      },
      overflow: form.overflow,
      waitMost: form.overflow ? form.waitMost : null,
      active: form.active,
      startsOn: form.startsOn,
      endsOn: form.endsOn,
      holders: form.holders.map(({ holderId, weight }) => ({ holderId, weight })),
    };
    if (territory) change.mutate({ params: { id: territory.id }, body });
    else add.mutate({ body });
  };
  return (
    <FormDialog
      title={territory ? `Change ${territory.name}` : 'Add a territory'}
      size={680}
      verb={territory ? 'Save' : 'Add'}
      submit={submit}
      close={close}
      pending={add.isPending || change.isPending}
      disabled={!form.name.trim()}
      error={add.error ?? change.error}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        value={form.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      {parents.length > 0 && (
        <Select
          label="Lies under"
          description="What that one asks for must hold as well; a lead that falls in both is this one’s."
          placeholder="No other territory"
          clearable
          searchable
          data={parents}
          value={form.parentId}
          onChange={(parentId) => set({ parentId })}
        />
      )}
      <FormGrid>
        <TerritoryAsks rules={form.rules} accounts={form.accounts} rule={rule} setAccounts={(accounts) => set({ accounts })} />
      </FormGrid>
      <Note>
        Covers <b className="strong">{rulesInWords(form.rules, form.accounts, countries.name, format)}</b>.
      </Note>
      <HolderShares legend="Who works it" holders={form.holders} onChange={(holders) => set({ holders })} />
      <Switch
        label="When everybody here is full or away, try the next territory that covers the lead"
        checked={form.overflow}
        onChange={(event) => set({ overflow: event.currentTarget.checked })}
      />
      {form.overflow && (
        <BusinessHours
          label="But first wait (business hours of the company)"
          description="Empty: on at once."
          minutes={form.waitMost}
          onChange={(waitMost) => set({ waitMost })}
        />
      )}
      <FormGrid>
        <TextInput
          label="First day"
          description="Before it, it has no leads. Empty: always."
          type="date"
          value={form.startsOn ?? ''}
          onChange={(event) => set({ startsOn: event.currentTarget.value || null })}
        />
        <TextInput
          label="Last day"
          description="What was given stays where it is."
          type="date"
          value={form.endsOn ?? ''}
          onChange={(event) => set({ endsOn: event.currentTarget.value || null })}
        />
      </FormGrid>
      <Switch label="In use" checked={form.active} onChange={(event) => set({ active: event.currentTarget.checked })} />
    </FormDialog>
  );
}
