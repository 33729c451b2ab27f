import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Context } from '../../platform/context.ts';
import { refuse } from '../../platform/refusal.ts';
import type { ErasureRow } from './erasure.store.ts';
import { whyErased } from './privacy.contract.ts';

const line = z.object({ id: z.uuid(), personIds: z.array(z.uuid()).min(1), why: whyErased, remembers: z.boolean(), askedAt: z.iso.datetime() });
export type ListedErasure = z.infer<typeof line>;

/** Outside the database, so that a restore of a backup from before does not lose it: ids and reasons, and nothing of anybody. */
export const erasureListPath = (cx: Context, workspaceId: string): string => join(cx.config.dataDir, 'erasures', `${workspaceId}.jsonl`);

export const lineOf = ({ id, personIds, why, remembers, askedAt }: ErasureRow): string => JSON.stringify({ id, personIds, why, remembers, askedAt });

export async function writeDown(cx: Context, workspaceId: string, erasure: ErasureRow): Promise<void> {
  const path = erasureListPath(cx, workspaceId);
  await mkdir(join(cx.config.dataDir, 'erasures'), { recursive: true });
  await appendFile(path, `${lineOf(erasure)}\n`);
}

/** The erasures of a list, each once; refuses a file that is none. */
export async function readErasureList(path: string): Promise<ListedErasure[]> {
  const text = await readFile(path, 'utf8').catch(() => refuse('not-found', 'identity/no-erasure-list', `There is no list of erasures at ${path}.`));
  const found = new Map<string, ListedErasure>();
  for (const [at, one] of text.split('\n').entries()) {
    if (!one.trim()) continue;
    const parsed = line.safeParse(safely(one));
    if (!parsed.success) refuse('invalid', 'identity/erasure-list', `Line ${at + 1} of ${path} is no erasure.`);
    found.set(parsed.data.id, parsed.data);
  }
  return [...found.values()];
}

function safely(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
