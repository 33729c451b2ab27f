import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { consentChannels, purposeKey as purposePattern } from '../../platform/values/consent-channel.rules.ts';
import { consentSources, grounds, sayings, suppressionChannels } from './consent.rules.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const channel = z.enum(consentChannels);
const purposeKey = z.string().regex(purposePattern, 'Small letters, digits and _, beginning with a letter.');

const purpose = z
  .object({
    key: purposeKey,
    label: z.string().trim().min(1).max(80),
    text: z.string().trim().min(1).max(2000).describe('The words a form’s box begins with.'),
    needsConsent: z.boolean().describe('Nobody is contacted for it who did not say yes.'),
  })
  .meta({ id: 'ConsentPurpose' });
const purposes = z.object({ items: z.array(purpose).min(1).max(20) });

const evidence = z
  .object({
    text: z.string().describe('What was agreed to, word for word.'),
    textVersion: z.string(),
    url: z.string(),
    receipt: z.string(),
    row: z.number().int(),
    said: z.string().describe('What a column of a list said.'),
    note: z.string(),
    lifts: z.enum(['withdrawn', 'objected']),
  })
  .partial();

const personConsent = z
  .object({
    standing: z
      .array(z.object({ purpose: z.string().describe('Empty: every purpose that says nothing of its own.'), channel, stands: z.enum(['given', 'refused']), since: instant, consentId: id }))
      .describe('What stands, the strictest of everybody merged; what nobody said anything of is not listed.'),
    listed: z.record(z.string(), z.string()).describe('Channels closed by a do-not-contact list, with its name.'),
    sayings: z
      .array(
        z.object({
          id,
          purpose: z.string().nullable(),
          channel: channel.nullable(),
          said: z.enum(sayings),
          ground: z.enum(grounds).nullable(),
          at: instant,
          source: z.enum(consentSources),
          evidence,
          inquiryId: id.nullable(),
          receipt: z.string().nullable(),
          importId: id.nullable(),
          importName: z.string().nullable(),
          notedAt: instant,
          notedBy: z.string(),
          takenBackAt: instant.nullable(),
        }),
      )
      .describe('The latest two hundred.'),
  })
  .meta({ id: 'PersonConsent' });

const suppression = z
  .object({
    id,
    channel: z.enum(suppressionChannels),
    kind: z.enum(['address', 'domain', 'number', 'place', 'erased']),
    shown: z.string().nullable().describe('Null for what is kept only as a keyed hash.'),
    list: z.string(),
    addedAt: instant,
    addedBy: z.string(),
  })
  .meta({ id: 'Suppression' });

export const consentApi = {
  'GET /v1/consent/purposes': { summary: 'What this company may want to contact people for', response: purposes },
  'PUT /v1/consent/purposes': { summary: 'Change the list of purposes; what was said of one that is gone stays on record', body: purposes, response: purposes },
  'GET /v1/people/:id/consents': { summary: 'What a person said about being contacted, how we know, and what stands', params: z.object({ id }), response: personConsent },
  'POST /v1/people/:id/consents': {
    summary: 'Note a consent, a withdrawal or an objection with its evidence',
    params: z.object({ id }),
    body: z.object({
      purpose: purposeKey.nullable().describe('Null: for every purpose.'),
      channels: z.array(channel).min(1).max(5).nullable().describe('Null: by every channel.'),
      said: z.enum(sayings).describe('lifted: a wish not to be contacted is taken back, without a consent.'),
      ground: z.enum(grounds).nullable().default(null),
      at: instant.optional().describe('When it was said, where that is not now.'),
      source: z.enum(['mail', 'phone', 'hand', 'form', 'api']).default('hand'),
      text: z.string().trim().max(5000).optional(),
      url: z.string().trim().max(2000).optional(),
      note: z.string().trim().max(2000).optional().describe('Who said it, how, to whom. A consent needs this or the text.'),
    }),
    response: personConsent,
  },
  'GET /v1/suppressions': {
    summary: 'Do-not-mail, do-not-call, do-not-post and do-not-fax lists, the latest first',
    query: z.object({
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
      channel: z.enum(suppressionChannels).optional(),
      q: z.string().trim().min(1).max(200).optional(),
    }),
    response: z.object({ items: z.array(suppression), nextCursor: z.string().nullable(), counts: z.record(z.enum(suppressionChannels), z.number().int()) }),
  },
  'POST /v1/suppressions': {
    summary: 'Put addresses, domains or numbers on a list; they hold for people not known yet, too',
    body: z.object({
      channel: z.enum(suppressionChannels),
      list: z.string().trim().min(1).max(120).describe('Whose list it is: "Robinson list 2026".'),
      lines: z.array(z.string().max(400)).min(1).max(50_000),
    }),
    response: z.object({ added: z.number().int(), known: z.number().int(), problems: z.array(z.object({ line: z.number().int(), text: z.string() })) }),
  },
  'DELETE /v1/suppressions/:id': { summary: 'Take one off its list', params: z.object({ id }), response: z.object({ removed: z.literal(true) }) },
} satisfies Contract;
