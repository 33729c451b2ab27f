import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const count = z.int().min(0);
const instant = z.iso.datetime();
const money = z.int();
const sum = {
  leads: count,
  uncontacted: count.describe('Without a first contact, past the time to accept or to make it, or waiting for a holder longer than agreed.'),
  untried: count.describe('Contacted, and tried less often than agreed, past the time for it.'),
  unjudged: count.describe('Contacted, without a verdict past its time.'),
  lostMinor: money.describe('Of what the leads would be worth had nobody let them wait: what waiting has taken.'),
  atRiskMinor: money.describe('What is left of it, and goes on falling.'),
};
const line = z.object({ id: id.nullable(), name: z.string(), ...sum, drill: z.record(z.string(), z.string()).describe('GET /v1/leads with these finds the leads.') });
export type BillLine = z.infer<typeof line>;

export const clock = z.enum(['holder', 'accept', 'contact', 'attempts', 'verdict']).describe('Which time has passed: to find a holder, to accept, for the first contact, for the attempts agreed, for a verdict.');
export type Clock = z.infer<typeof clock>;

const bill = z
  .object({
    at: instant,
    currency: z.string(),
    total: z.object(sum),
    holders: z.array(line.extend({ kind: z.string() })),
    territories: z.array(line),
    /** the dearest */
    leads: z.array(
      z.object({
        leadId: id,
        name: z.string(),
        organization: z.string().nullable(),
        holder: z.string(),
        clock,
        since: instant,
        chancePercent: z.number(),
        lostMinor: money,
        atRiskMinor: money,
      }),
    ),
  })
  .meta({ id: 'SilenceBill' });
export type Bill = z.infer<typeof bill>;

export const billApi = {
  'GET /v1/silence-bill': {
    summary: 'What silence costs: money lost and at risk in open leads nobody followed up in time, by holder and territory. Reps and partners see their own',
    query: z.object({ holderId: id.optional(), territoryId: z.union([id, z.literal('none')]).optional() }),
    response: bill,
  },
} satisfies Contract;
