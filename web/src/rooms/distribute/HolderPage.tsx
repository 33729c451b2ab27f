import { Button, Switch, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useParam } from '../../shell/address.ts';
import { useCountries } from '../../ui/countries.ts';
import { duration, plural, useFormat } from '../../ui/format.ts';
import {
  A,
  Badge,
  Card,
  Chip,
  ConfirmButton,
  DataTable,
  ErrorNote,
  FactList,
  FormGrid,
  GradeBadge,
  PageTitle,
  RecordPage,
  Row,
  SkeletonRows,
  Split,
  Stack,
  Stat,
  Stats,
  VerdictBadge,
  When,
  Wide,
  toast,
  breakable,
} from '../../ui/index.tsx';
import { HolderForm } from './HolderForm.tsx';
import { Load } from './HolderList.tsx';

type Holder = Answer<'GET /v1/holders/:id'>;

export default function HolderPage() {
  const id = useParam('id');
  const format = useFormat();
  const countries = useCountries();
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const [changing, setChanging] = useState(false);
  const answer = useApi('GET /v1/holders/:id', { params: { id } }, { live: ['holder', 'lead'], keep: false });
  const board = useApi('GET /v1/scoreboard', { query: {} }, { live: ['lead'] });
  const change = useSend('PATCH /v1/holders/:id', { stale: ['/v1/holders', '/v1/leads', '/v1/territories'] });
  if (!answer.data) return <RecordPage back={{ to: '/holders', label: 'Reps & partners' }} waiting={answer} rows={6} />;
  const one = answer.data;
  const record = board.data?.holders.find((other) => other.id === one.id);
  const today = format.today();
  const isWorker = one.kind === 'rep' || one.kind === 'partner';
  const activate = (active: boolean) =>
    change.mutate(
      { params: { id: one.id }, body: { active } },
      {
        onSuccess: () =>
          toast({
            message: active ? `${one.name} is given leads again.` : `${one.name} gets no more leads; the open ones were handed on.`,
            tone: 'good',
          }),
      },
    );
  const leads = (more: Record<string, string>) => href('/leads', { holderId: one.id, ...more });
  return (
    <RecordPage back={{ to: '/holders', label: 'Reps & partners' }}>
      <PageTitle
        title={
          <>
            {one.name} {!one.active && <Badge tone="bad">Inactive</Badge>}{' '}
            {one.awayUntilOn && <Badge tone="warm">Away until {format.date(one.awayUntilOn)}</Badge>}
          </>
        }
        question={[
          { rep: 'Rep', partner: 'Partner', desk: 'The desk: leads nobody could have', nurture: 'Leads kept warm' }[one.kind],
          one.country && countries.name(one.country),
        ]
          .filter(Boolean)
          .join(' · ')}
        side={
          canEdit &&
          isWorker && (
            <>
              {one.active ? (
                <ConfirmButton
                  sentence={`${one.name} gets no more leads, and the ${format.number(one.openLeads)} open ${plural(one.openLeads, 'one')} are handed on at once.`}
                  confirm="Hand on and stop"
                  onConfirm={() => activate(false)}
                  loading={change.isPending}
                >
                  Stop giving leads
                </ConfirmButton>
              ) : (
                <Button variant="default" loading={change.isPending} onClick={() => activate(true)}>
                  Give leads again
                </Button>
              )}
              <Button variant="default" onClick={() => setChanging(true)}>
                Change
              </Button>
            </>
          )
        }
      />
      <ErrorNote error={change.error} />
      <Stats>
        <Stat label="Open" value={format.number(one.openLeads)} to={leads({ open: 'true' })} note="held now" />
        <Stat
          label="Unanswered"
          value={format.number(one.unanswered)}
          to={leads({ accepted: 'false', open: 'true' })}
          note="not accepted yet"
        />
        <Stat
          label="Past the promise"
          value={format.number(record?.pastPromise ?? null)}
          tone={record?.pastPromise ? 'bad' : undefined}
          to={leads({ overdue: 'true' })}
        />
        <Stat
          label="First contact, median"
          value={duration(record?.medianMinutes)}
          note={
            record?.followedUpPercent === null || record === undefined
              ? undefined
              : `${format.percent(record.followedUpPercent / 100)} followed up`
          }
        />
        <Stat
          label="Sales"
          value={format.number(record?.sales ?? null)}
          to={leads({ status: 'sale' })}
          note={record ? format.moneyShort(record.valueMinor, board.data?.currency) : undefined}
        />
      </Stats>
      <Split>
        <Stack>
          {isWorker && (
            <Card title="Room" side="leads given in the last seven days, of what can be worked">
              <Load holder={one} />
              <Limits holder={one} />
            </Card>
          )}
          <Held holderId={one.id} />
          {isWorker && <Absences holder={one} canEdit={canEdit} />}
        </Stack>
        <Card title="About" quiet>
          <FactList
            facts={[
              [
                'Mail',
                one.email && (
                  <a key="m" href={`mailto:${one.email}`}>
                    {breakable(one.email)}
                  </a>
                ),
              ],
              ['Phone', one.phone],
              ['Works from', one.postalCode],
              ['Time zone', one.timeZone],
              ['Holidays', one.holidays.map((list) => list.name).join(', ')],
              ['Languages', one.languages.join(', ')],
              ['Verticals', one.verticals.join(', ')],
              ['Tier', one.tier],
              ['Product lines', one.productLines.join(', ')],
              [
                'Certificates',
                one.certificates.length === 0
                  ? null
                  : one.certificates.map(({ name, until }) => (
                      <div key={name}>
                        {name}{' '}
                        {until !== null && (until < today ? <Badge tone="bad">ended {format.date(until)}</Badge> : <span className="dim">until {format.date(until)}</span>)}
                      </div>
                    )),
              ],
              ['Known as', one.externalId],
              [
                'Territories',
                one.territories.length === 0
                  ? isWorker
                    ? 'none: is given nothing by routing'
                    : null
                  : one.territories.map((territory, at) => (
                      <span key={territory.id}>
                        {at > 0 && ', '}
                        <A to="/territories">{territory.name}</A>
                      </span>
                    )),
              ],
            ]}
          />
        </Card>
      </Split>
      {changing && <HolderForm holder={one} close={() => setChanging(false)} />}
    </RecordPage>
  );
}

/** What it takes of each grade, and of open work, where that is limited. */
function Limits({ holder }: { holder: Holder }) {
  const format = useFormat();
  const limited = (['hot', 'warm', 'cold'] as const).filter((grade) => holder.capacityByGrade[grade] !== undefined);
  if (limited.length === 0 && holder.openMost === null) return null;
  const used = (given: number, most: number) => (
    <span className="num" style={given >= most ? { fontWeight: 600 } : undefined}>
      {format.number(given)} of {Number.isInteger(most) ? format.number(most) : most}
    </span>
  );
  return (
    <div style={{ marginTop: 10 }}>
      <FactList
        facts={[
          ...limited.map((grade): [string, ReactNode] => [
            `${grade[0]!.toUpperCase()}${grade.slice(1)}, this week`,
            used(holder.lastWeekByGrade[grade], holder.capacityByGrade[grade]!),
          ]),
          ...(holder.openMost === null ? [] : [['Open leads', used(holder.openLeads, holder.openMost)] as [string, ReactNode]]),
        ]}
      />
    </div>
  );
}

/** What waits longest with this holder, the rest in the list. */
function Held({ holderId }: { holderId: string }) {
  const query = { holderId, open: 'true', sort: 'due' } as const;
  const leads = useApi('GET /v1/leads', { query: { ...query, limit: 8 } }, { live: ['lead'] });
  const items = leads.data?.items ?? [];
  return (
    <Card title="Open leads" side={items.length > 0 ? <A to={href('/leads', query)}>all of them</A> : undefined} flush={items.length > 0}>
      {leads.isLoading ? (
        <SkeletonRows rows={3} />
      ) : items.length === 0 ? (
        <p className="dim">No lead is held here now.</p>
      ) : (
        <DataTable
          caption="Open leads, soonest due first"
          rows={items}
          rowKey={(lead) => lead.id}
          columns={[
            {
              key: 'who',
              label: 'Lead',
              render: (lead) => (
                <>
                  {lead.person.name} <span className="dim">{lead.organization?.name}</span>
                </>
              ),
              to: (lead) => `/leads/${lead.id}`,
            },
            { key: 'grade', label: 'Grade', render: (lead) => <GradeBadge grade={lead.grade} score={lead.score} /> },
            { key: 'state', label: 'State', render: (lead) => <VerdictBadge verdict={lead.state} /> },
            {
              key: 'next',
              label: 'Next',
              render: (lead) =>
                lead.nextAction ? (
                  <span style={{ whiteSpace: 'normal' }}>
                    {lead.nextAction.what} <span className="dim">{lead.nextAction.dueAt && <When at={lead.nextAction.dueAt} />}</span>
                  </span>
                ) : lead.respondBy && !lead.acceptedAt ? (
                  <>
                    answer <span className="dim">by</span> <When at={lead.respondBy} />
                  </>
                ) : (
                  <span className="dim">nothing planned</span>
                ),
            },
          ]}
        />
      )}
    </Card>
  );
}

const noAbsence = { startsOn: '', endsOn: '', note: '', catchUp: false };

function Absences({ holder, canEdit }: { holder: Holder; canEdit: boolean }) {
  const format = useFormat();
  const [form, setForm] = useState(noAbsence);
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const stale = ['/v1/holders'];
  const add = useSend('POST /v1/holders/:id/absences', { stale, done: () => setForm(noAbsence) });
  const remove = useSend('DELETE /v1/holders/:id/absences/:absenceId', { stale });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({
      params: { id: holder.id },
      body: { startsOn: form.startsOn, endsOn: form.endsOn || form.startsOn, note: form.note.trim() || null, catchUp: form.catchUp },
    });
  };
  return (
    <Card title="Absences" side="no leads are given meanwhile">
      <Stack gap={12}>
        {holder.absences.length === 0 && <p className="dim">None recorded.</p>}
        {holder.absences.map((one) => (
          <Row key={one.id} between>
            <span>
              <b className="strong">
                {format.date(one.startsOn)}
                {one.endsOn !== one.startsOn && ` – ${format.date(one.endsOn)}`}
              </b>{' '}
              <span className="dim">{[one.note, one.catchUp && 'catches up afterwards'].filter(Boolean).join(' · ')}</span>
            </span>
            {canEdit && (
              <Chip
                onClick={() =>
                  remove.mutate(
                    { params: { id: holder.id, absenceId: one.id } },
                    {
                      onSuccess: () =>
                        toast({
                          message: 'The absence is removed.',
                          undo: () =>
                            add.mutate({ params: { id: holder.id }, body: { startsOn: one.startsOn, endsOn: one.endsOn, note: one.note, catchUp: one.catchUp } }),
                        }),
                    },
                  )
                }
              >
                Remove
              </Chip>
            )}
          </Row>
        ))}
        {canEdit && (
          <form onSubmit={submit}>
            <Stack gap={10}>
              <FormGrid>
                <TextInput
                  label="From"
                  type="date"
                  required
                  value={form.startsOn}
                  onChange={(event) => set({ startsOn: event.currentTarget.value })}
                />
                <TextInput
                  label="To"
                  type="date"
                  min={form.startsOn}
                  value={form.endsOn}
                  onChange={(event) => set({ endsOn: event.currentTarget.value })}
                />
                <Wide>
                  <TextInput
                    label="Note"
                    placeholder="Holiday, training …"
                    value={form.note}
                    onChange={(event) => set({ note: event.currentTarget.value })}
                  />
                </Wide>
                <Wide>
                  <Switch
                    label="Catch up afterwards"
                    description="Turns go on being earned, and are given on return as far as there is room. Otherwise nothing is earned and nothing owed."
                    checked={form.catchUp}
                    onChange={(event) => set({ catchUp: event.currentTarget.checked })}
                  />
                </Wide>
              </FormGrid>
              <ErrorNote error={add.error ?? remove.error} />
              <Row end>
                <Button type="submit" variant="default" loading={add.isPending} disabled={!form.startsOn}>
                  Add absence
                </Button>
              </Row>
            </Stack>
          </form>
        )}
      </Stack>
    </Card>
  );
}
