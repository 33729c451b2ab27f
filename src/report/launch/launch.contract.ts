import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const date = z.iso.date();
const leads = z.number().min(0).describe('Expected, so with fractions.');
const flow = { expected: leads, placed: leads, backlog: leads.describe('Waiting for room at the end of the week. Expected so far is placed so far and this.') };
const rowKind = z.enum(['territory', 'team', 'partners', 'nobody']).describe('nobody: by a rule a person decides, or no territory covers it.');
const waits = {
  most: leads.describe('Waiting in the worst week.'),
  mostOn: date.nullable().describe('The day that week begins.'),
  clearOn: date.nullable().describe('The week from which on nobody waits; null where nobody ever does, or somebody to the end.'),
};

export const launchCheck = z
  .object({
    programId: id,
    startsOn: date.describe('Its own, or today where it has none.'),
    isDated: z.boolean(),
    leads: leads.describe('In all.'),
    basis: z
      .enum(['asked', 'goal', 'inquiries', 'history', 'nothing'])
      .describe('What that comes from: as asked; its goal of leads; its goal of inquiries; the median of programs like it; nothing is known.'),
    leadShare: z.number().nullable().describe('Which part of inquiries became leads in programs like it.'),
    like: z.array(z.object({ programId: id, name: z.string(), startsOn: date, leads: z.int() })).describe('Programs like it, by which weeks, places and grades are told.'),
    byChannel: z.boolean().describe('They are of its channel; otherwise of any.'),
    mix: z.enum(['audience', 'like', 'latest', 'nothing']).describe('Where leads come from: from the audience asked for; as those of programs like it; as the latest of all.'),
    audience: z.int().nullable().describe('How many members the audience asked for has.'),
    grades: z.object({ hot: z.number(), warm: z.number(), cold: z.number() }).describe('As shares.'),
    weeks: z.array(
      z.object({
        startsOn: date,
        ...flow,
        room: z.number().nullable().describe('What those who would be given them can take beside what they are given anyway; null where somebody has no limit.'),
        came: z.int().nullable().describe('What came in truth, in weeks that have begun.'),
      }),
    ),
    ...waits,
    fits: z.int().nullable().describe('How many leads in all, in the same weeks, would find room at once; null where there is no end to the room.'),
    nowhere: z
      .array(z.object({ kind: rowKind, id: id.nullable(), name: z.string(), leads }))
      .describe('What nobody would be given, by where it would wait. It is in none of the other figures but `leads`.'),
    rows: z
      .array(
        z.object({
          key: z.string(),
          kind: rowKind,
          id: id.nullable(),
          name: z.string(),
          expected: leads,
          ...waits,
          weeks: z.array(z.object(flow)),
        }),
      )
      .describe('By the territory, team or partners asked first.'),
    holders: z.array(
      z.object({
        holderId: id,
        name: z.string(),
        perWeek: z.number().nullable().describe('What they take a week; null: no limit.'),
        usual: z.number().describe('What they are given a week anyway.'),
        room: z.number().nullable().describe('What is left of it in the first week.'),
        away: z.int().describe('Weeks of these in which they are away for a part or all.'),
        leads: leads.describe('Of this program, in all these weeks.'),
      }),
    ),
    notes: z.array(z.string()).describe('What this leaves out, in sentences.'),
  })
  .meta({ id: 'LaunchCheck' });
export type LaunchCheck = z.infer<typeof launchCheck>;

export const launchApi = {
  'GET /v1/programs/:id/launch-check': {
    summary: 'Before a program starts: the leads it is expected to bring by week against the room of those who would be given them.',
    params: z.object({ id }),
    query: z.object({
      leads: z.coerce.number().min(0).max(1_000_000).optional().describe('As if it brought so many in all.'),
      segmentId: id.optional().describe('A segment it goes to: leads come from where its members are.'),
    }),
    response: launchCheck,
  },
} satisfies Contract;
