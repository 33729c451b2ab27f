import { Button, NumberInput, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { usePages, useApi, useSend } from '../../api/hooks.ts';
import type { Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { Card, Chip, EmptyState, ErrorNote, Page, PageTitle, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { PartnerTabs } from '../report/PartnerTabs.tsx';
import { RegistrationCard } from './RegistrationCard.tsx';
import { RegistrationForm } from './RegistrationForm.tsx';

const states = [
  { value: 'held', label: 'To decide' },
  { value: 'granted', label: 'Granted' },
  { value: 'refused', label: 'Refused' },
  { value: 'incomplete', label: 'Not complete' },
];
type Registration = Item<'GET /v1/registrations'>;
type State = Registration['state'];

/** Leads that partners found themselves: a partner registers and sees its own; a manager decides where somebody else has them. */
export default function Registrations() {
  const session = useSession();
  return session.user.holderId ? <OwnRegistrations /> : <AllRegistrations />;
}

function OwnRegistrations() {
  const pages = usePages('GET /v1/registrations', { query: {} }, { live: ['lead'] });
  const [form, setForm] = useState<{ mends?: Registration; was?: Registration | undefined }>({});
  const days = (pages.first as { days?: number } | undefined)?.days;
  return (
    <Page>
      <PageTitle
        title="Register a lead"
        question={`Found somebody yourself? Say who it is. If nobody else has them the lead is yours at once${days ? ` and kept for you for ${days} days` : ''}; if somebody has, you learn who.`}
      />
      <Split even>
        <RegistrationForm key={form.mends?.id ?? 'new'} {...form} done={(was) => setForm({ was })} />
        <RegistrationList
          pages={pages}
          empty="What you register stands here, with what became of it and until when it is kept for you."
          mend={(mends) => setForm({ mends })}
        />
      </Split>
    </Page>
  );
}

function AllRegistrations() {
  const session = useSession();
  const [state, setState] = useState<State | null>(null);
  const pages = usePages('GET /v1/registrations', { query: state ? { state } : {} }, { live: ['registration'] });
  const undecided = (pages.first as { undecided?: number } | undefined)?.undecided ?? 0;
  return (
    <Page>
      <PartnerTabs />
      <PageTitle
        title="Registered leads"
        question={
          undecided > 0
            ? `${undecided} ${plural(undecided, 'registration waits', 'registrations wait')} for a decision: somebody else had the person or the company.`
            : 'Which leads did partners find themselves, and does anybody else have them?'
        }
        side={
          <Select
            aria-label="Which"
            placeholder="All"
            clearable
            data={states}
            value={state}
            onChange={(value) => setState(value as State | null)}
            w={160}
          />
        }
      />
      <Split>
        <RegistrationList
          pages={pages}
          decides={may(session, ['marketing', 'sales_manager'])}
          empty={
            state
              ? 'There is none of these. Choose All above.'
              : 'Partners register their own leads in their portal. Here you see them, and decide where somebody else has the person or the company.'
          }
        />
        <HowLong />
      </Split>
    </Page>
  );
}

function RegistrationList({
  pages,
  decides = false,
  empty,
  mend,
}: {
  pages: ReturnType<typeof usePages<'GET /v1/registrations'>>;
  decides?: boolean;
  empty: string;
  mend?: (one: Registration) => void;
}) {
  if (pages.error) return <ErrorNote error={pages.error} retry={pages.refetch} />;
  if (pages.isLoading) return <SkeletonRows rows={4} />;
  if (pages.rows.length === 0) return <EmptyState title="No registration yet">{empty}</EmptyState>;
  return (
    <Stack>
      {pages.rows.map((one) => (
        <RegistrationCard key={one.id} one={one} decides={decides} {...(mend ? { mend: () => mend(one) } : {})} />
      ))}
      {pages.hasMore && (
        <Row end>
          <Chip onClick={pages.more}>Show more</Chip>
        </Row>
      )}
    </Stack>
  );
}

function HowLong() {
  const canEdit = may(useSession(), ['sales_manager']);
  const format = useFormat();
  const answer = useApi('GET /v1/settings/registrations', undefined, { live: ['setting'] });
  const [days, setDays] = useState<number>();
  const saved = answer.data?.days;
  useEffect(() => setDays(saved), [saved]);
  const save = useSend('PUT /v1/settings/registrations', {
    stale: ['/v1/settings/registrations', '/v1/registrations'],
    done: (now) => toast({ message: `Kept for ${format.number(now.days)} days from now on.`, tone: 'good' }),
  });
  return (
    <Card title="How long they are kept" quiet>
      <Stack>
        <NumberInput
          label="Days"
          description="So long nobody else registers the same company, and the lead is not passed on. Those granted keep their day."
          min={1}
          max={730}
          disabled={!canEdit || days === undefined}
          value={days ?? ''}
          onChange={(value) => setDays(Number(value) || undefined)}
        />
        <ErrorNote error={save.error ?? answer.error} />
        {canEdit && (
          <Row end>
            <Button
              disabled={days === undefined || days === saved}
              loading={save.isPending}
              onClick={() => days && save.mutate({ body: { days } })}
            >
              Put in force
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  );
}
