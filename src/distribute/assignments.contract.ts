import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';
import { clockNames } from './clocks.rules.ts';
import { defaultPromise } from './response.rules.ts';

const grades = { hot: z.number().min(1).max(100_000), warm: z.number().min(1).max(100_000), cold: z.number().min(1).max(100_000) };

export const responsePromiseShape = z
  .object({
    ...grades,
    followup: z.object(grades),
    remindAtPercent: z.number().min(1).max(99),
    redirectsMax: z.int().min(0).max(20),
    unassignedMost: z
      .number()
      .min(1)
      .max(100_000)
      .default(defaultPromise.unassignedMost)
      .meta({ description: 'Business minutes of the company that a lead may wait at the desk; longer is an alarm.' }),
  })
  .meta({ id: 'ResponsePromise', description: 'Business minutes by grade: to accept, and from accepting to the first followup.' });

export const assignmentShape = z
  .object({
    id: z.uuid(),
    leadId: z.uuid(),
    sequence: z.int(),
    holderId: z.uuid(),
    holderName: z.string(),
    holderKind: z.enum(['rep', 'partner', 'desk', 'nurture']),
    territoryId: z.uuid().nullable(),
    territoryName: z.string().nullable(),
    why: z.string(),
    startedAt: z.iso.datetime(),
    respondBy: z.iso.datetime().nullable(),
    followBy: z.iso.datetime().nullable(),
    clocks: z
      .array(z.object({ clock: z.enum(clockNames), dueAt: z.iso.datetime(), state: z.enum(['kept', 'broken', 'running', 'resting', 'not-asked']) }))
      .meta({ description: 'By when it had, or has, to be answered, in contact, tried often enough and judged, and how that stands.' }),
    remindedAt: z.iso.datetime().nullable(),
    acceptedAt: z.iso.datetime().nullable(),
    declinedAt: z.iso.datetime().nullable(),
    declineReason: z.string().nullable(),
    pausedUntil: z.iso.datetime().nullable().meta({ description: 'It rests, or rested when it ended: its clocks stand until then.' }),
    pauseReason: z.string().nullable(),
    firstFollowupAt: z.iso.datetime().nullable(),
    endedAt: z.iso.datetime().nullable(),
    endReason: z.string().nullable(),
    agreedVersion: z.int().nullable().meta({ description: 'The version of the agreement by which this hand-off is judged: the one in force when it was given.' }),
    creditBackAt: z.iso.datetime().nullable().meta({ description: 'Since when the turn by which it was given is given back: the lead was none.' }),
    creditBackReason: z.string().nullable(),
    askAgainAt: z.iso.datetime().nullable().meta({ description: 'At the desk: when a holder is looked for again.' }),
    because: z.array(z.object({ label: z.string(), detail: z.string() })),
    passedOver: z.array(z.object({ holderId: z.uuid(), name: z.string(), because: z.string(), detail: z.string() })),
    shares: z.array(
      z.object({
        holderId: z.uuid(),
        name: z.string(),
        sharePercent: z.number(),
        credit: z.number(),
        mark: z.number().nullable().meta({ description: 'Open leads for the share, or points of the match, where the rule goes by them.' }),
      }),
    ),
    decision: z
      .object({
        version: z.int().nullable().meta({ description: 'Of the routing rules; null where there were none.' }),
        rules: z.array(z.object({ ruleId: z.uuid(), name: z.string(), came: z.enum(['took', 'passed', 'waits', 'offered', 'desk', 'aside']) })),
        again: z
          .object({ holderId: z.uuid().nullable(), same: z.boolean(), differences: z.array(z.string()) })
          .nullable()
          .meta({ description: 'Made again from what was stored of it; null where a person decided.' }),
      })
      .nullable(),
  })
  .meta({ id: 'Assignment' });

export const assignmentsApi = {
  'GET /v1/leads/:id/assignments': {
    summary: 'The path of a lead: every holder it had, why, and who was passed over',
    params: z.object({ id: z.uuid() }),
    response: z.object({ items: z.array(assignmentShape) }),
  },
  'POST /v1/leads/:id/assign': {
    summary: 'Hand a lead to a holder, or let the routing choose again',
    params: z.object({ id: z.uuid() }),
    body: z.object({ holderId: z.uuid().nullable(), note: z.string().max(500).nullish() }),
    response: assignmentShape,
  },
  'POST /v1/assignments': {
    summary: 'Hand over many leads at once',
    body: z.object({ leadIds: z.array(z.uuid()).min(1).max(5000), holderId: z.uuid().nullable(), note: z.string().max(500).nullish() }),
    response: z.object({ moved: z.int(), skipped: z.int() }),
  },
  'GET /v1/settings/response-promise': {
    summary: 'The response promise that holds now, and the version of the agreement it comes from',
    response: responsePromiseShape.extend({ agreedVersion: z.int().nullable() }),
  },
  'PUT /v1/settings/response-promise': {
    summary: 'Change the response promise; clocks that run keep theirs. Refused while an agreement holds: it is changed there',
    body: responsePromiseShape,
    response: responsePromiseShape.extend({ agreedVersion: z.int().nullable() }),
  },
} satisfies Contract;
