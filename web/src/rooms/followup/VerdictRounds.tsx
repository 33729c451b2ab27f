import { Button, NumberInput, Select, Switch } from '@mantine/core';
import type { Answer, Item } from '../../api/contract.ts';
import { useApi, usePages, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { useDraft } from '../../ui/draft.ts';
import { A, Badge, Card, ConfirmButton, EmptyState, ErrorNote, FormGrid, Page, PageTitle, Row, SkeletonRows, Split, Stack, VirtualTable, When, toast, type Column } from '../../ui/index.tsx';
import { PartnerTabs } from '../report/PartnerTabs.tsx';

type Round = Item<'GET /v1/verdict-rounds'>;
type Settings = Answer<'PUT /v1/settings/verdict-round'>;
const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Once a week every holder is asked for all its overdue verdicts on one page: when, whom, and who answered. */
export default function VerdictRounds() {
  const session = useSession();
  const sees = may(session, ['marketing', 'sales_manager', 'management']);
  const canEnd = may(session, ['marketing', 'sales_manager', 'partner']);
  const format = useFormat();
  const pages = usePages('GET /v1/verdict-rounds', { query: {} }, { live: ['lead'] });
  const end = useSend('DELETE /v1/verdict-rounds/:id', { stale: ['/v1/verdict-rounds'] });
  const columns: Column<Round>[] = [
    { key: 'who', label: 'Asked', width: 'minmax(150px, 2fr)', phone: 'title', render: (one) => (sees ? <A to={`/holders/${one.holderId}`}>{one.holderName}</A> : one.holderName) },
    {
      key: 'answered',
      label: 'Answered',
      width: 'minmax(130px, 1.4fr)',
      phone: 'sub',
      render: (one) => (
        <span>
          {format.number(one.answered)} of {format.number(one.asked)}
          {one.due > one.asked && <span className="dim"> ({format.number(one.due)} overdue)</span>} {one.elsewhere && <Badge tone="warm">another browser</Badge>}
        </span>
      ),
    },
    { key: 'at', label: 'Sent', width: '110px', align: 'end', phone: 'end', render: (one) => <When at={one.sentAt} /> },
    {
      key: 'link',
      label: 'Its link',
      width: '150px',
      align: 'end',
      render: (one) =>
        one.revokedAt ? (
          <span className="dim">revoked</span>
        ) : Date.parse(one.expiresAt) < Date.now() ? (
          <span className="dim">has run out</span>
        ) : canEnd ? (
          <ConfirmButton size="compact-xs" sentence={`${one.holderName} can no longer answer by this link.`} confirm="Revoke" onConfirm={() => end.mutate({ params: { id: one.id } })}>
            Revoke…
          </ConfirmButton>
        ) : (
          <span className="dim">until {format.date(one.expiresAt)}</span>
        ),
    },
  ];
  const list = (
    <Stack>
      <ErrorNote error={end.error} />
      <div style={{ display: 'flex', minHeight: 380, height: 'calc(100dvh - 230px)' }}>
        <VirtualTable
          pages={pages}
          columns={columns}
          rowKey={(one) => one.id}
          label="Verdict rounds"
          empty={<EmptyState title="Nobody was asked yet">Once rounds are on, every mail that asks for overdue verdicts stands here, with how many were answered.</EmptyState>}
        />
      </div>
    </Stack>
  );
  return (
    <Page fill>
      <PartnerTabs />
      <PageTitle title="Verdict rounds" question="Who was asked what became of their leads, and did they say?" />
      {sees ? (
        <Split>
          {list}
          <WhenAsked />
        </Split>
      ) : (
        list
      )}
    </Page>
  );
}

function WhenAsked() {
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const format = useFormat();
  const answer = useApi('GET /v1/settings/verdict-round', undefined, { live: ['setting', 'lead'] });
  const { data } = answer;
  const saved: Settings | undefined = data && { on: data.on, weekday: data.weekday, hour: data.hour, afterDays: data.afterDays, reps: data.reps, silentAfter: data.silentAfter };
  const [form, setForm, isChanged] = useDraft(saved);
  const save = useSend('PUT /v1/settings/verdict-round', {
    stale: ['/v1/settings/verdict-round'],
    done: () => toast({ message: 'Saved.', tone: 'good' }),
  });
  if (!form || !data) return <Card title="When">{answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={3} />}</Card>;
  const set = (patch: Partial<Settings>) => setForm({ ...form, ...patch });
  return (
    <Card title="When">
      <Stack>
        <Switch label="Ask every week" checked={form.on} disabled={!canEdit} onChange={(event) => set({ on: event.currentTarget.checked })} />
        <FormGrid>
          <Select
            label="On"
            allowDeselect={false}
            disabled={!canEdit}
            data={weekdays.map((label, at) => ({ value: String(at + 1), label }))}
            value={String(form.weekday)}
            onChange={(value) => set({ weekday: Number(value ?? 1) })}
          />
          <NumberInput label="At (hour)" min={0} max={23} disabled={!canEdit} value={form.hour} onChange={(value) => set({ hour: Math.min(23, Math.max(0, Number(value) || 0)) })} />
        </FormGrid>
        <NumberInput
          label="A verdict is overdue after (days)"
          description="since the lead was accepted; a “don’t know” when it runs out"
          min={1}
          max={90}
          disabled={!canEdit}
          value={form.afterDays}
          onChange={(value) => set({ afterDays: Math.min(90, Math.max(1, Number(value) || 1)) })}
        />
        <Switch
          label="Reps as well as partners"
          checked={form.reps}
          disabled={!canEdit}
          onChange={(event) => set({ reps: event.currentTarget.checked })}
        />
        <NumberInput
          label="Silence counts as “don’t know” after (times asked)"
          description="The last time sales managers are told. Empty: never."
          min={2}
          max={12}
          disabled={!canEdit}
          value={form.silentAfter ?? ''}
          onChange={(value) => set({ silentAfter: value === '' ? null : Math.min(12, Math.max(2, Number(value))) })}
        />
        <p>
          {data.leads === 0 ? (
            'Nothing is overdue now.'
          ) : (
            <>
              Overdue now: {format.number(data.leads)} {plural(data.leads, 'lead', 'leads')} with {format.number(data.partners)} {plural(data.partners, 'holder', 'holders')}.{data.silent > 0 && ` Of them ${format.number(data.silent)} will count as “don’t know” by silence.`}
            </>
          )}{' '}
          <span className="dim">{data.nextAt ? `Asked next ${format.dateTime(data.nextAt)}.` : 'Nobody is asked while this is off.'}</span>
        </p>
        <ErrorNote error={save.error} />
        {canEdit && (
          <Row end>
            <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate({ body: form })}>
              Put in force
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  );
}
