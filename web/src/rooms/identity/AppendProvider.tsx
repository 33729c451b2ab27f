import { MultiSelect, NumberInput, PasswordInput, Select, Switch, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { FormDialog, FormGrid, MoneyInput, Note, Wide } from '../../ui/index.tsx';
import type { Provider } from './Append.tsx';

type Service = NonNullable<Provider['service']>;
const noService: Service = { url: '', header: 'Authorization', fields: { person: [], organization: [] }, batch: 50, timeoutSeconds: 20, cacheDays: 90 };

/** A provider's terms; they hold from the next run on. */
export function AppendProvider({ one, close }: { one: Provider | undefined; close: () => void }) {
  const [name, setName] = useState(one?.name ?? '');
  const [priceThousandMinor, setPrice] = useState(one?.priceThousandMinor ?? 0);
  const [pricePer, setPer] = useState(one?.pricePer ?? 'hit');
  const [licenceDays, setDays] = useState(one?.licenceDays ?? null);
  const [confidence, setConfidence] = useState(one?.confidence ?? 0.8);
  const [service, setService] = useState<Service>(one?.service ?? noService);
  const [isAsked, setAsked] = useState(Boolean(one?.service));
  const [secret, setSecret] = useState('');
  const [budgetMinor, setBudget] = useState(one?.budgetMinor ?? null);
  const done = { stale: ['/v1/append'], done: close };
  const make = useSend('POST /v1/append/providers', done);
  const change = useSend('PATCH /v1/append/providers/:id', done);
  const submit = () => {
    const body = { name, priceThousandMinor, pricePer, licenceDays, confidence, budgetMinor, service: isAsked ? service : null, ...(secret === '' ? {} : { secret }) };
    if (one) change.mutate({ params: { id: one.id }, body });
    else make.mutate({ body });
  };
  return (
    <FormDialog
      title={one ? `Terms of ${one.name}` : 'Who gives values?'}
      size={600}
      verb="Save"
      submit={submit}
      close={close}
      pending={make.isPending || change.isPending}
      error={make.error ?? change.error}
    >
      <FormGrid>
        <TextInput label="Name" required maxLength={120} value={name} onChange={(event) => setName(event.currentTarget.value)} data-autofocus />
        <MoneyInput label="A thousand cost" min={0} currency={one?.currency ?? null} minor={priceThousandMinor} onMinor={(minor) => setPrice(minor ?? 0)} />
        <Select
          label="A thousand of what"
          data={[
            { value: 'hit', label: 'Hits: rows about somebody we asked for' },
            { value: 'row', label: 'Rows: whatever they give back' },
          ]}
          value={pricePer}
          allowDeselect={false}
          onChange={(value) => value && setPer(value)}
        />
        <NumberInput
          label="Values may be kept for"
          description="Then they are taken out again"
          placeholder="ever"
          suffix=" days"
          hideControls
          min={1}
          max={36_500}
          allowDecimal={false}
          value={licenceDays ?? ''}
          onChange={(value) => setDays(value === '' ? null : Number(value))}
        />
        <NumberInput
          label="How sure their values are"
          description="Where they say nothing of it"
          suffix=" %"
          hideControls
          min={0}
          max={100}
          value={Math.round(confidence * 100)}
          onChange={(value) => setConfidence(Number(value) / 100)}
        />
      </FormGrid>
      <Switch label="Asked over HTTP" description="A service that answers questions; docs/append.md says how" checked={isAsked} onChange={(event) => setAsked(event.currentTarget.checked)} />
      {isAsked && <ServiceTerms service={service} set={(patch) => setService((was) => ({ ...was, ...patch }))} secret={secret} setSecret={setSecret} hasSecret={one?.hasSecret ?? false} />}
      {isAsked && (
        <MoneyInput
          label="May cost a month"
          description="Then it is not asked any more until the next (UTC)"
          placeholder="No limit"
          min={0}
          currency={one?.currency ?? null}
          minor={budgetMinor}
          onMinor={setBudget}
        />
      )}
      {one && one.runs > 0 && <Note>What was appended before keeps the terms it came on.</Note>}
    </FormDialog>
  );
}

/** Where a service is asked, with which key, and for what. */
function ServiceTerms({ service, set, secret, setSecret, hasSecret }: { service: Service; set: (patch: Partial<Service>) => void; secret: string; setSecret: (text: string) => void; hasSecret: boolean }) {
  const known = useApi('GET /v1/append/fields', undefined, { staleTime: Infinity }).data?.items ?? [];
  const fieldsOf = (kind: 'person' | 'organization', label: string) => (
    <MultiSelect
      label={label}
      data={known.filter((one) => one.kind === kind).map((one) => ({ value: one.field, label: one.label }))}
      value={service.fields[kind]}
      onChange={(value) => set({ fields: { ...service.fields, [kind]: value } })}
    />
  );
  return (
    <FormGrid>
      <Wide>
        <TextInput label="Address" type="url" required placeholder="https://api.example.com/append" value={service.url} onChange={(event) => set({ url: event.currentTarget.value })} />
      </Wide>
      <TextInput label="Header of the key" required value={service.header} onChange={(event) => set({ header: event.currentTarget.value })} />
      <PasswordInput
        label="Key"
        description="The whole value of the header, kept sealed and never shown again; or env:NAME for one the installation keeps"
        placeholder={hasSecret ? 'Kept; type to replace it' : 'None'}
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
      />
      {fieldsOf('organization', 'Tells of companies')}
      {fieldsOf('person', 'Tells of people')}
      <NumberInput label="Questions a call" hideControls min={1} max={200} allowDecimal={false} value={service.batch} onChange={(value) => set({ batch: Number(value) || 1 })} />
      <NumberInput label="Waits for an answer" suffix=" seconds" hideControls min={1} max={120} allowDecimal={false} value={service.timeoutSeconds} onChange={(value) => set({ timeoutSeconds: Number(value) || 1 })} />
      <NumberInput label="Not asked the same again within" suffix=" days" hideControls min={0} max={3650} allowDecimal={false} value={service.cacheDays} onChange={(value) => set({ cacheDays: Number(value) || 0 })} />
    </FormGrid>
  );
}
