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

const whenceOfOrganization = {
  ...whence,
  runId: id.nullable().describe('The append run that put it in.'),
  provider: z.string().nullable(),
};
const organizationOrigin = z
  .object({
    group: z.enum(organizationGroups),
    value: z.string().describe('As people read it; annual sales in hundredths.'),
    verified: z.object({ at: instant, by: z.string() }).nullable().describe('Who entered it by hand.'),
    said: z.object(whenceOfOrganization).nullable().describe('Who said so: the fullest word, of these the latest; null where it was only ever entered by hand.'),
    times: z.number().int(),
    others: z.array(z.object({ value: z.string(), ...whenceOfOrganization })),
  })
  .meta({ id: 'OrganizationOrigin' });
const namedBy = z
  .object({ ...whence, people: z.number().int().describe('How many people were named with it; 0 for a list of organizations.'), personId: id.nullable(), person: z.string().nullable().describe('Where it is one.') })
  .meta({ id: 'OrganizationNamedBy' });

export const surviveApi = {
  'GET /v1/survivorship': { summary: 'Which of several values for a field counts', response: z.object({ rules }) },
  'PUT /v1/survivorship': {
    summary: 'Change which of several values counts; everybody joined of several records is shown anew in the background',
    body: z.object({ rules: z.partialRecord(group, z.enum(survivalRules)) }),
    response: z.object({ rules }),
  },
  'GET /v1/people/:id/origins': { summary: 'Where each value of a person came from, and what else was said', params: z.object({ id }), response: z.object({ items: z.array(origin) }) },
  'GET /v1/organizations/:id/origins': {
    summary: 'Where each value of an organization came from, what else was said, and the latest inquiries and lists that named it',
    params: z.object({ id }),
    response: z.object({ items: z.array(organizationOrigin), named: z.array(namedBy), namedTimes: z.number().int().describe('By how many inquiries and lists in all.') }),
  },
  'POST /v1/people/:id/confirm': {
    summary: 'Vouch for what is known of a person, group by group, or take that back',
    params: z.object({ id }),
    body: z.object({ groups: z.array(group).min(1).max(personGroups.length), confirmed: z.boolean().default(true) }),
    response: z.object({ id, changed: z.array(z.string()) }),
  },
} satisfies Contract;
