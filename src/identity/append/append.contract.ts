import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const whole = z.number().int().min(0);
const kind = z.enum(['person', 'organization']);
const page = { cursor: z.string().max(1000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };
const why = z.enum(['unreadable', 'verified', 'same', 'unsure', 'old', 'known']).describe('Why a value was not used.');

const terms = {
  name: z.string().trim().min(1).max(120),
  priceThousandMinor: whole.max(1e12).describe('What a thousand cost, in minor units.'),
  pricePer: z.enum(['row', 'hit']).describe('What is counted: every row they give back, or only those that say something of somebody asked for.'),
  licenceDays: z.number().int().min(1).max(36_500).nullable().describe('How long values may be kept; null: for ever.'),
  confidence: z.number().min(0).max(1).describe('How sure their values are that say nothing of it themselves.'),
  position: whole.max(10_000),
};
const serviceTerms = {
  service: z
    .object({
      url: z.string().trim().min(1).max(2000),
      header: z
        .string()
        .trim()
        .regex(/^[A-Za-z][A-Za-z0-9-]{0,60}$/)
        .refine((name) => !['host', 'content-length', 'content-type', 'transfer-encoding', 'connection'].includes(name.toLowerCase()), 'This header cannot carry a key.')
        .default('Authorization')
        .describe('The header that carries the key.'),
      fields: z.object({ person: z.array(z.string().max(40)).max(20), organization: z.array(z.string().max(40)).max(20) }),
      batch: z.number().int().min(1).max(200).default(50).describe('Questions a call.'),
      timeoutSeconds: z.number().int().min(1).max(120).default(20),
      cacheDays: z.number().int().min(0).max(3650).default(90).describe('The same question is not asked again within so many days.'),
    })
    .nullable()
    .describe('How it is asked over HTTP; null: it is not. The contract stands in docs/append.md.'),
  budgetMinor: whole.max(1e12).nullable().describe('What it may cost in a month of UTC; null: no limit.'),
};
/** Written, never read again. */
const secret = z.string().min(1).max(4000).regex(/^[\x20-\x7e]+$/, 'A key has letters, digits and signs only.').nullable().optional().describe('The value of that header, whole ("Bearer …"), or env:NAME for one the installation keeps (BATON_APPEND_KEY_NAME); null takes it out.');
const provider = z
  .object({
    id,
    ...terms,
    ...serviceTerms,
    hasSecret: z.boolean(),
    failures: whole,
    restsUntil: instant.nullable().describe('It did not answer, and is left alone until then.'),
    problem: z.string().nullable(),
    spentThisMonthMinor: whole,
    currency: z.string(),
    runs: whole,
    lastAt: instant.nullable(),
    costMinor: whole.describe('Of all runs, whatever came of them.'),
    offered: whole,
    used: whole,
    usable: whole.describe('Used, and neither corrected by anybody nor taken out since.'),
    corrected: whole,
    expired: whole,
    undone: whole,
    costPerUsableMinor: z.number().nullable(),
  })
  .meta({ id: 'AppendProvider' });

const run = z
  .object({
    id: id.describe('Of a file, that of its import; undo it there.'),
    kind,
    way: z.enum(['file', 'answer', 'service']),
    providerId: id.nullable(),
    provider: z.string().nullable(),
    fileName: z.string().nullable(),
    given: whole.describe('Rows, or questions.'),
    sure: whole,
    asked: whole.describe('Rows that may be about somebody known, for somebody to decide; `open` of them still are.'),
    open: whole,
    unknown: whole,
    used: whole,
    unused: whole,
    costMinor: whole,
    currency: z.string(),
    replace: z.boolean(),
    licenceUntil: z.iso.date().nullable(),
    startedAt: instant,
    startedBy: z.string(),
    undoneAt: instant.nullable(),
  })
  .meta({ id: 'AppendRun' });

const receipt = z
  .object({
    id,
    runId: id,
    kind,
    subjectId: id,
    subject: z.string(),
    field: z.string(),
    label: z.string(),
    value: z.string().nullable().describe('In words; null where it could not be read, or its licence has ended.'),
    replaced: z.string().nullable(),
    provider: z.string(),
    at: instant,
    asOf: z.iso.date().nullable(),
    expiresOn: z.iso.date().nullable(),
    confidence: z.number(),
    priceMinor: whole,
    currency: z.string(),
    state: z.enum(['unused', 'expired', 'undone', 'stands', 'corrected']),
    why: why.nullable(),
    endedAt: instant.nullable(),
  })
  .meta({ id: 'AppendReceipt', description: 'One value somebody offered, whether it was used or not.' });

const evidence = z.array(z.object({ field: z.string(), outcome: z.string(), weight: z.number() }));
const doubt = z
  .object({
    id,
    runId: id,
    kind,
    row: z.number().int(),
    label: z.string(),
    says: z.array(z.object({ field: z.string(), label: z.string(), value: z.string().nullable() })),
    candidates: z.array(z.object({ id, name: z.string(), weight: z.number(), evidence })),
  })
  .meta({ id: 'AppendDoubt' });
const request = z
  .object({
    id,
    providerId: id,
    provider: z.string(),
    kind,
    fields: z.array(z.string()),
    labels: z.array(z.string()),
    whom: z.string(),
    asked: whole,
    answered: whole.describe('Of whom an answer came back that was not undone, whatever it said.'),
    askedAt: instant,
    askedBy: z.string(),
  })
  .meta({ id: 'AppendRequest' });
const wish = {
  kind,
  fields: z.array(z.string().max(40)).min(1).max(20).describe('Asked is about those of whom at least one of these is not known.'),
  segmentId: id.optional(),
  where: z.string().max(8000).optional().describe('Conditions as JSON, as in the lists of people and organizations.'),
};
const receipts = z.object({ items: z.array(receipt), nextCursor: z.string().nullable() });

export const appendApi = {
  'GET /v1/append/providers': { summary: 'Who gives values, what they cost and what became of them', response: z.object({ items: z.array(provider) }) },
  'POST /v1/append/providers': {
    summary: 'Name somebody who gives values, with their terms',
    body: z.object({ ...terms, priceThousandMinor: terms.priceThousandMinor.default(0), pricePer: terms.pricePer.default('hit'), licenceDays: terms.licenceDays.default(null), confidence: terms.confidence.default(0.8), position: terms.position.default(100), service: serviceTerms.service.default(null), budgetMinor: serviceTerms.budgetMinor.default(null), secret }),
    response: provider,
  },
  'PATCH /v1/append/providers/:id': { summary: 'Change their terms, from the next run on', params: z.object({ id }), body: z.object({ ...terms, ...serviceTerms }).partial().extend({ secret }), response: provider },
  'GET /v1/append/fields': {
    summary: 'What can be appended to people and to organizations',
    response: z.object({ items: z.array(z.object({ kind, field: z.string(), label: z.string() })) }),
  },
  'GET /v1/append/requests': { summary: 'What bureaus were asked, newest first', query: z.object(page), response: z.object({ items: z.array(request), nextCursor: z.string().nullable() }) },
  'POST /v1/append/requests/count': { summary: 'Of how many one of these fields is not known', body: z.object(wish), response: z.object({ asked: whole }) },
  'POST /v1/append/requests': { summary: 'Choose whom to ask a bureau about; each gets a key of this request', body: z.object({ ...wish, providerId: id }), response: request },
  'GET /v1/append/requests/:id/extract.csv': { summary: 'The extract for the bureau: key, what they may know them by, and a column per field. Answers come back as a file to append', params: z.object({ id }) },
  'GET /v1/append/runs': { summary: 'Runs, newest first', query: z.object(page), response: z.object({ items: z.array(run), nextCursor: z.string().nullable() }) },
  'GET /v1/append/runs/:id': {
    summary: 'One run, with what became of its values field by field',
    params: z.object({ id }),
    response: run.extend({ fields: z.array(z.object({ field: z.string(), label: z.string(), state: receipt.shape.state, why: why.nullable(), count: whole })) }),
  },
  'POST /v1/append/runs/:id/undo': {
    summary: 'Take the run of a service back (that of a file: undo its import). Where somebody changed values since, it asks (409) until it is told what becomes of that',
    params: z.object({ id }),
    body: z.object({ changedSince: z.enum(['keep', 'overwrite']).optional() }).nullish(),
    response: run.extend({ fields: z.array(z.object({ field: z.string(), label: z.string(), state: receipt.shape.state, why: why.nullable(), count: whole })) }),
  },
  'GET /v1/append/services': { summary: 'Whether services are being asked', response: z.object({ underWay: z.object({ jobId: id, done: whole, total: whole.nullable(), note: z.string().nullable() }).nullable() }) },
  'POST /v1/append/services': { summary: 'Ask the providers that answer over HTTP, in their order, each for what is still not known', body: z.object(wish), response: z.object({ jobId: id }) },
  'POST /v1/append/services/stop': { summary: 'Stop asking after the call at hand', response: z.object({ stopped: z.boolean() }) },
  'GET /v1/append/runs/:id/values': { summary: 'The receipts of a run, latest first', params: z.object({ id }), query: z.object(page), response: receipts },
  'GET /v1/append/doubts': {
    summary: 'Rows that may be about somebody known, and wait to be decided',
    query: z.object({ ...page, runId: id.optional() }),
    response: z.object({ items: z.array(doubt), nextCursor: z.string().nullable() }),
  },
  'POST /v1/append/doubts/:id/decide': {
    summary: 'Say whom a row is about, or (null) that it is nobody known',
    params: z.object({ id }),
    body: z.object({ subjectId: id.nullable() }),
    response: z.object({ id, status: z.enum(['used', 'left']), used: whole, unused: whole }),
  },
  'GET /v1/people/:id/appended': { summary: 'What was appended to a person, by whom and on which terms', params: z.object({ id }), query: z.object(page), response: receipts },
  'GET /v1/organizations/:id/appended': { summary: 'What was appended to an organization, by whom and on which terms', params: z.object({ id }), query: z.object(page), response: receipts },
} satisfies Contract;
