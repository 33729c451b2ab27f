import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';
import { whereText } from '../platform/values/criteria.contract.ts';
import { inquiryState } from './leads.contract.ts';

const id = z.uuid();
const idOrNone = z.union([id, z.literal('none')]);
const minor = z.int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000);
const count = z.int().min(0);
const drill = z.record(z.string(), z.string());

export const reportName = z.enum(['source', 'where-assigned', 'status-update', 'status-tracking', 'what-works']);
export type ReportName = z.infer<typeof reportName>;

/** One cut for all five reports. `from` and `to` are whole days, both included, in the workspace's time zone. */
export const reportFilters = z.object({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  sourceId: idOrNone.optional(),
  programId: idOrNone.optional(),
  channel: z.string().max(200).optional(),
  holderId: id.optional(),
  territoryId: idOrNone.optional(),
  /** costs are not split by it */
  where: whereText('the person and company behind, and own fields of the inquiry'),
});
export type ReportFilters = z.infer<typeof reportFilters>;

export const reportQuery = reportFilters.extend({
  groupBy: z.enum(['source', 'program', 'channel', 'source-program']).optional(),
  /** status-update: rows by an own field (`person.plant`) instead of by holder */
  own: z.string().regex(/^(person|organization|inquiry)\.[a-z][a-z0-9_]{0,39}$/).optional(),
});

/** A figure opens `list` (leads: GET /v1/leads, inquiries: GET /v1/fates) with the row's filter and the column's filter together; null: there is nothing to open. */
export const reportColumn = z.object({
  key: z.string(),
  label: z.string(),
  kind: z.enum(['count', 'money', 'percent', 'minutes', 'days', 'text']),
  list: z.enum(['leads', 'inquiries']).nullable(),
  drill,
});
const reportRow = z.object({
  key: z.string(),
  label: z.string(),
  group: z.string().nullable(),
  drill,
  values: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
});

export const report = z
  .object({
    name: reportName,
    title: z.string(),
    /** what the period means in this report */
    periodMeans: z.string(),
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
    currency: z.string(),
    columns: z.array(reportColumn),
    rows: z.array(reportRow),
    total: reportRow,
    /** source: from first contact to sale */
    timing: z.object({ sales: count, meanDays: z.number().nullable(), medianDays: z.number().nullable(), reps: count }).nullable(),
    /** where-assigned: who took over from whom */
    redirects: z.array(z.object({ fromId: id, from: z.string(), toId: id, to: z.string(), count, why: z.string() })).nullable(),
    notes: z.array(z.string()),
    madeAt: z.iso.datetime(),
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof report>;

const tile = z.object({ value: z.number().nullable(), detail: z.string(), drill: drill.nullable() });

export const loop = z
  .object({
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
    currency: z.string(),
    received: count,
    nodes: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        column: z.union([z.literal(0), z.literal(1), z.literal(2)]),
        count,
        list: z.enum(['leads', 'inquiries']),
        drill,
      }),
    ),
    links: z.array(z.object({ from: z.string(), to: z.string(), count, list: z.enum(['leads', 'inquiries']), drill })),
    tiles: z.object({
      unaccounted: tile,
      waiting: tile,
      pastPromise: tile,
      /** minutes */
      firstContactMedian: tile,
      firstContactP90: tile,
      /** percent */
      verdictGiven: tile,
      /** value over cost, as a factor */
      returned: tile.extend({ valueMinor: minor, costMinor: minor.nullable() }),
    }),
    programs: z.array(
      z.object({
        id,
        name: z.string(),
        channel: z.string().nullable(),
        costMinor: minor.nullable(),
        inquiries: count,
        leads: count,
        hot: count,
        sales: count,
        valueMinor: minor,
        returnFactor: z.number().nullable(),
        drill,
      }),
    ),
  })
  .meta({ id: 'Loop' });
export type Loop = z.infer<typeof loop>;

export const alarms = z
  .object({
    unassigned: z
      .object({
        count,
        /** business minutes of the company */
        agreedMinutes: z.number(),
        oldest: z.object({ leadId: id, name: z.string(), since: z.iso.datetime() }).nullable(),
        drill,
      })
      .describe('Leads that wait for a holder longer than agreed.'),
    owed: z
      .object({ count, oldest: z.object({ leadId: id, name: z.string(), holder: z.string(), since: z.iso.datetime() }).nullable(), drill })
      .describe('Leads whose attempts or verdict are later than agreed.'),
  })
  .meta({ id: 'Alarms' });
export type Alarms = z.infer<typeof alarms>;

const interval = z.object({ share: z.number(), low: z.number(), high: z.number() }).nullable();
export const waitCurve = z
  .object({
    points: z.array(
      z.object({ key: z.string(), label: z.string(), leads: count, sales: count, interval, fitted: z.number().nullable(), published: z.number().nullable(), drill }),
    ),
    /** "so many times the wait, half the buyers"; null while sales are too few */
    halvesEvery: z.number().nullable(),
    oddsFall: z.number().nullable().describe('By which factor the odds of buying fall from a first contact after 5 minutes to one after 30; published: 21, of qualifying.'),
  })
  .meta({ id: 'WaitCurve' });

export const scoreboard = z
  .object({
    from: z.iso.date().nullable(),
    to: z.iso.date().nullable(),
    currency: z.string(),
    spentMinor: minor.nullable(),
    earnedMinor: minor,
    invoicedMinor: minor,
    returnPercent: z.number().nullable(),
    previous: z.object({ spentMinor: minor.nullable(), earnedMinor: minor, returnPercent: z.number().nullable() }).nullable(),
    programs: z.array(
      z.object({
        id,
        name: z.string(),
        channel: z.string().nullable(),
        costMinor: minor.nullable(),
        budgetMinor: minor.nullable(),
        expectedMinor: minor.nullable(),
        goalInquiries: z.int().nullable(),
        inquiries: count,
        goalLeads: z.int().nullable(),
        leads: count,
        goalSales: z.int().nullable(),
        sales: count,
        valueMinor: minor,
        returnPercent: z.number().nullable(),
        drill,
      }),
    ),
    promise: z.object({
      asked: count,
      kept: count,
      keptPercent: z.number().nullable(),
      verdictPercent: z.number().nullable(),
      medianMinutes: z.number().nullable(),
      p90Minutes: z.number().nullable(),
    }),
    waiting: waitCurve,
    months: z.array(z.object({ month: z.iso.date(), spentMinor: minor, sales: count, wonMinor: minor, invoicedMinor: minor, drill })),
    holders: z.array(
      z.object({
        id,
        name: z.string(),
        kind: z.string(),
        assigned: count,
        acceptedPercent: z.number().nullable(),
        followedUpPercent: z.number().nullable(),
        medianMinutes: z.number().nullable(),
        open: count,
        pastPromise: count,
        silent: count,
        sales: count,
        valueMinor: minor,
        drill,
      }),
    ),
  })
  .meta({ id: 'Scoreboard' });
export type Scoreboard = z.infer<typeof scoreboard>;

export const verification = z
  .object({
    holds: z.boolean(),
    checkedAt: z.iso.datetime(),
    milliseconds: count,
    chain: z.object({ chains: count, facts: count, broken: count }),
    custody: z.object({ openLeads: count, closedLeads: count, assignments: count, broken: count }),
    conservation: z.object({ received: count, fates: z.record(z.string(), count), sum: count, broken: count }),
    /** the first breaks, named; `broken` above counts all */
    breaks: z.array(
      z.object({
        check: z.enum(['chain', 'custody', 'conservation']),
        receipt: z.string().nullable(),
        subjectId: id.nullable(),
        sentence: z.string(),
      }),
    ),
  })
  .meta({ id: 'Verification' });
export type Verification = z.infer<typeof verification>;

const fate = z
  .object({
    inquiryId: id,
    receipt: z.string(),
    occurredAt: z.iso.datetime(),
    channel: z.string().nullable(),
    source: z.object({ id, name: z.string() }).nullable(),
    program: z.object({ id, name: z.string() }).nullable(),
    state: inquiryState,
    leadId: id.nullable(),
    name: z.string().nullable(),
  })
  .meta({ id: 'Fate' });

const file = { query: reportQuery, response: z.unknown() };
export const reportsApi = {
  'GET /v1/reports/source': {
    summary: 'Source: inquiries, leads, hot, sales, value and conversion by where they came from.',
    query: reportQuery,
    response: report,
  },
  'GET /v1/reports/where-assigned': {
    summary: 'Where assigned: who got how many, how long until the first follow-up, who passed them on.',
    query: reportQuery,
    response: report,
  },
  'GET /v1/reports/status-update': {
    summary: 'Status update: what each holder did with their leads.',
    query: reportQuery,
    response: report,
  },
  'GET /v1/reports/status-tracking': {
    summary: 'Status tracking: hot, warm, bad, sale, don’t know and still open, by week.',
    query: reportQuery,
    response: report,
  },
  'GET /v1/reports/what-works': {
    summary: 'What works: which activities, sources, next actions and answers end in sales, with intervals.',
    query: reportQuery,
    response: report,
  },
  'GET /v1/reports/source.csv': { summary: 'Source, as CSV.', ...file },
  'GET /v1/reports/source.xlsx': { summary: 'Source, as an Excel file.', ...file },
  'GET /v1/reports/where-assigned.csv': { summary: 'Where assigned, as CSV.', ...file },
  'GET /v1/reports/where-assigned.xlsx': { summary: 'Where assigned, as an Excel file.', ...file },
  'GET /v1/reports/status-update.csv': { summary: 'Status update, as CSV.', ...file },
  'GET /v1/reports/status-update.xlsx': { summary: 'Status update, as an Excel file.', ...file },
  'GET /v1/reports/status-tracking.csv': { summary: 'Status tracking, as CSV.', ...file },
  'GET /v1/reports/status-tracking.xlsx': { summary: 'Status tracking, as an Excel file.', ...file },
  'GET /v1/reports/what-works.csv': { summary: 'What works, as CSV.', ...file },
  'GET /v1/reports/what-works.xlsx': { summary: 'What works, as an Excel file.', ...file },
  'GET /v1/loop': { summary: 'Where every inquiry is now, by channel and holder.', query: reportFilters, response: loop },
  'GET /v1/alarms': { summary: 'What somebody has to see to now: leads without a holder for longer than agreed, and attempts and verdicts later than agreed.', response: alarms },
  'GET /v1/fates': {
    summary: 'Inquiries by what became of them: what a band of the loop, or a count of inquiries, opens.',
    query: reportFilters.extend({
      state: inquiryState.optional(),
      holderKind: z.enum(['rep', 'partner', 'desk', 'nurture', 'none']).optional(),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(fate), nextCursor: z.string().nullable() }),
  },
  'GET /v1/scoreboard': {
    summary: 'What we spend, what we earn, and whether both sides keep their word.',
    query: reportFilters,
    response: scoreboard,
  },
  'GET /v1/verify': { summary: 'Prove the record: hash chains, custody and conservation, with every break named.', response: verification },
} satisfies Contract;
