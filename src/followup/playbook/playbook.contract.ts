import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { criteria } from '../../platform/values/criteria.contract.ts';

const instant = z.iso.datetime();
const days = z.int().min(0).max(250);
const step = z
  .object({
    id: z.uuid(),
    what: z.string().trim().min(1).max(200),
    channel: z.enum(['call', 'mail', 'visit', 'meeting', 'quote', 'literature']),
    afterDays: days.describe('Working days after the lead was given; 0 is at once.'),
    attempts: z.int().min(1).max(10),
    everyDays: z.int().min(1).max(60).describe('Working days between two attempts.'),
    text: z.string().max(5000).nullable().describe('What to say or write.'),
  })
  .meta({ id: 'PlaybookStep' });
const playbook = z
  .object({ id: z.uuid(), name: z.string().trim().min(1).max(120), when: criteria, steps: z.array(step).min(1).max(30) })
  .meta({ id: 'Playbook' });
const result = z.object({ leads: z.int(), done: z.int(), reached: z.int(), skipped: z.int(), goodAfter: z.int(), soldAfter: z.int() });

export const playbooksShape = z
  .object({
    version: z.int().nullable(),
    madeAt: instant.nullable(),
    items: z.array(playbook),
    sentences: z.record(z.string(), z.string()).describe('The conditions of each playbook as people say them.'),
    results: z.record(z.string(), result).describe('By step: leads it was planned for, done, reached, skipped; judged good or sold after it was done.'),
    fields: z.array(z.object({ field: z.string(), label: z.string(), type: z.string(), group: z.string().optional(), choices: z.array(z.object({ value: z.string(), label: z.string() })).optional() })),
  })
  .meta({ id: 'Playbooks' });

export const leadPlaybookShape = z
  .object({
    name: z.string(),
    version: z.int(),
    startedAt: instant,
    endedAt: instant.nullable(),
    steps: z.array(
      step.extend({
        state: z.enum(['next', 'planned', 'done', 'skipped']),
        dueAt: instant,
        attemptsMade: z.int(),
        reachedAt: instant.nullable(),
        doneAt: instant.nullable(),
        skippedAt: instant.nullable(),
        skipReason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'LeadPlaybook' });
const maybePlaybook = z.object({ playbook: leadPlaybookShape.nullable() });
const leadId = z.object({ id: z.uuid() });

export const playbookApi = {
  'GET /v1/playbooks': { summary: 'Playbooks in force, in their order, with what came of their steps', response: playbooksShape },
  'PUT /v1/playbooks': {
    summary: 'Put playbooks in force as the next version; leads under way finish theirs',
    body: z.object({ version: z.int().nullable().describe('The version that was changed; refused when another came meanwhile.'), items: z.array(playbook).max(100) }),
    response: playbooksShape,
  },
  'GET /v1/leads/:id/playbook': { summary: 'How far a lead is in its playbook', params: leadId, response: maybePlaybook },
  'POST /v1/leads/:id/playbook/skip': {
    summary: 'Skip a step, with the reason',
    params: leadId,
    body: z.object({ stepId: z.uuid(), reason: z.string().trim().min(1).max(300) }),
    response: maybePlaybook,
  },
} satisfies Contract;
