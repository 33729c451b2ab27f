/** What an arrival said about being contacted. */
import type { InquiryFields } from '../../capture/index.ts';
import type { ConsentChannel } from '../../platform/values/consent-channel.rules.ts';
import { readConsentWord, type ConsentSource } from './consent.rules.ts';
import type { NewSaying } from './consent.store.ts';
import { generalPurpose } from './purposes.rules.ts';

/** Wishes not to be contacted by one channel, whatever it is about. */
const wishes = { doNotMail: 'mail', doNotCall: 'phone', doNotPost: 'post', doNotFax: 'fax' } as const satisfies Partial<Record<keyof InquiryFields, ConsentChannel>>;
const wishedIn = (fields: SaidFields): ConsentChannel[] => (Object.keys(wishes) as (keyof typeof wishes)[]).filter((name) => fields[name] === true).map((name) => wishes[name]);

export type SaidFields = Pick<InquiryFields, 'consent' | 'consents' | 'doNotContact' | 'landingPage' | keyof typeof wishes>;

export interface SayingArrival {
  personId: string;
  fields: SaidFields;
  at: Date;
  channel: string;
  inquiryId: string | null;
  importId: string | null;
  row?: number | undefined;
}

export const saysOfConsent = (fields: SaidFields): boolean => (fields.consent !== undefined && fields.consent !== '') || fields.consents !== undefined || fields.doNotContact === true || wishedIn(fields).length > 0;

const sourceOf = (arrival: SayingArrival): ConsentSource =>
  arrival.importId !== null ? 'import' : arrival.channel === 'form' ? 'form' : arrival.channel === 'mail' ? 'mail' : 'api';

/** Boxes ticked under a text, else the bare word of a column; and the wishes to be left alone. */
export function sayingsOf(arrival: SayingArrival): Omit<NewSaying, 'id'>[] {
  const { fields, personId, at, inquiryId, importId, row } = arrival;
  const common = { personId, at, source: sourceOf(arrival), inquiryId, importId };
  const where = { ...(row === undefined ? {} : { row }), ...(fields.landingPage ? { url: fields.landingPage } : {}) };
  const out: Omit<NewSaying, 'id'>[] = [];
  if (fields.consents) {
    for (const { purpose, channels, said, text, textVersion, url } of fields.consents)
      for (const channel of channels)
        out.push({
          ...common,
          purpose,
          channel,
          said: said ?? 'given',
          ground: 'consent',
          evidence: { ...where, ...(url ? { url } : {}), ...(text ? { text } : {}), ...(textVersion ? { textVersion } : {}) },
        });
  } else if (fields.consent !== undefined && fields.consent !== '') {
    const { said, ground } = readConsentWord(fields.consent);
    out.push({ ...common, purpose: generalPurpose, channel: 'mail', said, ground, evidence: { ...where, said: String(fields.consent) } });
  }
  for (const channel of [...(fields.doNotContact ? [null] : []), ...wishedIn(fields)]) out.push({ ...common, purpose: null, channel, said: 'objected', ground: null, evidence: where });
  return out;
}
