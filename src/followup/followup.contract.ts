import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';

const verdict = z.enum(['hot', 'warm', 'bad', 'sale', 'dont_know']);
const activityKind = z.enum(['call', 'mail', 'visit', 'meeting', 'quote', 'literature', 'note']);
const leadId = z.object({ id: z.uuid() });
const reason = z.object({ label: z.string(), detail: z.string() });
const instant = z.iso.datetime();

export const queueRowShape = z
  .object({
    leadId: z.uuid(),
    rank: z.int(),
    kind: z.enum(['answer', 'followup', 'nextAction', 'askAgain', 'returned', 'open', 'paused']),
    personId: z.uuid(),
    personName: z.string().nullable(),
    personTitle: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    organizationName: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    product: z.string().nullable(),
    message: z.string().nullable(),
    sourceName: z.string().nullable(),
    programName: z.string().nullable(),
    receipt: z.string().nullable(),
    grade: z.enum(['hot', 'warm', 'cold']),
    score: z.int(),
    verdict: verdict.nullable(),
    worthMinor: z.int(),
    currency: z.string(),
    chancePercent: z.int(),
    decayPercent: z.int(),
    why: z.array(reason),
    askedAt: instant,
    assignedAt: instant,
    acceptedAt: instant.nullable(),
    dueAt: instant.nullable(),
    minutesLeft: z.int().nullable(),
    shareLeft: z.number().nullable(),
    overdue: z.boolean(),
    later: z.boolean().describe('Its next action is not due yet; it stands below everything that can be worked now.'),
    stepsBehind: z.int().nullable().describe('Steps of its playbook done or skipped.'),
    stepsAll: z.int().nullable(),
    clockFirst: z.boolean().describe('It stands higher than its worth would put it, so that its clock is kept.'),
    nextActionWhat: z.string().nullable(),
    nextActionAt: instant.nullable(),
    pausedUntil: instant.nullable(),
    holderId: z.uuid(),
    holderName: z.string(),
  })
  .meta({ id: 'QueueRow' });

export const activityShape = z
  .object({
    id: z.uuid(),
    leadId: z.uuid(),
    kind: activityKind,
    at: instant,
    outcome: z.string().nullable(),
    note: z.string().nullable(),
    via: z.enum(['app', 'link', 'import', 'mail', 'api']),
    holderId: z.uuid().nullable(),
    holderName: z.string().nullable(),
    userId: z.uuid().nullable(),
  })
  .meta({ id: 'Activity' });

export const dispositionShape = z
  .object({
    id: z.uuid(),
    leadId: z.uuid(),
    verdict,
    reason: z.string().nullable(),
    valueMinor: z.int().nullable(),
    currency: z.string().nullable(),
    at: instant,
    byHolderId: z.uuid().nullable(),
    byHolderName: z.string().nullable(),
    byUserId: z.uuid().nullable(),
    via: z.string(),
    expiresAt: instant.nullable(),
    current: z.boolean(),
    undoneAt: instant.nullable(),
  })
  .meta({ id: 'Disposition' });

export const followupStateShape = z
  .object({
    leadId: z.uuid(),
    closedAt: instant.nullable(),
    fate: z.string().nullable(),
    custody: z
      .object({
        assignmentId: z.uuid(),
        holderId: z.uuid(),
        holderName: z.string(),
        holderKind: z.string(),
        startedAt: instant,
        acceptedAt: instant.nullable(),
        respondBy: instant.nullable(),
        followBy: instant.nullable(),
        firstFollowupAt: instant.nullable(),
        minutesLeft: z.int().nullable(),
        pausedUntil: instant.nullable().meta({ description: 'It rests: its clocks stand until then.' }),
        pauseReason: z.string().nullable(),
        pauseEndsMost: instant.meta({ description: 'The latest day it may rest until.' }),
      })
      .nullable(),
    disposition: dispositionShape.nullable(),
    nextAction: z.object({ what: z.string(), dueAt: instant.nullable(), setBy: z.uuid().nullable() }).nullable(),
    mayUndo: z.boolean(),
    mayWork: z.boolean().meta({ description: 'Whether who asks may log, plan and judge: it is theirs, or they manage those whose it is.' }),
  })
  .meta({ id: 'FollowupState' });

export const verdictBody = z.object({
  verdict,
  reason: z.string().trim().max(500).nullish(),
  valueMinor: z.int().min(0).max(Number.MAX_SAFE_INTEGER).nullish(),
  currency: z.string().length(3).toUpperCase().nullish(),
  untilOn: z.iso.date().nullish().meta({ description: 'For warm: when it should come back.' }),
});

export const followupApi = {
  'GET /v1/queue': {
    summary: 'The ordered queue of a holder: what to do next, and why',
    query: z.object({
      holderId: z.uuid().optional(),
      cursor: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(100),
    }),
    response: z.object({
      items: z.array(queueRowShape),
      nextCursor: z.string().nullable(),
      total: z.int(),
      later: z.int().describe('Of the total: next action not due yet.'),
      overdue: z.int(),
      promiseKeptPercent: z.number().nullable().meta({ description: 'Of the answers due in the last seven days, how many came in time.' }),
    }),
  },
  'GET /v1/leads/:id/followup': { summary: 'Who holds a lead, the verdict, the next action', params: leadId, response: followupStateShape },
  'POST /v1/leads/:id/accept': { summary: 'Accept a lead', params: leadId, body: z.object({}).nullish(), response: followupStateShape },
  'POST /v1/leads/:id/pause': {
    summary: 'Let a lead rest until a day, with a reason; its clocks stand meanwhile. What was only offered is accepted',
    params: leadId,
    body: z.object({
      until: z.union([instant, z.iso.date()]).meta({ description: 'An instant, or a day: its beginning where the holder works.' }),
      reason: z.string().trim().min(1).max(200),
    }),
    response: followupStateShape,
  },
  'DELETE /v1/leads/:id/pause': { summary: 'End the pause of a lead now', params: leadId, response: followupStateShape },
  'POST /v1/leads/:id/decline': {
    summary: 'Decline a lead; it passes to the next best',
    params: leadId,
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    response: z.object({ passedOn: z.boolean().describe('To somebody else; false: nobody else is there for it, and it waits at the desk.') }),
  },
  'POST /v1/leads/accept': {
    summary: 'Accept many leads',
    body: z.object({ leadIds: z.array(z.uuid()).min(1).max(1000) }),
    response: z.object({ accepted: z.int() }),
  },
  'GET /v1/leads/:id/activities': {
    summary: 'Calls, mails, visits and notes on a lead, latest first',
    params: leadId,
    response: z.object({ items: z.array(activityShape) }),
  },
  'POST /v1/leads/:id/activities': {
    summary: 'Log a call, mail, visit, meeting, quote, literature or note',
    params: leadId,
    body: z.object({
      kind: activityKind,
      at: instant.optional(),
      outcome: z.string().trim().max(200).nullish(),
      note: z.string().max(10_000).nullish(),
    }),
    response: activityShape,
  },
  'PUT /v1/leads/:id/next-action': {
    summary: 'Say what happens next, and when',
    params: leadId,
    body: z.object({ what: z.string().trim().min(1).max(500), dueAt: instant.nullable() }),
    response: followupStateShape,
  },
  'DELETE /v1/leads/:id/next-action': { summary: 'The next action is done or dropped', params: leadId, response: followupStateShape },
  'GET /v1/leads/:id/dispositions': {
    summary: 'Every verdict a lead was given',
    params: leadId,
    response: z.object({ items: z.array(dispositionShape) }),
  },
  'POST /v1/leads/:id/verdict': {
    summary: 'Give the verdict: hot, warm, bad (reason), sale (value), don’t know',
    params: leadId,
    body: verdictBody,
    response: followupStateShape,
  },
  'POST /v1/leads/:id/verdict/undo': {
    summary: 'Take the last verdict back; the lead and its holder are exactly as before',
    params: leadId,
    body: z.object({}).nullish(),
    response: followupStateShape,
  },
  'POST /v1/leads/verdicts': {
    summary: 'Give many verdicts',
    body: z.object({
      items: z
        .array(verdictBody.extend({ leadId: z.uuid() }))
        .min(1)
        .max(1000),
    }),
    response: z.object({ judged: z.int() }),
  },
  'GET /v1/followup/choices': {
    summary: 'The reasons offered for bad leads and for declining',
    response: z.object({ badReasons: z.array(z.string()), declineReasons: z.array(z.string()) }),
  },
  'GET /v1/leads/:id/links': {
    summary: 'No-login links sent for a lead, what was answered by them and from where, and verdicts written in mails. A partner sees its own',
    params: leadId,
    response: z.object({
      items: z.array(
        z.object({
          id: z.uuid(),
          holderId: z.uuid(),
          holderName: z.string(),
          createdAt: instant,
          expiresAt: instant,
          revokedAt: instant.nullable(),
          revokedBy: z.string().nullable().meta({ description: 'Who revoked it; null where the lead had passed on.' }),
          firstOpenedAt: instant.nullable().meta({ description: 'First answered by it. Looking is recorded nowhere: mail programs look, too.' }),
          answers: z.array(
            z.object({
              at: instant,
              did: z.string(),
              via: z.enum(['page', 'mail', 'round']),
              known: z.enum(['first', 'known', 'other']).meta({ description: 'other: from a browser or address this holder had not answered from before; it may have been handed on.' }),
              browser: z.string().nullable(),
            }),
          ),
        }),
      ),
      proposals: z.array(
        z.object({
          id: z.uuid(),
          holderName: z.string(),
          at: instant,
          verdict,
          words: z.string().nullable(),
          reason: z.string().nullable(),
          valueMinor: z.int().nullable(),
          currency: z.string().nullable(),
          state: z.enum(['open', 'confirmed', 'left', 'replaced']),
        }),
      ),
    }),
  },
  'DELETE /v1/links/:id': { summary: 'Revoke a no-login link; a partner may revoke its own', params: leadId, response: z.object({ revoked: z.boolean() }) },
} satisfies Contract;
