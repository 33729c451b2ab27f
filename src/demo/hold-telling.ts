import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import { systemScope } from '../platform/access/index.ts';
import { isBeingTold } from './demo.store.ts';

const seed = 0x7e11;

/**
 * Holds the workspace while its past is told. The lock lives with the connection, so the death of who tells frees it, and whoever finds
 * a workspace half told and free knows that nobody is at it any more.
 */
export async function holdTelling(cx: Context, workspaceId: string): Promise<{ release(): Promise<void> }> {
  const client = await cx.db.connect();
  const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_lock(hashtextextended($1, $2)) as mine', [
    workspaceId,
    seed,
  ]);
  if (rows[0]?.mine) return { release: () => client.end() };
  await client.end();
  return refuse('conflict', 'demo/being-told', 'The demo company is being told into this workspace already. Wait for it to finish.');
}

/** A demo workspace whose telling died half way, if there is one. */
export async function findInterrupted(cx: Context): Promise<string | undefined> {
  for (const id of await cx.db.workspaceIds()) {
    if (!(await cx.db.read(systemScope(id), isBeingTold))) continue;
    const held = await holdTelling(cx, id).catch(() => undefined);
    if (!held) continue;
    await held.release();
    return id;
  }
  return undefined;
}
