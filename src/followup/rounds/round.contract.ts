import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const count = z.int().min(0);

export const roundSettings = z
  .object({
    on: z.boolean(),
    weekday: z.int().min(1).max(7).describe('1 is Monday.'),
    hour: z.int().min(0).max(23).describe('In the company’s time zone.'),
    afterDays: z.int().min(1).max(90).describe('So many days after a lead was accepted (or, unaccepted, given) its verdict is overdue.'),
    reps: z.boolean().default(false).describe('Reps are asked as well as partners.'),
    silentAfter: z.int().min(2).max(12).nullable().default(3).describe('Asked so many times in vain, a holder’s silence is taken as “don’t know” in the next round; null: never.'),
  })
  .meta({ id: 'VerdictRoundSettings' });

export const roundsApi = {
  'GET /v1/settings/verdict-round': {
    summary: 'When holders are asked for their overdue verdicts, and what would be asked now',
    response: roundSettings.extend({ partners: count.describe('Who would be asked now.'), leads: count, silent: count.describe('Of those, taken as “don’t know” in the next round unless they are judged before.'), nextAt: instant.nullable() }),
  },
  'PUT /v1/settings/verdict-round': { summary: 'Say when holders are asked for their overdue verdicts, and when silence counts', body: roundSettings, response: roundSettings },
  'GET /v1/verdict-rounds': {
    summary: 'Whom was asked for overdue verdicts, and how many were answered on that page; the latest first. A partner sees its own',
    query: z.object({ holderId: id.optional(), cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({
      items: z.array(
        z.object({
          id,
          holderId: id,
          holderName: z.string(),
          sentAt: instant,
          expiresAt: instant,
          revokedAt: instant.nullable(),
          due: count.describe('Overdue that day.'),
          asked: count.describe('On the page.'),
          answered: count.describe('Of those, given a verdict on the page.'),
          elsewhere: z.boolean().describe('Answered from a browser this partner had not answered from before.'),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  },
  'DELETE /v1/verdict-rounds/:id': { summary: 'Revoke the link to a page of overdue verdicts; a partner may revoke its own', params: z.object({ id }), response: z.object({ revoked: z.boolean() }) },
} satisfies Contract;
