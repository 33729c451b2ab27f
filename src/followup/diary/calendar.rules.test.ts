import fc from 'fast-check';
import { expect, test } from 'vitest';
import { folded, writeCalendar, writeInvitation } from './calendar.rules.ts';

const entry = {
  uid: '1@baton',
  startsAt: new Date('2026-03-29T00:30:00Z'),
  minutes: 30,
  title: 'Call Marta; then Tomas, twice',
  description: 'First line\nC:\\pumps',
  url: 'https://leads.example/leads/1',
  saidAt: new Date('2026-03-02T09:00:00Z'),
};

test('what readers expect, to the letter', () => {
  expect(writeCalendar('Lena, Baton', [entry])).toBe(
    [
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Baton//Next actions//EN',
      'CALSCALE:GREGORIAN',
      'METHOD:PUBLISH',
      'NAME:Lena\\, Baton',
      'X-WR-CALNAME:Lena\\, Baton',
      'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
      'X-PUBLISHED-TTL:PT1H',
      'BEGIN:VEVENT',
      'UID:1@baton',
      'DTSTAMP:20260302T090000Z',
      'DTSTART:20260329T003000Z',
      'DURATION:PT30M',
      'SUMMARY:Call Marta\\; then Tomas\\, twice',
      'DESCRIPTION:First line\\nC:\\\\pumps',
      'URL:https://leads.example/leads/1',
      'TRANSP:TRANSPARENT',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ].join('\r\n'),
  );
});

test('no line is longer than 75 octets, and unfolding brings everything back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
      const line = `SUMMARY:${text.replaceAll(/[\r\n]/g, '')}`;
      const lines = folded(line).split('\r\n');
      for (const one of lines) expect(Buffer.byteLength(one)).toBeLessThanOrEqual(75);
      expect(lines.map((one, at) => (at === 0 ? one : one.slice(1))).join('')).toBe(line);
    }),
  );
});

test('nothing somebody typed can begin a line of its own', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 120 }), fc.constantFrom('\r\n', '\n', '\r', '\u2028', '\u0000'), (text, end) => {
      const written = writeCalendar('x', [{ ...entry, title: `${text}${end}END:VCALENDAR${end}BEGIN:VEVENT`, description: text }]);
      const lines = written.replaceAll('\r\n ', '').split('\r\n');
      expect(lines.filter((one) => one === 'BEGIN:VEVENT')).toHaveLength(1);
      expect(lines.filter((one) => one === 'END:VCALENDAR')).toHaveLength(1);
      expect(written.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }),
  );
});

test('an invitation names who asks and who is asked, and moves when it is said again', () => {
  const { url: _, ...meeting } = entry;
  const invitation = { ...meeting, place: 'Hall 3; booth 12', organizer: { name: 'Ana "Ace" Ruiz', mail: 'ana@firm.example' }, attendee: { name: 'Marta', mail: 'marta@plant.example' } };
  const lines = writeInvitation(invitation).replaceAll('\r\n ', '').split('\r\n');
  expect(lines.slice(3, 9)).toEqual(['METHOD:REQUEST', 'BEGIN:VEVENT', 'UID:1@baton', 'DTSTAMP:20260302T090000Z', 'DTSTART:20260329T003000Z', 'DURATION:PT30M']);
  expect(lines).toContain('LOCATION:Hall 3\\; booth 12');
  expect(lines).toContain('ORGANIZER;CN="Ana Ace Ruiz":mailto:ana@firm.example');
  expect(lines).toContain('ATTENDEE;CN="Marta";ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:marta@plant.example');
  const sequence = (saidAt: Date): number => Number(/SEQUENCE:(\d+)/.exec(writeInvitation({ ...invitation, saidAt }))![1]);
  expect(sequence(new Date('2026-03-02T09:01:00Z'))).toBe(sequence(meeting.saidAt) + 1);
  expect(sequence(new Date('2090-01-01T00:00:00Z'))).toBeLessThan(2 ** 31);
});
