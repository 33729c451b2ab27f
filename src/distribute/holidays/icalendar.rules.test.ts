import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHolidays } from './icalendar.rules.ts';

const calendar = (...events: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', ...events.flatMap((event) => ['BEGIN:VEVENT', event, 'END:VEVENT']), 'END:VCALENDAR'].join('\r\n');
const read = (...events: string[]) => readHolidays(calendar(...events), 2026, 2028);

test('whole days with their names, in order, each once', () => {
  expect(
    read(
      'DTSTART;VALUE=DATE:20261225\r\nDTEND;VALUE=DATE:20261227\r\nSUMMARY;LANGUAGE=en:Christmas\\, both\r\n  days',
      'DTSTART:20260801T000000\r\nDTEND:20260802T000000\r\nSUMMARY:National day',
      'SUMMARY:A day of its own\r\nDTSTART;VALUE=DATE:20261225',
      'DTSTART;VALUE=DATE:20251225\r\nSUMMARY:Too old',
      'DTSTART;VALUE=DATE:20260501\r\nSTATUS:CANCELLED\r\nSUMMARY:Not this year',
    ),
  ).toEqual({
    days: [
      { on: '2026-08-01', name: 'National day' },
      { on: '2026-12-25', name: 'Christmas, both days · A day of its own' },
      { on: '2026-12-26', name: 'Christmas, both days' },
    ],
    skipped: [],
  });
});

test('every year, on a date or on a weekday of a month, over the years asked for', () => {
  const on = (...lines: string[]) => read([...lines, 'SUMMARY:X'].join('\r\n')).days.map((day) => day.on);
  expect(on('DTSTART;VALUE=DATE:19700101', 'RRULE:FREQ=YEARLY')).toEqual(['2026-01-01', '2027-01-01', '2028-01-01']);
  // Thanksgiving; the last Monday of May; a leap day; every second year; with an end; with an exception.
  expect(on('DTSTART;VALUE=DATE:20001123', 'RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH')).toEqual(['2026-11-26', '2027-11-25', '2028-11-23']);
  expect(on('DTSTART;VALUE=DATE:20200525', 'RRULE:FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO')).toEqual(['2026-05-25', '2027-05-31', '2028-05-29']);
  expect(on('DTSTART;VALUE=DATE:20240229', 'RRULE:FREQ=YEARLY')).toEqual(['2028-02-29']);
  expect(on('DTSTART;VALUE=DATE:20260606', 'RRULE:FREQ=YEARLY;INTERVAL=2')).toEqual(['2026-06-06', '2028-06-06']);
  expect(on('DTSTART;VALUE=DATE:20250606', 'RRULE:FREQ=YEARLY;COUNT=2')).toEqual(['2026-06-06']);
  expect(on('DTSTART;VALUE=DATE:20250606', 'RRULE:FREQ=YEARLY;UNTIL=20270606T000000Z', 'EXDATE;VALUE=DATE:20260606')).toEqual(['2027-06-06']);
});

test('what it cannot read is told by its name', () => {
  expect(
    read(
      'SUMMARY:No day',
      'SUMMARY:Sundays\r\nDTSTART;VALUE=DATE:20260104\r\nRRULE:FREQ=WEEKLY',
      'SUMMARY:Summer\r\nDTSTART;VALUE=DATE:20260701\r\nDTEND;VALUE=DATE:20260901',
      'SUMMARY:Impossible\r\nDTSTART;VALUE=DATE:20260231',
    ),
  ).toEqual({
    days: [],
    skipped: [
      { name: 'No day', why: 'it has no day' },
      { name: 'Sundays', why: 'it repeats in a way that is not read here (FREQ=WEEKLY)' },
      { name: 'Summer', why: 'it lasts longer than a month' },
      { name: 'Impossible', why: 'it has no day' },
    ],
  });
  expect(readHolidays('not a calendar', 2026, 2028)).toEqual({ days: [], skipped: [] });
});

test('an alarm inside an event says nothing of its day', () => {
  const text = 'SUMMARY:Day\r\nBEGIN:VALARM\r\nSUMMARY:Wake up\r\nDURATION:P9D\r\nEND:VALARM\r\nDTSTART;VALUE=DATE:20260706';
  expect(read(text)).toEqual({ days: [{ on: '2026-07-06', name: 'Day' }], skipped: [] });
});

test('whatever is pasted, days come out in order, each once, within the years', () => {
  const piece = fc.constantFrom('BEGIN:VEVENT', 'END:VEVENT', 'DTSTART:20260101', 'DTEND:20260105', 'RRULE:FREQ=YEARLY;BYDAY=2MO', 'SUMMARY:A', 'EXDATE:20270101', ' more', 'RDATE:20260707,20260708');
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string())), (lines) => {
      const { days } = readHolidays(lines.join('\n'), 2026, 2028);
      expect(days.map((day) => day.on)).toEqual([...new Set(days.map((day) => day.on))].toSorted());
      for (const { on } of days) expect(on >= '2026-01-01' && on <= '2028-12-31').toBe(true);
    }),
  );
});
