import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { Item } from '../../api/contract.ts';
import { useSend } from '../../api/hooks.ts';
import { useFormat } from '../../ui/format.ts';
import { useNow } from '../../ui/now.ts';
import { A, Badge, Card, Chip, ErrorNote, Money, Note, Row, Stack, When, toast } from '../../ui/index.tsx';
import { useSession } from '../../api/session.ts';

type Registration = Item<'GET /v1/registrations'>;
const badges: Record<Registration['state'], { label: string; tone: 'sale' | 'warm' | 'bad' | 'quiet' }> = {
  granted: { label: 'Granted', tone: 'sale' },
  held: { label: 'To decide', tone: 'warm' },
  refused: { label: 'Refused', tone: 'bad' },
  incomplete: { label: 'Not complete', tone: 'quiet' },
};

/** One registration: who, what they want, and what became of it. */
export function RegistrationCard({ one, decides, mend }: { one: Registration; decides: boolean; mend?: () => void }) {
  const isPartner = Boolean(useSession().user.holderId);
  const { said } = one;
  const who = said
    ? [said.name, said.organization].filter(Boolean).join(', ') || said.email || said.phone || 'Nobody named'
    : 'Somebody since erased';
  return (
    <Card
      title={one.leadId ? <A to={`/leads/${one.leadId}`}>{who}</A> : who}
      side={<Badge tone={badges[one.state].tone}>{one.state === 'held' && isPartner ? 'Waiting' : badges[one.state].label}</Badge>}
    >
      <Stack gap={10}>
        {said && (
          <span>
            {said.wants}
            {one.expectedMinor !== null && (
              <>
                {' '}
                · <Money minor={one.expectedMinor} currency={one.currency ?? undefined} />
              </>
            )}
            {[said.email, said.phone, said.city].some(Boolean) && (
              <span className="dim"> · {[said.email, said.phone, said.city].filter(Boolean).join(' · ')}</span>
            )}
          </span>
        )}
        <Became one={one} isPartner={isPartner} />
        {one.state === 'incomplete' && <Problems of={one.problems} />}
        {mend && one.state === 'incomplete' && (
          <Row end>
            <Chip onClick={mend}>Mend it</Chip>
          </Row>
        )}
        {decides && one.state === 'held' && <Decide one={one} />}
      </Stack>
    </Card>
  );
}

/** What has to be mended, each in a sentence. */
export const Problems = ({ of }: { of: readonly string[] }) => (
  <Note tone="warn">
    <ul>
      {of.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  </Note>
);

function Became({ one, isPartner }: { one: Registration; isPartner: boolean }) {
  const format = useFormat();
  const now = useNow(3600).getTime();
  const by = !isPartner && <>{one.holderName} · </>;
  const held = one.heldByName ? (
    <>
      Held by <b>{one.heldByName}</b>
      {one.heldSince && <> since {format.date(one.heldSince)}</>}.
    </>
  ) : (
    'Somebody has to look at it.'
  );
  return (
    <span className="dim">
      {by}registered <When at={one.madeAt} />.{' '}
      {one.state === 'held' && (
        <>
          {held} {isPartner && 'The company decides whether it shall be yours, and tells you by mail.'}
        </>
      )}
      {one.state === 'refused' && (
        <>
          {held} Refused: {one.reason}
        </>
      )}
      {one.state === 'granted' && one.protectedUntil && (
        <>
          {Date.parse(one.protectedUntil) > now ? 'Kept for' : 'Was kept for'} {isPartner ? 'you' : 'it'} until{' '}
          <b>{format.date(one.protectedUntil)}</b>.{one.reason && ` ${one.reason}`}
        </>
      )}
    </span>
  );
}

function Decide({ one }: { one: Registration }) {
  const [reason, setReason] = useState('');
  const decide = useSend('POST /v1/registrations/:id/decide', {
    stale: ['/v1/registrations', '/v1/leads'],
    done: (now) =>
      toast({
        message: now.state === 'granted' ? `Granted: the lead is ${now.holderName}’s.` : `Refused. ${now.holderName} is told.`,
        tone: 'good',
      }),
  });
  const send = (grant: boolean) => decide.mutate({ params: { id: one.id }, body: { grant, reason: reason.trim() || null } });
  return (
    <Stack gap={8}>
      <Textarea
        label="Why"
        description="The partner reads it. Needed to refuse."
        autosize
        minRows={1}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <ErrorNote error={decide.error} />
      <Row end>
        <Button variant="default" disabled={!reason.trim()} loading={decide.isPending} onClick={() => send(false)}>
          Refuse
        </Button>
        <Button loading={decide.isPending} onClick={() => send(true)}>
          Grant: give it to {one.holderName}
        </Button>
      </Row>
    </Stack>
  );
}
