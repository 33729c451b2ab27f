import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';

const id = z.uuid();
const params = z.object({ id });
const name = z.string().trim().min(1).max(200);
const channel = z.string().trim().max(100).nullish();

export const sourceSchema = z
  .object({
    id,
    name: z.string(),
    channel: z.string().nullable(),
    writeKey: z
      .string()
      .nullable()
      .describe('The public key by which a site or a partner posts inquiries of this source; null where it has none.'),
    createdAt: z.iso.datetime(),
    inquiries: z.number().int().min(0).max(1e9),
  })
  .meta({ id: 'Source' });
export type Source = z.infer<typeof sourceSchema>;

export const sourcesApi = {
  'GET /v1/sources': {
    summary: 'Sources by name, with how many inquiries came from each.',
    query: z.object({
      cursor: z.string().max(1000).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
      q: z.string().max(200).optional(),
    }),
    response: z.object({ items: z.array(sourceSchema), nextCursor: z.string().nullable() }),
  },
  'POST /v1/sources': {
    summary: 'Create a source, or get the one of that name.',
    body: z.object({ name, channel }),
    response: sourceSchema,
  },
  'PATCH /v1/sources/:id': {
    summary: 'Rename a source or set its channel.',
    params,
    body: z.object({ name: name.optional(), channel }),
    response: sourceSchema,
  },
  'POST /v1/sources/:id/key': {
    summary: 'Make the public key that posts inquiries of this source. One it had before opens nothing any more.',
    params,
    response: sourceSchema,
  },
  'DELETE /v1/sources/:id/key': { summary: 'End the public key of this source.', params, response: sourceSchema },
} satisfies Contract;
