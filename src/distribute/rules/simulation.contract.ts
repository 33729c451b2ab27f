import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { routingRule } from './routing.contract.ts';

const came = z.enum(['placed', 'person', 'waits', 'nowhere', 'open']);
const evenness = z.number().meta({ description: '0: all alike; 1: one has all (Gini).' });
const named = z.object({ id: z.uuid(), name: z.string() });
const result = z.object({
  leads: z.int(),
  ends: z.object({ placed: z.int(), person: z.int(), waits: z.int(), nowhere: z.int(), open: z.int() }),
  elsewhere: z.int().meta({ description: 'With another holder than in truth, of those compared.' }),
  compared: z.int(),
  waited: z.object({ leads: z.int(), medianHours: z.number(), mostHours: z.number() }),
  loads: z.array(
    z.object({
      holderId: z.uuid(),
      name: z.string(),
      leads: z.int(),
      was: z.int(),
      hot: z.int(),
      warm: z.int(),
      cold: z.int(),
      weekMost: z.int(),
    }),
  ),
  weeks: z.array(z.object({ week: z.string(), leads: z.int(), placed: z.int(), was: z.int() })),
  rules: z.array(z.object({ ruleId: z.uuid(), name: z.string(), leads: z.int() })),
  idle: z.array(named).meta({ description: 'Rules that took nothing.' }),
  uneven: z.object({ now: evenness, was: evenness }),
});
const simulation = z
  .object({
    id: z.uuid(),
    fromAt: z.iso.datetime(),
    untilAt: z.iso.datetime(),
    madeAt: z.iso.datetime(),
    madeBy: z.string().nullable(),
    state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
    done: z.int(),
    total: z.int().nullable(),
    problem: z.string().nullable(),
    count: z.int().meta({ description: 'Rules tried.' }),
    result: result.nullable(),
  })
  .meta({ id: 'RoutingSimulation' });
const id = z.object({ id: z.uuid() });

export const simulationApi = {
  'GET /v1/routing/simulations': {
    summary: 'The last dry runs of routing rules',
    response: z.object({ items: z.array(simulation.omit({ result: true })) }),
  },
  'POST /v1/routing/simulations': {
    summary: 'Deal the leads of the last months again by these rules; changes nothing',
    body: z.object({ rules: z.array(routingRule).max(500), months: z.int().min(1).max(24).default(12) }),
    response: id,
  },
  'GET /v1/routing/simulations/:id': { summary: 'A dry run: who would have had what', params: id, response: simulation },
  'POST /v1/routing/simulations/:id/stop': { summary: 'Stop a dry run', params: id, response: z.object({ stopping: z.boolean() }) },
  'GET /v1/routing/simulations/:id/leads': {
    summary: 'What came of each lead in a dry run',
    params: id,
    query: z.object({
      holderId: z.uuid().optional(),
      ruleId: z.uuid().optional(),
      came: came.optional(),
      moved: z.stringbool().optional().meta({ description: 'Only those with another holder than in truth.' }),
      cursor: z.string().optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({
      items: z.array(
        z.object({
          leadId: z.uuid(),
          name: z.string().nullable(),
          at: z.iso.datetime(),
          holder: z.string().nullable(),
          was: z.string().nullable(),
          rule: z.string().nullable(),
          came,
          because: z.string(),
        }),
      ),
      nextCursor: z.string().nullable(),
    }),
  },
} satisfies Contract;
