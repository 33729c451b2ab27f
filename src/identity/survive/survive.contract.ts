import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { organizationGroups, personGroups, survivalRules } from './groups.rules.ts';

const id = z.uuid();
const instant = z.iso.datetime({ offset: true });
const group = z.enum(personGroups);
const rules = z.record(group, z.enum(survivalRules)).meta({ id: 'Survivorship', description: 'latest: the most recent valid value · fullest: the most complete · first: what was known first' });
const whence = { at: instant, inquiryId: id.nullable(), receipt: z.string().nullable(), importId: id.nullable(), list: z.string().nullable() };

const origin = z
  .object({
    group,
    value: z.string(),
    verified: z.object({ at: instant, by: z.string() }).nullable().describe('Who vouched for it: nothing said later by a form, a list or a machine changes it.'),
    said: z.object(whence).nullable().describe('The latest arrival that said so; null where it was only ever entered by hand.'),
    times: z.number().int(),
    others: z.array(z.object({ value: z.string(), ...whence })),
  })
  .meta({ id: 'Origin' });

const organizationGroup = z.enum(organizationGroups);
const organizationOrigin = z
  .object({
    group: organizationGroup,
    value: z.string().describe('Employees as digits, annual sales as digits of minor units.'),
    verified: z.object({ at: instant, by: z.string() }).nullable().describe('Who entered it: no list, provider or inquiry changes it.'),
    said: z.object(whence).nullable().describe('The list that is known to have written it, else the first inquiry that said so, else the list that brought the organization.'),
    appended: z
      .object({ runId: id, provider: z.string(), at: instant, confidence: z.number(), priceMinor: z.number().int(), currency: z.string(), asOf: z.iso.date().nullable() })
      .nullable()
      .describe('The provider it was bought of.'),
    joined: z.string().nullable().describe('The name of the joined record whose word it is.'),
    others: z.array(z.object({ value: z.string(), ...whence })),
  })
  .meta({ id: 'OrganizationOrigin' });
const namingList = z
  .object({
    importId: id,
    list: z.string(),
    kind: z.string(),
    at: instant,
    isFirst: z.boolean().describe('It brought the organization.'),
    filled: z.array(organizationGroup).describe('What it filled in.'),
    people: z.number().int().describe('How many people here it names: GET /v1/people?organizationId=…&group=list.IMPORT.'),
    inquiries: z.number().int().describe('How many of its inquiries are from here: GET /v1/inquiries?organizationId=…&importId=IMPORT.'),
  })
  .meta({ id: 'NamingList' });

export const surviveApi = {
  'GET /v1/survivorship': { summary: 'Which of several values for a field counts', response: z.object({ rules }) },
  'PUT /v1/survivorship': {
    summary: 'Change which of several values counts; everybody joined of several records is shown anew in the background',
    body: z.object({ rules: z.partialRecord(group, z.enum(survivalRules)) }),
    response: z.object({ rules }),
  },
  'GET /v1/people/:id/origins': { summary: 'Where each value of a person came from, and what else was said', params: z.object({ id }), response: z.object({ items: z.array(origin) }) },
  'GET /v1/organizations/:id/origins': {
    summary: 'Where each value of an organization came from, what else was said, and which lists and how many inquiries named it; values of which nothing is known are left out',
    params: z.object({ id }),
    response: z.object({
      items: z.array(organizationOrigin),
      inquiries: z.number().int().describe('GET /v1/inquiries?organizationId=…'),
      lists: z.number().int().describe('How many lists named it.'),
      namedBy: z.array(namingList).describe('The latest lists, at most twenty.'),
    }),
  },
  'POST /v1/people/:id/confirm': {
    summary: 'Vouch for what is known of a person, group by group, or take that back',
    params: z.object({ id }),
    body: z.object({ groups: z.array(group).min(1).max(personGroups.length), confirmed: z.boolean().default(true) }),
    response: z.object({ id, changed: z.array(z.string()) }),
  },
} satisfies Contract;
