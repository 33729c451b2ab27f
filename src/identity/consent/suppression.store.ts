import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { SuppressionChannel } from './consent.rules.ts';

export interface SuppressionRow {
  id: string;
  channel: SuppressionChannel;
  kind: 'address' | 'domain' | 'number' | 'place' | 'erased';
  key: string;
  shown: string | null;
  list: string;
  addedAt: Date;
  addedBy: string;
  /** the file it came in */
  importId?: string;
}

/** What is on a list already stays as it is; answers how many are new. */
export function insertSuppressions(tx: Tx, rows: readonly SuppressionRow[]): Promise<number> {
  const { workspaceId } = tx.scope;
  const json = rows.map(({ id, channel, kind, key, shown, list, addedAt, addedBy, importId = null }) => ({ id, channel, kind, key, shown, list, added_at: addedAt, added_by: addedBy, import_id: importId }));
  return tx.run(sql`insert into identity.suppression (workspace_id, id, channel, kind, key, shown, list, added_at, added_by, import_id)
    select ${workspaceId}, x.id, x.channel, x.kind, x.key, x.shown, x.list, x.added_at, x.added_by, x.import_id
    from jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as x (id uuid, channel text, kind text, key text, shown text, list text, added_at timestamptz, added_by text, import_id uuid)
    on conflict do nothing`);
}

export async function removeSuppression(tx: Tx, id: string): Promise<SuppressionRow | undefined> {
  return tx.maybe(sql`delete from identity.suppression where workspace_id = ${tx.scope.workspaceId} and id = ${id} and kind <> 'erased' returning *`);
}

export function listSuppressions(
  tx: Tx,
  filter: { channel: string | undefined; q: string | undefined; after: { at: string; id: string } | undefined; limit: number },
): Promise<SuppressionRow[]> {
  const { channel, q, after, limit } = filter;
  return tx.rows(sql`select s.id, s.channel, s.kind, s.key, s.shown, s.list, s.added_at, coalesce(u.name, s.added_by) as added_by
    from identity.suppression s left join platform.app_user u on u.workspace_id = s.workspace_id and u.id::text = s.added_by
    where s.workspace_id = ${tx.scope.workspaceId} and (${channel ?? null}::text is null or s.channel = ${channel ?? null})
      and (${q ?? null}::text is null or strpos(lower(s.shown), lower(${q ?? null})) > 0 or strpos(lower(s.list), lower(${q ?? null})) > 0)
      and (${after?.id ?? null}::uuid is null or (s.added_at, s.id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by s.added_at desc, s.id desc limit ${limit}`);
}

export async function countSuppressions(tx: Tx): Promise<Record<SuppressionChannel, number>> {
  const rows = await tx.rows<{ channel: SuppressionChannel; n: number }>(
    sql`select channel, count(*)::int as n from identity.suppression where workspace_id = ${tx.scope.workspaceId} group by channel`,
  );
  return { mail: 0, phone: 0, post: 0, fax: 0, ...Object.fromEntries(rows.map((row) => [row.channel, row.n])) };
}

/** Which of these keys (`channel kind key`) are on a list, and on which. */
export async function findSuppressed(tx: Tx, keys: readonly string[]): Promise<Map<string, string>> {
  if (keys.length === 0) return new Map();
  const parts = keys.map((key) => /^(\S+) (\S+) (.*)$/s.exec(key)!);
  const rows = await tx.rows<{ asked: string; list: string }>(sql`select k.asked, s.list
    from unnest(${keys}::text[], ${parts.map((p) => p[1]!)}::text[], ${parts.map((p) => p[2]!)}::text[], ${parts.map((p) => p[3]!)}::text[]) as k (asked, channel, kind, key)
    join identity.suppression s on s.workspace_id = ${tx.scope.workspaceId} and s.channel = k.channel and s.kind = k.kind and s.key = k.key`);
  return new Map(rows.map((row) => [row.asked, row.list]));
}

export const findFileName = async (tx: Tx, importId: string): Promise<string | undefined> =>
  (await tx.maybe<{ fileName: string }>(sql`select file_name from capture.import where workspace_id = ${tx.scope.workspaceId} and id = ${importId}`))?.fileName;

/** Takes off what an import put on its lists; how many of each channel. */
export const removeSuppressionsOf = (tx: Tx, importId: string): Promise<{ channel: SuppressionChannel; n: number }[]> =>
  tx.rows(sql`with gone as (delete from identity.suppression where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} returning channel)
    select channel, count(*)::int as n from gone group by channel order by channel`);
