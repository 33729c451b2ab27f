import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { endings } from './script.rules.ts';
import { outcomes } from './next-call.rules.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const words = z.string().nullable();
const next = z.string().min(1).max(60).nullable();
const outcome = z.enum(outcomes);

const stepId = z.string().min(1).max(60);
const text = z.string().max(2000);
const step = z
  .discriminatedUnion('kind', [
    z.object({ id: stepId, kind: z.literal('say'), text, next }),
    z.object({
      id: stepId,
      kind: z.literal('ask'),
      text,
      question: z.string().max(60).nullable().describe('Key of the qualifying question the answer is noted under.'),
      choices: z.array(z.object({ label: z.string().max(200), next })).max(20),
      free: z.object({ next }).nullable().describe('It may be answered in any words, and where that leads.'),
    }),
    z.object({ id: stepId, kind: z.literal('end'), text, ending: z.enum(endings) }),
  ])
  .meta({ id: 'CallScriptStep' });
const scriptShape = z
  .object({ id, name: z.string(), steps: z.array(step), changedAt: instant, lists: z.int().describe('How many open lists use it.') })
  .meta({ id: 'CallScript' });

const chosen = z.object({
  segmentId: id.nullish(),
  programId: id.nullish(),
  importId: id.nullish(),
  holderId: id.nullish().describe('Who has them; the desk’s are leads nobody has yet.'),
  grade: z.enum(['hot', 'warm', 'cold']).nullish(),
  country: z.string().length(2).nullish(),
});
export type Chosen = z.output<typeof chosen>;
const terms = {
  fromHour: z.int().min(0).max(23),
  untilHour: z.int().min(1).max(24).describe('In the local time of whoever is called: from the first hour, before the second.'),
  perDayMost: z.int().min(1).max(10),
  attemptsMost: z.int().min(1).max(20),
  dealAnew: z
    .boolean()
    .describe('Who is qualified is dealt by the routing, also where somebody has the lead; else only what waits at the desk.'),
};
const name = z.string().trim().min(1).max(200);

const listShape = z
  .object({
    id,
    name: z.string(),
    scriptId: id,
    scriptName: z.string(),
    ...terms,
    chosenWords: z.string().describe('Which leads were chosen, in words.'),
    madeAt: instant,
    closedAt: instant.nullable(),
    leads: z.int(),
    called: z.int().describe('Leads called at least once.'),
    reached: z.int().describe('Leads of which somebody was spoken to.'),
    qualified: z.int(),
    left: z.int(),
    callBacks: z.int().describe('Of those left, agreed to be called back.'),
    leftOut: z.int().describe('Never put on it, because they may not be called or have no number.'),
  })
  .meta({ id: 'CallList' });
const listPage = z
  .object({
    list: listShape,
    script: scriptShape,
    outcomes: z.array(z.object({ outcome: z.string(), leads: z.int() })).describe('What came of the leads that are done.'),
    hours: z
      .array(z.object({ hour: z.int(), calls: z.int(), reached: z.int() }))
      .describe('Calls of this list by the hour it was where they rang.'),
    callers: z.array(z.object({ name: z.string(), calls: z.int(), reached: z.int(), qualified: z.int() })),
  })
  .meta({ id: 'CallListPage' });

const turn = z
  .object({
    lead: z
      .object({
        leadId: id,
        personName: words,
        title: words,
        organizationName: words,
        phone: words,
        mobile: words,
        email: words,
        city: words,
        country: words,
        zone: z.string(),
        localHour: z.int(),
        grade: z.enum(['hot', 'warm', 'cold']),
        score: z.int(),
        message: words,
        product: words,
        programName: words,
        sourceName: words,
        holderName: words,
        askedAt: instant,
        callBack: z.boolean().describe('They agreed to be called back now.'),
        attempts: z.int(),
        leasedUntil: instant,
        known: z.array(z.object({ question: z.string(), answer: z.string() })).describe('Qualifying questions answered already.'),
        calls: z.array(
          z.object({
            at: instant,
            outcome: z.string(),
            note: words,
            by: words,
            answers: z.array(z.object({ ask: z.string(), answer: z.string() })),
          }),
        ),
      })
      .nullable(),
    waiting: z.int(),
    nextAt: instant.nullable().describe('Where there is nobody to call now: when there will be, as far as is known.'),
    asleep: z.int().describe('Waiting, but outside their hours.'),
  })
  .meta({ id: 'CallTurn' });

const listId = z.object({ id });
export const callingApi = {
  'GET /v1/calling/lists': {
    summary: 'Calling lists, the open ones first, with how far they are',
    response: z.object({ items: z.array(listShape) }),
  },
  'POST /v1/calling/lists': {
    summary: 'Make a calling list of open leads',
    body: z.object({ name, scriptId: id, chosen, ...terms }),
    response: listShape,
  },
  'GET /v1/calling/lists/:id': { summary: 'A calling list with its script and what came of it', params: listId, response: listPage },
  'PATCH /v1/calling/lists/:id': {
    summary: 'Change a calling list, or close it',
    params: listId,
    body: z.object({ name, scriptId: id, ...terms, closed: z.boolean() }).partial(),
    response: listShape,
  },
  'POST /v1/calling/lists/:id/fill': {
    summary: 'Add the leads that meet its choice by now',
    params: listId,
    body: z.object({}).nullish(),
    response: z.object({ added: z.int(), leftOut: z.int() }),
  },
  'POST /v1/calling/lists/:id/next': {
    summary: 'The next one to call: it is one’s own for a quarter of an hour, and nobody else’s',
    params: listId,
    body: z.object({}).nullish(),
    response: turn,
  },
  'POST /v1/calling/lists/:id/release': {
    summary: 'Give the one at hand back uncalled',
    params: listId,
    body: z.object({ leadId: id }),
    response: z.object({ released: z.boolean() }),
  },
  'POST /v1/calling/lists/:id/calls': {
    summary: 'What came of the call at hand: its outcome, the answers, and when to call back',
    params: listId,
    body: z.object({
      leadId: id,
      outcome,
      answers: z
        .array(z.object({ stepId, answer: z.string().max(2000).optional() }))
        .max(200)
        .default([]),
      note: z.string().trim().max(5000).nullish(),
      callBackAt: instant.nullish(),
    }),
    response: z.object({
      state: z.enum(['waiting', 'done']),
      dueAt: instant.nullable().describe('When it is tried again.'),
      handedTo: words.describe('Who was given the lead, where it was dealt.'),
    }),
  },
  'GET /v1/calling/scripts': {
    summary: 'Scripts for calls, and the qualifying questions their answers may be noted under',
    response: z.object({ items: z.array(scriptShape), questions: z.array(z.object({ key: z.string(), label: z.string() })) }),
  },
  'PUT /v1/calling/scripts/:id': {
    summary: 'Keep a script; one with a dead end or a circle is refused with the place',
    params: listId,
    body: z.object({ name, steps: z.array(step).min(1).max(60) }),
    response: scriptShape,
  },
} satisfies Contract;
