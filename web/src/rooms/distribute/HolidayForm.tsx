import { Button, FileButton, MultiSelect, Select, TextInput, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import { useHolders } from '../../api/options.ts';
import { useCountries } from '../../ui/countries.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { Chip, ErrorNote, FormDialog, FormGrid, Note, Row, Stack, Wide, toast } from '../../ui/index.tsx';
import css from './distribute.module.css';
import type { HolidayList } from './HoursSettings.tsx';

type Day = HolidayList['days'][number];

/** A list of public holidays: out of a calendar file, or day by day; and whose they are. */
export function HolidayForm({ list, close }: { list?: HolidayList | undefined; close: () => void }) {
  const countries = useCountries();
  const people = useHolders(['rep', 'partner', 'desk']);
  const [form, setForm] = useState({
    name: list?.name ?? '',
    country: list?.country ?? '',
    days: list?.days ?? [],
    holderIds: list?.holders.map((holder) => holder.id) ?? [],
  });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const stale = ['/v1/holidays', '/v1/holders'];
  const done = () => {
    close();
    toast({ message: 'Clocks that start from now on rest on these days.', tone: 'good' });
  };
  const add = useSend('POST /v1/holidays', { stale, done });
  const change = useSend('PUT /v1/holidays/:id', { stale, done });
  const submit = () => {
    const body = { ...form, name: form.name.trim(), country: form.country || null };
    if (list) change.mutate({ params: { id: list.id }, body });
    else add.mutate({ body });
  };
  const join = (more: Day[]) =>
    setForm((was) => ({
      ...was,
      days: [...new Map([...was.days, ...more].map((day) => [day.on, day])).values()].toSorted((a, b) => (a.on < b.on ? -1 : 1)),
    }));
  return (
    <FormDialog
      title={list ? `Change ${list.name}` : 'Add public holidays'}
      size={640}
      verb={list ? 'Save' : 'Add'}
      submit={submit}
      close={close}
      pending={add.isPending || change.isPending}
      disabled={!form.name.trim()}
      error={add.error ?? change.error}
    >
      <FormGrid>
        <TextInput
          label="Name"
          placeholder="Switzerland, Zurich"
          required
          data-autofocus
          maxLength={120}
          value={form.name}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <Select
          label="Country"
          searchable
          clearable
          data={countries.options}
          value={form.country || null}
          onChange={(value) => set({ country: value ?? '' })}
        />
        <Wide>
          <MultiSelect
            label="Whose holidays"
            description="The desk stands for the company."
            searchable
            data={people}
            value={form.holderIds}
            onChange={(holderIds) => set({ holderIds })}
          />
        </Wide>
      </FormGrid>
      <FromCalendar join={join} />
      <Days days={form.days} join={join} remove={(on) => set({ days: form.days.filter((day) => day.on !== on) })} />
    </FormDialog>
  );
}

function FromCalendar({ join }: { join: (days: Day[]) => void }) {
  const [text, setText] = useState('');
  const read = useSend('POST /v1/holidays/read', {
    done: (found) => {
      join(found.days);
      setText('');
    },
  });
  const skipped = read.data?.skipped ?? [];
  return (
    <Stack gap={8}>
      <Textarea
        label="From a calendar"
        description="The text of an iCalendar file (.ics), as public calendars offer it. What comes every year is read for five years."
        autosize
        minRows={2}
        maxRows={6}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Row>
        <FileButton accept=".ics,text/calendar" onChange={(file) => void file?.text().then((content) => read.mutate({ body: { text: content } }))}>
          {(props) => (
            <Button variant="default" size="xs" {...props}>
              From a file
            </Button>
          )}
        </FileButton>
        <Button variant="default" size="xs" disabled={!text.trim()} loading={read.isPending} onClick={() => read.mutate({ body: { text } })}>
          Read the days
        </Button>
      </Row>
      {read.data && (
        <Note tone={skipped.length > 0 ? 'warn' : 'good'}>
          {read.data.days.length} {plural(read.data.days.length, 'day')} read.
          {skipped.length > 0 &&
            ` Left out: ${skipped
              .slice(0, 5)
              .map((one) => `${one.name}, as ${one.why}`)
              .join('; ')}${skipped.length > 5 ? ` and ${skipped.length - 5} more` : ''}.`}
        </Note>
      )}
      <ErrorNote error={read.error} />
    </Stack>
  );
}

function Days({ days, join, remove }: { days: Day[]; join: (days: Day[]) => void; remove: (on: string) => void }) {
  const format = useFormat();
  const [day, setDay] = useState({ on: '', name: '' });
  return (
    <fieldset className={css.days}>
      <legend>
        {days.length === 0 ? 'No day yet' : `${format.number(days.length)} ${plural(days.length, 'day')}`}
      </legend>
      {days.length > 0 && (
        <ul tabIndex={0} aria-label="Days">
          {days.map((one) => (
            <li key={one.on}>
              <span className="num">{format.date(one.on)}</span>
              <span>{one.name}</span>
              <Chip onClick={() => remove(one.on)} aria-label={`Without ${one.name || one.on}, ${one.on}`}>
                ×
              </Chip>
            </li>
          ))}
        </ul>
      )}
      <div className={css.day}>
        <TextInput type="date" aria-label="Day" value={day.on} onChange={(event) => setDay({ ...day, on: event.currentTarget.value })} />
        <TextInput
          aria-label="What it is called"
          placeholder="Company outing"
          maxLength={120}
          value={day.name}
          onChange={(event) => setDay({ ...day, name: event.currentTarget.value })}
        />
        <Button
          variant="default"
          disabled={!day.on}
          onClick={() => {
            join([{ on: day.on, name: day.name.trim() }]);
            setDay({ on: '', name: '' });
          }}
        >
          Add the day
        </Button>
      </div>
    </fieldset>
  );
}
