import { z } from 'zod';
import type { Contract } from '../http/contract.ts';
import { customStages, customSubjects, customTypes } from '../values/custom-field.rules.ts';

const id = z.uuid();
const label = z.string().trim().min(1).max(80);
const key = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'Small letters, digits and _, beginning with a letter.');
const choices = z.array(z.string().trim().max(120)).max(200).describe('For a choice: the values, in the order they are offered.');
const requiredFrom = z.enum(customStages).nullable().describe('From this stage on the field is said to be missing where it is not known: a hosted form must have it filled in (`inquiry`), an inquiry is no lead without (`lead`, `inquiry`), a lead is not closed as a sale without (all three).');

const customField = z
  .object({
    id,
    subject: z.enum(customSubjects),
    key: z.string().describe('Under which the value stands in `custom`.'),
    label: z.string(),
    type: z.enum(customTypes).describe('date is YYYY-MM-DD; money is in minor units of the workspace’s currency.'),
    choices: z.array(z.string()),
    requiredFrom: z.enum(customStages).nullable(),
    position: z.number().int(),
    retiredAt: z.iso.datetime().nullable().describe('Put away: not offered any more, its values kept.'),
  })
  .meta({ id: 'CustomField' });

export const fieldsApi = {
  'GET /v1/fields': {
    summary: 'Custom fields, in the order they are shown',
    query: z.object({ subject: z.enum(customSubjects).optional(), retired: z.enum(['true', 'false']).optional() }),
    response: z.object({ items: z.array(customField) }),
  },
  'POST /v1/fields': {
    summary: 'Declare a custom field of people, organizations or inquiries',
    body: z.object({
      subject: z.enum(customSubjects),
      label,
      key: key.optional().describe('Made from the label where not given. It never changes.'),
      type: z.enum(customTypes),
      choices: choices.default([]),
      requiredFrom: requiredFrom.default(null),
    }),
    response: customField,
  },
  'PATCH /v1/fields/:id': {
    summary: 'Rename a custom field, change its choices or its place, put it away or take it up again',
    params: z.object({ id }),
    body: z.object({
      label: label.optional(),
      choices: choices.optional(),
      requiredFrom: requiredFrom.optional(),
      position: z.number().int().min(0).max(10_000).optional(),
      retired: z.boolean().optional(),
    }),
    response: customField,
  },
} satisfies Contract;
