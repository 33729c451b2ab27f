import { fieldOfHeader } from '../field-of-header.rules.ts';
import { cleanText } from '../read-inquiry.rules.ts';

/** What a mail says in the manner of a form: labels and their values, and what is left of it. */
export interface MailPairs {
  /** By field of ours where the label means one, else by the label; of two for one field the second keeps its label. */
  values: Record<string, string>;
  /** Different fields of ours that were named. */
  known: Set<string>;
  rest: string;
  /** Of the lines that hold anything, the part that belongs to pairs. */
  share: number;
}

const LABEL = /^[\s>]*[*_•·▪\-–]*\s*([^\s:=|*_•·–-][^:=|\t]{0,59}?)\s*[*_]*\s*(:|：|=|\t|\s\|\s)\s*[*_]*\s*(.*)$/;
const MESSAGE_ENDS = /^(-- ?|_{5,}|-{5,}|={5,})$|^(this (e-?mail|message) was sent|sent from:? |diese (e-?mail|nachricht) wurde|ce message a été envoyé|este (correo|mensaje|e-?mail)|deze (e-?mail|bericht)|questa e-?mail)/i;
const pairsMax = 200;

interface Line {
  text: string;
  label?: string;
  value?: string;
  field?: string | undefined;
}

function lineOf(text: string): Line {
  const [, label, sign, value] = LABEL.exec(text) ?? [];
  if (label === undefined || sign === undefined || value === undefined) return { text };
  if (/^https?$|^mailto$/i.test(label) || value.startsWith('//') || label.split(/\s+/).length > 8 || /\d$/.test(label) && /^\d\d\b/.test(value)) return { text };
  const words = label.replace(/\s*[([].*$/, '').replace(/[*?!.…]+$/, '').trim();
  if (words === '') return { text };
  const bare = words.toLowerCase().replaceAll(/[^a-z]/g, '');
  const field = /^utm(source|medium|campaign|term|content|id)$|^(gclid|fbclid|msclkid)$/.test(bare) ? words : fieldOfHeader(words);
  return { text, label: words, value: cleanValue(value), field };
}

/** Links and addresses that a mail program wrote twice stand once. */
export const cleanValue = (value: string): string =>
  value
    .replaceAll(/\s*[<[](?:mailto:|tel:|https?:\/\/)[^>\]\s]*[>\]]/gi, '')
    .replaceAll(/\t+/g, ' ')
    .replace(/^<([^<>\s]+@[^<>\s]+)>$/, '$1')
    .trim();

/** Reads text line by line as the mail of a web form: "Label: value", the value on the line below, or labels and values taking turns. */
export function readPairs(text: string): MailPairs {
  const lines = text.split('\n').slice(0, 5000).map((line) => lineOf(line.replace(/\r$/, '')));
  const values: Record<string, string> = {};
  const known = new Set<string>();
  const rest: string[] = [];
  let covered = 0;
  let count = 0;
  const put = (label: string, field: string | undefined, value: string): void => {
    if (value === '' || count++ >= pairsMax) return;
    if (field && values[field] === undefined) {
      values[field] = value;
      known.add(field);
    } else for (let n = 1; ; n++) {
      const key = n === 1 ? cleanText(label, 100) : `${cleanText(label, 95)} ${n}`;
      if (values[key] === value) return;
      if (values[key] !== undefined) continue;
      values[key] = value;
      return;
    }
  };
  for (let at = 0; at < lines.length; at++) {
    const { text: whole, label, value, field } = lines[at]!;
    if (label === undefined || value === undefined || (field === undefined && (value === '' || !inARun(lines, at)))) {
      if (whole.trim() !== '') rest.push(whole);
      else if (rest.length > 0 && rest.at(-1) !== '') rest.push('');
      continue;
    }
    covered++;
    if (field === 'message' || field === 'need') {
      const block = [value];
      while (at + 1 < lines.length && !(lines[at + 1]!.field !== undefined && lines[at + 1]!.field !== 'message') && !MESSAGE_ENDS.test(lines[at + 1]!.text.trim())) {
        const next = lines[++at]!.text;
        if (next.trim() !== '') covered++;
        block.push(next);
      }
      put(label, field, block.join('\n').trim());
    } else if (value === '') {
      // The value may stand on the next line that holds anything.
      const below = lines.findIndex((line, index) => index > at && line.text.trim() !== '');
      if (below > at && below - at <= 2 && lines[below]!.label === undefined) {
        put(label, field, cleanValue(lines[below]!.text));
        covered++;
        at = below;
      }
    } else put(label, field, value);
  }
  const filled = lines.filter(({ text: line }) => line.trim() !== '').length;
  const told = { values, known, rest: rest.join('\n').trim(), share: filled === 0 ? 0 : covered / filled };
  return known.size >= 2 ? told : takeTurns(lines, told);
}

/** A label we have no word for counts as one only beside others: prose has colons, too. */
function inARun(lines: readonly Line[], at: number): boolean {
  const beside = (step: number): boolean => {
    for (let i = at + step; i >= 0 && i < lines.length && Math.abs(i - at) <= 3; i += step) if (lines[i]!.text.trim() !== '') return lines[i]!.label !== undefined;
    return false;
  };
  return beside(-1) || beside(1);
}

/** Some form services write the label on a line of its own, and the answer below it, without any sign between. */
function takeTurns(lines: readonly Line[], otherwise: MailPairs): MailPairs {
  const filled = lines.map(({ text }) => text.trim()).filter((text) => text !== '');
  const values: Record<string, string> = {};
  const known = new Set<string>();
  const rest: string[] = [];
  for (let at = 0; at < filled.length; at++) {
    const label = filled[at]!.replace(/[*:?]+$/, '').trim();
    const field = label.length <= 40 && label.split(' ').length <= 4 ? fieldOfHeader(label) : undefined;
    const value = filled[at + 1];
    if (field && value !== undefined && !known.has(field) && (value.length > 40 || fieldOfHeader(value) === undefined)) {
      values[field] = cleanValue(value);
      known.add(field);
      at++;
    } else rest.push(filled[at]!);
  }
  const proves = Object.entries(values).some(([field, value]) => field === 'email' && /^\S+@\S+\.\S+$/.test(value));
  if (known.size < 2 || !proves) return otherwise;
  return { values, known, rest: rest.join('\n'), share: 1 - rest.length / Math.max(1, filled.length) };
}

const WHO = ['email', 'phone', 'mobile', 'fullName', 'familyName', 'givenName', 'organization'];
/** Whether it is the mail of a form: two fields at least, one of them saying who, and most of the mail made of them. */
export const isForm = (pairs: MailPairs): boolean => pairs.known.size >= 2 && WHO.some((field) => pairs.known.has(field)) && pairs.share >= 0.5;
