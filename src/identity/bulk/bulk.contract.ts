import { z } from 'zod';
import { bulkRunShape } from '../../platform/bulk/bulk.contract.ts';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const whole = z.number().int().min(0);
const params = z.object({ id });
const subject = z.enum(['person', 'organization']);
const scalar = z.union([z.string().max(4000), z.number(), z.boolean()]);
const action = z
  .union([
    z.object({ do: z.literal('set'), field: z.string().max(40), value: scalar }),
    z.object({ do: z.literal('clear'), field: z.string().max(40) }),
    z.object({ do: z.literal('custom'), key: z.string().max(40), value: scalar.nullable() }),
    z.object({ do: z.literal('standardise'), what: z.array(z.enum(['names', 'phones', 'places', 'blanks'])).min(1).max(4) }),
  ])
  .meta({ id: 'BulkAction' });
const selection = z.union([
  z.object({ ids: z.array(id).min(1).max(1000) }),
  z.object({
    filter: z.object({
      q: z.string().trim().max(200).optional(),
      country: z.string().length(2).optional(),
      organizationId: id.optional(),
      importId: id.optional(),
      segmentId: id.optional(),
      where: z.string().max(8000).optional(),
      group: z.string().max(60).optional(),
      silent: z.boolean().optional(),
    }),
  }),
]);
const run = z
  .object({ subject, action, ...bulkRunShape })
  .meta({ id: 'BulkRun' });

export const bulkApi = {
  'GET /v1/bulk': { summary: 'Changes made to many at once, the latest first', response: z.object({ items: z.array(run.omit({ progress: true })) }) },
  'GET /v1/bulk/:id': { summary: 'One of them, with how far it is', params, response: run },
  'POST /v1/bulk/preview': {
    summary: 'What would happen: counts, and some before and after. Nothing is kept.',
    body: z.object({ subject, selection, action }),
    response: z.object({
      count: whole.describe('Whom the selection finds.'),
      looked: whole.describe('Of the first so many it was worked out.'),
      changing: whole,
      sample: z.array(z.object({ id, label: z.string(), fields: z.array(z.object({ field: z.string(), before: z.string().nullable(), after: z.string().nullable() })) })),
    }),
  },
  'POST /v1/bulk': { summary: 'Do it, in the background', body: z.object({ subject, selection, action }), response: z.object({ id, jobId: id }) },
  'POST /v1/bulk/:id/cancel': { summary: 'Stop after the rows at hand; what was changed stays until it is undone', params, response: z.object({ id }) },
  'POST /v1/bulk/:id/undo': {
    summary: 'Take it back exactly. Where somebody changed rows since, it asks (409) until it is told whether to keep or to overwrite that.',
    params,
    body: z.object({ changedSince: z.enum(['keep', 'overwrite']).optional() }).nullish(),
    response: z.object({ jobId: id }),
  },
} satisfies Contract;
