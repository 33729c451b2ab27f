/**
 * A calendar as RFC 5545 has it: lines end in CR LF and are folded at 75 octets, commas, semicolons, backslashes and line ends in text are
 * escaped, instants stand in UTC, so that no time zone has to be described and every reader shows them in its own.
 */
export interface CalendarEntry {
  /** The same for the same thing for ever, so that a reader moves it instead of adding another. */
  uid: string;
  startsAt: Date;
  minutes: number;
  title: string;
  description: string;
  url: string;
  place?: string | null | undefined;
  /** when it was last said; a reader tells by it which of two is newer */
  saidAt: Date;
}

export function writeCalendar(name: string, entries: readonly CalendarEntry[]): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Baton//Next actions//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `NAME:${escaped(name)}`,
    `X-WR-CALNAME:${escaped(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H', // RFC 7986
    'X-PUBLISHED-TTL:PT1H',
    ...entries.flatMap((entry) => ['BEGIN:VEVENT', ...linesOf(entry), `URL:${entry.url.replaceAll(/[\r\n]/g, '')}`, 'TRANSP:TRANSPARENT', 'END:VEVENT']),
    'END:VCALENDAR',
  ];
  return written(lines);
}

export interface Invitation extends Omit<CalendarEntry, 'url'> {
  organizer: Invited;
  attendee: Invited;
}
interface Invited {
  name: string;
  mail: string;
}

/** An invitation to one meeting, as RFC 5546 has it (3.2.2): said again later with the same uid it moves the meeting. */
export function writeInvitation({ organizer, attendee, ...entry }: Invitation): string {
  return written([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Baton//Meetings//EN',
    'METHOD:REQUEST',
    'BEGIN:VEVENT',
    ...linesOf(entry),
    `SEQUENCE:${Math.floor(entry.saidAt.getTime() / 60_000)}`,
    `ORGANIZER;CN=${parameter(organizer.name)}:mailto:${organizer.mail}`,
    `ATTENDEE;CN=${parameter(attendee.name)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:${attendee.mail}`,
    'STATUS:CONFIRMED',
    'END:VEVENT',
    'END:VCALENDAR',
  ]);
}

const linesOf = (entry: Omit<CalendarEntry, 'url'>): string[] => [
  `UID:${entry.uid}`,
  `DTSTAMP:${utc(entry.saidAt)}`,
  `DTSTART:${utc(entry.startsAt)}`,
  `DURATION:PT${entry.minutes}M`,
  `SUMMARY:${escaped(entry.title)}`,
  `DESCRIPTION:${escaped(entry.description)}`,
  ...(entry.place ? [`LOCATION:${escaped(entry.place)}`] : []),
];
const written = (lines: readonly string[]): string => lines.map((line) => `${folded(line)}\r\n`).join('');
/** A quoted parameter can hold anything but quotes and control characters. */
// eslint-disable-next-line no-control-regex
const parameter = (text: string): string => `"${text.replaceAll(/["\u0000-\u001F\u007F]/g, '')}"`;

/** 20260302T090000Z */
const utc = (at: Date): string => `${at.toISOString().slice(0, 19).replaceAll(/[-:]/g, '')}Z`;

const escaped = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(/\r\n|\r|\n/g, '\\n')
    .replaceAll(/[;,]/g, (sign) => `\\${sign}`)
    // eslint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0008\u000B-\u001F\u007F]/g, '');

const octetsMax = 75;

/** A line of more than 75 octets goes on after CR LF and a blank, never within a character. */
export function folded(line: string): string {
  const parts: string[] = [];
  let part = '';
  let size = 0;
  for (const character of line) {
    const octets = octetsOf(character.codePointAt(0)!);
    if (size + octets > octetsMax) {
      parts.push(part);
      part = ' ';
      size = 1;
    }
    part += character;
    size += octets;
  }
  return [...parts, part].join('\r\n');
}

const octetsOf = (code: number): number => (code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4);
