import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useHolders, usePrograms, useSegments } from '../../api/options.ts';
import { useGo } from '../../shell/address.ts';
import { useCountries } from '../../ui/countries.ts';
import { FormDialog, FormGrid, Wide, toast } from '../../ui/index.tsx';
import type { Script } from './calling-words.ts';

const grades = [
  { value: 'hot', label: 'Hot' },
  { value: 'warm', label: 'Warm' },
  { value: 'cold', label: 'Cold' },
];

/** Which open leads are called, with which script, when and how often. */
export function CallListForm({ scripts, close }: { scripts: Script[]; close: () => void }) {
  const go = useGo();
  const programs = usePrograms();
  const people = useSegments('person');
  const organizations = useSegments('organization');
  const holders = useHolders(['rep', 'partner', 'desk', 'nurture']);
  const imports = useApi('GET /v1/imports', { query: { limit: 50 } }, { staleTime: 60_000 });
  const countries = useCountries();
  const [form, setForm] = useState({
    name: '',
    scriptId: scripts[0]?.id ?? '',
    segmentId: null as string | null,
    programId: null as string | null,
    importId: null as string | null,
    holderId: null as string | null,
    grade: null as 'hot' | 'warm' | 'cold' | null,
    country: null as string | null,
    fromHour: 8,
    untilHour: 20,
    perDayMost: 2,
    attemptsMost: 6,
    dealAnew: false,
  });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const make = useSend('POST /v1/calling/lists', {
    stale: ['/v1/calling'],
    done: (list) => {
      toast({
        message: `${list.leads} leads to call${list.leftOut > 0 ? `; ${list.leftOut} were left out, because they may not be called or have no number` : ''}.`,
        tone: 'good',
      });
      close();
      go(`/calling/${list.id}`);
    },
  });
  const submit = () => {
    const { segmentId, programId, importId, holderId, grade, country, ...terms } = form;
    make.mutate({ body: { ...terms, chosen: { segmentId, programId, importId, holderId, grade, country } } });
  };
  const hour = (key: 'fromHour' | 'untilHour' | 'perDayMost' | 'attemptsMost', label: string, min: number, max: number) => (
    <NumberInput
      label={label}
      min={min}
      max={max}
      value={form[key]}
      onChange={(value) => set({ [key]: Math.min(max, Math.max(min, Math.round(Number(value)) || min)) })}
    />
  );
  const choice = (
    key: 'segmentId' | 'programId' | 'importId' | 'holderId' | 'country',
    label: string,
    data: { value: string; label: string }[],
  ) => (
    <Select
      label={label}
      placeholder="Any"
      clearable
      searchable
      data={data}
      value={form[key]}
      onChange={(value) => set({ [key]: value })}
    />
  );
  return (
    <FormDialog
      title="New calling list"
      size={720}
      verb="Make the list"
      submit={submit}
      close={close}
      pending={make.isPending}
      disabled={!form.name.trim() || !form.scriptId}
      error={make.error}
    >
      <FormGrid>
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={200}
          placeholder="Fair visitors, first call"
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label="Script"
          allowDeselect={false}
          data={scripts.map(({ id, name }) => ({ value: id, label: name }))}
          value={form.scriptId}
          onChange={(value) => set({ scriptId: value ?? '' })}
        />
        {choice('programId', 'Open leads of the program', programs)}
        {choice('segmentId', 'Of people or companies in the segment', [...people, ...organizations])}
        {choice(
          'importId',
          'That came with the file',
          (imports.data?.items ?? [])
            .filter(({ kind }) => kind === 'inquiries')
            .map(({ id, fileName }) => ({ value: id, label: fileName })),
        )}
        {choice('holderId', 'That are with', holders)}
        <Select
          label="Graded"
          placeholder="Any"
          clearable
          data={grades}
          value={form.grade}
          onChange={(value) => set({ grade: value as typeof form.grade })}
        />
        {choice('country', 'In the country', countries.options)}
        {hour('fromHour', 'From (hour, where they are)', 0, 23)}
        {hour('untilHour', 'Until (hour, where they are)', 1, 24)}
        {hour('perDayMost', 'Calls to one in a day, at most', 1, 10)}
        {hour('attemptsMost', 'Attempts until it is let go', 1, 20)}
        <Wide>
          <Switch
            label="Deal qualified leads anew"
            description="Whoever is qualified goes to who should have it by your rules, also where somebody has the lead. Else only what waits at the desk or is kept warm is dealt; holders find theirs in their queue."
            checked={form.dealAnew}
            onChange={(event) => set({ dealAnew: event.currentTarget.checked })}
          />
        </Wide>
      </FormGrid>
    </FormDialog>
  );
}
