import { consentChannels, purposeKey } from '../platform/values/consent-channel.rules.ts';
import { wordsOf } from './header-words.rules.ts';
import { inquiryFields, ownColumns } from './inquiry-words.rules.ts';
import type { ConsentSaid, InquiryFields, Touch } from './inquiry.contract.ts';
import { CLICK_IDS, readTouch } from './touch.rules.ts';

/** What a posted body says, before anything is looked up. */
export interface ReadInquiry {
  fields: InquiryFields;
  externalId: string | null;
  source: string | null;
  /** An id, an external id or a name. */
  program: string | null;
  occurredAt: Date | null;
  firstTouch: Touch | null;
  lastTouch: Touch | null;
}

/** The wishes to be left alone, yes or no. */
const wishes = new Set(inquiryFields.filter(({ type }) => type === 'boolean').map(({ name }) => name));
const byWord = new Map<string, string>();
for (const field of inquiryFields) {
  for (const word of [field.name, ...field.synonyms]) {
    const key = wordsOf(word).replaceAll(' ', '');
    if (!byWord.has(key)) byWord.set(key, field.name);
  }
}
/** "data" is Italian for date in a file, and the envelope of half the world's JSON. */
const ENVELOPES = new Set(['data', 'fields', 'lead', 'contact', 'person', 'customer', 'address', 'attributes', 'properties', 'traits', 'payload', 'inquiry', 'enquiry', 'submission', 'form', 'answers', 'values', 'company', 'organization', 'organisation', 'context', 'page', 'campaign']);
const CONTROL = new Set(['firsttouch', 'lasttouch', 'parameters', 'idempotencykey', 'altcha', 'homepageconfirm', 'url', 'landingurl', 'pageurl', 'pageuri', 'referer', 'referrer']);
const CAMPAIGN = new Set(['utmsource', 'utmmedium', 'utmcampaign', 'utmterm', 'utmcontent', 'utmid', ...CLICK_IDS.map((name) => name.replaceAll('_', ''))]);
const keyCache = new Map<string, string | null>();

/** The field a JSON key means; null when none. Sites send the same keys over and over: remembered. */
function fieldOf(key: string): string | null {
  let field = keyCache.get(key);
  if (field === undefined) {
    field = byWord.get(wordsOf(key).replaceAll(' ', '')) ?? null;
    if (keyCache.size < 5000 && key.length < 100) keyCache.set(key, field);
  }
  return field;
}

const LENGTH: Record<string, number> = { message: 20_000, landingPage: 2000, externalId: 200, email: 320, website: 500 };
/** Text as PostgreSQL and an index can hold it; the raw body keeps the rest. */
export function cleanText(text: string, length = 500): string {
  const clean = (text.isWellFormed() ? text : text.toWellFormed()).replaceAll('\0', '').trim();
  return clean.length > length ? clean.slice(0, length).toWellFormed() : clean;
}

const asText = (value: unknown): string | null =>
  typeof value === 'string' ? value : typeof value === 'number' && Number.isFinite(value) ? String(value) : typeof value === 'boolean' ? (value ? 'yes' : 'no') : null;
const TRUE = /^(1|true|yes|y|on|ja|oui|si|sí|sim|x|wahr|vero|verdadero)$/i;

/** Anything of a JSON body that has no word of ours, made safe and small enough to keep beside the raw body. */
function keepable(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return cleanText(value, 5000);
  if (value === null || typeof value !== 'object') return value;
  if (depth > 3) return '…';
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => keepable(item, depth + 1));
  return Object.fromEntries(Object.entries(value).slice(0, 50).map(([key, item]) => [cleanText(key, 100), keepable(item, depth + 1)]));
}

/** Reads a posted object into the house's words. Keys may be spelled as any header of a file may; unknown ones go to `custom`. */
export function readInquiry(body: Record<string, unknown>): ReadInquiry {
  const fields: Record<string, unknown> = {};
  const custom: Record<string, unknown> = {};
  const parameters: Record<string, unknown> = {};
  const control: Record<string, unknown> = {};
  const out: ReadInquiry = { fields: fields, externalId: null, source: null, program: null, occurredAt: null, firstTouch: null, lastTouch: null };
  let customs = 0;

  const take = (object: Record<string, unknown>, inside: string): void => {
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value === null || value === undefined || value === '') continue;
      const joined = key.toLowerCase().replace(/[^a-z]/g, '');
      if (CONTROL.has(joined)) {
        control[joined] ??= value;
        continue;
      }
      if (CAMPAIGN.has(joined)) {
        parameters[key] ??= value;
        continue;
      }
      if (typeof value === 'object') {
        if (joined === 'consents' && Array.isArray(value)) {
          const { read, rest } = readConsents(value);
          if (read.length > 0) fields['consents'] = read;
          if (rest.length > 0) custom[key] = keepable(rest);
        } else if (joined === 'custom' && !Array.isArray(value)) for (const [name, item] of Object.entries(value).slice(0, 100)) custom[cleanText(name, 100)] = keepable(item);
        else if (!Array.isArray(value) && ENVELOPES.has(key.toLowerCase()) && inside.split('.').length < 4) take(value as Record<string, unknown>, `${inside}.${key.toLowerCase()}`);
        else if (Array.isArray(value) && value.length <= 200 && value.every(isPair)) take(Object.fromEntries(value.map((pair) => namedValue(pair as Record<string, unknown>))), `${inside}.${key}`);
        else if (customs++ < 100) custom[cleanText(key, 100)] = keepable(value);
        continue;
      }
      let field = fieldOf(key);
      if (/\.(company|organi[sz]ation)$/.test(inside) && (field === 'fullName' || field === 'externalId')) field = field === 'fullName' ? 'organization' : null;
      if (/\.(campaign)$/.test(inside)) field = field === 'fullName' ? 'programName' : field === 'externalId' ? 'programExternalId' : field;
      const text = asText(value);
      if (field === null || text === null) {
        if (customs++ < 100) custom[cleanText(key, 100)] = keepable(value);
        continue;
      }
      const clean = cleanText(text, LENGTH[field] ?? 500);
      if (clean === '') continue;
      if (field === 'programName' || field === 'programExternalId') out.program ??= clean;
      else if (field === 'source') out.source ??= clean;
      else if (field === 'occurredAt') {
        const at = new Date(typeof value === 'number' ? (value < 1e11 ? value * 1000 : value) : /^\d{13}$/.test(clean) ? Number(clean) : clean);
        if (Number.isNaN(at.getTime()) || at.getUTCFullYear() < 1970 || at.getUTCFullYear() > 2200) custom[cleanText(key, 100)] = clean;
        else out.occurredAt ??= at;
      } else if (wishes.has(field)) fields[field] = fields[field] === true || TRUE.test(clean);
      else if (ownColumns.has(field)) parameters[key] ??= clean;
      else if (fields[field] === undefined) fields[field] = clean;
      else custom[cleanText(key, 100)] = clean;
    }
  };
  take(body, '');

  if (customs > 0 || Object.keys(custom).length > 0) fields['custom'] = custom;
  out.externalId = (fields['externalId'] as string | undefined) ?? null;
  const url = control['landingurl'] ?? control['url'] ?? control['pageurl'] ?? control['pageuri'] ?? fields['landingPage'];
  const referrer = control['referrer'] ?? control['referer'];
  const given = { ...(control['parameters'] as object), ...parameters };
  out.lastTouch = touchOf(control['lasttouch']) ?? readTouch({ parameters: given, url, referrer });
  out.firstTouch = touchOf(control['firsttouch']) ?? out.lastTouch;
  if (typeof url === 'string' && fields['landingPage'] === undefined) fields['landingPage'] = cleanText(url, 2000);
  out.source ??= out.lastTouch?.raw?.['utm_source'] ?? null;
  return out;
}

/** What is not a consent as documented stays readable beside. */
function readConsents(given: readonly unknown[]): { read: ConsentSaid[]; rest: unknown[] } {
  const parsed = given.slice(0, 40).map((one) => ({ one, as: readConsent(one) }));
  return { read: parsed.flatMap(({ as }) => as ?? []), rest: parsed.flatMap(({ one, as }) => (as ? [] : [one])) };
}
function readConsent(given: unknown): ConsentSaid | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { purpose, channels, said, text, textVersion, url } = given as Record<string, unknown>;
  if (typeof purpose !== 'string' || !purposeKey.test(purpose) || !Array.isArray(channels)) return undefined;
  const by = consentChannels.filter((one) => channels.includes(one));
  if (by.length === 0 || by.length < new Set(channels).size) return undefined;
  if (said !== undefined && said !== 'given' && said !== 'withdrawn' && said !== 'objected') return undefined;
  const line = (name: string, value: unknown, length: number): object => (typeof value === 'string' && value.trim() ? { [name]: cleanText(value, length) } : {});
  return { purpose, channels: by, ...(said ? { said } : {}), ...line('text', text, 5000), ...line('textVersion', textVersion, 40), ...line('url', url, 2000) };
}

const isPair = (item: unknown): boolean => typeof item === 'object' && item !== null && ('name' in item || 'column_id' in item || 'key' in item) && ('value' in item || 'values' in item || 'string_value' in item);
function namedValue(pair: Record<string, unknown>): [string, unknown] {
  const values = pair['values'];
  return [String(pair['name'] ?? pair['key'] ?? pair['column_id']), pair['value'] ?? pair['string_value'] ?? (Array.isArray(values) ? values.join(', ') : values)];
}
function touchOf(given: unknown): Touch | null {
  const value = typeof given === 'string' ? parsed(given) : given;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const touch = value as Record<string, unknown>;
  return readTouch({ parameters: { ...touch, ...(touch['raw'] as object), ...(touch['parameters'] as object) }, url: touch['url'], referrer: touch['referrer'], at: touch['at'] });
}
/** A touch posted by a plain form is JSON in a text. */
function parsed(text: string): unknown {
  if (!text.startsWith('{') || text.length > 10_000) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Whether there is anything in it to find a person or answer a question by. */
export const saysSomething = (read: ReadInquiry): boolean => Object.keys(read.fields).length > 0;
