import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const count = z.number().int().min(0);
const params = z.object({ id });

export const leadAddressSchema = z
  .object({
    id,
    address: z.string().nullable().describe('Where to send; null while this installation has no address for lead mail (BATON_LEAD_MAIL_ADDRESS).'),
    programId: id.nullable(),
    programName: z.string().nullable(),
    sourceId: id.nullable(),
    sourceName: z.string().nullable(),
    createdAt: z.iso.datetime(),
    mails: count,
  })
  .meta({ id: 'LeadAddress' });
export type LeadAddress = z.infer<typeof leadAddressSchema>;

export const leadMailState = z.enum(['waiting', 'read', 'held']);
export const leadMailSchema = z
  .object({
    id,
    state: leadMailState.describe('waiting: about to be read; read: became inquiries or an import; held: waits for somebody.'),
    nature: z.string().nullable().describe('As what it was read: form, forward, person, cards, records, list, reply, bounce, held, unread.'),
    sentence: z.string().nullable(),
    via: z.enum(['smtp', 'imap']),
    fromName: z.string().nullable(),
    fromAddress: z.string().nullable(),
    subject: z.string().nullable(),
    receivedAt: z.iso.datetime(),
    readAt: z.iso.datetime().nullable(),
    bytes: count,
    programId: id.nullable(),
    programName: z.string().nullable(),
    sourceId: id.nullable(),
    sourceName: z.string().nullable(),
    inquiries: count,
    imports: count,
    leadId: id.nullable().describe('The lead it was filed with, where it answers a mail of ours about one.'),
  })
  .meta({ id: 'LeadMail' });
export type LeadMail = z.infer<typeof leadMailSchema>;

export const leadMailsApi = {
  'GET /v1/lead-addresses': {
    summary: 'Addresses that take mail for leads: of one program, of one source, or all of them. The one of the company as a whole belongs to neither.',
    query: z.object({ programId: id.optional(), sourceId: id.optional() }),
    response: z.object({ isOpen: z.boolean().describe('Whether this installation takes lead mail at all.'), items: z.array(leadAddressSchema) }),
  },
  'POST /v1/lead-addresses': {
    summary: 'Make the address of a program, of a source, or (of neither) of the company; or get the one it has.',
    body: z.object({ programId: id.nullish(), sourceId: id.nullish() }),
    response: leadAddressSchema,
  },
  'DELETE /v1/lead-addresses/:id': { summary: 'End an address: mail to it is refused from now on.', params, response: z.object({ id }) },
  'GET /v1/lead-mails': {
    summary: 'Mails that came for leads, newest first, with what became of each.',
    query: z.object({
      cursor: z.string().max(1000).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      state: leadMailState.optional(),
      programId: id.optional(),
      sourceId: id.optional(),
    }),
    response: z.object({ items: z.array(leadMailSchema), nextCursor: z.string().nullable() }),
  },
  'GET /v1/lead-mails/:id': {
    summary: 'One mail: as text, the original as it came (its first 200,000 characters), its files, and what became of it.',
    params,
    response: leadMailSchema.extend({
      text: z.string(),
      original: z.string(),
      files: z.array(z.object({ name: z.string(), type: z.string(), bytes: count })),
      inquiryItems: z.array(z.object({ id, receipt: z.string(), status: z.string(), problem: z.string().nullable() })),
      importItems: z.array(z.object({ id, fileName: z.string(), status: z.string() })),
    }),
  },
  'POST /v1/lead-mails/:id/read': {
    summary: 'Read a held mail again; `release` takes in also what was held back by its nature (an automatic answer, a circular). Doing it twice changes nothing.',
    params,
    body: z.object({ release: z.boolean().optional() }),
    response: leadMailSchema,
  },
} satisfies Contract;
