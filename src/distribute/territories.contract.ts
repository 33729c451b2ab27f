import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';

const count = z.int().min(0).max(2_000_000_000);
const minor = z.int().min(0).max(9_000_000_000_000_000);

export const territoryRulesShape = z
  .object({
    countries: z.array(z.string().length(2)).max(300).optional(),
    states: z.array(z.string().max(60)).max(500).optional(),
    postalRanges: z
      .array(z.object({ from: z.string().min(1).max(12), to: z.string().min(1).max(12), country: z.string().length(2).optional() }))
      .max(2000)
      .optional(),
    verticals: z.array(z.string().max(100)).max(200).optional(),
    products: z.array(z.string().trim().min(1).max(100)).max(200).optional().meta({ description: 'Words one of which stands in the product the lead asks about. A lead of which none is known does not fall in it.' }),
    counties: z.array(z.string().trim().min(1).max(100)).max(500).optional().meta({ description: 'Of the postcode, by the company’s lists of places. One whose postcode is in none does not fall in it.' }),
    near: z
      .array(z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180), km: z.number().min(0.1).max(20_100), name: z.string().trim().min(1).max(200) }))
      .max(200)
      .optional()
      .meta({ description: 'Within so many kilometres of one of these points, as the crow flies, by the company’s lists of places. One whose postcode is in none does not fall in it.' }),
    employees: z
      .object({ from: count.optional(), to: count.optional() })
      .refine(({ from = 0, to = from }) => from <= to, 'The most employees are fewer than the least.')
      .optional()
      .meta({ description: 'Of the organization, both ends included. One whose number is not known does not fall in it.' }),
    annualSales: z
      .object({ fromMinor: minor.optional(), belowMinor: minor.optional() })
      .refine(({ fromMinor = 0, belowMinor = fromMinor + 1 }) => fromMinor < belowMinor, 'Annual sales end before they begin.')
      .optional()
      .meta({ description: 'Of the organization, in minor units of the currency of the company, from one amount to less than the other. One whose sales are not known does not fall in it.' }),
    accounts: z.array(z.uuid()).max(2000).optional().meta({ description: 'Organizations that belong to it whatever else is asked, before any other territory.' }),
  })
  .meta({ id: 'TerritoryRules', description: 'Every kind given must hold; within one kind any value will do.' });

const day = z.iso.date().nullable();

export const territoryShape = z
  .object({
    id: z.uuid(),
    parentId: z.uuid().nullable().meta({ description: 'The territory it lies under: what that one asks for must hold as well, and what falls in both is this one’s. One under which others lie and that nobody works only holds them together.' }),
    name: z.string(),
    position: z.int(),
    rules: territoryRulesShape,
    overflow: z.boolean().meta({ description: 'When nobody here can take a lead, try the next territory that covers it.' }),
    waitMost: z.int().nullable().meta({ description: 'Business minutes of the company a lead waits here before it overflows; null: not at all.' }),
    active: z.boolean(),
    startsOn: day.meta({ description: 'The first day on which it has leads, in the days of the company; null: always.' }),
    endsOn: day.meta({ description: 'The last day; null: no end.' }),
    accounts: z.array(z.object({ id: z.uuid(), name: z.string() })).meta({ description: 'The named accounts; one that was merged as what it was merged into.' }),
    holders: z.array(z.object({ holderId: z.uuid(), name: z.string(), weight: z.number(), active: z.boolean() })),
  })
  .meta({ id: 'Territory' });

const editable = {
  parentId: z.uuid().nullable(),
  name: z.string().trim().min(1).max(200),
  rules: territoryRulesShape,
  overflow: z.boolean(),
  waitMost: z.int().min(1).max(100_000).nullable(),
  active: z.boolean(),
  startsOn: day,
  endsOn: day,
  holders: z.array(z.object({ holderId: z.uuid(), weight: z.number().min(0).max(1000) })).max(500),
};

export const territoriesApi = {
  'GET /v1/territories': { summary: 'Territories in order; the order counts among those that lie under the same one, and what lies under one is asked before it', response: z.object({ items: z.array(territoryShape) }) },
  'POST /v1/territories': {
    summary: 'Add a territory',
    body: z.object({
      parentId: editable.parentId.default(null),
      name: editable.name,
      rules: editable.rules.default({}),
      overflow: editable.overflow.default(false),
      waitMost: editable.waitMost.default(null),
      active: editable.active.default(true),
      startsOn: day.default(null),
      endsOn: day.default(null),
      holders: editable.holders.default([]),
      position: z.int().min(0).max(100_000).optional(),
    }),
    response: territoryShape,
  },
  'PATCH /v1/territories/:id': {
    summary: 'Change a territory',
    params: z.object({ id: z.uuid() }),
    body: z
      .object(editable)
      .partial()
      .extend({ position: z.int().min(0).max(100_000).optional() }),
    response: territoryShape,
  },
  'DELETE /v1/territories/:id': {
    summary: 'Remove a territory; its leads stay with their holders, and what lies under it moves up and goes on asking what only it asked for',
    params: z.object({ id: z.uuid() }),
    response: z.object({ removed: z.boolean() }),
  },
  'PUT /v1/territories/order': {
    summary: 'Put the territories in order',
    body: z.object({ ids: z.array(z.uuid()).max(1000) }),
    response: z.object({ items: z.array(territoryShape) }),
  },
  'GET /v1/territories/coverage': {
    summary: 'Which countries of recent leads fall in no territory, or in one that nobody works',
    query: z.object({ days: z.coerce.number().int().min(1).max(1100).default(365) }),
    response: z.object({
      leads: z.int(),
      uncovered: z.int(),
      gaps: z.array(
        z.object({
          country: z.string().nullable(),
          state: z.string().nullable(),
          vertical: z.string().nullable(),
          product: z.string().nullable().meta({ description: 'Told only where territories ask for products.' }),
          leads: z.int(),
          why: z.string(),
        }),
      ),
      unused: z
        .array(z.object({ territoryId: z.uuid(), name: z.string() }))
        .meta({ description: 'Territories into which no recent lead falls.' }),
      overlaps: z
        .array(z.object({ territoryId: z.uuid(), name: z.string(), hasId: z.uuid(), hasName: z.string(), leads: z.int() }))
        .meta({ description: 'Recent leads that a territory covers, and that an earlier one has which does not lie under it.' }),
    }),
  },
} satisfies Contract;
