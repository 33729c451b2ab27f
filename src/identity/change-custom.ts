import { raw, sql, type Tx } from '../platform/db/index.ts';
import { readCustomPatch } from '../platform/fields/index.ts';
import type { Kind } from './merge.store.ts';

/** Sets custom fields of a person or an organization, in the row and in its own word from before a merge; returns the keys that changed. */
export async function changeCustom(
  tx: Tx,
  kind: Kind,
  row: { id: string; custom: Record<string, unknown> | null },
  given: Record<string, unknown>,
): Promise<string[]> {
  const patch = await readCustomPatch(tx, kind, given);
  const news = Object.entries(patch).filter(([key, value]) => (row.custom?.[key] ?? null) !== value);
  if (news.length === 0) return [];
  const set = JSON.stringify(Object.fromEntries(news.filter(([, value]) => value !== null)));
  const clear = news.filter(([, value]) => value === null).map(([key]) => key);
  await tx.run(sql`update identity.${raw(kind)} p set
      custom = nullif((coalesce(p.custom, '{}') || ${set}::jsonb) - ${clear}::text[], '{}'),
      own = case when p.own is null then null else p.own || jsonb_build_object('custom',
        nullif((coalesce(nullif(p.own->'custom', 'null'), '{}') || ${set}::jsonb) - ${clear}::text[], '{}')) end
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = ${row.id}`);
  return news.map(([key]) => `custom.${key}`);
}
