import { raw, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Reading } from './reading.rules.ts';
import { columns, readingKinds, type ReadingKind, type Said } from './readings.queries.ts';

/** Texts of these people and organizations, or of everybody, that nobody has read yet. */
export async function findUnread(tx: Tx, of: { people: readonly string[]; organizations: readonly string[] } | 'everybody'): Promise<Said[]> {
  const { workspaceId } = tx.scope;
  const found: Said[] = [];
  for (const kind of readingKinds) {
    const ids = of === 'everybody' ? undefined : kind === 'title' ? of.people : of.organizations;
    if (ids?.length === 0) continue;
    const column = raw(`s.${kind}`);
    // Different spellings first: keys are made of those only.
    found.push(...(await tx.rows<Said>(sql`select ${kind} as kind, k.key, min(k.said) as said from (
        select identity.said_key(d.said) as key, d.said from (select distinct ${column} as said from ${columns[kind]} s
          where s.workspace_id = ${workspaceId} and ${column} is not null ${ids ? sql`and s.id = any(${ids}::uuid[])` : sql``}) d) k
      where k.key <> '' and not exists (select from identity.reading r where r.workspace_id = ${workspaceId} and r.kind = ${kind} and r.key = k.key)
      group by k.key`)));
  }
  return found;
}

/** By which organizations people are employed now. */
export async function findEmployers(tx: Tx, people: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select distinct organization_id as id from identity.person
    where workspace_id = ${tx.scope.workspaceId} and id = any(${people}::uuid[]) and organization_id is not null`);
  return rows.map((one) => one.id);
}

/** Keeps what rules read; a person's word stands. */
export async function saveReadings(tx: Tx, readings: readonly (Said & Reading)[], readBy: string): Promise<void> {
  if (readings.length === 0) return;
  await tx.run(sql`insert into identity.reading as r (workspace_id, kind, key, said, level, function, sector, words, read_by)
    select ${tx.scope.workspaceId}, v.kind, v.key, v.said, v.level, v.function, v.sector, v.words, ${readBy}
    from jsonb_to_recordset(${JSON.stringify(readings)}::jsonb) as v (kind text, key text, said text, level text, function text, sector text, words jsonb)
    on conflict (workspace_id, kind, key) do update set level = excluded.level, function = excluded.function, sector = excluded.sector, words = excluded.words,
      read_by = excluded.read_by, said_by = null, said_at = null where r.said_at is null`);
}

/** What other rules read than these. */
export const findReadByOthers = (tx: Tx, readBy: string, most: number): Promise<Said[]> =>
  tx.rows(sql`select kind, key, said from identity.reading where workspace_id = ${tx.scope.workspaceId} and read_by <> ${readBy} and said_at is null limit ${most}`);

export const findReading = (tx: Tx, kind: ReadingKind, said: string): Promise<(Said & Reading) | undefined> =>
  tx.maybe(sql`select kind, key, said, level, function, sector, words from identity.reading where workspace_id = ${tx.scope.workspaceId} and kind = ${kind} and key = identity.said_key(${said})`);

export async function saySo(tx: Tx, one: Said & Reading, at: Date): Promise<void> {
  await tx.run(sql`update identity.reading set level = ${one.level}, function = ${one.function}, sector = ${one.sector}, words = '{}', said_by = ${tx.scope.userId ?? null}, said_at = ${at}
    where workspace_id = ${tx.scope.workspaceId} and kind = ${one.kind} and key = ${one.key}`);
}

export async function takeBack(tx: Tx, one: Said & Reading, readBy: string): Promise<void> {
  await tx.run(sql`update identity.reading set level = ${one.level}, function = ${one.function}, sector = ${one.sector}, words = ${JSON.stringify(one.words)}::jsonb, read_by = ${readBy}, said_by = null, said_at = null
    where workspace_id = ${tx.scope.workspaceId} and kind = ${one.kind} and key = ${one.key}`);
}

/** Forgets what nobody's row says any more, but what people said of it. */
export async function forgetUnused(tx: Tx): Promise<number> {
  const { workspaceId } = tx.scope;
  let forgotten = 0;
  for (const kind of readingKinds)
    forgotten += await tx.run(sql`delete from identity.reading r where r.workspace_id = ${workspaceId} and r.kind = ${kind} and r.said_at is null
      and r.key not in (select identity.said_key(d.said) from (select distinct ${raw(`s.${kind}`)} as said from ${columns[kind]} s where s.workspace_id = ${workspaceId} and ${raw(`s.${kind}`)} is not null
        union select distinct s.own ->> ${kind} from ${columns[kind]} s where s.workspace_id = ${workspaceId} and s.own ->> ${kind} is not null) d)`);
  return forgotten;
}

/** Before these people are emptied: positions nobody else has go with them, whoever spoke of them. */
export async function forgetPositionsOf(tx: Tx, people: readonly string[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`with theirs as materialized (select distinct identity.said_key(t.said) as key from identity.person p cross join lateral (values (p.title), (p.own ->> 'title')) t (said)
      where p.workspace_id = ${workspaceId} and p.id = any(${people}::uuid[]) and t.said is not null)
    delete from identity.reading r using theirs where r.workspace_id = ${workspaceId} and r.kind = 'title' and r.key = theirs.key
      and not exists (select from identity.person o where o.workspace_id = ${workspaceId} and o.id <> all(${people}::uuid[]) and o.title is not null and identity.said_key(o.title) = r.key)`);
}
