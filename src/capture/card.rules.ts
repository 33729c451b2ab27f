import { RecordTooLong } from './keyed-records.rules.ts';
import type { KeyedReader, KeyedRecord } from './keyed-records.rules.ts';

/** Pictures, sounds and keys: nothing of them is kept, so a long one costs no memory. */
const BINARY = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY']);
const charsMax = 200_000;

export const looksLikeCards = (head: string): boolean => /^[\uFEFF\s]*BEGIN[^\n:]*:[ \t]*VCARD/i.test(head);

interface Property {
  name: string;
  /** upper-cased types: WORK, CELL, PREF */
  types: Set<string>;
  value: string;
}

/**
 * vCards 2.1, 3.0 (RFC 2426) and 4.0 (RFC 6350), any number in a file: lines folded by a leading blank or by quoted-printable, groups
 * ("item1.EMAIL"), types with and without TYPE=, character sets by property. Each card becomes a record with names our fields know.
 */
export class CardReader implements KeyedReader {
  private rest = '';
  private row = 0;
  private line = '';
  private depth = 0;
  private card: Property[] = [];

  push(chunk: string, last: boolean): KeyedRecord[] {
    const lines = (this.rest + chunk).split(/\r\n|\n|\r(?!$)/);
    this.rest = last ? '' : lines.pop()!;
    if (this.rest.length > charsMax * 10) throw new RecordTooLong('A line of the file is far longer than any of a vCard.');
    const out: KeyedRecord[] = [];
    for (const raw of lines) this.take(raw.replace(/^\uFEFF/, ''), out);
    if (last) {
      this.finish(out);
      if (this.depth > 0) out.push({ row: ++this.row, values: valuesOf(this.card), problem: 'The file ends in the middle of this card.', text: this.card.map(({ value }) => value).join(' ').slice(0, 2000) });
    }
    return out;
  }

  private take(raw: string, out: KeyedRecord[]): void {
    const soft = /ENCODING=QUOTED-PRINTABLE|;QUOTED-PRINTABLE/i.test(this.line.slice(0, Math.max(0, this.line.indexOf(':')))) && this.line.endsWith('=');
    if (soft) this.line = this.line.slice(0, -1) + raw.replace(/^[ \t]/, '');
    else if (/^[ \t]/.test(raw) && this.line !== '') {
      if (!BINARY.has(nameOf(this.line)) && this.line.length < charsMax) this.line += raw.slice(1);
    } else {
      this.finish(out);
      this.line = raw;
    }
  }

  private finish(out: KeyedRecord[]): void {
    const line = this.line;
    this.line = '';
    if (/^BEGIN[^:]*:\s*VCARD/i.test(line)) {
      // A card may hold another (AGENT); only the outer one is ours.
      if (this.depth++ === 0) this.card = [];
      return;
    }
    if (this.depth === 0) return;
    if (/^END[^:]*:\s*VCARD/i.test(line)) {
      if (--this.depth === 0) {
        const values = valuesOf(this.card);
        const row = ++this.row;
        out.push(Object.keys(values).length > 0 ? { row, values } : { row, values, problem: 'The card is empty.', text: '' });
      }
      return;
    }
    if (this.depth > 1 || BINARY.has(nameOf(line))) return;
    const property = propertyOf(line);
    if (property) this.card.push(property);
  }
}

const nameOf = (line: string): string => (/^(?:[\w-]+\.)?([\w-]+)/.exec(line)?.[1] ?? '').toUpperCase();

function propertyOf(line: string): Property | undefined {
  // The colon that ends the parameters is the first one outside quotation marks.
  const head = /^((?:[^":]|"[^"]*")*):/.exec(line)?.[1];
  if (head === undefined) return undefined;
  const [first = '', ...parameters] = head.match(/(?:[^";]|"[^"]*")+/g) ?? [];
  const types = new Set<string>();
  let charset = '';
  let encoding = '';
  for (const parameter of parameters) {
    const [key = '', value] = parameter.split('=', 2);
    const words = (value ?? key).replaceAll('"', '').toUpperCase().split(',');
    if (value === undefined || /^type$/i.test(key)) for (const word of words) types.add(word);
    else if (/^pref$/i.test(key)) types.add('PREF');
    else if (/^charset$/i.test(key)) charset = value.replaceAll('"', '');
    else if (/^encoding$/i.test(key)) encoding = value.toUpperCase();
  }
  if (types.has('QUOTED-PRINTABLE')) encoding = 'QUOTED-PRINTABLE';
  if (encoding === 'B' || encoding === 'BASE64' || types.has('BASE64')) return undefined;
  const raw = line.slice(head.length + 1);
  return { name: first.replace(/^[^.]*\./, '').toUpperCase(), types, value: encoding === 'QUOTED-PRINTABLE' ? unquote(raw, charset) : raw };
}

function unquote(text: string, charset: string): string {
  const bytes = Uint8Array.from([...text.matchAll(/=([0-9A-Fa-f]{2})|([\s\S])/g)].flatMap(([, hex, sign]) => (hex ? [Number.parseInt(hex, 16)] : [...new TextEncoder().encode(sign)])));
  for (const label of [charset, 'utf-8', 'windows-1252']) {
    if (label === '') continue;
    try {
      return new TextDecoder(label, { fatal: true }).decode(bytes);
    } catch {
      // An unknown or untrue character set: the next is tried.
    }
  }
  return text;
}

/** 'Weber;Jonas;;Dr.' → its parts, the escapes taken out. */
const partsOf = (value: string): string[] => (value.match(/(?:\\[\s\S]|[^;\\])*(?:;|$)/g) ?? []).map((part) => plain(part.replace(/;$/, '')));
const plain = (value: string): string => value.replace(/\\([nN,;:\\])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign)).trim();

/** What a card says, under names that header words know; second ones are numbered ("E-mail 2"). */
function valuesOf(card: readonly Property[]): Record<string, string> {
  const out: Record<string, string> = {};
  const set = (name: string, value: string | undefined): void => {
    if (!value) return;
    for (let n = 1; ; n++) {
      const key = n === 1 ? name : `${name} ${n}`;
      if (out[key] === value) return;
      if (out[key] === undefined) {
        out[key] = value;
        return;
      }
    }
  };
  const preferred = card.toSorted((a, b) => rank(a) - rank(b));
  for (const { name, types, value } of preferred) {
    switch (name) {
      case 'FN': set('Name', plain(value)); break;
      case 'N': {
        const [family, given, middle, prefix, suffix] = partsOf(value);
        set('Family name', family); set('Given name', given); set('Middle name', middle); set('Salutation', prefix); set('Name suffix', suffix);
        break;
      }
      case 'ORG': {
        const [organization, ...units] = partsOf(value);
        set('Organization', organization); set('Department', units.filter(Boolean).join(', '));
        break;
      }
      case 'TITLE': set('Job title', plain(value)); break;
      case 'ROLE': set('Role', plain(value)); break;
      case 'EMAIL': set('E-mail', plain(value).replace(/^mailto:/i, '')); break;
      case 'TEL': set(types.has('FAX') ? 'Fax' : types.has('CELL') ? 'Mobile' : 'Phone', plain(value).replace(/^tel:/i, '')); break;
      case 'ADR': {
        if (out['City'] || out['Street']) break;
        const [box, extended, street, city, region, postal, country] = partsOf(value);
        set('Street', [street, extended, box].filter(Boolean).join(', ')); set('City', city); set('State', region); set('Postal code', postal); set('Country', country);
        break;
      }
      case 'URL': set('Website', plain(value)); break;
      case 'NOTE': set('Note', plain(value)); break;
      case 'UID': set('UID', plain(value)); break;
      case 'BDAY': set('Birthday', plain(value)); break;
      case 'CATEGORIES': set('Categories', plain(value)); break;
      case 'LANG': set('Language', plain(value)); break;
      case 'REV': set('Updated', plain(value)); break;
      default: if (name.startsWith('X-') && !/^X-(AB|MS-OL|MS-CARDPICTURE|ACTIVITY)/.test(name) && value.length < 2000) set(name.slice(2), plain(value));
    }
  }
  return out;
}
/** What is preferred comes first, then business before home. */
const rank = ({ types }: Property): number => (types.has('PREF') ? 0 : types.has('WORK') ? 1 : types.has('HOME') ? 3 : 2);
