import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';
import { whereText } from '../platform/values/criteria.contract.ts';
import { promiseKey } from './agreement/kept.contract.ts';

const id = z.uuid();
const idOrNone = z.union([id, z.literal('none')]);
const minor = z.int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000);
const count = z.int().min(0);
const named = z.object({ id, name: z.string() });
const yes = z.enum(['true', 'false']);
const at = z.iso.datetime();

export const verdict = z.enum(['hot', 'warm', 'bad', 'sale', 'dont_know']);
export const grade = z.enum(['hot', 'warm', 'cold']);
export const holderKind = z.enum(['rep', 'partner', 'desk', 'nurture']);
export const leadState = z.enum([
  'withdrawn',
  'waiting',
  'working',
  'nurture',
  'hot',
  'warm',
  'dont_know',
  'sale',
  'bad',
  'lost',
  'merged',
]);
export const inquiryState = z.enum([
  'quarantined',
  'withdrawn',
  'not_yet',
  'waiting',
  'working',
  'nurture',
  'hot',
  'warm',
  'dont_know',
  'sale',
  'bad',
  'lost',
  'merged',
]);

/** Every filter a figure drills down with; "none" finds the blank ones. */
export const leadFilters = z.object({
  text: z.string().max(200).optional(),
  sourceId: idOrNone.optional(),
  programId: idOrNone.optional(),
  channel: z.string().max(200).optional(),
  holderId: idOrNone.optional(),
  holderKind: holderKind.optional(),
  territoryId: idOrNone.optional(),
  /** in this territory, or in one that lies under it */
  region: id.optional(),
  grade: grade.optional(),
  verdict: z.union([verdict, z.literal('none')]).optional(),
  state: leadState.optional(),
  fate: z.enum(['sold', 'bad', 'lost', 'withdrawn', 'merged']).optional(),
  /** the five verdicts and open as the status tracking report counts them */
  status: z.enum(['hot', 'warm', 'bad', 'sale', 'dont_know', 'open']).optional(),
  open: yes.optional(),
  overdue: yes.optional(),
  /** given to somebody who has not accepted yet */
  offered: yes.optional(),
  /** past the time to accept, for the first contact, for the attempts agreed or for a verdict, or past any of them */
  late: z.enum(['accept', 'contact', 'attempts', 'verdict', 'any']).optional(),
  /** open and past any of its clocks, or waiting for a holder longer than agreed: what the silence bill reckons */
  unfollowed: yes.optional(),
  unplaced: yes.optional(),
  /** waiting at the desk, or for anybody at all, longer than agreed */
  unplacedLate: yes.optional(),
  /** attempts or a verdict later than agreed, and still owed */
  owes: yes.optional(),
  followedUp: yes.optional(),
  silent: yes.optional(),
  accepted: yes.optional(),
  redirected: yes.optional(),
  declined: yes.optional(),
  activity: z.enum(['call', 'mail', 'visit', 'meeting', 'quote', 'literature', 'note', 'none']).optional(),
  firstActivity: z.enum(['call', 'mail', 'visit', 'meeting', 'quote', 'literature', 'none']).optional(),
  nextAction: z.string().max(200).optional(),
  wait: z.enum(['5min', '30min', '1h', '4h', '1day', '3days', 'week', 'later', 'none']).optional(),
  country: z.string().length(2).optional(),
  personId: id.optional(),
  organizationId: id.optional(),
  /** leads of the people or organizations in this segment */
  segmentId: id.optional(),
  /** leads with an inquiry that this import brought in */
  importId: id.optional(),
  /** leads of the people this list brought first */
  listId: id.optional(),
  /** judged hot or warm by their holder, or sold */
  worth: yes.optional(),
  /** an own field and what it is: `person.plant:North`; `person.plant:` finds those of which it is not known */
  own: z.string().max(300).regex(/^(person|organization|inquiry)\.[a-z][a-z0-9_]{0,39}:/).optional(),
  /** held by this holder at any time through an assignment that started in the period */
  assignedTo: id.optional(),
  /** held through an assignment in this territory that started in the period */
  assignedIn: idOrNone.optional(),
  /** the same, or in one that lies under this territory */
  assignedUnder: id.optional(),
  /** passed on because this holder did not move; `from` and `to` then mean when */
  redirectedFrom: id.optional(),
  /** not for partners */
  where: whereText('the person and company behind a lead, and own fields of its first inquiry'),
  /** a promise of the agreement, asked for in `from` to `to`, and whether it was kept; not for partners */
  promise: promiseKey.optional(),
  kept: yes.optional(),
  /** which date `from` and `to` mean */
  dateBy: z.enum(['occurred', 'qualified', 'assigned', 'sold', 'redirected']).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
});

export const leadSort = z.enum(['newest', 'oldest', 'score', 'value', 'due', 'awaited']);

export const leadListItem = z
  .object({
    id,
    inquiryId: id,
    receipt: z.string().nullable(),
    person: named,
    title: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    organization: named.nullable(),
    country: z.string().nullable(),
    region: z.string().nullable(),
    city: z.string().nullable(),
    product: z.string().nullable(),
    vertical: z.string().nullable(),
    program: named.nullable(),
    source: named.nullable(),
    channel: z.string().nullable(),
    territory: named.nullable(),
    holder: named.extend({ kind: holderKind }).nullable(),
    grade,
    score: z.int(),
    occurredAt: at,
    qualifiedAt: at,
    assignedAt: at.nullable(),
    acceptedAt: at.nullable(),
    respondBy: at.nullable(),
    overdue: z.boolean(),
    firstFollowupAt: at.nullable(),
    waitMinutes: z.number().nullable(),
    redirects: count,
    verdict: verdict.nullable(),
    verdictReason: z.string().nullable(),
    verdictAt: at.nullable(),
    state: leadState,
    fate: z.string().nullable(),
    closedAt: at.nullable(),
    valueMinor: minor.nullable(),
    currency: z.string().nullable(),
    nextAction: z.object({ what: z.string(), dueAt: at.nullable() }).nullable(),
    lastActivityAt: at.nullable(),
    inquiries: count,
    custom: z
      .object({ person: z.record(z.string(), z.unknown()), organization: z.record(z.string(), z.unknown()), inquiry: z.record(z.string(), z.unknown()) })
      .optional()
      .describe('In lists, and not for partners: own fields of the person, of the company, and of what the first inquiry said.'),
  })
  .meta({ id: 'LeadListItem' });
export type LeadListItem = z.infer<typeof leadListItem>;

const reason = z.object({ label: z.string(), detail: z.string().nullable(), points: z.number().nullable() });

export const leadPage = z
  .object({
    lead: leadListItem,
    qualification: z.object({
      budget: z.string().nullable(),
      authority: z.string().nullable(),
      need: z.string().nullable(),
      timing: z.string().nullable(),
    }),
    person: z.object({
      id,
      fullName: z.string(),
      title: z.string().nullable(),
      email: z.string().nullable(),
      phone: z.string().nullable(),
      mobile: z.string().nullable(),
      street: z.string().nullable(),
      postalCode: z.string().nullable(),
      city: z.string().nullable(),
      state: z.string().nullable(),
      country: z.string().nullable(),
      language: z.string().nullable(),
      doNotContact: z.boolean(),
      doNotMail: z.boolean(),
      doNotCall: z.boolean(),
      unsubscribedAt: at.nullable(),
      sightings: count,
    }),
    organization: z
      .object({
        id,
        name: z.string(),
        domain: z.string().nullable(),
        phone: z.string().nullable(),
        city: z.string().nullable(),
        country: z.string().nullable(),
        industry: z.string().nullable(),
        vertical: z.string().nullable(),
        employees: z.int().nullable(),
        isCustomer: z.boolean(),
      })
      .nullable(),
    /** why this is who we think it is */
    matchReasons: z.array(reason.extend({ inquiryId: id, receipt: z.string().nullable(), method: z.string() })),
    talkPoints: z.array(z.object({ say: z.string(), from: z.string() })).describe('What to talk about, the nearest first; at most six. Partners are told of their lead only.'),
    scoreReasons: z.array(reason),
    assignmentReasons: z.array(reason),
    assignments: z.array(
      z.object({
        id,
        holder: named.extend({ kind: holderKind }),
        territory: named.nullable(),
        why: z.string(),
        startedAt: at,
        respondBy: at.nullable(),
        acceptedAt: at.nullable(),
        declinedAt: at.nullable(),
        firstFollowupAt: at.nullable(),
        endedAt: at.nullable(),
        endReason: z.string().nullable(),
      }),
    ),
    activities: z.array(
      z.object({
        id,
        kind: z.string(),
        at,
        outcome: z.string().nullable(),
        note: z.string().nullable(),
        via: z.string(),
        by: z.string().nullable(),
      }),
    ),
    dispositions: z.array(
      z.object({
        id,
        verdict,
        reason: z.string().nullable(),
        valueMinor: minor.nullable(),
        currency: z.string().nullable(),
        at,
        by: z.string().nullable(),
        via: z.string(),
        current: z.boolean(),
      }),
    ),
    opportunities: z.array(
      z.object({
        id,
        name: z.string(),
        stage: z.string(),
        outcome: z.enum(['open', 'won', 'lost']),
        amountMinor: minor,
        currency: z.string(),
        closeOn: z.iso.date().nullable(),
        closedAt: at.nullable(),
      }),
    ),
    invoices: z.array(
      z.object({ id, number: z.string(), status: z.string(), issuedOn: z.iso.date(), netMinor: minor, currency: z.string() }),
    ),
    inquiries: z.array(
      z.object({
        id,
        receipt: z.string(),
        isOrigin: z.boolean(),
        occurredAt: at,
        channel: z.string().nullable(),
        source: named.nullable(),
        program: named.nullable(),
        status: z.string(),
        message: z.string().nullable(),
        fields: z.record(z.string(), z.unknown()),
      }),
    ),
    timeline: z.array(
      z.object({
        factId: id,
        at,
        type: z.string(),
        sentence: z.string(),
        by: z.string().nullable(),
        tone: z.enum(['plain', 'good', 'bad', 'money', 'warn']),
        inquiryId: id,
      }),
    ),
  })
  .meta({ id: 'LeadPage' });
export type LeadPage = z.infer<typeof leadPage>;

const savedView = z
  .object({
    id,
    name: z.string(),
    screen: z.string(),
    query: z.record(z.string(), z.string()),
    shared: z.boolean(),
    mine: z.boolean(),
    updatedAt: at,
  })
  .meta({ id: 'SavedView' });
const viewBody = z.object({
  name: z.string().trim().min(1).max(120),
  screen: z.string().max(60).default('leads'),
  query: z.record(z.string().max(60), z.string().max(500)),
  shared: z.boolean().default(false),
});

export const leadsApi = {
  'GET /v1/leads': {
    summary: 'Leads by any filter; every figure of every report opens as this list.',
    query: leadFilters.extend({
      sort: leadSort.default('newest'),
      cursor: z.string().max(400).optional(),
      limit: z.coerce.number().int().min(1).max(200).default(50),
    }),
    response: z.object({ items: z.array(leadListItem), nextCursor: z.string().nullable() }),
  },
  'GET /v1/leads/count': {
    summary: 'How many leads a filter finds.',
    query: leadFilters,
    response: z.object({ count, /** counting stops here, so that a count never takes long */ atLeast: z.boolean() }),
  },
  'GET /v1/leads/:id': { summary: 'A lead and everything known about it.', params: z.object({ id }), response: leadPage },
  'GET /v1/views': {
    summary: 'Saved views of a screen: your own and shared ones.',
    query: z.object({ screen: z.string().max(60).optional() }),
    response: z.object({ items: z.array(savedView) }),
  },
  'POST /v1/views': { summary: 'Save a view.', body: viewBody, response: savedView },
  'PUT /v1/views/:id': { summary: 'Change a saved view of yours.', params: z.object({ id }), body: viewBody, response: savedView },
  'DELETE /v1/views/:id': {
    summary: 'Remove a saved view of yours.',
    params: z.object({ id }),
    response: z.object({ removed: z.boolean() }),
  },
} satisfies Contract;
