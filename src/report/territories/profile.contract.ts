import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { callClasses } from './profile.rules.ts';

const count = z.int().min(0);
const minor = z.int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000);
const calls = z.number().min(0).max(1000);

export const callNorms = z
  .object(Object.fromEntries(callClasses.map((name) => [name, calls])) as Record<(typeof callClasses)[number], typeof calls>)
  .meta({ id: 'CallNorms', description: 'Calls a year needed by one of a class: A customers make the first 80 % of what was invoiced, B the next 15 %, C are the rest.' });

const figures = {
  customers: count,
  worthMinor: minor.describe('What they were invoiced in the days asked for, in the workspace’s currency; credit notes take away.'),
  prospects: count.describe('Organizations, and people without one, that are no customers.'),
  openLeads: count.describe('By the place of the lead, whoever holds it.'),
  calls: z.number().describe('Needed in a year, by the norms.'),
  potential: z.number().nullable().describe('Sum of the field asked for; null where none was.'),
};
const profileFigures = z.object(figures).meta({ id: 'TerritoryFigures' });

export const profileApi = {
  'GET /v1/territories/profile': {
    summary: 'What each territory holds: customers and their worth, prospects, open leads, calls needed, potential; against an even share.',
    query: z.object({
      days: z.coerce.number().int().min(1).max(3660).default(365),
      potential: z.string().regex(/^[a-z0-9_]{1,60}$/i).optional().describe('The key of an own field of organizations that holds a number or money.'),
    }),
    response: z.object({
      currency: z.string(),
      norms: callNorms,
      total: profileFigures.describe('Of all territories; what lies in none is beside.'),
      territories: z.array(
        z.object({
          territoryId: z.uuid(),
          name: z.string(),
          holders: z.array(z.object({ holderId: z.uuid(), name: z.string() })),
          classes: z.object(Object.fromEntries(callClasses.map((name) => [name, count])) as Record<(typeof callClasses)[number], typeof count>),
          figures: profileFigures,
          index: z
            .record(z.string(), z.number().nullable())
            .describe('By figure, 100 where it is an even share of the territories that somebody works; null where nobody does, or there is nothing to share.'),
          distanceKm: z.number().nullable().describe('A round trip through the middles of areas where somebody is, always on to the nearest not yet seen, as the crow flies; null while no proposal told where they lie.'),
        }),
      ),
      nowhere: profileFigures.describe('What no territory covers.'),
      notKnown: z.array(z.string()).describe('What this leaves out, in sentences.'),
    }),
  },
  'PUT /v1/settings/call-norms': { summary: 'How many calls a year one of each class needs', body: callNorms, response: callNorms },
} satisfies Contract;
