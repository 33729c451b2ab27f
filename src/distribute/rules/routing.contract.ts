import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { criteria } from '../../platform/values/criteria.contract.ts';

const minutes = z.number().min(1).max(100_000);
export const routingRule = z
  .object({
    id: z.uuid(),
    name: z.string().trim().min(1).max(120),
    when: criteria,
    first: z.boolean().meta({ description: 'Asked before the named owner and existing relationships.' }),
    pool: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('territory') }),
      z.object({ kind: z.literal('owner') }),
      z.object({ kind: z.literal('team'), teamId: z.uuid() }),
      z.object({
        kind: z.literal('partners'),
        tiers: z.array(z.string().trim().min(1).max(60)).max(20),
        byProduct: z.boolean(),
        certificates: z.array(z.string().trim().min(1).max(100)).max(20).optional().meta({ description: 'Only who holds each of them, and that has not ended.' }),
      }),
      z.object({ kind: z.literal('desk') }),
      z.object({ kind: z.literal('nurture') }),
    ]),
    method: z.enum(['turns', 'leastLoaded', 'bestMatch', 'nearest', 'firstToClaim']),
    promise: z
      .object({ hot: minutes, warm: minutes, cold: minutes })
      .nullable()
      .meta({ description: 'Business minutes to accept, by grade; null: the company’s promise.' }),
    otherwise: z
      .enum(['wait', 'next'])
      .meta({ description: 'When nobody in the pool can take it: wait for them, or on to the next rule.' }),
    waitMost: minutes.nullish().meta({ description: 'Business minutes of the company it waits at most, then on to the next rule; null: as long as it takes.' }),
  })
  .meta({ id: 'RoutingRule' });

const rules = z.array(routingRule).max(500);
const version = z.object({
  version: z.int(),
  rules,
  note: z.string().nullable(),
  changedAt: z.iso.datetime(),
  changedBy: z.string().nullable(),
  publishedAt: z.iso.datetime().nullable(),
  publishedBy: z.string().nullable(),
});
const proof = z
  .object({
    problems: z.array(z.string()),
    tried: z.int().meta({ description: 'Kinds of lead that were dealt.' }),
    complete: z.boolean().meta({ description: 'Whether these are all that the conditions can tell apart.' }),
    ownLeads: z.int(),
    uncovered: z.array(z.object({ example: z.string(), leadId: z.uuid().nullable(), why: z.string(), leads: z.int() })),
    dead: z.array(z.object({ ruleId: z.uuid(), name: z.string(), why: z.string() })),
    took: z.record(z.string(), z.int()).meta({ description: 'Of the company’s own leads, by rule; what no rule takes is under "".' }),
  })
  .meta({ id: 'RoutingProof' });

const teamMembers = z.array(z.object({ holderId: z.uuid(), weight: z.number().min(0).max(1000) })).max(500);
const teamName = z.string().trim().min(1).max(120);
export const teamShape = z
  .object({
    id: z.uuid(),
    name: z.string(),
    holders: z.array(z.object({ holderId: z.uuid(), name: z.string(), weight: z.number(), active: z.boolean() })),
  })
  .meta({ id: 'Team' });

export const offerShape = z
  .object({
    leadId: z.uuid(),
    rule: z.string().nullable(),
    grade: z.enum(['hot', 'warm', 'cold']),
    score: z.int(),
    country: z.string().nullable(),
    state: z.string().nullable(),
    vertical: z.string().nullable(),
    product: z.string().nullable(),
    offeredAt: z.iso.datetime(),
    until: z.iso.datetime(),
    offeredTo: z.int(),
  })
  .meta({ id: 'Offer', description: 'A lead open to several: what kind it is, and nothing of whose.' });

export const routingApi = {
  'GET /v1/routing': {
    summary: 'The routing rules: in force, being drafted, and every version there was',
    response: z.object({
      inForce: version.nullable(),
      draft: version.nullable(),
      versions: z.array(version.omit({ rules: true }).extend({ count: z.int() })),
      sentences: z.record(z.string(), z.string()).meta({ description: 'The conditions of each rule in words, by rule.' }),
      taken: z.record(z.string(), z.int()).meta({ description: 'Leads each rule gave in 30 days.' }),
      fields: z.array(
        z.object({
          field: z.string(),
          label: z.string(),
          type: z.string(),
          group: z.string(),
          choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
        }),
      ),
      tiers: z.array(z.string()),
      certificates: z.array(z.string()).meta({ description: 'Which partners hold, by name.' }),
    }),
  },
  'GET /v1/turns': {
    summary: 'Whose turn it is: what each account of turns gave to whom, by grade, and what everybody is owed',
    response: z.object({
      items: z.array(
        z.object({
          accountId: z.uuid(),
          kind: z.enum(['territory', 'team', 'rule']),
          name: z.string(),
          grade: z.enum(['hot', 'warm', 'cold']),
          leads: z.int(),
          holders: z.array(
            z.object({
              holderId: z.uuid(),
              name: z.string(),
              active: z.boolean(),
              received: z.int().meta({ description: 'By turns, and not given back.' }),
              entitled: z.number().meta({ description: 'Leads earned by share.' }),
              owed: z.number().meta({ description: 'Entitled less received; negative: ahead.' }),
              givenBack: z.int().meta({ description: 'Turns given back, as the lead was none.' }),
            }),
          ),
        }),
      ),
    }),
  },
  'GET /v1/routing/versions/:version': {
    summary: 'One version of the rules, as it was',
    params: z.object({ version: z.coerce.number().int().min(1).max(1_000_000) }),
    response: version,
  },
  'PUT /v1/routing/draft': {
    summary: 'Draft rules; nothing changes before they are published',
    body: z.object({ rules, note: z.string().max(500).nullish() }),
    response: z.object({ version: z.int() }),
  },
  'DELETE /v1/routing/draft': { summary: 'Throw the draft away', response: z.object({ dropped: z.boolean() }) },
  'POST /v1/routing/check': {
    summary: 'Whether with these rules every lead gets somewhere and every rule something',
    body: z.object({ rules }),
    response: proof,
  },
  'POST /v1/routing/publish': {
    summary: 'Put the draft in force; refused with an example where a lead would get nowhere',
    body: z.object({ note: z.string().max(500).nullish() }),
    response: z.object({ version: z.int() }),
  },
  'GET /v1/teams': { summary: 'Named lists of holders that rules give leads to', response: z.object({ items: z.array(teamShape) }) },
  'POST /v1/teams': { summary: 'Add a team', body: z.object({ name: teamName, holders: teamMembers }), response: teamShape },
  'PATCH /v1/teams/:id': {
    summary: 'Change a team; credits stay',
    params: z.object({ id: z.uuid() }),
    body: z.object({ name: teamName.optional(), holders: teamMembers.optional() }),
    response: teamShape,
  },
  'DELETE /v1/teams/:id': {
    summary: 'Remove a team that no rule in force names',
    params: z.object({ id: z.uuid() }),
    response: z.object({ removed: z.boolean() }),
  },
  'GET /v1/offers': {
    summary: 'Leads open to you and others: the first who takes one has it',
    response: z.object({ items: z.array(offerShape) }),
  },
  'POST /v1/offers/:leadId/claim': {
    summary: 'Take a lead that is offered to several',
    params: z.object({ leadId: z.uuid() }),
    response: z.object({ leadId: z.uuid(), holderId: z.uuid() }),
  },
} satisfies Contract;
