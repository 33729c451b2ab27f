import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const curve = z.object({
  exponent: z.number(),
  low: z.number(),
  high: z.number(),
  floorPercent: z.int(),
  leads: z.int(),
  good: z.int(),
  ownPercent: z.int().describe('How much narrower own history made it: 0 is what was believed before, 100 is history alone.'),
  halvesAfterMinutes: z.number().nullable().describe('For a hot lead; null where waiting never costs half of the chance.'),
  leftPercent: z.array(z.int()).describe('Of a hot lead’s chance, left after each of `minutes`.'),
});

export const marginsShape = z
  .object({
    percent: z.number().min(0).max(100).describe('Kept of every sale.'),
    products: z.array(z.object({ product: z.string().trim().min(1).max(200), percent: z.number().min(0).max(100) })).max(500),
  })
  .meta({ id: 'Margins' });

export const mailTemplatesShape = z
  .object({
    items: z
      .array(
        z.object({
          name: z.string().trim().min(1).max(80),
          subject: z.string().trim().max(200),
          text: z.string().max(10_000).describe('{name}, {company}, {product}, {me} and {our company} are put in.'),
        }),
      )
      .max(100),
  })
  .meta({ id: 'MailTemplates' });

const methodShape = z
  .object({
    fittedAt: z.iso.datetime().nullable(),
    minutes: z.array(z.int()),
    published: curve,
    company: curve,
    sources: z.array(curve.extend({ sourceId: z.uuid(), sourceName: z.string() })),
  })
  .meta({ id: 'QueueMethod' });

export const dayApi = {
  'GET /v1/queue/method': { summary: 'What waiting costs, by source, as the queue counts it', response: methodShape },
  'POST /v1/queue/method/fit': {
    summary: 'Learn from own history now what waiting costs; by itself it happens every night',
    body: z.object({}).nullish(),
    response: methodShape,
  },
  'GET /v1/settings/margins': { summary: 'What is kept of a sale, by product', response: marginsShape },
  'PUT /v1/settings/margins': { summary: 'Say what is kept of a sale; queues are ordered by it at once', body: marginsShape, response: marginsShape },
  'GET /v1/settings/mail-templates': { summary: 'Mails to begin with, by name', response: mailTemplatesShape },
  'PUT /v1/settings/mail-templates': { summary: 'Change the mails to begin with', body: mailTemplatesShape, response: mailTemplatesShape },
} satisfies Contract;
