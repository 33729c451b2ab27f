import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { useCountries } from '../../ui/countries.ts';
import { CustomInputs, customPatch, useCustomFields, type CustomValues } from '../../ui/custom-fields.tsx';
import { FormDialog, FormGrid, toast } from '../../ui/index.tsx';

type Person = Answer<'GET /v1/people/:id'>;
const texts = [
  ['givenName', 'First name'],
  ['familyName', 'Last name'],
  ['title', 'Role'],
  ['email', 'Mail'],
  ['phone', 'Phone'],
  ['mobile', 'Mobile'],
  ['street', 'Street'],
  ['postalCode', 'Postal code'],
  ['city', 'City'],
  ['state', 'State'],
  ['language', 'Language'],
] as const;

export function PersonEdit({ person, close }: { person: Person; close: () => void }) {
  const countries = useCountries();
  const [form, setForm] = useState<Record<string, string>>(() =>
    Object.fromEntries([...texts.map(([name]) => name), 'country' as const].map((name) => [name, person.fields[name] ?? ''])),
  );
  const fields = useCustomFields('person');
  const [custom, setCustom] = useState(person.custom as CustomValues);
  const set = (patch: Record<string, string>) => setForm((was) => ({ ...was, ...patch }));
  const send = useSend('PATCH /v1/people/:id', {
    stale: ['/v1/people', '/v1/leads', '/v1/duplicates'],
    done: ({ changed }) => {
      close();
      if (changed.length > 0) toast({ message: `${person.name} is corrected.`, tone: 'good' });
    },
  });
  const submit = () => {
    const changed = Object.fromEntries(
      Object.entries(form)
        .map(([name, value]) => [name, value.trim() || null] as const)
        .filter(([name, value]) => value !== (person.fields[name as keyof Person['fields']] || null)),
    );
    const body = { ...changed, ...customPatch(fields, person.custom, custom) };
    if (Object.keys(body).length === 0) close();
    else send.mutate({ params: { id: person.id }, body });
  };
  return (
    <FormDialog
      title={`Correct what is known of ${person.name}`}
      size={600}
      verb="Save"
      submit={submit}
      close={close}
      pending={send.isPending}
      error={send.error}
    >
      <FormGrid>
        {texts.map(([name, label], at) => (
          <TextInput
            key={name}
            label={label}
            data-autofocus={at === 0 || undefined}
            value={form[name] ?? ''}
            onChange={(event) => set({ [name]: event.currentTarget.value })}
          />
        ))}
        <Select
          label="Country"
          searchable
          clearable
          data={countries.options}
          value={form['country'] || null}
          onChange={(value) => set({ country: value ?? '' })}
        />
        <CustomInputs fields={fields} values={custom} onChange={(patch) => setCustom((was) => ({ ...was, ...patch }))} />
      </FormGrid>
      <p className="dim">What you enter counts as confirmed: no form, file or service writes over it.</p>
    </FormDialog>
  );
}
