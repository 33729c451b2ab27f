import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const days = z.array(z.object({ on: z.iso.date(), name: z.string().trim().max(120) })).max(3000);

export const holidayListShape = z
  .object({
    id,
    name: z.string(),
    country: z.string().nullable(),
    days,
    holders: z.array(z.object({ id, name: z.string() })).meta({ description: 'Whose clocks rest on these days.' }),
  })
  .meta({ id: 'HolidayList' });

const body = z.object({
  name: z.string().trim().min(1).max(120),
  country: z.string().length(2).toUpperCase().nullish(),
  days,
  holderIds: z.array(id).max(5000),
});

export const holidaysApi = {
  'GET /v1/holidays': { summary: 'Lists of public holidays, and whose they are', response: z.object({ items: z.array(holidayListShape) }) },
  'POST /v1/holidays': { summary: 'Add a list of public holidays', body, response: holidayListShape },
  'PUT /v1/holidays/:id': {
    summary: 'Change a list of public holidays; clocks that run keep theirs',
    params: z.object({ id }),
    body,
    response: holidayListShape,
  },
  'DELETE /v1/holidays/:id': {
    summary: 'Remove a list of public holidays',
    params: z.object({ id }),
    response: z.object({ removed: z.boolean() }),
  },
  'POST /v1/holidays/read': {
    summary: 'Read the days of an iCalendar text, from this year on; nothing is kept',
    body: z.object({ text: z.string().min(1).max(900_000) }),
    response: z.object({ days, skipped: z.array(z.object({ name: z.string(), why: z.string() })) }),
  },
} satisfies Contract;
