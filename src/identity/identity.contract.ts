import { z } from 'zod';
import type { Contract } from '../platform/http/contract.ts';
import { positionRead, sectorRead } from './standard/readings.contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const line = z.string().trim().max(500);
const page = { cursor: z.string().max(1000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');

const evidence = z
  .array(z.object({ field: z.string(), outcome: z.string(), weight: z.number(), asks: z.boolean().optional().describe('Weighs nothing, but keeps two organizations from being joined without asking.') }))
  .meta({ id: 'MatchEvidence', description: 'Field by field; the weights (base-2 logarithms) add up to the total.' });

const organizationRef = z.object({ id, name: z.string(), domain: z.string().nullable() });

const personRow = z.object({
  id,
  name: z.string().describe('What to call them: name, else mail, phone, external id.'),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  title: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  organization: organizationRef.nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  sightings: z.number().int(),
  firstSeenAt: instant,
  lastSeenAt: instant,
  doNotContact: z.boolean(),
  doNotMail: z.boolean(),
  doNotCall: z.boolean(),
  unsubscribedAt: instant.nullable(),
});

const personFields = z.object({
  externalId: z.string().nullable(),
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  fullName: z.string().nullable(),
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
});

const sighting = z.object({
  id,
  inquiryId: id.nullable(),
  receipt: z.string().nullable(),
  importId: id.nullable(),
  seenAt: instant,
  method: z.string().describe('How the person was recognised: external id, mail, phone, comparison; new; imported; edited.'),
  weight: z.number().nullable(),
  evidence,
  withdrawnAt: instant.nullable(),
  personId: id.describe('The person as recognised then; differs from the page where they were merged since.'),
  organization: z.string().nullable(),
  said: z.record(z.string(), z.unknown()).describe('The fields as they arrived.'),
  channel: z.string().nullable(),
});

export const personPage = z
  .object({
    id,
    askedFor: id.describe('The id in the address: an old one answers with its survivor.'),
    name: z.string(),
    fields: personFields,
    organization: organizationRef.nullable(),
    position: positionRead,
    sector: sectorRead.describe('Of the company.'),
    consent: z.object({
      doNotContact: z.boolean(),
      doNotMail: z.boolean(),
      doNotCall: z.boolean(),
      unsubscribedAt: instant.nullable(),
    }),
    mail: z.object({ free: z.boolean(), disposable: z.boolean(), role: z.boolean() }).nullable(),
    nameIsJunk: z.boolean(),
    otherMails: z.array(z.string()),
    otherPhones: z.array(z.string()),
    missing: z.array(z.string()).describe('Fields worth asking for.'),
    custom: z.record(z.string(), z.unknown()),
    sightingCount: z.number().int(),
    firstSeenAt: instant,
    lastSeenAt: instant,
    retiredAt: instant.nullable(),
    erasedAt: instant.nullable().describe('Nothing of them is kept; GET /v1/people/:id/erasure says why.'),
    sightings: z.array(sighting).describe('The latest hundred.'),
    merges: z.array(
      z.object({
        id,
        mergedId: id,
        mergedName: z.string(),
        survivorId: id,
        mergedAt: instant,
        mergedBy: z.string(),
        undoneAt: instant.nullable(),
      }),
    ),
    possibleDuplicates: z.number().int(),
    history: z.array(z.object({ id, type: z.string(), at: instant, actor: z.string(), data: z.record(z.string(), z.unknown()) })),
  })
  .meta({ id: 'PersonPage' });

const custom = z.record(z.string().max(40), z.union([z.string().max(4000), z.number(), z.boolean(), z.null()])).describe('Values of custom fields by their key; null clears one.');

const personPatch = z.object({
  custom: custom.optional(),
  givenName: line.nullable().optional(),
  familyName: line.nullable().optional(),
  title: line.nullable().optional(),
  email: line.nullable().optional(),
  phone: line.nullable().optional(),
  mobile: line.nullable().optional(),
  organizationId: id.nullable().optional(),
  street: line.nullable().optional(),
  postalCode: line.nullable().optional(),
  city: line.nullable().optional(),
  state: line.nullable().optional(),
  country: line.nullable().optional(),
  language: line.nullable().optional(),
});

const consentPatch = z.object({
  doNotContact: z.boolean().optional(),
  doNotMail: z.boolean().optional(),
  doNotCall: z.boolean().optional(),
  unsubscribed: z.boolean().optional(),
});

const whole = z.number().int().min(0);
const organizationRow = z.object({
  id,
  name: z.string(),
  domain: z.string().nullable(),
  phone: z.string().nullable(),
  city: z.string().nullable(),
  country: z.string().nullable(),
  industry: z.string().nullable(),
  vertical: z.string().nullable(),
  employees: z.number().int().nullable(),
  isCustomer: z.boolean(),
  lastSeenAt: instant,
});

const organizationPage = organizationRow
  .extend({
    askedFor: id,
    externalId: z.string().nullable(),
    website: z.string().nullable(),
    street: z.string().nullable(),
    postalCode: z.string().nullable(),
    state: z.string().nullable(),
    annualRevenueMinor: z.number().int().nullable(),
    naics: z.string().nullable(),
    sic: z.string().nullable(),
    parent: z.string().nullable().describe('What it belongs to, as it was said: a name or a domain.'),
    parentId: id.nullable().describe('The organization known by it, where exactly one is.'),
    language: z.string().nullable(),
    sector: sectorRead,
    custom: z.record(z.string(), z.unknown()),
    firstSeenAt: instant,
    retiredAt: instant.nullable(),
    people: z.number().int(),
    merges: z.array(z.object({ id, mergedId: id, mergedName: z.string(), mergedAt: instant, mergedBy: z.string() })),
    possibleDuplicates: whole,
  })
  .meta({ id: 'OrganizationPage' });

const organizationPatch = z.object({
  custom: custom.optional(),
  name: line.min(1).optional(),
  website: line.nullable().optional(),
  phone: line.nullable().optional(),
  street: line.nullable().optional(),
  postalCode: line.nullable().optional(),
  city: line.nullable().optional(),
  state: line.nullable().optional(),
  country: line.nullable().optional(),
  industry: line.nullable().optional(),
  vertical: line.nullable().optional(),
  employees: z.number().int().min(0).max(2_000_000_000).nullable().optional(),
  annualRevenueMinor: z.number().int().min(0).max(9e15).nullable().optional(),
  naics: line.nullable().optional().describe('2 to 6 digits.'),
  sic: line.nullable().optional().describe('2 to 8 digits.'),
  parent: line.nullable().optional(),
  language: line.max(20).nullable().optional(),
  isCustomer: z.boolean().optional(),
});

const decidedPair = z.object({ id, status: z.enum(['open', 'joined', 'different']), mergeId: id.nullable() });
const decision = z.object({
  decision: z.enum(['join', 'different', 'undo']),
  survivorId: id.optional().describe('Which survives a join; else the longer known.'),
});
const duplicatesAsked = z.object({ ...page, status: z.enum(['open', 'joined', 'different']).default('open'), stake: z.enum(['opportunity', 'lead', 'customer', 'none']).optional().describe('Open ones with such money at stake, or none.') });
const pair = z.object({
  id,
  weight: z.number(),
  evidence,
  foundAt: instant,
  status: z.enum(['open', 'joined', 'different']),
  decidedAt: instant.nullable(),
  stake: z
    .object({
      minor: z.number().int(),
      chance: z.number(),
      valueMinor: z.number().int(),
      reasons: z.array(z.object({ kind: z.enum(['opportunity', 'lead', 'customer']), label: z.string(), minor: z.number().int() })),
    })
    .describe('Of an open pair: the open business and the sales of the two, the chance that they are one, and the product by which the list is ordered.'),
});
const duplicate = pair.extend({
  people: z
    .array(personRow.extend({ mobile: z.string().nullable(), street: z.string().nullable(), postalCode: z.string().nullable() }))
    .describe('The two, the longer known first.'),
});
const organizationDuplicate = pair.extend({
  organizations: z
    .array(
      organizationRow.extend({
        externalId: z.string().nullable(),
        website: z.string().nullable(),
        street: z.string().nullable(),
        postalCode: z.string().nullable(),
        parent: z.string().nullable(),
        firstSeenAt: instant,
        people: whole,
      }),
    )
    .describe('The two, the longer known first.'),
});

const join = z
  .object({
    id,
    survivor: z.object({ id, name: z.string() }),
    merged: z.object({ id, name: z.string() }),
    mergedAt: instant,
    mergedBy: z.string(),
    by: z.enum(['check', 'people']),
    duplicateId: id.nullable().describe('The pair of the duplicates list by which somebody decided; undone there, it waits there again.'),
    weight: z.number().nullable(),
    evidence,
  })
  .meta({ id: 'Join' });

const baseCheck = z
  .object({
    id,
    startedAt: instant,
    finishedAt: instant,
    startedBy: z.string().describe('Who asked for it; Baton at night.'),
    people: whole,
    compared: whole.describe('Pairs of people.'),
    joined: whole,
    asked: whole.describe('Put on the list of possible duplicates.'),
    remaining: whole.describe('Found, and left for the next time.'),
    organizations: whole.describe('How many organizations were compared with each other.'),
    organizationsJoined: whole,
    organizationsAsked: whole,
    organizationsRemaining: whole,
  })
  .meta({ id: 'BaseCheck' });
const underWay = z.object({ jobId: id, done: whole, total: whole.nullable(), note: z.string().nullable() });

const chosen = {
  segmentId: id.optional(),
  where: z.string().max(8000).optional().describe('Conditions as JSON (Criteria) over their own fields, custom ones included: {"field":"custom.fuel","op":"equals","value":"Gas"}.'),
};

export const identityApi = {
  'GET /v1/people': {
    summary: 'People, most recently seen first',
    query: z.object({
      ...page,
      q: z.string().trim().max(200).optional(),
      country: z.string().length(2).optional(),
      organizationId: id.optional(),
      importId: id.optional(),
      ...chosen,
      group: z.string().max(60).optional().describe('Of whom: source.ID, program.ID, list.ID, rep.ID or partner.ID; of a list also list-all.ID (with its mended rows), list-new.ID (whom it brought first) or list-known.ID.'),
      silent: flag.optional().describe('Only people with a wish not to be contacted in some way.'),
    }),
    response: z.object({ items: z.array(personRow), nextCursor: z.string().nullable() }),
  },
  'GET /v1/people/:id': {
    summary: 'One person with sightings, evidence and history; an old id answers with its survivor',
    params: z.object({ id }),
    response: personPage,
  },
  'PATCH /v1/people/:id': {
    summary: 'Correct what we know of a person',
    params: z.object({ id }),
    body: personPatch,
    response: z.object({ id, changed: z.array(z.string()) }),
  },
  'PUT /v1/people/:id/consent': {
    summary: 'Note a wish not to be contacted, or that it was taken back',
    params: z.object({ id }),
    body: consentPatch,
    response: z.object({
      id,
      doNotContact: z.boolean(),
      doNotMail: z.boolean(),
      doNotCall: z.boolean(),
      unsubscribedAt: instant.nullable(),
    }),
  },
  'POST /v1/people/:id/merge': {
    summary: 'Two people are one: this one survives. Nothing is deleted, and it can be undone.',
    params: z.object({ id }),
    body: z.object({ otherId: id }),
    response: z.object({ mergeId: id, survivorId: id }),
  },
  'GET /v1/organizations': {
    summary: 'Organizations, most recently seen first',
    query: z.object({
      ...page,
      q: z.string().trim().max(200).optional(),
      country: z.string().length(2).optional(),
      importId: id.optional(),
      ...chosen,
    }),
    response: z.object({ items: z.array(organizationRow), nextCursor: z.string().nullable() }),
  },
  'GET /v1/organizations/:id': { summary: 'One organization', params: z.object({ id }), response: organizationPage },
  'PATCH /v1/organizations/:id': {
    summary: 'Correct what we know of an organization',
    params: z.object({ id }),
    body: organizationPatch,
    response: z.object({ id, changed: z.array(z.string()) }),
  },
  'POST /v1/organizations/:id/merge': {
    summary: 'Two organizations are one: this one survives',
    params: z.object({ id }),
    body: z.object({ otherId: id }),
    response: z.object({ mergeId: id, survivorId: id }),
  },
  'GET /v1/merges': {
    summary: 'What was joined and stands, the latest first: by whom, on what evidence',
    query: z.object({ ...page, kind: z.enum(['person', 'organization']).default('person'), by: z.enum(['check', 'people']).optional().describe('Joined by the nightly check, or by somebody here.') }),
    response: z.object({ items: z.array(join), nextCursor: z.string().nullable() }),
  },
  'POST /v1/merges/:id/undo': {
    summary: 'Undo a merge: both are exactly what they were',
    params: z.object({ id }),
    response: z.object({ survivorId: id, restoredId: id }),
  },
  'GET /v1/duplicates': {
    summary: 'People who may be one, where most money hangs on it first',
    query: duplicatesAsked,
    response: z.object({ items: z.array(duplicate), nextCursor: z.string().nullable(), open: z.number().int() }),
  },
  'GET /v1/duplicates/check': {
    summary: 'The last time the base was looked through for people and organizations that are one, and the one under way',
    response: z.object({ last: baseCheck.nullable(), underWay: underWay.nullable() }),
  },
  'POST /v1/duplicates/check': {
    summary: 'Look the base through now: the sure are joined, the doubtful are listed',
    response: z.object({ jobId: id }),
  },
  'POST /v1/duplicates/:id/decide': {
    summary: 'Say whether the two are one person; undo takes the word back',
    params: z.object({ id }),
    body: decision,
    response: decidedPair,
  },
  'GET /v1/duplicates/organizations': {
    summary: 'Organizations that may be one, where most money hangs on it first',
    query: duplicatesAsked,
    response: z.object({ items: z.array(organizationDuplicate), nextCursor: z.string().nullable(), open: z.number().int() }),
  },
  'POST /v1/duplicates/organizations/:id/decide': {
    summary: 'Say whether the two are one organization; undo takes the word back',
    params: z.object({ id }),
    body: decision,
    response: decidedPair,
  },
  'GET /v1/search': {
    summary: 'People and organizations by name, company, mail or phone; where nobody is called so, by what may have been meant',
    query: z.object({ q: z.string().trim().min(1).max(200), limit: z.coerce.number().int().min(1).max(50).default(8) }),
    response: z.object({
      instead: z.array(z.string()).describe('The words that were looked for instead, where what was asked may be mistyped.'),
      people: z.array(
        z.object({
          id,
          name: z.string(),
          organization: z.string().nullable(),
          email: z.string().nullable(),
          phone: z.string().nullable(),
          city: z.string().nullable(),
        }),
      ),
      organizations: z.array(
        z.object({ id, name: z.string(), domain: z.string().nullable(), city: z.string().nullable(), country: z.string().nullable() }),
      ),
    }),
  },
} satisfies Contract;
