import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const whole = z.number().int().min(0);
const whom = { kind: z.enum(['team', 'territory']), id };
const proposal = z
  .object({
    whom: z.object({ ...whom, name: z.string() }),
    mark: z.string().describe('Names these very moves: send it back to have them made.'),
    isCut: z.boolean().describe('There would be more: do these, and look again.'),
    holders: z.array(
      z.object({
        id,
        name: z.string(),
        weight: z.number(),
        before: whole.describe('Open leads now.'),
        after: whole,
        mayGo: whole.describe('Of those open now, nobody has begun with so many.'),
        takesNone: z.string().nullable().describe('Why they are given none: away, full, no longer working leads.'),
      }),
    ),
    moves: z.array(z.object({ leadId: id, label: z.string(), fromHolderId: id, from: z.string(), toHolderId: id, to: z.string() })),
    staying: z.array(z.object({ why: z.string(), count: whole })),
  })
  .meta({ id: 'EvenProposal' });

export const evenOutApi = {
  'GET /v1/even-out': {
    summary: 'What it takes that everybody of a team or territory holds as many open leads for their share as the others: which untouched leads go from whom to whom. Nothing is changed.',
    query: z.object(whom),
    response: proposal,
  },
  'POST /v1/even-out': {
    summary: 'Make these moves, in the background: a change of many leads (`/v1/lead-changes/:id`), which can be undone',
    body: z.object({ ...whom, mark: z.string().max(40), note: z.string().trim().max(500).nullish() }),
    response: z.object({ id, jobId: id }),
  },
} satisfies Contract;
