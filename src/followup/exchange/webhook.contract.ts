import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const params = z.object({ id });
const event = z.string().max(40);
const name = z.string().trim().min(1).max(100);
const url = z.string().trim().min(1).max(2000);
const chosen = z.array(event).min(1).max(40);

const webhook = z
  .object({
    id,
    name: z.string(),
    url: z.string(),
    holderId: id.nullable().describe('Whose leads it is told of; null: all.'),
    events: z.array(event),
    state: z.enum(['on', 'paused']),
    pausedWhy: z.string().nullable(),
    pausedAt: instant.nullable(),
    failingSince: instant.nullable().describe('Nothing arrives since then; it is tried again and again.'),
    createdAt: instant,
    formerSecretUntil: instant.nullable(),
    waiting: z.int(),
    failed: z.int(),
    lastDeliveredAt: instant.nullable(),
  })
  .meta({ id: 'Webhook' });

const delivery = z
  .object({
    id,
    messageId: z.string(),
    event,
    at: instant,
    leadId: id.nullable(),
    state: z.enum(['waiting', 'delivered', 'failed']),
    attempts: z.int(),
    dueAt: instant,
    answeredAt: instant.nullable(),
    status: z.int().nullable(),
    answer: z.string().nullable().describe('What came back, its beginning; or why nothing did.'),
    milliseconds: z.int().nullable(),
  })
  .meta({ id: 'WebhookDelivery' });

const withSecret = z.object({ id, secret: z.string().describe('whsec_…: shown this once.') });

export const webhooksApi = {
  'GET /v1/webhooks': {
    summary: 'Where other systems are told of what happens to leads; a partner sees its own',
    response: z.object({ items: z.array(webhook), choices: z.array(z.object({ event, means: z.string(), to: z.enum(['both', 'partner', 'company']) })) }),
  },
  'POST /v1/webhooks': {
    summary: 'Have a system told: an address, and of what. Its secret is shown this once. A partner’s is told of its own leads only.',
    body: z.object({ name, url, events: chosen, holderId: id.nullish() }),
    response: withSecret,
  },
  'PATCH /v1/webhooks/:id': {
    summary: 'Change it, pause it or turn it on again: what waits is then delivered',
    params,
    body: z.object({ name: name.optional(), url: url.optional(), events: chosen.optional(), state: z.enum(['on', 'paused']).optional() }),
  },
  'DELETE /v1/webhooks/:id': { summary: 'End it; what waits is not delivered', params },
  'POST /v1/webhooks/:id/secret': { summary: 'Another secret, shown this once; for a day the former one signs beside it', params, response: withSecret },
  'POST /v1/webhooks/:id/ping': { summary: 'Send a test now and tell what came back', params, response: delivery },
  'GET /v1/webhooks/:id/deliveries': {
    summary: 'What was and will be sent, the latest first, with the answers',
    params,
    query: z.object({
      state: z.enum(['waiting', 'delivered', 'failed']).optional(),
      cursor: z.string().max(200).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(delivery), nextCursor: z.string().nullable() }),
  },
  'POST /v1/webhook-deliveries/:id/resend': { summary: 'Send it once more, under the same message id', params, response: delivery },
} satisfies Contract;
