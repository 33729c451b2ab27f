import type { Truth } from './truth.rules.ts';
import { generateInquiries, type WorldOptions } from './world.rules.ts';

/** The header of `dirtyRows`: the thirteen columns that most lists come with. */
export const dirtyColumns = [
  'First Name',
  'Last Name',
  'Company',
  'Job Title',
  'E-mail',
  'Phone',
  'Street',
  'City',
  'ZIP',
  'State',
  'Country',
  'Comments',
  'Date',
] as const;

/** The same world as thirteen-column rows for import tests; the truth stays beside the row, never in it. */
export function* dirtyRows(options: WorldOptions): Generator<{ row: string[]; truth: Truth }> {
  for (const { fields, occurredAt, truth } of generateInquiries(options)) {
    const [given = '', family = ''] = fields.fullName ? splitName(fields.fullName) : [fields.givenName, fields.familyName];
    yield {
      row: [
        given,
        family,
        fields.organization ?? '',
        fields.title ?? '',
        fields.email ?? '',
        fields.phone ?? fields.mobile ?? '',
        fields.street ?? '',
        fields.city ?? '',
        fields.postalCode ?? '',
        fields.state ?? '',
        fields.country ?? '',
        fields.message ?? '',
        occurredAt.toISOString().slice(0, 10),
      ],
      truth,
    };
  }
}

export function splitName(fullName: string): [string, string] {
  const at = fullName.includes(', ') ? fullName.indexOf(', ') : fullName.indexOf(' ');
  if (at < 0) return ['', fullName];
  return fullName.includes(', ') ? [fullName.slice(at + 2), fullName.slice(0, at)] : [fullName.slice(0, at), fullName.slice(at + 1)];
}

/** The rows as CSV text, line by line, header first. */
export function* dirtyCsv(options: WorldOptions): Generator<string> {
  yield `${dirtyColumns.join(',')}\n`;
  for (const { row } of dirtyRows(options)) yield `${row.map((cell) => cellOf(cell)).join(',')}\n`;
}

export const cellOf = (value: string, delimiter = ','): string =>
  /["\n\r]/.test(value) || value.includes(delimiter) ? `"${value.replaceAll('"', '""')}"` : value;
