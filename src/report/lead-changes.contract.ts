import { z } from 'zod';
import { bulkRunShape } from '../platform/bulk/bulk.contract.ts';
import type { Contract } from '../platform/http/contract.ts';
import { leadFilters } from './leads.contract.ts';

const id = z.uuid();
const whole = z.number().int().min(0);
const params = z.object({ id });
const scalar = z.union([z.string().max(4000), z.number(), z.boolean()]);
const note = z.string().trim().max(500).nullish();

const leadAction = z.discriminatedUnion('do', [
  z.object({ do: z.literal('give'), to: z.union([z.object({ holderId: id }), z.enum(['desk', 'routing', 'others']).describe('others: recalled from whoever has it, and dealt by the routing among the others')]), note }),
  z.object({ do: z.literal('verdict'), verdict: z.enum(['hot', 'warm', 'bad', 'dont_know']), reason: note, untilOn: z.iso.date().nullish() }),
  z.object({ do: z.literal('answer'), question: z.string().max(60), value: z.string().trim().max(500).nullable() }),
]);
/** An own field is of the people or companies behind the leads, and is changed in theirs. */
const customAction = z.object({ do: z.literal('custom'), subject: z.enum(['person', 'organization']), key: z.string().max(40), value: scalar.nullable() });
const action = z.union([leadAction, customAction]).meta({ id: 'LeadChangeAction' });
const selection = z.union([z.object({ ids: z.array(id).min(1).max(1000) }), z.object({ filter: leadFilters })]);
const refused = z.array(z.object({ why: z.string(), count: whole }));
const run = z
  .object({
    action: z.union([leadAction, z.object({ do: z.literal('even'), whom: z.object({ kind: z.enum(['team', 'territory']), id, name: z.string() }), note })]),
    ...bulkRunShape,
    refused: refused.describe('Leads that could not be changed, by why.'),
  })
  .meta({ id: 'LeadChange' });

export const leadChangesApi = {
  'GET /v1/lead-changes': {
    summary: 'Changes made to many leads at once, the latest first; a rep sees their own',
    response: z.object({ items: z.array(run.omit({ progress: true, refused: true })) }),
  },
  'GET /v1/lead-changes/:id': { summary: 'One of them, with how far it is', params, response: run },
  'POST /v1/lead-changes/preview': {
    summary: 'What would happen: how many change, stay, or may not be changed and why, and some before and after. Nothing is kept.',
    body: z.object({ selection, action }),
    response: z.object({
      count: whole.describe('Whom the selection finds.'),
      looked: whole.describe('Of the first so many it was worked out.'),
      changing: whole,
      staying: whole.describe('It is so already.'),
      refused,
      sample: z.array(z.object({ id, label: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
    }),
  },
  'POST /v1/lead-changes': {
    summary: 'Do it, in the background: give leads to a holder, the desk, whoever the routing chooses, or whoever it chooses but who has them now; judge them; answer a question; fill an own field of the people or companies behind them',
    body: z.object({ selection, action }),
    response: z.object({ id, jobId: id, of: z.enum(['lead', 'person', 'organization']).describe('An own field is changed as a change of many people or organizations: `/v1/bulk/:id`.') }),
  },
  'POST /v1/lead-changes/:id/cancel': { summary: 'Stop after the leads at hand; what was changed stays until it is undone', params, response: z.object({ id }) },
  'POST /v1/lead-changes/:id/undo': {
    summary: 'Take it back exactly. Where somebody passed leads on, judged or answered since, it asks (409) and leaves those alone when told so: what others did is not taken back.',
    params,
    body: z.object({ changedSince: z.enum(['keep']).optional() }).nullish(),
    response: z.object({ jobId: id }),
  },
} satisfies Contract;
