/** What an arrival said about being contacted. */
import type { InquiryFields } from '../../capture/index.ts';
import { readConsentWord, type ConsentSource } from './consent.rules.ts';
import type { NewSaying } from './consent.store.ts';
import { generalPurpose } from './purposes.rules.ts';

export type SaidFields = Pick<InquiryFields, 'consent' | 'consents' | 'doNotContact' | 'landingPage'>;

export interface SayingArrival {
  personId: string;
  fields: SaidFields;
  at: Date;
  channel: string;
  inquiryId: string | null;
  importId: string | null;
  row?: number | undefined;
}

export const saysOfConsent = ({ consent, consents, doNotContact }: SaidFields): boolean => (consent !== undefined && consent !== '') || consents !== undefined || doNotContact === true;

const sourceOf = (arrival: SayingArrival): ConsentSource =>
  arrival.importId !== null ? 'import' : arrival.channel === 'form' ? 'form' : arrival.channel === 'mail' ? 'mail' : 'api';

/** Boxes ticked under a text, else the bare word of a column; and the wish to be left alone. */
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
  if (fields.doNotContact) out.push({ ...common, purpose: null, channel: null, said: 'objected', ground: null, evidence: where });
  return out;
}
