import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { wantedWeights, type Wanted } from './wanted.rules.ts';

const id = z.uuid();
const line = z.string().trim().max(500);
const whole = z.number().int().min(0);
const wanted = z.enum(Object.keys(wantedWeights) as [Wanted, ...Wanted[]]);
const text = z.string().nullable();

export const cleanupApi = {
  'GET /v1/cleanup': {
    summary: 'People of whom something is missing or bad, where it costs most first',
    query: z.object({ limit: z.coerce.number().int().min(1).max(100).default(20), group: z.string().max(60).optional() }),
    response: z.object({
      waiting: whole.describe('People with open business of whom something is missing or bad.'),
      stakeMinor: whole.describe('What all of that is worth, times how much is missing.'),
      currency: z.string(),
      items: z.array(
        z.object({
          person: z.object({
            id,
            name: z.string(),
            organization: z.object({ id, name: z.string() }).nullable(),
            givenName: text,
            familyName: text,
            title: text,
            email: text,
            phone: text,
            mobile: text,
            postalCode: text,
            city: text,
            country: text,
            lastSeenAt: z.iso.datetime(),
          }),
          worthMinor: whole,
          stakeMinor: whole,
          reasons: z.array(z.object({ kind: z.enum(['opportunity', 'lead']), label: z.string(), chance: z.number(), ofMinor: whole, worthMinor: whole })),
          wanted: z.array(z.object({ field: wanted, label: z.string(), why: text.describe('Why the value that is there will not do.') })),
        }),
      ),
    }),
  },
  'POST /v1/cleanup/:id': {
    summary: 'Type what was missing, say what nobody knows (not asked for again for 90 days), or skip the person until tomorrow',
    params: z.object({ id }),
    body: z.object({
      values: z
        .object({ givenName: line, familyName: line, title: line, email: line, phone: line, mobile: line, organization: line, postalCode: line, city: line, country: line })
        .partial()
        .optional(),
      unknown: z.array(wanted).max(20).optional(),
      skip: z.boolean().optional(),
    }),
    response: z.object({ entryId: id, changed: z.array(z.string()) }),
  },
  'POST /v1/cleanup/steps/:id/undo': {
    summary: 'Take a step back: the person is exactly as before, unless somebody changed it since',
    params: z.object({ id }),
    response: z.object({ personId: id }),
  },
} satisfies Contract;
