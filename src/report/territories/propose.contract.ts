import { z } from 'zod';
import { figureName, measureShape } from '../../distribute/balance/proposal.contract.ts';
import type { Contract } from '../../platform/http/contract.ts';

const table = z.string().min(1).max(2_000_000);

export const proposeApi = {
  'POST /v1/territories/proposals': {
    summary: 'Propose even territories: a division of the places of today’s, in the background',
    body: z.object({
      territories: z.array(z.uuid()).min(2).max(200).optional().describe('Those to be balanced with each other; unless said, all that somebody works, but for those that only hold what an acceptance left over.'),
      measures: z
        .array(measureShape)
        .min(1)
        .max(figureName.options.length)
        .refine((measures) => new Set(measures.map(({ figure }) => figure)).size === measures.length, { error: 'Each measure once.' })
        .default([{ figure: 'calls', tolerance: 0.1 }]),
      kind: z.enum(['state', 'postcode']).optional().describe('What units are: country and state, or country and the beginning of the postcode. Unless said, as the territories’ rules are written.'),
      digits: z.int().min(1).max(3).optional().describe('How many digits of a postcode; unless said, as many (up to three) as leave 20 records a unit.'),
      keep: z.boolean().default(true).describe('Move as little as can be.'),
      stayBest: z.boolean().default(false).describe('Units in which an A customer is stay where they are.'),
      stayWorked: z.boolean().default(false).describe('Units in which somebody already works with people stay where they are.'),
      stay: z.array(z.string().max(200)).max(5000).default([]).describe('Units that stay where they are, by name.'),
      seed: z.int().min(-2_147_483_648).max(2_147_483_647).default(1),
      effectiveOn: z.iso.date().optional().describe('From when it shall hold, once accepted; unless said, today.'),
      days: z.int().min(1).max(3660).default(365).describe('How far back invoices count.'),
      potential: z.string().regex(/^[a-z0-9_]{1,60}$/i).optional().describe('The key of an own field of organizations that holds a number or money.'),
      centres: table.optional().describe('A table (CSV) of units with lon and lat in degrees.'),
      borders: table.optional().describe('A table (CSV) of two units a row that border on each other.'),
    }),
    response: z.object({ id: z.uuid() }),
  },
} satisfies Contract;
