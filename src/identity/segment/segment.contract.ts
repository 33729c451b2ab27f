import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { criteria, whereText } from '../../platform/values/criteria.contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();
const subject = z.enum(['person', 'organization']);
/** whose fields conditions are about; `lead`: whoever is behind a lead, an inquiry or a sale */
const about = z.enum(['person', 'organization', 'lead']);
const kind = z.enum(['live', 'static']).describe('live follows what happens; static is the list as it was when it was made');
const count = z.number().int().min(0);
const name = z.string().trim().min(1).max(120);
const note = z.string().trim().max(1000).nullable();

const segment = z
  .object({
    id,
    name: z.string(),
    note: z.string().nullable(),
    subject,
    kind,
    criteria,
    sentence: z.string().describe('The conditions as people say them.'),
    members: count,
    madeAt: instant,
    changedAt: instant,
    countedAt: instant.describe('When everybody was last looked at.'),
    movedAt: instant.describe('When a member last came or went.'),
    problem: z.string().nullable().describe('Why a live segment cannot be kept: a field it asks for is gone.'),
  })
  .meta({ id: 'Segment' });

const member = z
  .object({
    id,
    name: z.string(),
    title: z.string().nullable(),
    organization: z.string().nullable(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    city: z.string().nullable(),
    country: z.string().nullable(),
    lastSeenAt: instant,
  })
  .meta({ id: 'SegmentMember' });

const field = z
  .object({
    field: z.string(),
    label: z.string(),
    type: z.enum(['text', 'choice', 'country', 'id', 'number', 'money', 'boolean', 'instant', 'day']),
    group: z.string(),
    many: z.literal(true).optional().describe('One may have several values: a condition holds where it holds for one of them.'),
    choices: z.array(z.object({ value: z.string(), label: z.string() })).optional(),
    of: z.enum(['program', 'source']).optional(),
    operators: z.array(z.string()),
  })
  .meta({ id: 'SegmentField' });

const page = { cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).default(50) };

export const segmentsApi = {
  'GET /v1/segments': {
    summary: 'Segments by name',
    query: z.object({ subject: subject.optional() }),
    response: z.object({ items: z.array(segment) }),
  },
  'GET /v1/segments/fields': {
    summary: 'What segments (and, of a lead, lists and reports) may ask about, custom fields included',
    query: z.object({ subject: about }),
    response: z.object({ items: z.array(field) }),
  },
  'POST /v1/segments/preview': {
    summary: 'How many conditions find now, some of them, and the conditions as a sentence. Nothing is kept.',
    body: z.object({ subject, criteria }),
    response: z.object({ count: count.nullable(), sample: z.array(member), sentence: z.string(), problems: z.array(z.string()) }),
  },
  'GET /v1/segments/sentence': {
    summary: 'Conditions, as they stand in the address of a list, as people say them',
    query: z.object({ subject: about, where: whereText('those of the list'), group: z.string().max(60).optional() }),
    response: z.object({ sentence: z.string() }),
  },
  'POST /v1/segments': {
    summary: 'Make a segment and fill it',
    body: z.object({ name, note: note.optional(), subject, kind: kind.default('live'), criteria }),
    response: segment,
  },
  'GET /v1/segments/:id': { summary: 'One segment', params: z.object({ id }), response: segment },
  'PATCH /v1/segments/:id': {
    summary: 'Change a segment. New conditions fill it anew; turning live into static freezes it.',
    params: z.object({ id }),
    body: z.object({ name: name.optional(), note: note.optional(), kind: kind.optional(), criteria: criteria.optional() }),
    response: segment,
  },
  'DELETE /v1/segments/:id': { summary: 'Delete a segment; its members stay who they are', params: z.object({ id }), response: z.object({ removed: z.literal(true) }) },
  'GET /v1/segments/:id/members': {
    summary: 'Who is in it, the most recently seen first',
    params: z.object({ id }),
    query: z.object(page),
    response: z.object({ items: z.array(member), nextCursor: z.string().nullable() }),
  },
  'GET /v1/segments/:id/members.csv': { summary: 'All members as CSV, custom fields included', params: z.object({ id }), response: z.any() },
  'POST /v1/segments/rebuild': {
    summary: 'Look at everybody again for all live segments, in the background',
    response: z.object({ jobId: id }),
  },
  'GET /v1/segments/check': {
    summary: 'Whether the members kept are those the conditions find now',
    response: z.object({
      agree: z.boolean(),
      items: z.array(
        z.object({ id, name: z.string(), members: count, found: count, missing: count, extra: count, counted: z.boolean() }),
      ),
    }),
  },
} satisfies Contract;
