import { SegmentedControl, Select, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Body } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { useHolders } from '../../api/options.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useGo } from '../../shell/address.ts';
import { useCustomFields } from '../../ui/custom-fields.tsx';
import { useAskSoon } from '../../ui/ask-soon.ts';
import { BulkButton, BulkPreview } from '../../ui/BulkPreview.tsx';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Back, Card, ErrorNote, Note, Page, PageTitle, Split, Stack } from '../../ui/index.tsx';
import { Conditions } from '../../ui/Conditions.tsx';
import { useWhoFilters } from '../../ui/who-filters.ts';
import { leadQuery } from './lead-filters.ts';

type Given = NonNullable<Body<'POST /v1/lead-changes'>>;
type Action = Given['action'];
const verdicts = [
  { value: 'hot', label: 'Hot' },
  { value: 'warm', label: 'Warm: into nurture' },
  { value: 'bad', label: 'Bad' },
  { value: 'dont_know', label: 'Don’t know' },
];

/** What is done to the leads ticked, or to all that the list showed: seen first, then done in the background, and undone exactly. */
export default function LeadChangeNew() {
  const go = useGo();
  const format = useFormat();
  const session = useSession();
  const keeps = may(session, ['marketing', 'sales_manager']);
  const [{ ids, ...given }] = useFilters();
  const listed = useWhoFilters('lead', given).asked(given);
  const holders = useHolders(['rep', 'partner']);
  const choices = useApi('GET /v1/followup/choices', undefined, { staleTime: 300_000 });
  const questions = useApi('GET /v1/questions', undefined, { staleTime: 300_000 }).data?.questions ?? [];
  const own = {
    // Amounts are entered in their own way, one by one.
    person: useCustomFields('person').filter(({ type }) => type !== 'money'),
    organization: useCustomFields('organization').filter(({ type }) => type !== 'money'),
  };
  const [doing, setDoing] = useState<'give' | 'verdict' | 'field'>(keeps ? 'give' : 'verdict');
  const [what, setWhat] = useState<string | null>(null);
  const [value, setValue] = useState('');
  const selection = useMemo((): Given['selection'] => {
    if (ids) return { ids: ids.split(',') };
    const { sort: _sort, ...filter } = leadQuery(listed, format.today());
    return { filter };
    // The texts stand for what they say.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [ids, JSON.stringify(listed)]);
  const start = (next: typeof doing) => {
    setDoing(next);
    setWhat(null);
    setValue('');
  };
  const [of, key] = (what ?? '').split('.') as ['person' | 'organization' | 'answer', string];
  const field = of === 'person' || of === 'organization' ? own[of].find((one) => one.key === key) : undefined;
  const question = of === 'answer' ? questions.find((one) => one.key === key) : undefined;
  const action = actionOf();
  const preview = useSend('POST /v1/lead-changes/preview');
  const { mutate: ask } = preview;
  useAskSoon(JSON.stringify({ selection, action }), action && (() => ask({ body: { selection, action } })));
  const send = useSend('POST /v1/lead-changes', {
    stale: ['/v1/lead-changes', '/v1/bulk', '/v1/leads', '/v1/queue'],
    done: (made) => go(`/${made.of === 'lead' ? 'lead-changes' : 'bulk'}/${made.id}`, { replace: true }),
  });
  const found = action ? preview.data : undefined;

  function actionOf(): Action | undefined {
    if (what === null) return undefined;
    if (doing === 'give') return { do: 'give', to: what === 'desk' || what === 'routing' || what === 'others' ? what : { holderId: what }, note: value.trim() || null };
    if (doing === 'verdict') {
      if (what === 'bad' && value.trim() === '') return undefined;
      return { do: 'verdict', verdict: what as 'hot', ...(what === 'bad' ? { reason: value.trim() } : what === 'warm' && value ? { untilOn: value } : {}) };
    }
    const text = value.trim();
    if (of === 'answer') return { do: 'answer', question: key, value: text || null };
    if (!field) return undefined;
    return { do: 'custom', subject: of, key, value: text === '' ? null : field.type === 'number' ? Number(text) : field.type === 'boolean' ? text === 'true' : text };
  }
  const fieldGroups = [
    { group: 'Answers', items: questions.map((one) => ({ value: `answer.${one.key}`, label: one.label })) },
    ...(keeps
      ? [
          { group: 'Own fields of the people', items: own.person.map((one) => ({ value: `person.${one.key}`, label: one.label })) },
          { group: 'Own fields of their companies', items: own.organization.map((one) => ({ value: `organization.${one.key}`, label: one.label })) },
        ]
      : []),
  ].filter(({ items }) => items.length > 0);
  const pickable = field?.type === 'boolean' ? [{ value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }] : field?.type === 'choice' ? field.choices : question && question.choices.length > 0 ? question.choices : undefined;
  const asOf = (n: number) => (of === 'person' ? plural(n, 'person', 'people') : of === 'organization' ? plural(n, 'company', 'companies') : plural(n, 'lead'));
  return (
    <Page>
      <Back to={href('/leads', listed)}>Leads</Back>
      <PageTitle
        title="Change many leads"
        question={ids ? `Of the ${ids.split(',').length} ticked: what is done?` : 'Of all on the list you came from: what is done?'}
        side={<A to="/lead-changes">What was changed before</A>}
      />
      <Conditions subject="lead" />
      <Split>
        <Card title="What is done">
          <Stack gap={12}>
            <SegmentedControl
              aria-label="What is done"
              value={doing}
              onChange={(next) => start(next as typeof doing)}
              data={[...(keeps ? [{ value: 'give', label: 'Give' }] : []), { value: 'verdict', label: 'Judge' }, { value: 'field', label: 'Fill a field' }]}
            />
            {doing === 'give' && (
              <>
                <Select
                  label="To"
                  searchable
                  placeholder="Choose a holder"
                  data={[{ value: 'desk', label: 'The desk: call them back' }, { value: 'routing', label: 'Whoever the routing chooses' }, { value: 'others', label: 'Whoever else the routing chooses: recall them' }, ...holders.map((one) => ({ value: one.value, label: `${one.label} (${one.note?.toLowerCase()})` }))]}
                  value={what}
                  onChange={setWhat}
                />
                <TextInput label="Note for the new holder" value={value} onChange={(event) => setValue(event.currentTarget.value)} />
              </>
            )}
            {doing === 'verdict' && (
              <>
                <Select label="Verdict" placeholder="Choose a verdict" data={verdicts} value={what} onChange={(next) => (setWhat(next), setValue(''))} />
                {what === 'bad' && <Select label="Why" searchable data={choices.data?.badReasons ?? []} value={value || null} onChange={(next) => setValue(next ?? '')} />}
                {what === 'warm' && <TextInput label="Until" type="date" description="Without a day: as long as Settings say." value={value} onChange={(event) => setValue(event.currentTarget.value)} />}
                <p className="dim">A sale has a value of its own: it is noted on the lead.</p>
              </>
            )}
            {doing === 'field' && (
              <>
                <Select label="Field" searchable placeholder="Choose a field" data={fieldGroups} value={what} onChange={(next) => (setWhat(next), setValue(''))} />
                {what !== null &&
                  (pickable ? (
                    <Select label="To" searchable clearable placeholder="Nothing: clear it" data={pickable} value={value || null} onChange={(next) => setValue(next ?? '')} />
                  ) : (
                    <TextInput label="To" placeholder="Nothing: clear it" type={field?.type === 'date' ? 'date' : field?.type === 'number' ? 'number' : 'text'} value={value} onChange={(event) => setValue(event.currentTarget.value)} />
                  ))}
              </>
            )}
            <ErrorNote error={send.error ?? preview.error} />
            <BulkButton found={found} isBusy={send.isPending} start={action && (() => send.mutate({ body: { selection, action } }))} />
            <p className="dim">It works in the background, can be stopped, and can be undone exactly for what nobody changed since.</p>
          </Stack>
        </Card>
        <BulkPreview
          found={found}
          isPending={preview.isPending}
          hint="Say what is to be done, and it is shown here first."
          noun={asOf}
          to={(one) => `/${of === 'person' ? 'people' : of === 'organization' ? 'organizations' : 'leads'}/${one.id}`}
          change={(one) => [one]}
        >
          {found && found.staying > 0 && <p className="dim">{format.number(found.staying)}: it is so already.</p>}
          {found && found.refused.length > 0 && (
            <Note tone="warn">
              <ul>
                {found.refused.map((one) => (
                  <li key={one.why}>
                    {format.number(one.count)} may not: {one.why}
                  </li>
                ))}
              </ul>
            </Note>
          )}
        </BulkPreview>
      </Split>
    </Page>
  );
}
