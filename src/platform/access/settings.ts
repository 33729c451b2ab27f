import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';
import { audit } from './audit.ts';

/** A setting's value, or the room's default where nobody set it. */
export async function readSetting<T>(tx: Tx, key: string, fallback: T): Promise<T> {
  const row = await tx.maybe<{ value: T }>(
    sql`select value from platform.setting where workspace_id = ${tx.scope.workspaceId} and key = ${key}`,
  );
  return row?.value ?? fallback;
}

export async function writeSetting(tx: Tx, cx: Context, key: string, value: unknown): Promise<void> {
  await tx.run(sql`insert into platform.setting (workspace_id, key, value, changed_at, changed_by)
    values (${tx.scope.workspaceId}, ${key}, ${JSON.stringify(value)}, ${cx.clock.now()}, ${tx.scope.userId ?? null})
    on conflict (workspace_id, key) do update set value = excluded.value, changed_at = excluded.changed_at, changed_by = excluded.changed_by`);
  await audit(tx, cx, { what: 'setting.changed', detail: { key } });
}
