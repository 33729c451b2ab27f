import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const diary = z
  .object({
    calendarUrl: z.string().nullable().describe('Whoever knows it sees the next actions: renew it when it got about.'),
    planHour: z.int().min(0).max(23).nullable().describe('When the mail with the day’s plan goes out, in the holder’s time; null: never.'),
  })
  .meta({ id: 'Diary' });

export const diaryApi = {
  'GET /v1/diary': { summary: 'My calendar’s address and the hour of my plan by mail', response: diary },
  'POST /v1/diary/calendar': { summary: 'Make my calendar’s address, or another one in its place', body: z.object({}).nullish(), response: diary },
  'DELETE /v1/diary/calendar': { summary: 'Take my calendar’s address back', response: diary },
  'PUT /v1/diary/plan': { summary: 'Say at which hour my plan is mailed', body: diary.pick({ planHour: true }), response: diary },
} satisfies Contract;
