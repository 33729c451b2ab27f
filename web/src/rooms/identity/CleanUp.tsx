import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api, type ApiProblem } from '../../api/client.ts';
import type { Answer, Body } from '../../api/contract.ts';
import { forget, useApi } from '../../api/hooks.ts';
import { href, useFilters } from '../../shell/address.ts';
import { useKeys } from '../../shell/keys.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Back, Card, EmptyState, ErrorNote, FactList, Money, Page, PageTitle, SkeletonRows, Split, Stack, When } from '../../ui/index.tsx';
import { DecidedNote } from '../../ui/decide.tsx';
import { useCountries } from '../../ui/countries.ts';
import { CleanUpForm } from './CleanUpForm.tsx';

type Queue = Answer<'GET /v1/cleanup'>;
export type Waiting = Queue['items'][number];
export type Step = NonNullable<Body<'POST /v1/cleanup/:id'>>;

/** One person at a time, where what is missing costs most: type it, or say that nobody knows. */
export default function CleanUp() {
  const format = useFormat();
  const client = useQueryClient();
  const [{ group }] = useFilters();
  const answer = useApi('GET /v1/cleanup', { query: { limit: 40, group } });
  const [done, setDone] = useState<{ personId: string; entryId: string; sentence: string }[]>([]);
  const [error, setError] = useState<ApiProblem | null>(null);
  const [busy, setBusy] = useState(false);
  const left = (answer.data?.items ?? []).filter(({ person }) => !done.some((one) => one.personId === person.id));
  const one = left[0];
  const settle = () => forget(client, ['/v1/people', '/v1/quality', ...(left.length < 8 ? ['/v1/cleanup'] : [])]);
  const act = async (work: () => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    setError(null);
    await work().catch((problem: unknown) => setError(problem as ApiProblem));
    setBusy(false);
    settle();
  };
  const step = (body: Step, sentence: string) => {
    if (!one) return;
    const { id } = one.person;
    void act(async () => {
      const { entryId } = await api('POST /v1/cleanup/:id', { params: { id }, body });
      setDone((was) => [...was, { personId: id, entryId, sentence }]);
    });
  };
  const last = done.at(-1);
  const undo = () => {
    if (!last) return;
    void act(async () => {
      await api('POST /v1/cleanup/steps/:id/undo', { params: { id: last.entryId } });
      setDone((was) => was.slice(0, -1));
      forget(client, ['/v1/cleanup']);
    });
  };
  const skip = () => one && step({ skip: true }, `${one.person.name} is put off until tomorrow.`);
  useKeys([
    { key: 's', label: 'Skip until tomorrow', group: 'Clean-up', run: skip },
    { key: 'u', label: 'Undo the last step', group: 'Clean-up', run: undo },
  ]);
  const { waiting = 0, stakeMinor = 0, currency } = answer.data ?? {};
  return (
    <Page>
      {group && <Back to={href('/quality', { group })}>Data quality of this group</Back>}
      <PageTitle
        title="Clean-up"
        question="Which ten minutes of repair are worth most?"
        side={
          waiting > 0 && (
            <span className="dim">
              {format.number(waiting)} {plural(waiting, 'person', 'people')} with open business · <Money minor={stakeMinor} currency={currency} short /> at stake
            </span>
          )
        }
      />
      <Stack gap={12}>
        {last && <DecidedNote sentence={last.sentence} undo={undo} disabled={busy} />}
        <ErrorNote error={error ?? answer.error} retry={answer.error ? () => void answer.refetch() : undefined} />
        {answer.isLoading ? (
          <SkeletonRows rows={6} />
        ) : !one ? (
          !answer.error && (
            <EmptyState title="Nothing is missing here">
              {done.length > 0 ? 'You have been through everybody that was waiting.' : 'As soon as somebody of whom a mail, a phone or a name is missing or bad turns up, they wait here, the most valuable first.'}
            </EmptyState>
          )
        ) : (
          <Split>
            <CleanUpForm key={one.person.id} one={one} busy={busy} step={step} skip={skip} undo={undo} />
            <Stack>
              <Why one={one} currency={currency ?? ''} />
              <Known one={one} />
            </Stack>
          </Split>
        )}
      </Stack>
    </Page>
  );
}

/** Why this one stands here. */
function Why({ one, currency }: { one: Waiting; currency: string }) {
  const format = useFormat();
  if (one.reasons.length === 0)
    return (
      <Card title="Why now" quiet>
        <p className="dim">Nobody with open business is left; of these people most is missing.</p>
      </Card>
    );
  return (
    <Card title="Why now" quiet>
      <p style={{ fontSize: 22, fontWeight: 650 }}>
        <Money minor={one.stakeMinor} currency={currency} short />{' '}
        <span className="dim" style={{ fontSize: 13, fontWeight: 400 }}>
          at stake, of <Money minor={one.worthMinor} currency={currency} short />
        </span>
      </p>
      <ul style={{ display: 'grid', gap: 4, marginTop: 6 }}>
        {one.reasons.slice(0, 5).map((reason, at) => (
          <li key={at}>
            <Money minor={reason.worthMinor} currency={currency} short />{' '}
            <span className="dim">
              {reason.kind === 'opportunity'
                ? `${reason.label}: ${format.percent(reason.chance)} of ${format.moneyShort(reason.ofMinor, currency)}`
                : `open ${reason.label} lead: ${format.percent(reason.chance)} of such are sold, usually for ${format.moneyShort(reason.ofMinor, currency)}`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Known({ one: { person } }: { one: Waiting }) {
  const countries = useCountries();
  return (
    <Card title="Known" quiet side={<A to={`/people/${person.id}`}>whole page</A>}>
      <FactList
        facts={[
          ['Name', [person.givenName, person.familyName].filter(Boolean).join(' ')],
          ['Position', person.title],
          ['Company', person.organization && <A key="company" to={`/organizations/${person.organization.id}`}>{person.organization.name}</A>],
          ['Mail', person.email],
          ['Phone', person.phone],
          ['Mobile', person.mobile],
          ['Place', [[person.postalCode, person.city].filter(Boolean).join(' '), person.country && (countries.name(person.country) ?? person.country)].filter(Boolean).join(', ')],
          ['Last seen', <When key="last" at={person.lastSeenAt} />],
        ]}
      />
    </Card>
  );
}
