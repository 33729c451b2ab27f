import { z } from 'zod';
import { consentChannels, purposeKey } from '../platform/values/consent-channel.rules.ts';
import type { Contract } from '../platform/http/contract.ts';
import { whereText } from '../platform/values/criteria.contract.ts';

const id = z.uuid();
const text = z.string();
/** A box ticked under a text, or what a site says was agreed to: which purpose, by which channels, in which words. */
const consentSaid = z
  .object({
    purpose: z.string().regex(purposeKey),
    channels: z.array(z.enum(consentChannels)).min(1).max(5),
    said: z.enum(['given', 'withdrawn', 'objected']).optional(),
    text: text.max(5000).optional(),
    textVersion: text.max(40).optional(),
    url: text.max(2000).optional(),
  })
  .meta({ id: 'ConsentSaid' });
export type ConsentSaid = z.infer<typeof consentSaid>;

/** What an arrival said, read into the house's words; whatever has no word here is under `custom`. */
export const inquiryFieldsSchema = z
  .object({
    externalId: text, givenName: text, familyName: text, fullName: text, title: text, email: text, phone: text, mobile: text, fax: text, website: text,
    organization: text, industry: text, employees: text, annualRevenue: text, street: text, postalCode: text, city: text, state: text, country: text,
    language: text, product: text, vertical: text, message: text, budget: text, authority: text, need: text, timing: text, consent: text,
    consents: z.array(consentSaid).max(40),
    doNotContact: z.boolean(), doNotMail: z.boolean(), doNotCall: z.boolean(), doNotPost: z.boolean(), doNotFax: z.boolean(), status: text, ownerName: text, landingPage: text,
    custom: z.record(z.string(), z.unknown()),
  })
  .partial()
  .meta({ id: 'InquiryFields' });
export type InquiryFields = z.infer<typeof inquiryFieldsSchema>;

/** Where somebody came from, at first and at last: as it arrived, and lower-cased for counting. */
export const touchSchema = z
  .object({
    url: text, referrer: text, at: text,
    source: text, medium: text, campaign: text, term: text, content: text, campaignId: text,
    clickId: text, clickIdKind: text,
    raw: z.record(z.string(), z.string()),
  })
  .partial()
  .meta({ id: 'Touch' });
export type Touch = z.infer<typeof touchSchema>;

export const inquiryStatus = z.enum(['parsed', 'quarantined', 'withdrawn']);
export const inquirySchema = z
  .object({
    id,
    receipt: z.string(),
    status: inquiryStatus,
    problem: z.string().nullable(),
    channel: z.string(),
    sourceId: id.nullable(),
    sourceName: z.string().nullable(),
    programId: id.nullable(),
    programName: z.string().nullable(),
    importId: id.nullable(),
    importRow: z.number().int().nullable(),
    externalId: z.string().nullable(),
    receivedAt: z.iso.datetime(),
    occurredAt: z.iso.datetime(),
    fields: inquiryFieldsSchema,
    firstTouch: touchSchema.nullable(),
    lastTouch: touchSchema.nullable(),
  })
  .meta({ id: 'Inquiry' });
export type Inquiry = z.infer<typeof inquirySchema>;



export const inquiriesApi = {
  'GET /v1/inquiries': {
    summary: 'Inquiries, newest first.',
    query: z.object({
      cursor: z.string().max(1000).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      status: inquiryStatus.optional(),
      sourceId: id.optional(),
      programId: id.optional(),
      importId: id.optional(),
      organizationId: id.optional().describe('Recognised as from this organization, or one joined with it.'),
      from: z.iso.date().optional(),
      to: z.iso.date().optional(),
      q: z.string().max(200).optional(),
      where: whereText('who asked and their company, and own fields of the inquiry'),
    }),
    response: z.object({ items: z.array(inquirySchema), nextCursor: z.string().nullable() }),
  },
  'GET /v1/inquiries/:idOrReceipt': {
    summary: 'One inquiry by its id or its receipt number.',
    params: z.object({ idOrReceipt: z.string().max(60) }),
    response: inquirySchema,
  },
  'GET /v1/inquiries/:idOrReceipt/raw': {
    summary: 'The body of an inquiry as it arrived.',
    params: z.object({ idOrReceipt: z.string().max(60) }),
    response: z.object({ type: z.string().nullable(), bytes: z.number().int(), text: z.string(), base64: z.string().nullable() }),
  },
  'GET /v1/quarantine': {
    summary: 'What could not be read, by reason, with how many of each.',
    response: z.object({ total: z.number().int(), reasons: z.array(z.object({ problem: z.string(), count: z.number().int() })) }),
  },
  'POST /v1/quarantine/replay': {
    summary: 'Read quarantined inquiries again: those named, or all. Doing it twice changes nothing.',
    body: z.object({ ids: z.array(id).max(1000).optional(), release: z.boolean().optional() }),
    response: z.object({ replayed: z.number().int(), released: z.number().int(), still: z.number().int() }),
  },
} satisfies Contract;
