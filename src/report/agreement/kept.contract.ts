import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const count = z.int().min(0);
const instant = z.iso.datetime();
const drill = z.record(z.string(), z.string()).describe('GET /v1/leads with these finds the leads; add kept=true or kept=false for those of which it was kept or not.');
const figure = { asked: count, kept: count };
const month = z.object({
  month: z.string().describe("'2026-04'; empty for all months together."),
  isOver: z.boolean(),
  ...figure,
  owed: z.number().nullable().describe('How many had to be kept, for the part of the month an agreement held, up to now.'),
  owedMax: z.number().nullable(),
  holds: z.boolean().nullable().describe('null: nothing was asked for, or it is too early to say.'),
  drill,
});

/** Which figure of the page Kept a list of leads is behind. */
export const promiseKey = z
  .string()
  .max(80)
  .regex(/^((accept|contact|attempts|verdict)(\.(hot|warm|cold))?|leads|right|complete|(kind|share)\.[\w-]+)$/);

export const keptApi = {
  'GET /v1/agreement/kept': {
    summary: 'What marketing and sales promised each other, and what was kept of it, by month; each hand-off by the version it was given under',
    query: z.object({ months: z.coerce.number().int().min(1).max(36).default(12) }),
    response: z.object({
      months: z.array(z.string()),
      versions: z.array(z.object({ version: z.int(), fromAt: instant, untilAt: instant.nullable() })),
      promises: z.array(
        z
          .object({
            key: z.string(),
            side: z.enum(['marketing', 'sales']),
            label: z.string(),
            unit: z.enum(['share', 'leads']).describe('share: kept of asked. leads: so many leads, against owed and owedMax.'),
            months: z.array(month),
            total: month,
            grades: z.array(z.object({ grade: z.enum(['hot', 'warm', 'cold']), ...figure, minutes: z.number().nullable(), attempts: z.int().nullable(), drill })),
          })
          .meta({ id: 'KeptPromise' }),
      ),
    }),
  },
} satisfies Contract;
