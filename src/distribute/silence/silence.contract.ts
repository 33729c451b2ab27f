import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const instant = z.iso.datetime();

export const shareCutShape = z
  .object({
    holderId: id,
    holderName: z.string(),
    part: z.number().describe('Of its share, as measured: 1 is all of it.'),
    partToday: z.number().describe('What counts today: all of it while the cut is lifted or cuts are off.'),
    silent: z.int().min(0).describe('Of those offered in the last 90 days, passed on because nobody answered or followed up in time.'),
    offered: z.int().min(0),
    since: instant.describe('Since when it is as it is.'),
    contestedAt: instant.nullable(),
    contestNote: z.string().nullable(),
    liftedUntil: z.iso.date().nullable(),
  })
  .meta({ id: 'ShareCut' });

export const silenceApi = {
  'GET /v1/settings/share-cuts': { summary: 'Whether chronic silence lowers a partner’s share', response: z.object({ on: z.boolean() }) },
  'PUT /v1/settings/share-cuts': { summary: 'Let chronic silence lower a partner’s share, or not', body: z.object({ on: z.boolean() }), response: z.object({ on: z.boolean() }) },
  'GET /v1/share-cuts': {
    summary: 'Partners whose share of turns is lowered for silence, or would be; a partner sees its own',
    response: z.object({ on: z.boolean(), items: z.array(shareCutShape) }),
  },
  'POST /v1/holders/:id/share-cut/contest': {
    summary: 'Say why the cut of one’s share is not right: sales managers are mailed',
    params: z.object({ id }),
    body: z.object({ note: z.string().trim().min(1).max(2000) }),
    response: z.object({ contested: z.boolean() }),
  },
  'POST /v1/holders/:id/share-cut/lift': {
    summary: 'Lift the cut of a share until a day (that day included), or put it in force again',
    params: z.object({ id }),
    body: z.object({ untilOn: z.iso.date().nullable() }),
    response: z.object({ partToday: z.number() }),
  },
} satisfies Contract;
