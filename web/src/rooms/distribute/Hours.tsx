import { TagsInput } from '@mantine/core';
import type { Answer } from '../../api/contract.ts';
import css from './distribute.module.css';

export type Calendar = NonNullable<Answer<'GET /v1/holders/:id'>['calendar']>;
type Day = keyof Calendar['hours'];
const days: [Day, string][] = [
  ['mon', 'Monday'],
  ['tue', 'Tuesday'],
  ['wed', 'Wednesday'],
  ['thu', 'Thursday'],
  ['fri', 'Friday'],
  ['sat', 'Saturday'],
  ['sun', 'Sunday'],
];

export function blankCalendar(): Calendar {
  const day: [string, string][] = [['09:00', '17:00']];
  return { hours: { mon: day, tue: day, wed: day, thu: day, fri: day }, holidays: [] };
}

/** The hours in which a response clock runs. */
export function Hours({ calendar, onChange }: { calendar: Calendar; onChange: (calendar: Calendar) => void }) {
  const put = (day: Day, spans: [string, string][]) => onChange({ ...calendar, hours: { ...calendar.hours, [day]: spans } });
  return (
    <fieldset style={{ border: 0, padding: 0, margin: 0, display: 'grid', gap: 6 }}>
      <legend className="strong" style={{ padding: 0, marginBottom: 6 }}>
        Hours
      </legend>
      {days.map(([day, name]) => {
        const spans = calendar.hours[day] ?? [];
        const [from, to] = spans[0] ?? ['09:00', '17:00'];
        return (
          <div key={day} className={css.hours}>
            <label style={{ display: 'flex', gap: 6 }}>
              <input type="checkbox" checked={spans.length > 0} onChange={(event) => put(day, event.target.checked ? [[from, to]] : [])} />
              {name}
            </label>
            {spans.length > 0 ? (
              <span>
                <input
                  type="time"
                  aria-label={`${name} from`}
                  value={from}
                  onChange={(event) => put(day, [[event.target.value, to], ...spans.slice(1)])}
                />{' '}
                –{' '}
                <input
                  type="time"
                  aria-label={`${name} to`}
                  value={to}
                  onChange={(event) => put(day, [[from, event.target.value], ...spans.slice(1)])}
                />
                {spans.length > 1 && (
                  <span className="dim">
                    {' '}
                    and{' '}
                    {spans
                      .slice(1)
                      .map((span) => span.join('–'))
                      .join(', ')}
                  </span>
                )}
              </span>
            ) : (
              <span className="dim">does not count</span>
            )}
          </div>
        );
      })}
      <TagsInput
        label="Holidays"
        description="Days that do not count, such as 2026-12-25."
        value={calendar.holidays}
        onChange={(holidays) => onChange({ ...calendar, holidays: holidays.filter((one) => /^\d{4}-\d\d-\d\d$/.test(one)) })}
        acceptValueOnBlur
      />
    </fieldset>
  );
}
