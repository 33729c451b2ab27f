import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { territoryRulesShape } from '../territories.contract.ts';
import { figureNames } from './units.rules.ts';
import type { FigureName } from './units.rules.ts';

const id = z.object({ id: z.uuid() });
const on = z.iso.date();
export const figureName = z.enum(figureNames);
export const measureShape = z.object({ figure: figureName, tolerance: z.number().min(0).max(0.99).describe('How far a territory may be from an even share: 0.1 is ten per cent.') });
const figures = z
  .object(Object.fromEntries(figureNames.map((name) => [name, z.number()])) as Record<FigureName, z.ZodNumber>)
  .meta({ id: 'UnitFigures', description: 'Of a unit or a territory; money in the workspace’s currency, calls a year, potential as asked for.' });
const pieces = z.int().nullable().describe('How many pieces it falls into; null where nothing is known of borders.');
const radiusKm = z.number().nullable().describe('Root mean square distance of a unit from the middle of its territory; null where no centre is known.');
const tourKm = z
  .number()
  .nullable()
  .describe('A round trip through the middle of every unit where somebody is, always on to the nearest not yet seen, as the crow flies; null where no centre is known.');
const side = z.object({ units: z.int(), figures, deviations: figures, pieces, radiusKm, tourKm }).meta({ id: 'TerritorySide' });
const whole = z.object({ deviations: figures, contiguous: z.boolean().nullable(), radiusKm, tourKm });
const acceptanceState = z.enum(['due', 'in_force', 'refused', 'cancelled', 'undone']);

const seen = z.object({
  id: z.uuid(),
  territories: z.array(z.string()),
  count: z.int().describe('Units.'),
  madeAt: z.iso.datetime(),
  madeBy: z.string().nullable(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'cancelled']),
  done: z.int(),
  total: z.int().nullable(),
  problem: z.string().nullable(),
  accepted: acceptanceState.nullable().describe('What became of the last acceptance; null where nothing was accepted.'),
});
const acceptance = z.object({
  id: z.uuid(),
  state: acceptanceState,
  effectiveOn: on,
  units: z.array(z.string()),
  between: z.array(z.string()).describe('The territories that give or take.'),
  changes: z.array(z.object({ territoryId: z.uuid(), name: z.string(), rules: territoryRulesShape })),
  added: z.array(z.string()).describe('Territories made of what the old rules took in beyond units, behind all that change.'),
  problem: z.string().nullable(),
  acceptedAt: z.iso.datetime(),
  acceptedBy: z.string().nullable(),
  undoneAt: z.iso.datetime().nullable(),
  undoneBy: z.string().nullable(),
});

export const proposalApi = {
  'GET /v1/territories/proposals': { summary: 'Proposals to balance territories, the latest first', response: z.object({ items: z.array(seen) }) },
  'GET /v1/territories/proposals/:id': {
    summary: 'A proposal: today beside what is proposed, by territory and unit, and what was accepted of it',
    params: id,
    response: seen.extend({
      currency: z.string(),
      asked: z.object({
        kind: z.enum(['state', 'postcode']),
        digits: z.int().nullable(),
        measures: z.array(measureShape),
        keep: z.boolean(),
        stayBest: z.boolean(),
        stayWorked: z.boolean(),
        seed: z.int(),
        effectiveOn: on,
        days: z.int(),
        potential: z.string().nullable(),
      }),
      sides: z.array(z.object({ territoryId: z.uuid(), name: z.string(), today: side, proposed: side.nullable() })),
      today: whole,
      proposed: whole.nullable(),
      moves: figures.extend({ units: z.int(), worked: z.int().describe('With so many of them somebody works already: their next lead goes there.') }).nullable().describe('What would be elsewhere than today.'),
      notes: z.array(z.string()).describe('What was decided, left out or could not be had, in sentences.'),
      units: z.array(
        z.object({
          id: z.string(),
          lon: z.number().nullable(),
          lat: z.number().nullable(),
          today: z.uuid().describe('The territory it is in.'),
          proposed: z.uuid().nullable(),
          stays: z.boolean().describe('It was asked to stay where it is.'),
          worked: z.int().describe('With how many customers and prospects somebody works already.'),
          figures,
        }),
      ),
      acceptances: z.array(acceptance),
    }),
  },
  'POST /v1/territories/proposals/:id/stop': { summary: 'Stop a balancing', params: id, response: z.object({ stopping: z.boolean() }) },
  'POST /v1/territories/proposals/:id/accept': {
    summary: 'Accept a proposal, or a part of it: territories’ rules change from a day on',
    params: id,
    body: z.object({
      effectiveOn: on.optional().describe('Unless it is said, the day the proposal was asked for; a day that is past means at once.'),
      units: z.array(z.string().max(200)).min(1).max(5000).optional().describe('Only these of the units that move.'),
      territories: z.array(z.uuid()).min(1).max(500).optional().describe('Only what goes into or out of these.'),
    }),
    response: z.object({ id: z.uuid(), state: acceptanceState }),
  },
  'POST /v1/territories/acceptances/:id/undo': {
    summary: 'Call off what waits for its day, or put territories’ rules back as they were',
    params: id,
    response: z.object({ state: acceptanceState }),
  },
} satisfies Contract;
