import { z } from 'zod';
import type { Contract } from '../../platform/http/contract.ts';

const id = z.uuid();
const count = z.int().min(0);
const instant = z.iso.datetime();
const params = z.object({ id });

const file = z
  .object({
    id,
    fileName: z.string(),
    status: z.enum(['analysed', 'waiting', 'running', 'paused', 'finished', 'cancelled', 'failed', 'undoing', 'undone']),
    createdAt: instant,
    finishedAt: instant.nullable(),
    undoneAt: instant.nullable(),
    counts: z.object({ rows: count, new: count, updated: count, matched: count, skipped: count, problem: count }),
    problem: z.string().nullable(),
  })
  .meta({ id: 'VerdictFile' });
const problems = z.array(z.object({ row: z.int(), sentence: z.string() }));

export const filesApi = {
  'GET /v1/exchange/leads.csv': { summary: 'For a partner: its open leads as a table, with empty columns for verdict, sale value and the rest, to be filled in and brought back' },
  'GET /v1/exchange/files': { summary: 'Files of verdicts a partner brought, the latest first', response: z.object({ items: z.array(file) }) },
  'POST /v1/exchange/files': {
    summary: 'Bring a file of verdicts (multipart field “file”: CSV or XLSX): answers with what it would do. Nothing is done before it is started.',
    response: z.object({
      file,
      would: z.array(z.object({ what: z.string(), count, samples: z.array(z.string()) })),
      outcomes: z.object({ new: count, updated: count, matched: count, skipped: count, problem: count }),
      rows: count,
      problems: z.array(z.object({ count, example: z.string() })),
      columns: z.array(z.object({ header: z.string(), readAs: z.string() })),
    }),
  },
  'GET /v1/exchange/files/:id': { summary: 'One of them, with the rows that could not be taken', params, response: z.object({ file, problems }) },
  'POST /v1/exchange/files/:id/start': { summary: 'Do what the preview said', params, response: file },
  'POST /v1/exchange/files/:id/undo': {
    summary: 'Take its verdicts back; what was judged anew since stays as it is',
    params,
    response: file,
  },
} satisfies Contract;
