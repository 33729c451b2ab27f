import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const params = z.object({ id });

export const whyErased = z.enum(['asked', 'objected', 'no longer needed', 'unlawful', 'retention', 'other']);
export type WhyErased = z.infer<typeof whyErased>;

const chapter = z.object({ key: z.string(), title: z.string(), rows: z.array(z.record(z.string(), z.unknown())) });

const personData = z
  .object({
    id,
    name: z.string(),
    company: z.string().describe('Who keeps it.'),
    madeAt: instant,
    ids: z.array(id).describe('Every id this person ever had here.'),
    chapters: z.array(chapter).describe('What every room keeps of them; chapters with nothing in them are left out.'),
  })
  .meta({ id: 'PersonData' });
export type PersonDataView = z.infer<typeof personData>;

const erasure = z
  .object({
    id,
    personId: id,
    why: whyErased,
    remembers: z.boolean().describe('Whether addresses are kept as keyed hashes, so that lists do not bring them back as contactable.'),
    askedAt: instant,
    by: z.string(),
    state: z.enum(['asked', 'files', 'done']).describe('asked: about to be done; files: every row is empty, files on the disk go now; done.'),
    doneAt: instant.nullable(),
    counts: z.record(z.string(), z.number().int()).describe('How many rows were emptied, by chapter.'),
    problem: z.string().nullable().describe('Why it could not be done yet.'),
  })
  .meta({ id: 'Erasure' });

export const requestKind = z.enum(['access', 'erasure', 'correction', 'objection']);
export const requestOutcome = z.enum(['done', 'refused', 'nobody']);
const request = z
  .object({
    id,
    kind: requestKind,
    personId: id.nullable(),
    personName: z.string().nullable(),
    asker: z.string().nullable().describe('Who asked and how, in words; null once they are erased.'),
    askedOn: z.iso.date(),
    dueOn: z.iso.date(),
    overdue: z.boolean(),
    notedBy: z.string(),
    doneAt: instant.nullable(),
    doneBy: z.string().nullable(),
    outcome: requestOutcome.nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'PrivacyRequest' });

const ruleParams = z.object({ rule: z.string().max(40) });
const months = z.number().int().min(1).max(240);
const retentionRule = z
  .object({
    rule: z.string(),
    title: z.string(),
    means: z.string(),
    enabled: z.boolean(),
    months: months.describe('What is older than this.'),
    most: z.number().int().min(1).max(1_000_000).describe('At most so many a night.'),
  })
  .meta({ id: 'RetentionRule' });
const retentionRun = z.object({
  id,
  rule: z.string(),
  months,
  trial: z.boolean(),
  before: instant,
  found: z.number().int(),
  cleared: z.number().int(),
  beganAt: instant,
  endedAt: instant.nullable(),
  beganBy: z.string(),
});
const retention = z.object({ rules: z.array(retentionRule), runs: z.array(retentionRun).describe('The latest fifty, trials too.') }).meta({ id: 'Retention' });

export const privacyApi = {
  'GET /v1/privacy/retention': { summary: 'Rules that let go of what is no longer needed, and what they did', response: retention },
  'POST /v1/privacy/retention/:rule/try': {
    summary: 'What a rule would take now: how much, and the oldest of it. Nothing is taken.',
    params: ruleParams,
    body: z.object({ months }),
    response: z.object({ count: z.number().int(), before: instant, sample: z.array(z.object({ what: z.string(), at: instant })) }),
  },
  'PUT /v1/privacy/retention/:rule': {
    summary: 'Change a rule. It is switched on only after a trial with the same months within a day; it works at night.',
    params: ruleParams,
    body: z.object({ enabled: z.boolean(), months, most: z.number().int().min(1).max(1_000_000) }),
    response: retention,
  },
  'GET /v1/privacy/requests': {
    summary: 'Who asked to see, correct or erase what is kept of them: the open ones by their due date, then the latest that are done',
    response: z.object({ items: z.array(request), open: z.number().int(), overdue: z.number().int() }),
  },
  'POST /v1/privacy/requests': {
    summary: 'Note that somebody asked',
    body: z.object({
      kind: requestKind,
      personId: id.nullish(),
      asker: z.string().trim().min(1).max(500),
      askedOn: z.iso.date(),
      dueOn: z.iso.date().optional().describe('A month later where it is left out.'),
      note: z.string().trim().max(2000).nullish(),
    }),
    response: request,
  },
  'POST /v1/privacy/requests/:id/done': {
    summary: 'Say what came of it',
    params,
    body: z.object({ outcome: requestOutcome, note: z.string().trim().max(2000).nullish() }),
    response: request,
  },
  'GET /v1/people/:id/data': {
    summary: 'Everything every room keeps of a person, under all the ids they ever had: a page to read or hand over, or JSON. Noted in the audit.',
    params,
    query: z.object({ format: z.enum(['json', 'html']).default('json') }),
    response: z.union([personData, z.string()]),
  },
  'GET /v1/people/:id/erasure': {
    summary: 'What erasing this person would take out, by chapter; or that it was done, when, by whom and why',
    params,
    response: z.object({
      erasure: erasure.nullable(),
      chapters: z.array(z.object({ key: z.string(), title: z.string(), count: z.number().int() })),
      openLeads: z.number().int().describe('Closed as lost with it.'),
    }),
  },
  'POST /v1/people/:id/erasure': {
    summary: 'Erase a person: what is theirs goes for ever, what is counted stays. Nothing undoes it.',
    params,
    body: z.object({
      name: z.string().max(500).describe('The person’s name as it is shown, so that nobody is erased by a slip.'),
      why: whyErased.default('asked'),
      remembers: z.boolean().describe('true: remember, as keyed hashes, that they must not be contacted. false: forget completely.'),
      requestId: id.nullish(),
    }),
    response: erasure,
  },
  'GET /v1/erasures': {
    summary: 'Who was erased, the latest first, without saying who it was',
    query: z.object({ cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }),
    response: z.object({ items: z.array(erasure), nextCursor: z.string().nullable() }),
  },
} satisfies Contract;
