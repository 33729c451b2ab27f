import { Button, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import type { Item } from '../../api/contract.ts';
import { useSend } from '../../api/hooks.ts';
import { useCountries } from '../../ui/countries.ts';
import { useFormat } from '../../ui/format.ts';
import { useSession } from '../../api/session.ts';
import { A, Card, Chip, ErrorNote, FormGrid, MoneyInput, Note, Row, Stack, Wide } from '../../ui/index.tsx';
import { Problems } from './RegistrationCard.tsx';

type Registration = Item<'GET /v1/registrations'>;
const blank = {
  name: '',
  organization: '',
  email: '',
  phone: '',
  city: '',
  country: '',
  wants: '',
  expectedMinor: null as number | null,
  currency: null as string | null,
};

/** Who it is and what they want; what came of it is said under the form, at once. `was`: what came of the one before, which was mended. */
export function RegistrationForm({ mends, was, done }: { mends?: Registration; was?: Registration | undefined; done: (was?: Registration) => void }) {
  const { workspace } = useSession();
  const countries = useCountries();
  const [form, setForm] = useState({
    ...blank,
    country: workspace.country ?? '',
    ...mends?.said,
    ...(mends ? { expectedMinor: mends.expectedMinor, currency: mends.currency } : {}),
  });
  const [outcome, setOutcome] = useState(was);
  const settle = (now: Registration) => {
    setOutcome(now);
    if (now.state === 'incomplete') return;
    setForm({ ...blank, country: form.country });
    if (mends) done(now);
  };
  const stale = ['/v1/registrations', '/v1/queue', '/v1/leads'];
  const add = useSend('POST /v1/registrations', { stale, done: settle });
  const change = useSend('PUT /v1/registrations/:id', { stale, done: settle });
  // What is not complete is kept already: sent again it is mended, not made anew.
  const same = mends?.id ?? (outcome?.state === 'incomplete' ? outcome.id : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (same) change.mutate({ params: { id: same }, body: form });
    else add.mutate({ body: form });
  };
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const text = (key: 'name' | 'organization' | 'email' | 'phone' | 'city', label: string, type = 'text') => (
    <TextInput
      label={label}
      type={type === 'email' ? 'text' : type}
      inputMode={type === 'email' ? 'email' : undefined}
      autoComplete="off"
      // Opened from the list below it, the form comes into sight.
      autoFocus={key === 'name' && mends !== undefined}
      maxLength={300}
      value={form[key]}
      onChange={(event) => set({ [key]: event.currentTarget.value })}
    />
  );
  return (
    <Card title={mends ? 'Mend a registration' : 'Who is it?'} quiet>
      <form onSubmit={submit} noValidate>
        <Stack>
          <FormGrid>
            {text('name', 'Person')}
            {text('organization', 'Company')}
            {text('email', 'Mail', 'email')}
            {text('phone', 'Phone', 'tel')}
            {text('city', 'City')}
            <Select
              label="Country"
              searchable
              clearable
              data={countries.options}
              value={form.country || null}
              onChange={(value) => set({ country: value ?? '' })}
            />
            <Wide>
              <Textarea
                label="What do they want?"
                autosize
                minRows={2}
                maxLength={4000}
                value={form.wants}
                onChange={(event) => set({ wants: event.currentTarget.value })}
              />
            </Wide>
            <MoneyInput
              label="What it may be worth"
              minor={form.expectedMinor}
              currency={form.currency}
              onMinor={(expectedMinor) => set({ expectedMinor })}
            />
          </FormGrid>
          {outcome && <Outcome outcome={outcome} />}
          <ErrorNote error={add.error ?? change.error} />
          <Row end>
            {mends && <Chip onClick={() => done()}>Leave it</Chip>}
            <Button type="submit" loading={add.isPending || change.isPending}>
              Register
            </Button>
          </Row>
        </Stack>
      </form>
    </Card>
  );
}

function Outcome({ outcome }: { outcome: Registration }) {
  const format = useFormat();
  if (outcome.state === 'incomplete')
    return (
      <div role="status">
        <Problems of={outcome.problems} />
      </div>
    );
  if (outcome.state === 'granted')
    return (
      <Note tone="good">
        <span role="status">
          It is yours, and kept for you until {format.date(outcome.protectedUntil)}. <A to={`/leads/${outcome.leadId}`}>Open the lead</A>
        </span>
      </Note>
    );
  return (
    <Note tone="warn">
      <span role="status">
        {outcome.heldByName ? `Held by ${outcome.heldByName}.` : 'Somebody has to look at it.'} It is kept; the company decides and tells
        you by mail.
      </span>
    </Note>
  );
}
