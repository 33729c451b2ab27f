import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const words = (most: number) => z.string().trim().max(most).default('');

const typed = z.object({
  name: words(200).describe('The person.'),
  organization: words(300),
  email: words(320),
  phone: words(60),
  city: words(200),
  country: words(60),
  wants: words(4000).describe('What they want, in a sentence.'),
  expectedMinor: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullish().describe('What it may be worth, in minor units (cents).'),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
});
export type Typed = z.output<typeof typed>;

export const registrationShape = z
  .object({
    id,
    madeAt: instant,
    holderId: id,
    holderName: z.string(),
    state: z
      .enum(['incomplete', 'held', 'granted', 'refused'])
      .describe(
        'incomplete: something cannot be read, mend it; held: somebody else has it, or a person has to look, and a manager decides; granted: the partner’s; refused: not the partner’s.',
      ),
    said: z
      .object({
        name: z.string(),
        organization: z.string(),
        email: z.string(),
        phone: z.string(),
        city: z.string(),
        country: z.string(),
        wants: z.string(),
      })
      .nullable()
      .describe('As it was typed; null once the person was erased.'),
    expectedMinor: z.int().nullable(),
    currency: z.string().nullable(),
    problems: z.array(z.string()),
    heldByName: z.string().nullable(),
    heldSince: instant.nullable(),
    decidedAt: instant.nullable(),
    reason: z.string().nullable(),
    protectedUntil: instant.nullable(),
    leadId: id.nullable().describe('For the partner only once the lead is its own.'),
  })
  .meta({ id: 'Registration' });

const settings = z.object({ days: z.int().min(1).max(730).describe('How long a registered lead is kept for its partner.') });

export const registrationApi = {
  'GET /v1/registrations': {
    summary: 'Leads that partners registered as their own, newest first. A partner sees its own',
    query: z.object({
      cursor: z.string().max(1000).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      state: z.enum(['incomplete', 'held', 'granted', 'refused']).optional(),
      holderId: id.optional(),
    }),
    response: z.object({
      items: z.array(registrationShape),
      nextCursor: z.string().nullable(),
      undecided: z.int().describe('Of all that one may see, how many wait for a manager.'),
      days: z.int(),
    }),
  },
  'POST /v1/registrations': {
    summary:
      'For a partner: register a lead of its own. If nobody else has the person or company it is the partner’s at once; else one learns who has it, and a manager decides',
    body: typed,
    response: registrationShape,
  },
  'PUT /v1/registrations/:id': {
    summary: 'Mend a registration that was incomplete',
    params: z.object({ id }),
    body: typed,
    response: registrationShape,
  },
  'POST /v1/registrations/:id/decide': {
    summary: 'Grant or refuse a registration of what somebody else has; the partner is told',
    params: z.object({ id }),
    body: z.object({
      grant: z.boolean(),
      reason: z.string().trim().max(500).nullish().describe('Needed to refuse; the partner reads it.'),
    }),
    response: registrationShape,
  },
  'GET /v1/settings/registrations': { summary: 'How long registered leads are kept for their partner', response: settings },
  'PUT /v1/settings/registrations': {
    summary: 'Say how long registered leads are kept for their partner; those already granted keep their day',
    body: settings,
    response: settings,
  },
} satisfies Contract;
