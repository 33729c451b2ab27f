import type { Arrival } from '../accept-inquiries.ts';
import { withoutClaims } from '../arrive.rules.ts';
import { CardReader, looksLikeCards } from '../card.rules.ts';
import { decodeText } from '../decode-body.rules.ts';
import { fieldOfHeader } from '../field-of-header.rules.ts';
import { readInquiry, saysSomething } from '../read-inquiry.rules.ts';
import { htmlText } from './html-text.rules.ts';
import { forwardedIn, ownWords, phonesIn } from './mail-forward.rules.ts';
import { isNobody } from './mail-message.rules.ts';
import type { MailAddress, MailFile, MailMessage } from './mail-message.rules.ts';
import { heldBecause } from './mail-nature.rules.ts';
import { isForm, readPairs } from './mail-pairs.rules.ts';
import type { MailPairs } from './mail-pairs.rules.ts';

/** As what a mail was read. */
export type MailNature = 'form' | 'forward' | 'person' | 'cards' | 'records' | 'held' | 'unread';
export interface MailReading {
  nature: MailNature;
  /** The inquiries in it, one at least; what cannot be read says why. */
  arrivals: (Pick<Arrival, 'fields'> & Partial<Pick<Arrival, 'source' | 'firstTouch' | 'lastTouch' | 'problem'>>)[];
  sentences: string[];
}

/** More cards or records in a mail than this are a list, and come in as a file does. */
const recordsMax = 100;
const depthMax = 3;
type Said = Record<string, unknown>;

const ending = ({ name }: MailFile): string => /\.([a-z0-9]{1,5})$/i.exec(name.trim())?.[1]?.toLowerCase() ?? '';
const isCards = (file: MailFile): boolean => ['vcf', 'vcard'].includes(ending(file)) || /^text\/(x-)?vcard$/.test(file.type);
const isJson = (file: MailFile): boolean => ['json', 'jsonl', 'ndjson'].includes(ending(file)) || file.type === 'application/json';
const isTable = (file: MailFile): boolean => ['csv', 'tsv', 'xlsx', 'xlsm', 'xls', 'zip', 'gz'].includes(ending(file)) || /csv|spreadsheetml|ms-excel|tab-separated/.test(file.type);
const isTnef = (file: MailFile): boolean => file.name.toLowerCase() === 'winmail.dat' || file.type === 'application/ms-tnef';

/** The files of a mail that may be lists to bring in: tables, and cards or records in numbers. */
export const listFiles = (mail: MailMessage): MailFile[] => mail.files.filter((file) => isTable(file) || ((isCards(file) || isJson(file)) && recordsOf(file).length > recordsMax));

/** A mail's body as text: of its two forms the one that says more in labels, else the plain one. */
export function bodyOf(mail: MailMessage): { text: string; pairs: MailPairs } {
  const plain = { text: mail.text.replaceAll('\r\n', '\n'), pairs: readPairs(mail.text) };
  if (mail.html === '' || (isForm(plain.pairs) && plain.pairs.known.size > 2)) return plain;
  const text = htmlText(mail.html);
  const rich = { text, pairs: readPairs(text) };
  if (plain.text.trim() === '') return rich;
  return isForm(rich.pairs) && rich.pairs.known.size > plain.pairs.known.size ? rich : plain;
}

/** Reads a mail into inquiries. `release` reads also what is held back by its nature: a person wants it so. */
export function readMail(mail: MailMessage, release = false): MailReading {
  const { text, pairs } = bodyOf(mail);
  const sentences: string[] = [];
  if (mail.files.some(isTnef)) sentences.push('Its winmail.dat is an Outlook wrapping that is not opened; ask the sender for the file itself.');
  const aside = mail.files.filter((file) => !isTnef(file)).map(({ name }) => name.slice(0, 200)).slice(0, 50);
  const kept: Said = aside.length > 0 ? { attachments: aside } : {};

  const held = release ? undefined : heldBecause(mail, { isForm: isForm(pairs) });
  if (held) return { nature: 'held', arrivals: [{ ...arrivalOf({}, { subject: mail.subject }), problem: held }], sentences };

  const cards = mail.files.filter(isCards).flatMap(recordsOf);
  if (cards.length > 0 && cards.length <= recordsMax) return { nature: 'cards', arrivals: cards.map((card) => arrivalOf(card, { sentBy: sender(mail.from) })), sentences };
  const body = text.trim();
  const records = [...mail.files.filter(isJson).flatMap(recordsOf), ...(/^[[{]/.test(body) ? jsonRecords(body) : [])];
  if (records.length > 0 && records.length <= recordsMax) return { nature: 'records', arrivals: records.map((record) => arrivalOf(record, { sentBy: sender(mail.from) })), sentences };

  const [enclosed] = mail.enclosed;
  if (enclosed) return { nature: 'forward', arrivals: mail.enclosed.slice(0, recordsMax).map((one) => letter(one, { ...kept, forwardedBy: sender(mail.from), ...(body ? { forwarderNote: ownWords(text).text } : {}) }, 1)), sentences };
  const said = letter(mail, kept, 0);
  return { nature: said.problem ? 'unread' : said.nature, arrivals: [said], sentences };
}

/** Who wrote a mail, or the mail in it, and what about. */
function letter(mail: MailMessage, kept: Said, depth: number): MailReading['arrivals'][number] & { nature: MailNature } {
  const [within] = mail.enclosed;
  if (within && depth < depthMax) return letter(within, { ...kept, forwardedBy: kept['forwardedBy'] ?? sender(mail.from) }, depth + 1);
  const { text, pairs } = bodyOf(mail);
  const writer = mail.replyTo && !isNobody(mail.replyTo.address) ? mail.replyTo : mail.from;
  const inner = forwardedIn(text, mail.subject, mail.from?.address ?? '');
  if (inner) {
    const innerPairs = readPairs(inner.body);
    const notes = { ...kept, forwardedBy: kept['forwardedBy'] ?? sender(mail.from), ...(inner.note ? { forwarderNote: inner.note } : {}) };
    const said = isForm(innerPairs) ? formSaid(innerPairs, inner.from, inner.subject, notes) : personSaid(inner.from, inner.subject, inner.body, notes);
    return { ...said, nature: 'forward' };
  }
  if (isForm(pairs)) return { ...formSaid(pairs, writer, mail.subject, kept), nature: 'form' };
  return { ...personSaid(writer, mail.subject, text, kept), nature: 'person' };
}

function formSaid(pairs: MailPairs, writer: MailAddress | null, subject: string, kept: Said): MailReading['arrivals'][number] {
  const values: Said = { ...pairs.values };
  const notes: Said = { ...kept, ...(subject ? { subject } : {}) };
  // The mail of a form comes from the site; only an address to answer to is the visitor's own.
  const personal = writer && writer.address !== '' && !isNobody(writer.address);
  const own = personal && (values['email'] === undefined || String(values['email']).toLowerCase() === writer.address);
  if (own && values['email'] === undefined && values['phone'] === undefined && values['mobile'] === undefined) values['email'] = writer.address;
  if (own && values['email'] === writer.address && writer.name && !['fullName', 'familyName', 'givenName'].some((name) => values[name] !== undefined)) values['fullName'] = writer.name;
  if (pairs.rest) {
    if (own && values['message'] === undefined) values['message'] = pairs.rest;
    else notes['text'] = pairs.rest;
  }
  return arrivalOf(values, notes);
}

function personSaid(writer: MailAddress | null, subject: string, text: string, kept: Said): MailReading['arrivals'][number] {
  const { text: own, signature } = ownWords(text);
  const message = [subject, own].filter(Boolean).join('\n\n');
  const said: Said = { ...(writer?.name ? { fullName: writer.name } : {}), ...(writer?.address ? { email: writer.address } : {}), ...(message ? { message } : {}), ...phonesIn(`${own}\n${signature}`) };
  const notes = { ...kept, ...(signature ? { signature } : {}) };
  const arrival = arrivalOf(said, notes);
  if (!writer || (writer.address === '' && !said['phone'] && !said['mobile'])) return { ...arrival, problem: 'It names nobody who could be answered.' };
  if (isNobody(writer.address)) return { ...arrival, problem: 'A machine sent it, and nothing in it says who asks.' };
  return arrival;
}

function arrivalOf(values: Said, notes: Said): MailReading['arrivals'][number] {
  const read = readInquiry({ ...values, ...(Object.keys(notes).length > 0 ? { custom: { ...(values['custom'] as object | undefined), ...notes } } : {}) });
  const { fields } = withoutClaims(read.fields);
  const said = { fields, source: read.source, firstTouch: read.firstTouch, lastTouch: read.lastTouch };
  const { custom: _custom, ...own } = fields;
  return saysSomething({ ...read, fields: own }) ? said : { ...said, problem: 'Nothing in it says who asks or for what.' };
}

const sender = (from: MailAddress | null): string => (from ? (from.name ? `${from.name} <${from.address}>` : from.address) : 'nobody named');

function recordsOf(file: MailFile): Said[] {
  const text = decodeText(file.bytes, undefined).text ?? new TextDecoder('windows-1252').decode(file.bytes);
  if (isJson(file)) return jsonRecords(text);
  if (!looksLikeCards(text)) return [];
  const keyed = new CardReader().push(text, true).filter(({ problem }) => !problem);
  return keyed.map(({ values }) => Object.fromEntries(Object.entries(values).map(([label, value]) => [fieldOfHeader(label) ?? label, value])));
}

function jsonRecords(text: string): Said[] {
  const isRecord = (value: unknown): value is Said => typeof value === 'object' && value !== null && !Array.isArray(value);
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value.filter(isRecord) : isRecord(value) ? [value] : [];
  } catch {
    // One a line.
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    try {
      return lines.map((line) => JSON.parse(line) as unknown).filter(isRecord);
    } catch {
      return [];
    }
  }
}
