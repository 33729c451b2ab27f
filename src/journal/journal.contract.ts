import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';

const fact = z
  .object({
    id: z.uuid(),
    type: z.string(),
    chainId: z.uuid(),
    seq: z.number().int(),
    subjectId: z.uuid(),
    at: z.string().meta({ format: 'date-time' }),
    actor: z.string(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Fact' });

export const journalApi = {
  'GET /v1/facts': {
    summary: 'The facts of one receipt or subject in the order they happened.',
    query: z.object({ chainId: z.uuid() }),
    response: z.object({ items: z.array(fact) }),
  },
  'GET /v1/facts/parked': {
    summary: 'Facts a room could not digest; each is an alarm.',
    response: z.object({
      items: z.array(z.object({ subscriber: z.string(), factId: z.uuid(), problem: z.string(), parkedAt: z.string() })),
    }),
  },
} satisfies Contract;
