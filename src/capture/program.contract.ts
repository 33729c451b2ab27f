import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';
import { formSchema } from './form.contract.ts';

const id = z.uuid();
const date = z.iso.date();
const minor = z.number().int().min(-9e15).max(9e15);
const count = z.number().int().min(0).max(1e9);
export const programStatus = z.enum(['planned', 'active', 'paused', 'finished', 'withdrawn']);

export const programSchema = z
  .object({
    id,
    externalId: z.string().nullable(),
    name: z.string(),
    /** As people say it: "Trade show", "Email". */
    channel: z.string().nullable(),
    status: programStatus,
    startsOn: date.nullable(),
    endsOn: date.nullable(),
    budgetMinor: minor.nullable(),
    expectedMinor: minor.nullable(),
    currency: z.string().length(3),
    goalInquiries: count.nullable(),
    goalLeads: count.nullable(),
    goalSales: count.nullable(),
    ownerName: z.string().nullable(),
    note: z.string().nullable(),
    formKey: z.string().nullable(),
    importId: id.nullable(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    /** What it cost so far, and how many cost entries say so: none is shown as "no cost entered", never as zero. */
    costMinor: minor,
    costEntries: count,
    inquiries: count,
  })
  .meta({ id: 'Program' });
export type Program = z.infer<typeof programSchema>;

export const costSchema = z
  .object({ id, programId: id, onDate: date, amountMinor: minor, currency: z.string().length(3), note: z.string().nullable(), importId: id.nullable() })
  .meta({ id: 'ProgramCost' });
export type ProgramCost = z.infer<typeof costSchema>;

const programDraft = z.object({
  name: z.string().trim().min(1).max(200),
  externalId: z.string().trim().min(1).max(200).nullish(),
  channel: z.string().trim().min(1).max(100).nullish(),
  status: programStatus.exclude(['withdrawn']).optional(),
  startsOn: date.nullish(),
  endsOn: date.nullish(),
  budgetMinor: minor.nullish(),
  expectedMinor: minor.nullish(),
  currency: z.string().regex(/^[A-Z]{3}$/).nullish(),
  goalInquiries: count.nullish(),
  goalLeads: count.nullish(),
  goalSales: count.nullish(),
  ownerName: z.string().trim().max(200).nullish(),
  note: z.string().max(5000).nullish(),
});
export type ProgramDraft = z.infer<typeof programDraft>;
const costDraft = z.object({
  onDate: date,
  amountMinor: minor,
  currency: z.string().regex(/^[A-Z]{3}$/).optional(),
  note: z.string().max(500).nullish(),
});
export type CostDraft = z.infer<typeof costDraft>;
const page = { cursor: z.string().max(1000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

export const programsApi = {
  'GET /v1/programs': {
    summary: 'Programs, newest first, with what they cost and brought in.',
    query: z.object({ ...page, q: z.string().max(200).optional(), status: programStatus.optional(), channel: z.string().max(100).optional() }),
    response: z.object({ items: z.array(programSchema), nextCursor: z.string().nullable() }),
  },
  'POST /v1/programs': { summary: 'Create a program.', body: programDraft, response: programSchema },
  'GET /v1/programs/channels': { summary: 'The channels in use.', response: z.object({ items: z.array(z.string()) }) },
  'GET /v1/programs/:id': {
    summary: 'One program with its dated costs.',
    params: z.object({ id }),
    response: z.object({ program: programSchema, costs: z.array(costSchema) }),
  },
  'PATCH /v1/programs/:id': { summary: 'Change a program.', params: z.object({ id }), body: programDraft.partial(), response: programSchema },
  'GET /v1/programs/:id/costs': { summary: 'The dated costs of a program.', params: z.object({ id }), response: z.object({ items: z.array(costSchema) }) },
  'POST /v1/programs/:id/costs': { summary: 'Record a cost on its day.', params: z.object({ id }), body: costDraft, response: costSchema },
  'DELETE /v1/programs/:id/costs/:costId': { summary: 'Remove a cost entered by mistake.', params: z.object({ id, costId: id }) },
  'GET /v1/programs/:id/form': {
    summary: 'The hosted form of a program: its key, address, snippet and fields.',
    params: z.object({ id }),
    response: z.object({ key: z.string(), url: z.string(), snippet: z.string(), form: formSchema }),
  },
  'PUT /v1/programs/:id/form': {
    summary: 'Change the form of a program.',
    params: z.object({ id }),
    body: formSchema,
    response: z.object({ key: z.string(), url: z.string(), snippet: z.string(), form: formSchema }),
  },
} satisfies Contract;
