import { Checkbox, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Body } from '../../api/contract.ts';
import { useSend } from '../../api/hooks.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { useCountries } from '../../ui/countries.ts';
import { useCustomFields } from '../../ui/custom-fields.tsx';
import { useAskSoon } from '../../ui/ask-soon.ts';
import { BulkButton, BulkPreview } from '../../ui/BulkPreview.tsx';
import { plural } from '../../ui/format.ts';
import { A, Back, Card, ErrorNote, Note, Page, PageTitle, Split, Stack } from '../../ui/index.tsx';
import { clearFields, setFields, standardWords } from './bulk-words.ts';
import { Conditions } from '../../ui/Conditions.tsx';
import { whereOf } from './Level.tsx';

type Given = NonNullable<Body<'POST /v1/bulk'>>;
type Action = Given['action'];
type Standard = keyof typeof standardWords;

/** What to change, of whom, and what would come of it: nothing happens before it was seen. */
export default function BulkNew() {
  const go = useGo();
  const countries = useCountries();
  const [{ subject: of, ids, ...filters }] = useFilters();
  const subject = of === 'organization' ? 'organization' : 'person';
  // Amounts are entered in their own way, one by one.
  const custom = useCustomFields(subject).filter(({ type }) => type !== 'money');
  const [doing, setDoing] = useState<Action['do']>('set');
  const [field, setField] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const [what, setWhat] = useState<Standard[]>(['phones', 'places']);
  const selection = useMemo((): Given['selection'] => {
    if (ids) return { ids: ids.split(',') };
    const { q, country, organizationId, importId, segmentId, group, silent } = filters;
    return { filter: { q, country, organizationId, importId, segmentId, group, where: whereOf(filters), ...(silent ? { silent: silent === 'true' } : {}) } };
    // The texts stand for what they say.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ids, JSON.stringify(filters)]);
  const own = custom.find((one) => `custom.${one.key}` === field);
  const typed = own?.type === 'number' || field === 'employees' ? Number(value) : own?.type === 'boolean' || field === 'isCustomer' ? value === 'true' : value.trim();
  const isReady = doing === 'standardise' ? what.length > 0 : field !== null && (doing === 'clear' || value.trim() !== '');
  const action: Action | undefined = !isReady
    ? undefined
    : doing === 'standardise'
      ? { do: 'standardise', what }
      : own
        ? { do: 'custom', key: own.key, value: doing === 'clear' ? null : typed }
        : doing === 'clear'
          ? { do: 'clear', field: field! }
          : { do: 'set', field: field!, value: typed };
  const preview = useSend('POST /v1/bulk/preview');
  const { mutate: ask } = preview;
  useAskSoon(JSON.stringify({ subject, selection, action }), action && (() => ask({ body: { subject, selection, action } })));
  const send = useSend('POST /v1/bulk', { stale: ['/v1/bulk', '/v1/people', '/v1/organizations'], done: ({ id }) => go(`/bulk/${id}`, { replace: true }) });
  const found = action ? preview.data : undefined;
  const back = subject === 'person' ? { to: href('/people', filters), label: 'People' } : { to: href('/organizations', filters), label: 'Organizations' };
  const named = doing === 'clear' ? clearFields[subject] : setFields[subject];
  const fields = [...Object.entries(named).map(([key, label]) => ({ value: key, label })), ...custom.map((one) => ({ value: `custom.${one.key}`, label: `${one.label} (own field)` }))];
  const people = (n: number) => (subject === 'person' ? plural(n, 'person', 'people') : plural(n, 'company', 'companies'));
  return (
    <Page>
      <Back to={back.to}>{back.label}</Back>
      <PageTitle
        title="Change many at once"
        question={ids ? `Of the ${ids.split(',').length} ticked: what is changed?` : `Of everybody on the list you came from: what is changed?`}
        side={<A to="/bulk">What was changed before</A>}
      />
      {!ids && <Conditions subject={subject} />}
      <Split>
        <Card title="What is done">
          <Stack gap={12}>
            <SegmentedControl
              aria-label="What is done"
              value={doing}
              onChange={(next) => {
                setDoing(next);
                setField(null);
                setValue('');
              }}
              data={[
                { value: 'set', label: 'Set' },
                { value: 'clear', label: 'Clear' },
                { value: 'standardise', label: 'Write in one way' },
              ]}
            />
            {doing === 'standardise' ? (
              <Stack gap={8}>
                {(Object.keys(standardWords) as Standard[]).map((one) => (
                  <Checkbox key={one} label={standardWords[one]} checked={what.includes(one)} onChange={(event) => setWhat(event.currentTarget.checked ? [...what, one] : what.filter((other) => other !== one))} />
                ))}
                <p className="dim">What somebody confirmed stays as it is.</p>
              </Stack>
            ) : (
              <>
                <Select label="Field" searchable data={fields} value={field} onChange={(next) => (setField(next), setValue(''))} placeholder="Choose a field" />
                {doing === 'set' &&
                  field !== null &&
                  (field === 'country' || field === 'isCustomer' || own?.type === 'boolean' || own?.type === 'choice' ? (
                    <Select
                      label="To"
                      searchable
                      data={field === 'country' ? countries.options : own?.type === 'choice' ? own.choices : [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]}
                      value={value || null}
                      onChange={(next) => setValue(next ?? '')}
                    />
                  ) : (
                    <TextInput
                      label="To"
                      type={own?.type === 'date' ? 'date' : field === 'employees' || own?.type === 'number' ? 'number' : 'text'}
                      value={value}
                      onChange={(event) => setValue(event.currentTarget.value)}
                    />
                  ))}
              </>
            )}
            <ErrorNote error={send.error ?? preview.error} />
            <BulkButton found={found} isBusy={send.isPending} start={action && (() => send.mutate({ body: { subject, selection, action } }))} />
            <p className="dim">It works in the background, can be stopped, and can be undone exactly.</p>
          </Stack>
        </Card>
        <BulkPreview
          found={found}
          isPending={preview.isPending}
          hint="Say what is to be changed, and it is shown here first."
          noun={people}
          to={(one) => `/${subject === 'person' ? 'people' : 'organizations'}/${one.id}`}
          change={(one) => one.fields}
        >
          {found?.changing === 0 && <Note>It is so already, for everybody who was looked at.</Note>}
        </BulkPreview>
      </Split>
    </Page>
  );
}
