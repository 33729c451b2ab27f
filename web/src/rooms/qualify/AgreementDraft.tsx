import { Button, MultiSelect, NumberInput, TagsInput, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useAskSoon } from '../../ui/ask-soon.ts';
import { useDraft } from '../../ui/draft.ts';
import { A, Card, ErrorNote, FormGrid, Note, Row, SkeletonRows, Split, Stack, Wide, toast } from '../../ui/index.tsx';
import { Changes } from './AgreementPaper.tsx';
import { AgreementKinds, AgreementOwed, OptionalNumber } from './AgreementTerms.tsx';
import { firstTerms, grades, knownFields, type Seen, type Terms } from './agreement-words.ts';

/** As followup offers them; any other text is taken as well. */
const usualReasons = ['Wrong contact data', 'Student, competitor or supplier', 'Outside our range', 'Cannot be reached', 'No need', 'No budget', 'Bought elsewhere'];

/** The draft, from what holds now or from the promise as it is set; read beside it as it would be signed. */
export function AgreementDraft({ seen, close }: { seen: Seen; close: () => void }) {
  const { draft, inForce, coming } = seen;
  const from = draft ?? coming ?? inForce;
  const promise = useApi('GET /v1/settings/response-promise', undefined, { enabled: !from });
  const [terms, setTerms] = useDraft<Terms>(from?.content ?? (promise.data && firstTerms(promise.data)));
  const [startsOn, setStartsOn] = useState(draft?.startsOn ?? '');
  const [note, setNote] = useState(draft?.note ?? '');
  const words = useSend('POST /v1/agreement/words');
  const { mutate: say } = words;
  const save = useSend('PUT /v1/agreement/draft', {
    stale: ['/v1/agreement'],
    done: ({ version }) => {
      toast({ message: `The draft of version ${version} is saved. Marketing and sales sign it next.`, tone: 'good' });
      close();
    },
  });
  const body = terms && { content: terms, startsOn: startsOn || null, note: note.trim() || null };
  useAskSoon(JSON.stringify(body) ?? '', body?.content.kinds.every(({ name }) => name.trim()) && (() => say({ body })));
  if (!terms) return promise.error ? <ErrorNote error={promise.error} /> : <SkeletonRows rows={8} />;
  const set = (patch: Partial<Terms>) => setTerms({ ...terms, ...patch });
  const { marketing, sales, breach } = terms;
  const owes = (patch: Partial<Terms['marketing']>) => set({ marketing: { ...marketing, ...patch } });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body) save.mutate({ body });
  };
  return (
    <form onSubmit={submit}>
      <Split>
        <Stack>
          {(draft?.signatures.length ?? 0) > 0 && (
            <Note tone="warn">{draft!.signatures.map((one) => one.name).join(' and ')} signed this draft. A change makes the signature void.</Note>
          )}
          <Card title="What a lead is">
            <p>
              An inquiry is a lead when {seen.definition.sentence}.{' '}
              <span className="dim">
                Version {seen.definition.version}; it is changed under <A to="/definition">What a lead is</A>.
              </span>
            </p>
          </Card>
          <Card title="Which leads sales wants">
            <AgreementKinds kinds={terms.kinds} onChange={(kinds) => set({ kinds })} />
          </Card>
          <Card title="What marketing owes">
            <FormGrid>
              <OptionalNumber label="Leads a month, at least" value={marketing.leadsMin} onChange={(leadsMin) => owes({ leadsMin })} />
              <OptionalNumber label="Leads a month, at most" description="What sales can work." value={marketing.leadsMax} onChange={(leadsMax) => owes({ leadsMax })} />
              <OptionalNumber
                label="Right leads, at least (%)"
                description="Of those that have a verdict."
                max={100}
                value={marketing.rightPercent}
                onChange={(rightPercent) => owes({ rightPercent, wrongReasons: rightPercent === null ? [] : marketing.wrongReasons.length > 0 ? marketing.wrongReasons : usualReasons.slice(0, 3) })}
              />
              <TagsInput
                label="A lead was wrong when it is bad because"
                data={usualReasons}
                disabled={marketing.rightPercent === null}
                value={marketing.wrongReasons}
                onChange={(wrongReasons) => owes({ wrongReasons })}
                acceptValueOnBlur
              />
              <OptionalNumber
                label="Complete leads, at least (%)"
                max={100}
                value={marketing.completePercent}
                onChange={(completePercent) =>
                  owes({ completePercent, complete: completePercent === null ? [] : marketing.complete.length > 0 ? marketing.complete : ['email', 'phone', 'organization'] })
                }
              />
              <MultiSelect
                label="A lead is complete when these are known"
                data={knownFields}
                disabled={marketing.completePercent === null}
                value={marketing.complete}
                onChange={(complete) => owes({ complete: complete as Terms['marketing']['complete'] })}
              />
            </FormGrid>
          </Card>
          <Card title="What sales owes" side="business time of whoever holds the lead">
            <Stack>
              {grades.map((grade) => (
                <AgreementOwed key={grade} grade={grade} owed={sales[grade]} onChange={(owed) => set({ sales: { ...sales, [grade]: owed } })} />
              ))}
              <FormGrid>
                <NumberInput
                  label="Each is kept for at least (% of hand-offs)"
                  min={1}
                  max={100}
                  value={sales.keptPercent}
                  onChange={(value) => set({ sales: { ...sales, keptPercent: Number(value) || 1 } })}
                />
              </FormGrid>
            </Stack>
          </Card>
          <Card title="What happens otherwise">
            <FormGrid>
              <NumberInput
                label="Remind when this much of the time is gone (%)"
                min={1}
                max={99}
                value={breach.remindAtPercent}
                onChange={(value) => set({ breach: { ...breach, remindAtPercent: Number(value) || 1 } })}
              />
              <NumberInput
                label="Redirect at most (times)"
                description="Then the lead goes to the desk, for the sales manager to decide."
                min={0}
                max={20}
                value={breach.redirectsMax}
                onChange={(value) => set({ breach: { ...breach, redirectsMax: Number(value) || 0 } })}
              />
            </FormGrid>
          </Card>
          <Card title="From when">
            <FormGrid>
              <TextInput
                type="date"
                label="In force from"
                description="Empty: as soon as both have signed. Never before that."
                value={startsOn}
                onChange={(event) => setStartsOn(event.currentTarget.value)}
              />
              <Wide>
                <TextInput label="Why this changes" maxLength={500} placeholder="Agreed on Monday: hot leads twice as fast" value={note} onChange={(event) => setNote(event.currentTarget.value)} />
              </Wide>
            </FormGrid>
          </Card>
          <ErrorNote error={save.error ?? words.error} />
          <Row end>
            <Button variant="default" onClick={close}>
              Cancel
            </Button>
            <Button type="submit" loading={save.isPending}>
              Save the draft
            </Button>
          </Row>
        </Stack>
        <Card title={inForce || coming ? 'What changes' : 'How it will read'} quiet>
          {words.data ? <Changes changes={words.data.changes} /> : <SkeletonRows rows={5} height={30} />}
        </Card>
      </Split>
    </form>
  );
}
