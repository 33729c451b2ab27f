import type { Answer } from '../../api/contract.ts';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Card, Chip, ErrorNote, FactList, Note, PageTitle, RecordPage, Stack, When } from '../../ui/index.tsx';
import { whyWords } from './privacy-words.ts';

/** A tombstone: that somebody was here, and when, by whom and why they were erased. */
export function ErasedPerson({ person }: { person: Answer<'GET /v1/people/:id'> }) {
  const format = useFormat();
  const canKeep = may(useSession(), ['marketing']);
  const answer = useApi('GET /v1/people/:id/erasure', { params: { id: person.id } }, { live: ['person', 'job'], enabled: canKeep });
  const again = useSend('POST /v1/people/:id/erasure', { stale: ['/v1/people'] });
  const erasure = answer.data?.erasure;
  return (
    <RecordPage back={{ to: '/people', label: 'People' }}>
      <PageTitle title="Erased person" question="Nothing of them is kept. What is counted stays." />
      <Stack>
        {erasure?.state === 'files' && <Note>The database holds nothing of them any more; files of extracts are being removed.</Note>}
        {erasure?.problem && erasure.state !== 'done' && (
          <Note tone="warn">
            {erasure.problem} <Chip onClick={() => again.mutate({ params: { id: person.id }, body: { name: person.name, remembers: erasure.remembers, why: erasure.why } })}>Try again</Chip>
          </Note>
        )}
        <ErrorNote error={answer.error ?? again.error} />
        <Card title="What is left">
          <FactList
            facts={[
              ['Erased', <When key="at" at={person.erasedAt} />],
              ['By', erasure?.by],
              ['Why', erasure && whyWords[erasure.why]],
              ['Addresses', erasure && (erasure.remembers ? 'remembered as hashes: not to be contacted' : 'forgotten')],
              ['Emptied', erasure && Object.entries(erasure.counts).map(([what, count]) => `${words(what)} ${format.number(count)}`).join(', ')],
              ['Seen', `${format.date(person.firstSeenAt)} – ${format.date(person.lastSeenAt)}, ${format.number(person.sightingCount)} ${plural(person.sightingCount, 'time')}`],
            ]}
          />
        </Card>
        <p className="dim">
          Inquiries, leads and sales of this person count on in every report. All erasures are listed under <A to="/settings/privacy">Settings, Privacy</A>.
        </p>
      </Stack>
    </RecordPage>
  );
}

/** 'leadMails' → 'lead mails' */
const words = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
