import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';

const instant = z.iso.datetime();
const id = z.object({ id: z.uuid() });

export const enrolmentShape = z
  .object({
    id: z.uuid(),
    leadId: z.uuid(),
    personId: z.uuid(),
    personName: z.string().nullable(),
    organizationName: z.string().nullable(),
    programId: z.uuid().nullable(),
    programName: z.string().nullable(),
    grade: z.string(),
    score: z.int(),
    why: z.string(),
    untilAt: instant,
    startedAt: instant,
    signal: z.string().nullable(),
    endedAt: instant.nullable(),
    endReason: z.string().nullable(),
    daysLeft: z.int(),
  })
  .meta({ id: 'Enrolment' });

export const touchShape = z
  .object({
    id: z.uuid(),
    personId: z.uuid(),
    leadId: z.uuid().nullable(),
    channel: z.string(),
    kind: z.string(),
    at: instant,
    heldBack: z.string().nullable(),
  })
  .meta({ id: 'Touch' });

export const acknowledgementShape = z
  .object({
    on: z.boolean(),
    subject: z.string().min(1).max(200),
    text: z.string().min(1).max(10_000).meta({ description: '{name}, {company}, {product} and {receipt} are filled in.' }),
  })
  .meta({ id: 'Acknowledgement' });

export const nurtureApi = {
  'GET /v1/nurture': {
    summary: 'Warm leads that wait for a date or a signal, soonest first',
    query: z.object({
      state: z.enum(['waiting', 'ended']).default('waiting'),
      cursor: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(enrolmentShape), nextCursor: z.string().nullable(), waiting: z.int(), dueThisWeek: z.int() }),
  },
  'POST /v1/nurture/:id/return': {
    summary: 'Bring a lead back to sales now',
    params: id,
    body: z.object({ why: z.string().max(500).nullish() }),
    response: enrolmentShape,
  },
  'POST /v1/nurture/:id/extend': {
    summary: 'Let a lead wait longer',
    params: id,
    body: z.object({ untilOn: z.iso.date() }),
    response: enrolmentShape,
  },
  'GET /v1/people/:id/touches': {
    summary: 'What we sent to a person, and what was held back',
    params: id,
    response: z.object({ items: z.array(touchShape), may: z.object({ mail: z.string().nullable(), call: z.string().nullable() }) }),
  },
  'GET /v1/settings/acknowledgement': { summary: 'The answer an enquirer gets at once', response: acknowledgementShape },
  'PUT /v1/settings/acknowledgement': {
    summary: 'Change the answer an enquirer gets at once',
    body: acknowledgementShape,
    response: acknowledgementShape,
  },
} satisfies Contract;
