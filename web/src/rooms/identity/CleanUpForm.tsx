import { Autocomplete, TextInput } from '@mantine/core';
import { useState, type FormEvent, type KeyboardEvent } from 'react';
import { useApi } from '../../api/hooks.ts';
import { useCountries } from '../../ui/countries.ts';
import { DecideBar } from '../../ui/decide.tsx';
import { Badge, Card, Kbd, Stack } from '../../ui/index.tsx';
import type { Step, Waiting } from './CleanUp.tsx';

type Values = NonNullable<Step['values']>;
type Field = keyof Values;

interface Asked {
  field: Field;
  label: string;
  why: string | null;
  type?: string;
  hint?: string | null;
}

/** What to type for each thing that is wanted. */
function inputsOf({ wanted, person }: Waiting): Asked[] {
  return wanted.flatMap(({ field, why }): Asked[] => {
    switch (field) {
      case 'mail':
        return [{ field: 'email', label: 'Mail', why, type: 'email', hint: person.email }];
      case 'phone':
        return [{ field: 'phone', label: 'Phone', why, type: 'tel', hint: person.phone }];
      case 'name':
        return [
          { field: 'givenName', label: 'First name', why, hint: person.givenName },
          { field: 'familyName', label: 'Last name', why: null, hint: person.familyName },
        ];
      case 'organization':
        return [{ field: 'organization', label: 'Company', why }];
      case 'country':
        return [{ field: 'country', label: 'Country', why }];
      case 'title':
        return [{ field: 'title', label: 'Position', why }];
      case 'postcode':
        return [
          { field: 'postalCode', label: 'Postcode', why, hint: person.postalCode },
          ...(person.city ? [] : [{ field: 'city' as const, label: 'City', why: null }]),
        ];
    }
  });
}
const saidBy: Partial<Record<Field, Waiting['wanted'][number]['field']>> = { email: 'mail', phone: 'phone', givenName: 'name', familyName: 'name', organization: 'organization', country: 'country', title: 'title', postalCode: 'postcode' };

/** Enter saves and goes on; nothing needs the mouse. */
export function CleanUpForm({ one, busy, step, skip, undo }: { one: Waiting; busy: boolean; step: (body: Step, sentence: string) => void; skip: () => void; undo: () => void }) {
  const [values, setValues] = useState<Values>({});
  const countries = useCountries();
  const company = values.organization?.trim() ?? '';
  const found = useApi('GET /v1/search', { query: { q: company, limit: 6 } }, { enabled: company.length > 1, staleTime: 60_000 });
  const typed = Object.entries(values).filter(([, value]) => value?.trim());
  const save = (unknown: boolean) => {
    const said = new Set(typed.map(([field]) => saidBy[field as Field]));
    const missing = one.wanted.map(({ field }) => field).filter((field) => !said.has(field));
    if (typed.length === 0 && !unknown) return;
    const parts = [typed.length > 0 ? `${typed.length === 1 ? 'One value' : `${typed.length} values`} of ${one.person.name} saved` : '', unknown && missing.length > 0 ? `${missing.length} not known` : ''];
    step({ ...(typed.length > 0 ? { values: Object.fromEntries(typed) } : {}), ...(unknown ? { unknown: missing } : {}) }, `${parts.filter(Boolean).join(', ')}.`.replace(/^\d+ not known/, (text) => `Of ${one.person.name} ${text}`));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save(false);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const run = event.altKey ? { KeyN: () => save(true), KeyU: undo, KeyS: skip }[event.code] : undefined;
    if (!run) return;
    event.preventDefault();
    run();
  };
  const set = (field: Field) => (value: string) => setValues((was) => ({ ...was, [field]: value }));
  return (
    <form onSubmit={submit} aria-label={`What is missing of ${one.person.name}`}>
      <Card title={one.person.name} side={[one.person.title, one.person.organization?.name].filter(Boolean).join(' · ')}>
        <Stack gap={12}>
          {inputsOf(one).map(({ field, label, why, type, hint }, at) => {
            const common = { label, value: values[field] ?? '', placeholder: hint ? `now: ${hint}` : undefined, 'data-autofocus': at === 0 || undefined, autoFocus: at === 0, autoComplete: 'off', onKeyDown };
            return (
              <div key={field}>
                {why && <Wrong why={why} />}
                {field === 'organization' ? (
                  <Autocomplete {...common} data={[...new Set((found.data?.organizations ?? []).map(({ name }) => name))]} onChange={set(field)} filter={({ options }) => options} />
                ) : field === 'country' ? (
                  <Autocomplete {...common} data={countries.options.map((option) => option.label)} limit={6} onChange={set(field)} />
                ) : (
                  <TextInput {...common} type={type} onChange={(event) => set(field)(event.currentTarget.value)} />
                )}
              </div>
            );
          })}
          <DecideBar many>
            <button type="submit" data-tone="good" disabled={busy || typed.length === 0}>
              Save, next <Kbd>↵</Kbd>
            </button>
            <button type="button" onClick={() => save(true)} disabled={busy} aria-keyshortcuts="Alt+N">
              {typed.length > 0 ? 'Save, rest not known' : 'Not known'} <Kbd>alt n</Kbd>
            </button>
            <button type="button" onClick={skip} disabled={busy} aria-keyshortcuts="Alt+S">
              Skip <Kbd>alt s</Kbd>
            </button>
            <button type="button" onClick={undo} disabled={busy} aria-keyshortcuts="Alt+U">
              Undo <Kbd>alt u</Kbd>
            </button>
          </DecideBar>
          <p className="dim">What nobody knows is not asked for again for 90 days; whom you skip comes back tomorrow. Everything can be undone.</p>
        </Stack>
      </Card>
    </form>
  );
}

const Wrong = ({ why }: { why: string }) => (
  <span style={{ display: 'block', marginBottom: 4 }}>
    <Badge tone="hot">Bad</Badge> <span className="dim">{why}</span>
  </span>
);
