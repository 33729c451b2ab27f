import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const count = z.int().min(0);

export const extractFormat = z.enum(['parquet', 'csv']);
export type ExtractFormat = z.infer<typeof extractFormat>;

export const extractDataset = z
  .object({
    name: z.string(),
    /** one row per what */
    what: z.string(),
    columns: z.array(z.object({ name: z.string(), type: z.string() })),
  })
  .meta({ id: 'ExtractDataset' });
export type ExtractDataset = z.infer<typeof extractDataset>;

export const extractFile = z.object({
  dataset: z.string(),
  name: z.string(),
  /** rows as they stand; in an extract of changes, those that are new or other than before */
  rows: count,
  /** ids that are there no more (only in an extract of changes) */
  deleted: count,
  bytes: count,
  sha256: z.string(),
});
export type ExtractFile = z.infer<typeof extractFile>;

export const extract = z
  .object({
    id,
    /** what the next extract of changes is asked by: `since` */
    number: count,
    datasets: z.array(z.string()),
    format: extractFormat,
    since: count.nullable(),
    state: z.enum(['waiting', 'running', 'finished', 'failed', 'cancelled', 'removed']),
    problem: z.string().nullable(),
    jobId: id.nullable(),
    /** while it is made: datasets done, of how many, and which is in hand */
    progress: z.object({ done: count, total: count.nullable(), note: z.string().nullable() }).nullable(),
    askedAt: z.iso.datetime(),
    askedBy: z.string().nullable(),
    /** the instant the files show */
    seenAt: z.iso.datetime().nullable(),
    finishedAt: z.iso.datetime().nullable(),
    files: z.array(extractFile),
  })
  .meta({ id: 'Extract' });
export type Extract = z.infer<typeof extract>;

export const askedExtract = z.object({
  /** none: all there are */
  datasets: z.array(z.string().max(40)).max(50).optional(),
  format: extractFormat.default('parquet'),
  /** only what changed since the extract of this number; `last`: since the latest that was finished */
  since: z.union([z.int().min(0).max(2_000_000_000), z.literal('last')]).optional(),
});
export type AskedExtract = z.infer<typeof askedExtract>;

export const extractsApi = {
  'GET /v1/extracts/datasets': { summary: 'What can be extracted, column by column', response: z.object({ items: z.array(extractDataset) }) },
  'GET /v1/extracts': { summary: 'Extracts made, the latest first', response: z.object({ items: z.array(extract) }) },
  'POST /v1/extracts': { summary: 'Make an extract: whole, or what changed since an earlier one', body: askedExtract, response: extract },
  'GET /v1/extracts/:id': { summary: 'One extract and its files', params: z.object({ id }), response: extract },
  'POST /v1/extracts/:id/cancel': { summary: 'Stop an extract', params: z.object({ id }), response: extract },
  'GET /v1/extracts/:id/files/:name': {
    summary: 'A file of an extract; answers ranges, so that a broken download goes on where it broke',
    params: z.object({ id, name: z.string().max(80) }),
  },
} as const satisfies Contract;
