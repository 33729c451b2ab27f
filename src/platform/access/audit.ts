import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';

/** Notes who did what to the house itself (users, settings, tokens, exports); append-only for the application. */
export async function audit(
  tx: Tx,
  cx: Context,
  entry: { what: string; subjectId?: string; detail?: object; userId?: string },
): Promise<void> {
  await tx.run(sql`insert into platform.audit (workspace_id, id, at, user_id, what, subject_id, detail)
    values (${tx.scope.workspaceId}, ${cx.ids.next()}, ${cx.clock.now()}, ${entry.userId ?? tx.scope.userId ?? null}, ${entry.what}, ${entry.subjectId ?? null}, ${JSON.stringify(entry.detail ?? {})})`);
}
