import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { criteria } from '../../platform/values/criteria.contract.ts';
import { verdicts } from './judge-list.rules.ts';

const id = z.uuid();
const count = z.int().min(0);
const minor = z.int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000);
const interval = z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable().describe('A share with its 95 % interval after Wilson; null where there is nothing to share.');

export const listQuality = z
  .object({
    id,
    name: z.string(),
    kind: z.string(),
    owner: z.string().nullable().describe('Who gave, sold or looks after it.'),
    program: z.object({ id, name: z.string() }).nullable(),
    source: z.string().nullable(),
    cameAt: z.iso.datetime(),
    days: count.describe('Since it came in.'),
    delivered: count.describe('Rows of the file.'),
    people: count.describe('Different people on it.'),
    fresh: count.describe('People nobody knew before.'),
    known: count.describe('People known before: they stay credited to whatever they came from first.'),
    again: count.describe('Rows of somebody named before in the same list.'),
    leftOut: count.describe('Rows the import was told to leave: known ones, where it only made new ones.'),
    unread: count.describe('Rows that could not be read and were not mended.'),
    reachable: count,
    junk: count.describe('Made-up names and people everything known of is wrong; rows not read are beside.'),
    good: count.describe('New, not junk, to be reached.'),
    outOfReach: count.describe('New and not junk, but with no way to them, or asking to be left alone.'),
    shares: z.object({ fresh: interval, known: interval, again: interval, reachable: interval, junk: interval, good: interval, leads: interval, sales: interval }),
    bar: z.object({ good: count, outOfReach: count, repeated: count, junk: count }).describe('Every row delivered in one of four; they add up.'),
    leads: count.describe('Of people it brought first.'),
    qualified: count.describe('Judged hot or warm by their holder, or sold.'),
    sales: count,
    foreignSales: count.describe('Sales in another currency: they are in no sum.'),
    wonMinor: minor,
    costMinor: minor.nullable().describe('null: nobody said.'),
    perGoodMinor: minor.nullable(),
    perLeadMinor: minor.nullable(),
    returned: z.number().nullable().describe('What was won for each unit it cost.'),
    verdict: z.enum(verdicts),
    reasons: z.array(z.object({ about: z.string(), says: z.enum(['good', 'bad', 'open']), sentence: z.string() })),
  })
  .meta({ id: 'ListQuality' });
export type ListQuality = z.infer<typeof listQuality>;

export const listsApi = {
  'GET /v1/lists': {
    summary: 'Every list of names by what it yielded, the latest first, as last counted; with a verdict and its reasons.',
    response: z.object({
      countedAt: z.iso.datetime().nullable().describe('null: never yet.'),
      counting: z.boolean(),
      currency: z.string(),
      where: z
        .object({ reachable: criteria, junk: criteria, good: criteria, outOfReach: criteria, useless: criteria })
        .describe('Conditions that find the people behind a figure, with group=list-all.ID, list-new.ID or list-known.ID.'),
      items: z.array(listQuality),
    }),
  },
  'GET /v1/lists/:id': {
    summary: 'One list, by the id of its import.',
    params: z.object({ id }),
    response: listQuality.extend({ countedAt: z.iso.datetime().nullable() }),
  },
  'GET /v1/lists.csv': { summary: 'The same as a table.' },
  'POST /v1/lists/count': { summary: 'Count now.', response: z.object({ jobId: id }) },
} satisfies Contract;
