import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';
import { groups, levels } from './levels.rules.ts';

const id = z.uuid();
const level = z.enum(levels);
const whole = z.number().int().min(0);

const personQuality = z
  .object({
    levels: z
      .array(z.object({ group: z.enum(groups), level: level.nullable().describe('null: nothing is known.'), reasons: z.array(z.object({ code: z.string(), level, sentence: z.string() })) }))
      .describe('Judged at the moment of asking.'),
    wanted: z.array(z.string()).describe('What is missing or bad, the most useful first.'),
  })
  .meta({ id: 'PersonQuality' });

export const qualityApi = {
  'GET /v1/people/:id/quality': {
    summary: 'How far what is known of a person can be trusted, and why',
    params: z.object({ id }),
    response: personQuality,
  },
  'GET /v1/quality/settings': {
    summary: 'After how long people count as silent, whether domains are asked about, and the judgement of everybody under way',
    response: z.object({
      staleMonths: whole,
      domainsAsked: z.boolean(),
      judgedAt: z.iso.datetime().nullable(),
      underWay: z.object({ jobId: id, done: whole, total: whole.nullable(), note: z.string().nullable() }).nullable(),
    }),
  },
  'PUT /v1/quality/settings': {
    summary: 'Say after how many months without a sign of life people count as silent; everybody is judged again',
    body: z.object({ staleMonths: z.number().int().min(1).max(240) }),
    response: z.object({ jobId: id }),
  },
} satisfies Contract;
