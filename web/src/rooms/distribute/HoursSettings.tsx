import { Button, Select } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer, Item } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { useCountries } from '../../ui/countries.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { Card, Chip, ConfirmButton, EmptyState, ErrorNote, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { SettingsFrame } from '../platform/SettingsFrame.tsx';
import { HolidayForm } from './HolidayForm.tsx';
import { blankCalendar, Hours } from './Hours.tsx';

export type HolidayList = Item<'GET /v1/holidays'>;
type Holder = Item<'GET /v1/holders'>;
const zones = Intl.supportedValuesOf('timeZone');

/** When does the company work, and on which days does nobody? */
export default function HoursSettings() {
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const [editing, setEditing] = useState<{ list?: HolidayList }>();
  const lists = useApi('GET /v1/holidays', undefined, { live: ['holder', 'setting'] });
  const holders = useApi('GET /v1/holders', undefined, { live: ['holder'] });
  const desk = holders.data?.items.find((one) => one.kind === 'desk');
  const error = lists.error ?? holders.error;
  return (
    <SettingsFrame>
      <ErrorNote error={error} retry={() => void Promise.all([lists.refetch(), holders.refetch()])} />
      {!lists.data || !desk ? (
        !error && <SkeletonRows rows={6} />
      ) : (
        <Split>
          <Card title="Public holidays" side="clocks rest on them" flush={lists.data.items.length > 0}>
            <Lists lists={lists.data} canEdit={canEdit} edit={setEditing} />
          </Card>
          <CompanyHours key={desk.id} desk={desk} canEdit={canEdit} />
        </Split>
      )}
      {editing && <HolidayForm list={editing.list} close={() => setEditing(undefined)} />}
    </SettingsFrame>
  );
}

function Lists({ lists, canEdit, edit }: { lists: Answer<'GET /v1/holidays'>; canEdit: boolean; edit: (what: { list?: HolidayList }) => void }) {
  const format = useFormat();
  const countries = useCountries();
  const remove = useSend('DELETE /v1/holidays/:id', {
    stale: ['/v1/holidays', '/v1/holders'],
    done: () => toast({ message: 'The list is removed. Clocks that run already keep theirs.', tone: 'good' }),
  });
  const adding = canEdit && <Button onClick={() => edit({})}>Add a list</Button>;
  if (lists.items.length === 0)
    return (
      <EmptyState title="No public holidays yet" actions={adding}>
        Without them a promise of eight hours given on the eve of a holiday is due on the holiday. Bring in the calendar of each country or region your people work in.
      </EmptyState>
    );
  return (
    <Stack gap={0}>
      {lists.items.map((list) => {
        const next = list.days.find((day) => day.on >= format.today());
        return (
          <div key={list.id} style={{ padding: '12px 16px', borderBottom: '1px solid var(--line-soft)' }}>
            <Row between>
              <span>
                <b className="strong">{list.name}</b>
                {list.country && <span className="dim"> · {countries.name(list.country)}</span>}
              </span>
              {canEdit && (
                <Row>
                  <Chip onClick={() => edit({ list })} aria-label={`Change ${list.name}`}>
                    Change
                  </Chip>
                  <ConfirmButton
                    size="compact-xs"
                    sentence={`${list.name} no longer counts, for ${list.holders.length === 0 ? 'nobody has it' : list.holders.map((holder) => holder.name).join(', ')}.`}
                    confirm="Remove"
                    onConfirm={() => remove.mutate({ params: { id: list.id } })}
                    loading={remove.isPending}
                    aria-label={`Remove ${list.name}`}
                  >
                    Remove
                  </ConfirmButton>
                </Row>
              )}
            </Row>
            <p className="dim" style={{ marginTop: 4 }}>
              {format.number(list.days.length)} {plural(list.days.length, 'day')}
              {next ? `, next ${next.name || 'one'} on ${format.date(next.on)}` : ', none to come'} ·{' '}
              {list.holders.length === 0 ? (
                <span style={{ color: 'var(--overdue)' }}>nobody has it</span>
              ) : (
                list.holders.map((holder) => holder.name).join(', ')
              )}
            </p>
          </div>
        );
      })}
      <ErrorNote error={remove.error} />
      {adding && <div style={{ padding: '12px 16px' }}>{adding}</div>}
    </Stack>
  );
}

/** The company's hours are those of its desk: by them it is told whether a lead waits too long for a holder. */
function CompanyHours({ desk, canEdit }: { desk: Holder; canEdit: boolean }) {
  const [form, setForm] = useState({ calendar: desk.calendar, timeZone: desk.timeZone });
  const save = useSend('PATCH /v1/holders/:id', {
    stale: ['/v1/holders', '/v1/alarms'],
    done: () => toast({ message: 'The company’s hours are saved.', tone: 'good' }),
  });
  const isChanged = JSON.stringify(form) !== JSON.stringify({ calendar: desk.calendar, timeZone: desk.timeZone });
  return (
    <Card title="The company’s hours" quiet>
      <Stack>
        <p className="dim">In which leads are looked after that nobody has yet. Reps and partners have hours of their own.</p>
        <fieldset disabled={!canEdit} style={{ border: 0, padding: 0, margin: 0, display: 'grid', gap: 14 }}>
          <Select
            label="Time zone"
            searchable
            allowDeselect={false}
            disabled={!canEdit}
            data={zones}
            value={form.timeZone}
            onChange={(value) => setForm({ ...form, timeZone: value ?? form.timeZone })}
          />
          {form.calendar ? (
            <Hours calendar={form.calendar} onChange={(calendar) => setForm({ ...form, calendar })} />
          ) : (
            <Row between>
              <span className="dim">Monday to Friday, 8 to 17.</span>
              {canEdit && (
                <Button variant="default" size="xs" onClick={() => setForm({ ...form, calendar: blankCalendar() })}>
                  Other hours
                </Button>
              )}
            </Row>
          )}
        </fieldset>
        <ErrorNote error={save.error} />
        {canEdit && (
          <Row end>
            <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate({ params: { id: desk.id }, body: form })}>
              Save
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  );
}
