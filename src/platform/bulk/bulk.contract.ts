import { z } from 'zod';

const id = z.uuid();
const whole = z.number().int().min(0);
const instant = z.iso.datetime();

/** What is told of every change of many, whatever it is about. */
export const bulkRunShape = {
  id,
  state: z.enum(['waiting', 'running', 'finished', 'cancelled', 'undoing', 'undone']),
  total: whole.describe('Of how many it was asked.'),
  changed: whole,
  kept: whole.describe('Left as they were when it was undone: somebody had changed them since.'),
  jobId: id.nullable(),
  madeAt: instant,
  madeBy: z.string(),
  finishedAt: instant.nullable(),
  undoneAt: instant.nullable(),
  progress: z.object({ done: whole, total: whole.nullable(), note: z.string().nullable() }).nullable(),
};
