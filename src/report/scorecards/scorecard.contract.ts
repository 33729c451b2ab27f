import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const count = z.int().min(0);
const share = z.number().nullable();

const figures = z
  .object({
    offered: count.describe('Leads given in the period, each time.'),
    inTimePercent: share.describe('Of those whose promise has ended or was kept: accepted or declined within it, by the same rule as the agreement’s.'),
    acceptMinutes: z.number().nullable().describe('Median business minutes from offer to acceptance.'),
    contactMinutes: z.number().nullable().describe('Median business minutes from offer to first contact.'),
    verdictPercent: share.describe('Of the leads neither declined nor passed on: with a verdict of theirs.'),
    verdictDays: z.number().nullable().describe('Median days from offer to verdict.'),
    salePercent: share.describe('Of the leads neither declined nor passed on: sold.'),
    sales: count,
    soldMinor: z.int().describe('In the company’s currency; sales in others are counted, not added.'),
    silent: count.describe('Passed on because they did not answer, or did not follow up, within the promise.'),
    silentPercent: share,
    declined: count,
  fieldsPercent: share.describe('Of what is asked to be told of the leads they kept (a first contact, a verdict, its reason or value, the next action of an open one): told.'),
  workDays: count.describe('Their working days in the period, less absences; today once they were here.'),
  daysSeen: count.describe('Of these, days on which they were signed in, or answered otherwise.'),
  offeredPerDay: z.number().nullable().describe('Load: leads given per working day.'),
  })
  .meta({ id: 'ScorecardFigures' });
export type Figures = z.infer<typeof figures>;

const months = z.coerce.number().int().min(1).max(12).default(6);
const kind = z.enum(['partner', 'rep']);
const medians = figures.partial().nullable().describe('The middle of all others of their kind; null where there are fewer than three, whom it would give away.');
const head = { from: z.iso.date(), to: z.iso.date(), currency: z.string() };
const behind = z.enum(['late', 'silent', 'withoutVerdict', 'declined', 'sales']);

export const scorecardsApi = {
  'GET /v1/scorecards': {
    summary: 'All partners (or reps): how fast they answer, whether they say what became of leads, what they sell, and how often they are silent',
    query: z.object({ kind: kind.default('partner'), months }),
    response: z.object({ ...head, medians, items: z.array(figures.extend({ holderId: id, name: z.string(), active: z.boolean() })) }),
  },
  'GET /v1/scorecards/:id': {
    summary: 'The scorecard of one partner or rep, by month, beside the median of its peers. Who is measured sees it, too: their own, peers without names',
    params: z.object({ id }),
    query: z.object({ months }),
    response: z.object({
      ...head,
      holderId: id,
      name: z.string(),
      kind,
      whole: figures,
      medians,
      peers: count,
      months: z.array(figures.extend({ month: z.iso.date() })),
    }),
  },
  'GET /v1/scorecards/:id/leads': {
    summary: 'The leads behind a figure of a scorecard, the latest first, at most 200',
    params: z.object({ id }),
    query: z.object({ months, behind }),
    response: z.object({ items: z.array(z.object({ leadId: id, name: z.string().nullable(), organization: z.string().nullable(), givenAt: z.iso.datetime(), acceptedAt: z.iso.datetime().nullable(), respondBy: z.iso.datetime().nullable() })) }),
  },
} satisfies Contract;
export type Behind = z.infer<typeof behind>;
