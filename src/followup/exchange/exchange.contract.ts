import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const words = z.string().nullable();
const verdict = z.enum(['hot', 'warm', 'bad', 'sale', 'dont_know']);

export const standing = z.enum(['offered', 'working', 'nurture', 'sold', 'bad', 'lost', 'passed_on', 'withdrawn']);

export const exchangeLead = z
  .object({
    id,
    receipt: words,
    standing: standing.describe('offered: answer it; working: yours; nurture: kept warm until its day; sold, bad, lost: closed; passed_on: somebody else has it; withdrawn: no longer a lead.'),
    grade: z.enum(['hot', 'warm', 'cold']).nullable(),
    score: z.int().nullable(),
    offeredAt: instant.nullable(),
    answerBy: instant.nullable(),
    acceptedAt: instant.nullable(),
    person: z
      .object({
        name: words,
        title: words,
        email: words,
        phone: words,
        mobile: words,
        street: words,
        postalCode: words,
        city: words,
        state: words,
        country: words,
        language: words,
        mayCall: z.boolean(),
        mayMail: z.boolean(),
      })
      .nullable()
      .describe('null once the lead is somebody else’s or withdrawn, and when the person was erased: then let go of what you keep of them.'),
    organization: z.object({ name: words, website: words, city: words, country: words }).nullable(),
    asked: z
      .object({ message: words, product: words, budget: words, authority: words, need: words, timing: words, program: words, source: words })
      .nullable(),
    verdict: z.object({ verdict, reason: words, valueMinor: z.int().nullable(), currency: words, at: instant }).nullable(),
    nextAction: z.object({ what: z.string(), dueAt: instant.nullable() }).nullable(),
    restsUntil: instant.nullable().describe('No clock of it runs until then; null: it does not rest.'),
    holder: z.object({ id, name: z.string(), kind: z.string() }).nullable().describe('Who has it now. For a partner: itself, or null.'),
  })
  .meta({ id: 'ExchangeLead' });
export type ExchangeLead = z.infer<typeof exchangeLead>;

const reference = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .describe('Your own id of this answer: an activity number, an order number. The same sent again changes nothing; another content under it is refused. Remembered for 90 days.');
const of = { reference, leadId: id };
const at = instant.optional().describe('When it happened, where that is not now.');

export const answer = z
  .discriminatedUnion('do', [
    z.object({ ...of, do: z.literal('accept') }),
    z.object({ ...of, do: z.literal('decline'), reason: z.string().trim().min(1).max(500) }),
    z.object({
      ...of,
      do: z.literal('activity'),
      kind: z.enum(['call', 'mail', 'visit', 'meeting', 'quote', 'literature', 'note']),
      outcome: z.string().trim().max(200).nullish(),
      note: z.string().max(10_000).nullish(),
      at,
    }),
    z.object({ ...of, do: z.literal('next'), what: z.string().trim().min(1).max(500).nullable(), dueAt: instant.nullish() }),
    z.object({
      ...of,
      do: z.literal('verdict'),
      verdict,
      reason: z.string().trim().max(500).nullish().describe('Needed for bad.'),
      valueMinor: z.int().min(0).max(9_000_000_000_000_000).nullish().describe('Of a sale, in minor units of its currency by ISO 4217: cents of EUR, whole yen of JPY.'),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/)
        .nullish(),
      untilOn: z.iso.date().nullish().describe('For warm: when it should come back.'),
      at,
    }),
  ])
  .meta({ id: 'ExchangeAnswer' });
export type Answer = z.output<typeof answer>;

export const exchangeApi = {
  'GET /v1/exchange/leads': {
    summary: 'For a partner’s own system: its leads of which something changed since the cursor, each once and as it stands now. Without a cursor: all it has or had.',
    query: z.object({
      after: z.string().max(200).optional().describe('The cursor of the last answer. Keep it once you have kept the leads.'),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    response: z.object({
      items: z.array(exchangeLead),
      cursor: z.string().nullable().describe('Where to go on: send it as `after`. null while there is nothing at all.'),
      more: z.boolean().describe('Ask again at once; else after a while.'),
    }),
  },
  'GET /v1/exchange/leads/:id': { summary: 'One of them', params: z.object({ id }), response: exchangeLead },
  'POST /v1/exchange/answers': {
    summary: 'What a partner’s own system says of its leads: accepted, declined, contacted, next step, verdict with sale value. Each is taken once, however often it is sent; one that cannot be taken does not stop the others.',
    body: z.object({ answers: z.array(answer).min(1).max(500) }),
    response: z.object({
      items: z.array(
        z.object({
          reference: z.string(),
          leadId: id,
          outcome: z.enum(['taken', 'known', 'refused']).describe('known: sent and taken before.'),
          code: z.string().nullable(),
          sentence: z.string().nullable(),
        }),
      ),
      taken: z.int(),
      known: z.int(),
      refused: z.int(),
    }),
  },
} satisfies Contract;
