import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const diary = z
  .object({
    calendarUrl: z.string().nullable().describe('Whoever knows it sees the next actions: renew it when it got about.'),
    planHour: z.int().min(0).max(23).nullable().describe('When the mail with the day’s plan goes out, in the holder’s time; null: never.'),
  })
  .meta({ id: 'Diary' });

const meeting = z.object({
  startsAt: z.iso.datetime(),
  minutes: z.int().min(5).max(1440),
  what: z.string().trim().min(1).max(200).describe('As it stands in both calendars.'),
  place: z.string().trim().max(500).nullable().describe('Where: an address, a number to dial or the address of a video call.'),
  words: z.string().max(5000).nullable().describe('Above the invitation in the mail.'),
  invite: z.boolean().describe('Whether the person is mailed an invitation; replies go to whoever invites.'),
});

export const diaryApi = {
  'PUT /v1/leads/:id/meeting': {
    summary: 'Plan a meeting: it is the next action, stands in the calendar, and the person is invited by mail where asked',
    params: z.object({ id: z.uuid() }),
    body: meeting,
    response: z.object({ invitedTo: z.string().nullable() }),
  },
  'GET /v1/diary': { summary: 'My calendar’s address and the hour of my plan by mail', response: diary },
  'POST /v1/diary/calendar': { summary: 'Make my calendar’s address, or another one in its place', body: z.object({}).nullish(), response: diary },
  'DELETE /v1/diary/calendar': { summary: 'Take my calendar’s address back', response: diary },
  'PUT /v1/diary/plan': { summary: 'Say at which hour my plan is mailed', body: diary.pick({ planHour: true }), response: diary },
} satisfies Contract;
