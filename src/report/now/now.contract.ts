import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const count = z.int().min(0);
const instant = z.iso.datetime();
const drill = z.record(z.string(), z.string()).describe('GET /v1/leads with these, and those of the column, finds the leads.');

const speed = z.object({
  contacts: count.describe('First contacts made on what was given in these days.'),
  medianMinutes: z.number().nullable().describe('From being given to the first contact; all hours count.'),
  p90Minutes: z.number().nullable(),
  asked: count.describe('First contacts that were promised and are made or overdue.'),
  kept: count.describe('Of these, made within the promise.'),
});
export type Speed = z.infer<typeof speed>;

const figures = {
  unassigned: count,
  offered: count.describe('Given to somebody and not yet accepted.'),
  late: count.describe('Past any of the clocks: each lead once.'),
  accept: count.describe('Past the time to accept.'),
  contact: count.describe('Accepted, and past the time for the first contact.'),
  attempts: count.describe('Tried less often than agreed, past the time for it.'),
  verdict: count.describe('Past the time for a verdict.'),
  redirectedToday: count.describe('Leads taken from a holder who did not move.'),
  redirectedWeek: count.describe('The same, since Monday.'),
};
const row = z.object({ id: id.nullable(), name: z.string(), ...figures, speed, drill, drillFrom: drill.describe('For the redirected: whom they were taken from.'), drillGiven: drill.describe('For first contacts: to whom, or where, they were given.') });
export type NowRow = z.infer<typeof row>;

export const board = z
  .object({
    at: instant,
    total: z.object({ ...figures, speed }),
    /** since when the oldest waits for a holder */
    unassignedSince: instant.nullable(),
    /** what each column adds to a row's drill */
    drills: z.object({ unassigned: drill, offered: drill, late: drill, accept: drill, contact: drill, attempts: drill, verdict: drill, redirectedToday: drill, redirectedWeek: drill, contacts: drill }),
    territories: z.array(row),
    holders: z.array(row.extend({ kind: z.string() })),
  })
  .meta({ id: 'Board' });
export type Board = z.infer<typeof board>;

export const nowApi = {
  'GET /v1/board': {
    summary: 'How all stands this minute: leads without a holder, offered, overdue by clock and redirected, by territory and holder; and how fast first contacts are made',
    response: board,
  },
} satisfies Contract;
