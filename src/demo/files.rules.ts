import { invoiceNumberOf, type LedgerEntry } from './ledger.rules.ts';
import { cellOf, splitName } from './lists.rules.ts';
import { organizationOf, verticalNames } from './organizations.rules.ts';
import type { DemoProgram } from './programs.rules.ts';
import { randomOf } from './random.rules.ts';
import type { GeneratedInquiry } from './world.rules.ts';

// The files that people of the demo company bring in: badge scans, the purchased list, customers and invoices out of accounting.

export interface DemoFile {
  name: string;
  text: string;
  /** Which field each column feeds. */
  mapping: Record<string, string>;
}
export interface ListFile extends DemoFile {
  /** The inquiry that stands in a row; the header is row 1. Broken rows have none. */
  inquiryOfRow: Map<number, GeneratedInquiry>;
}

/** Field, its heading in English, its heading in German. */
const scanned: readonly (readonly [string, string, string])[] = [
  ['occurredAt', 'Scanned', 'Erfasst'],
  ['givenName', 'First name', 'Vorname'],
  ['familyName', 'Last name', 'Nachname'],
  ['title', 'Job title', 'Funktion'],
  ['organization', 'Company', 'Firma'],
  ['email', 'E-mail', 'E-Mail'],
  ['phone', 'Phone', 'Telefon'],
  ['mobile', 'Mobile', 'Mobil'],
  ['street', 'Street', 'Straße'],
  ['postalCode', 'ZIP', 'PLZ'],
  ['city', 'City', 'Ort'],
  ['state', 'State', 'Bundesland'],
  ['country', 'Country', 'Land'],
  ['vertical', 'Industry', 'Branche'],
  ['employees', 'Employees', 'Mitarbeiter'],
  ['product', 'Product', 'Produkt'],
  ['budget', 'Budget', 'Budget'],
  ['authority', 'Decision', 'Entscheider'],
  ['need', 'Need', 'Bedarf'],
  ['timing', 'Timeframe', 'Zeitraum'],
  ['message', 'Remarks', 'Bemerkung'],
];

/** What a scanner or a list broker hands over: the inquiries of one program, and now and then a row that nobody can read. */
export function listFile(program: DemoProgram, inquiries: readonly GeneratedInquiry[]): ListFile {
  const german = program.country === 'DE';
  const delimiter = german ? ';' : ',';
  const inquiryOfRow = new Map<number, GeneratedInquiry>();
  const heads = scanned.map(([field, english, local]) =>
    field === 'occurredAt' && program.channel === 'list' ? 'List date' : german ? local : english,
  );
  const isShow = program.shape === 'show';
  const lines = [[...heads, ...(isShow ? [boothField.label] : [])].join(delimiter)];
  inquiries.forEach((inquiry, index) => {
    const { fields } = inquiry;
    const [given = '', family = ''] = fields.fullName ? splitName(fields.fullName) : [fields.givenName, fields.familyName];
    const said: Record<string, unknown> = {
      ...fields,
      vertical: fields.vertical ?? fields.industry,
      givenName: given,
      familyName: family,
      occurredAt: stampOf(inquiry.occurredAt, german),
    };
    const cells = scanned.map(([field]) => String(said[field] ?? '').replaceAll(/\s+/g, ' '));
    const booth = isShow ? [seenRunning[index % seenRunning.length]!] : [];
    lines.push([...cells, ...booth].map((cell) => cellOf(cell, delimiter)).join(delimiter));
    inquiryOfRow.set(lines.length, inquiry);
    if (index % 60 === 17) lines.push(brokenRow(cells, index, delimiter));
  });
  return {
    name: `${program.externalId} ${program.name.replaceAll(/[^\p{L}\p{N}]+/gu, ' ').trim()}.csv`,
    text: `${lines.join('\r\n')}\r\n`,
    mapping: mappingOf(scanned.map(([field]) => field)),
    inquiryOfRow,
  };
}

/** Either a remark with the delimiter in it and no quotation marks around it, or a day that never was. */
function brokenRow(cells: readonly string[], index: number, delimiter: string): string {
  const row = cells.map((cell) => cellOf(cell, delimiter));
  if (index % 120 === 17) row[row.length - 1] = ['Wants two', 'see card', 'call next week'].join(`${delimiter} `);
  else row[0] = '31.02.2026 10:15';
  return row.join(delimiter);
}

const stampOf = (at: Date, german: boolean): string => {
  const [year, month, day] = at.toISOString().slice(0, 10).split('-');
  const time = at.toISOString().slice(11, 16);
  return german ? `${day}.${month}.${year} ${time}` : `${month}/${day}/${year} ${time}`;
};

const customers = ['name', 'website', 'street', 'postalCode', 'city', 'state', 'country', 'vertical', 'employees', 'isCustomer'] as const;

/** What accounting knows of its customers that nobody else asks for: the company's own fields. */
export const customerFields = [
  { subject: 'organization', label: 'Service contract', type: 'choice', choices: ['no contract', 'basic', 'full'] },
  { subject: 'organization', label: 'Pumps installed', type: 'number', choices: [] },
] as const;
/** What is asked at the booth beyond what every inquiry says. */
export const boothField = { subject: 'inquiry', label: 'Seen running', type: 'text', choices: [] } as const;
const seenRunning = ['cut-away model', 'test loop', 'dosing bench', ''];

/** The customers that accounting knew before Baton came. Not all: accounting forgets, too. */
export function customersFile(seed: number): DemoFile {
  const lines = [`Customer,Website,Street,ZIP,City,State,Country,Industry,Employees,Is a customer,${customerFields.map(({ label }) => label).join(',')}`];
  for (let n = 0; n < 110; n++) {
    const { name, domain, street, postalCode, place, vertical, employees } = organizationOf(seed, 3_000_000 + n);
    const state = place.country === 'US' ? (place.state ?? '') : '';
    const cells = [name, `https://www.${domain}`, street, postalCode, place.city, state, place.country, verticalNames[vertical], employees];
    const random = randomOf(seed, 'customer', n);
    const pumps = Math.ceil(random.logNormal(9, 0.9));
    const contract = customerFields[0].choices[random.chance(0.55) ? 0 : pumps > 20 ? 2 : 1];
    lines.push([...cells.map((cell) => cellOf(String(cell))), 'yes', contract, pumps].join(','));
  }
  return { name: 'Customers from accounting.csv', text: `${lines.join('\n')}\n`, mapping: mappingOf(customers) };
}

const invoiceFields = [
  'number',
  'kind',
  'status',
  'issuedAt',
  'accountName',
  'email',
  'reference',
  'subject',
  'net',
  'tax',
  'grandTotal',
] as const;

/** What accounting exports: the documents of a month or a week. `firstNumber` counts over all files. */
export function invoicesFile(
  month: string,
  due: readonly { entry: LedgerEntry; reference: string | null; status: string }[],
  firstNumber: number,
): DemoFile {
  const lines = ['Document no,Document type,Status,Date,Customer,E-mail,Your reference,Text,Net,Tax,Total'];
  due.forEach(({ entry, reference, status }, index) => {
    const cells = [
      invoiceNumberOf(entry, firstNumber + index),
      entry.kind === 'invoice' ? 'Invoice' : 'Credit note',
      status,
      entry.at.toISOString().slice(0, 10),
      entry.billedName,
      entry.billedEmail ?? '',
      reference ?? '',
      entry.subject,
      ...[entry.netMinor, entry.taxMinor, entry.netMinor + entry.taxMinor].map((minor) => (minor / 100).toFixed(2)),
    ];
    lines.push(cells.map((cell) => cellOf(cell)).join(','));
  });
  return { name: `Invoices ${month}.csv`, text: `${lines.join('\n')}\n`, mapping: mappingOf(invoiceFields) };
}

const mappingOf = (fields: readonly string[]): Record<string, string> =>
  Object.fromEntries(fields.map((field, index) => [String(index), field]));
