import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { criteria } from '../../platform/values/criteria.contract.ts';
import { groups, levels } from './levels.rules.ts';

const id = z.uuid();
const whole = z.number().int().min(0);
const group = z.string().max(60).optional().describe('Of whom: source.ID, program.ID, list.ID, rep.ID, partner.ID; without it of everybody.');
const known = z.record(z.string(), whole).describe('Of how many each field is known.');
const counts = { people: whole, reachable: whole.describe('By a mail or a number that is not bad.'), whole: whole.describe('Nothing missing, nothing bad.'), known };

export const boardApi = {
  'GET /v1/quality': {
    summary: 'How complete and how trustworthy what is known of people is, as it was last measured, with every day before',
    query: z.object({ group }),
    response: z.object({
      measuredAt: z.iso.datetime().nullable().describe('null: never yet.'),
      of: z.string().nullable().describe('Of whom, as a sentence.'),
      measuring: z.boolean(),
      ...counts,
      where: z.object({ reachable: criteria, outOfReach: criteria, whole: criteria }).describe('The conditions that find the people behind a figure.'),
      fields: z.array(z.object({ field: z.string(), label: z.string(), known: whole, missing: criteria })),
      levels: z.array(z.object({ group: z.enum(groups), levels: z.array(z.object({ level: z.enum(levels), people: whole, where: criteria })) })),
      days: z.array(z.object({ on: z.iso.date(), ...counts, bad: z.record(z.string(), whole) })).describe('The latest last.'),
      cuts: z.array(z.object({ cut: z.string(), label: z.string() })),
    }),
  },
  'GET /v1/quality/groups': {
    summary: 'The same by source, program, list, rep or partner, with how it was a month before',
    query: z.object({ cut: z.string().max(20) }),
    response: z.object({
      items: z.array(
        z.object({ key: id, group: z.string(), name: z.string(), ...counts, bad: z.record(z.string(), whole), before: z.object(counts).nullable() }),
      ),
    }),
  },
  'POST /v1/quality/measure': { summary: 'Count now; the figures of today are taken anew', response: z.object({ jobId: id }) },
} satisfies Contract;
