import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';
import { whereText } from '../platform/values/criteria.contract.ts';

const id = z.uuid();
const minor = z.int().min(-9_000_000_000_000_000).max(9_000_000_000_000_000);
const named = z.object({ id, name: z.string() });

export const opportunityOutcome = z.enum(['open', 'won', 'lost']);

export const opportunity = z
  .object({
    id,
    externalId: z.string().nullable(),
    name: z.string(),
    lead: named.nullable(),
    person: named.nullable(),
    organization: named.nullable(),
    program: named.nullable(),
    source: named.nullable(),
    leadProgram: named
      .nullable()
      .meta({ description: 'Where its lead came from; program and source are what was stated for the sale itself.' }),
    leadSource: named.nullable(),
    holder: named.nullable(),
    ownerName: z.string().nullable(),
    stage: z.string(),
    probability: z.int().min(0).max(100),
    amountMinor: minor,
    currency: z.string(),
    openedAt: z.iso.datetime(),
    closeOn: z.iso.date().nullable(),
    closedAt: z.iso.datetime().nullable(),
    outcome: opportunityOutcome,
    lostReason: z.string().nullable(),
    segment: z.string().nullable(),
    origin: z.enum(['app', 'import', 'verdict', 'outcome', 'claim']),
  })
  .meta({ id: 'Opportunity' });

const filters = {
  text: z.string().max(200).optional(),
  outcome: opportunityOutcome.optional(),
  stage: z.string().max(200).optional(),
  programId: id.optional(),
  leadId: id.optional(),
  personId: id.optional(),
  organizationId: id.optional(),
  holderId: id.optional(),
  where: whereText('whom it is with, and own fields of the inquiry it began with'),
};

const page = { cursor: z.string().max(400).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

const write = {
  name: z.string().trim().min(1).max(300),
  leadId: id.optional(),
  personId: id.optional(),
  organizationId: id.optional(),
  programId: id.optional(),
  stage: z.string().trim().min(1).max(200).optional(),
  amountMinor: minor.default(0),
  currency: z.string().length(3).optional(),
  probability: z.int().min(0).max(100).optional(),
  closeOn: z.iso.date().optional(),
};

export const opportunitiesApi = {
  'GET /v1/opportunities': {
    summary: 'Opportunities, newest first.',
    query: z.object({ ...page, ...filters }),
    response: z.object({ items: z.array(opportunity), nextCursor: z.string().nullable() }),
  },
  'GET /v1/opportunities/board': {
    summary: 'Open opportunities by stage: the columns of the board with their sums and first cards.',
    query: z.object({ programId: id.optional(), holderId: id.optional(), where: filters.where, cards: z.coerce.number().int().min(1).max(100).default(30) }),
    response: z.object({
      currency: z.string(),
      columns: z.array(
        z.object({
          stage: z.string(),
          probability: z.int(),
          count: z.int(),
          amountMinor: minor,
          weightedMinor: minor,
          cards: z.array(opportunity),
        }),
      ),
      won: z.object({ count: z.int(), amountMinor: minor }),
      lost: z.object({ count: z.int(), amountMinor: minor }),
    }),
  },
  'GET /v1/opportunities/:id': {
    summary: 'One opportunity, with what earned it.',
    params: z.object({ id }),
    response: opportunity.extend({
      credits: z.array(
        z.object({
          model: z.enum(['first', 'last', 'linear']),
          attributed: z.boolean(),
          program: named.nullable(),
          source: named.nullable(),
          channel: z.string().nullable(),
          inquiryId: id.nullable(),
          amountMinor: minor,
          why: z.string(),
        }),
      ),
      history: z.array(
        z.object({
          at: z.iso.datetime(),
          what: z.enum(['opened', 'moved', 'won', 'lost']),
          stage: z.string().nullable(),
          amountMinor: minor.nullable(),
          reason: z.string().nullable(),
          by: z.string().nullable(),
        }),
      ),
      invoices: z.array(
        z.object({ id, number: z.string(), issuedOn: z.iso.date(), netMinor: minor, currency: z.string(), status: z.string() }),
      ),
    }),
  },
  'POST /v1/opportunities': {
    summary: 'Open an opportunity.',
    body: z.object(write),
    response: opportunity,
  },
  'PATCH /v1/opportunities/:id': {
    summary: 'Change an opportunity’s name, amount, program or date.',
    params: z.object({ id }),
    body: z
      .object({
        name: write.name,
        programId: id.nullable(),
        amountMinor: minor,
        probability: z.int().min(0).max(100),
        closeOn: z.iso.date().nullable(),
      })
      .partial(),
    response: opportunity,
  },
  'POST /v1/opportunities/:id/move': {
    summary: 'Move an opportunity to a stage; a lost or won one opens again.',
    params: z.object({ id }),
    body: z.object({ stage: z.string().trim().min(1).max(200), probability: z.int().min(0).max(100).optional() }),
    response: opportunity,
  },
  'POST /v1/opportunities/:id/win': {
    summary: 'The sale is made.',
    params: z.object({ id }),
    body: z.object({ amountMinor: minor.optional(), closedAt: z.iso.datetime({ offset: true }).optional() }),
    response: opportunity,
  },
  'POST /v1/opportunities/:id/lose': {
    summary: 'The sale is lost.',
    params: z.object({ id }),
    body: z.object({ reason: z.string().trim().max(500).optional(), closedAt: z.iso.datetime({ offset: true }).optional() }),
    response: opportunity,
  },
} satisfies Contract;
