import { raw, sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { Reading } from './reading.rules.ts';

export const readingKinds = ['title', 'industry', 'naics', 'sic'] as const;
export type ReadingKind = (typeof readingKinds)[number];

/** Where each kind stands. */
export const columns: Record<ReadingKind, Sql> = { title: sql`identity.person`, industry: sql`identity.organization`, naics: sql`identity.organization`, sic: sql`identity.organization` };

export interface Said {
  kind: ReadingKind;
  key: string;
  said: string;
}

export interface ReadingRow extends Reading, Said {
  count: number;
  saidByName: string | null;
  saidAt: Date | null;
}

/** Texts by how many people or organizations have them, the most first. */
export function listReadings(tx: Tx, kind: 'title' | 'industry', which: 'unread' | 'said' | 'all', limit: number): Promise<ReadingRow[]> {
  const { workspaceId } = tx.scope;
  const column = raw(`s.${kind}`);
  const wanted = which === 'all' ? sql`` : which === 'said' ? sql`and r.said_at is not null` : kind === 'title' ? sql`and r.said_at is null and (r.level = 'unknown' or r.function = 'unknown')` : sql`and r.said_at is null and r.sector is null`;
  return tx.rows(sql`with had as materialized (
      select identity.said_key(g.said) as key, sum(g.n)::int as n from (select ${column} as said, count(*) as n from ${columns[kind]} s
        where s.workspace_id = ${workspaceId} and s.survivor_id is null and s.retired_at is null and ${column} is not null group by 1) g group by 1)
    select r.kind, r.key, r.said, r.level, r.function, r.sector, r.words, r.said_at, u.name as said_by_name, coalesce(h.n, 0) as count
    from identity.reading r ${which === 'said' ? sql`left join` : sql`join`} had h on h.key = r.key
    left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id = r.said_by
    where r.workspace_id = ${workspaceId} and r.kind = ${kind} ${wanted}
    order by coalesce(h.n, 0) desc, r.key limit ${limit}`);
}

export type TextRead = Reading & { kind: ReadingKind; saidAt: Date | null; saidByName: string | null };

/** What these texts are read as, those nobody has read yet left out. */
export async function findRead(tx: Tx, texts: Partial<Record<ReadingKind, string | null>>): Promise<Map<ReadingKind, TextRead>> {
  const asked = readingKinds.filter((kind) => texts[kind]);
  if (asked.length === 0) return new Map();
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<TextRead>(sql`select r.kind, r.level, r.function, r.sector, r.words, r.said_at, u.name as said_by_name
    from unnest(${asked}::text[], ${asked.map((kind) => texts[kind]!)}::text[]) as t (kind, said)
    join identity.reading r on r.workspace_id = ${workspaceId} and r.kind = t.kind and r.key = identity.said_key(t.said)
    left join platform.app_user u on u.workspace_id = ${workspaceId} and u.id = r.said_by`);
  return new Map(rows.map((row) => [row.kind, row]));
}

/** How many people have a position and companies a business, and of how many it is not understood (of a position: rank or function). */
export async function countUnread(tx: Tx): Promise<{ titles: { of: number; unread: number }; businesses: { of: number; unread: number } }> {
  const { workspaceId } = tx.scope;
  const count = (kind: 'title' | 'industry', unread: Sql) =>
    tx.one<{ of: number; unread: number }>(sql`select coalesce(sum(g.n), 0)::int as of, coalesce(sum(g.n) filter (where ${unread}), 0)::int as unread
      from (select ${raw(`s.${kind}`)} as said, count(*) as n from ${columns[kind]} s
        where s.workspace_id = ${workspaceId} and s.survivor_id is null and s.retired_at is null and ${raw(`s.${kind}`)} is not null group by 1) g
      join identity.reading r on r.workspace_id = ${workspaceId} and r.kind = ${kind} and r.key = identity.said_key(g.said)`);
  return {
    titles: await count('title', sql`r.said_at is null and (r.level = 'unknown' or r.function = 'unknown')`),
    businesses: await count('industry', sql`r.said_at is null and r.sector is null`),
  };
}

/** What people said of positions and businesses, as a lookup. Few: one query, whatever the batch. */
export async function loadSaid(tx: Tx): Promise<{ position(title: string | null): { level: string; function: string } | undefined; sector(industry: string | null): string | undefined }> {
  const rows = await tx.rows<Said & { level: string | null; function: string | null; sector: string | null }>(sql`select kind, key, said, level, function, sector from identity.reading
    where workspace_id = ${tx.scope.workspaceId} and said_at is not null`);
  const found = new Map(rows.map((row) => [`${row.kind} ${row.key}`, row]));
  const find = (kind: ReadingKind, said: string | null) => (said === null || found.size === 0 ? undefined : found.get(`${kind} ${said.replace(/\s+/g, ' ').trim().toLowerCase().slice(0, 200)}`));
  return {
    position(title) {
      const row = find('title', title);
      return row?.level && row.function ? { level: row.level, function: row.function } : undefined;
    },
    sector: (industry) => find('industry', industry)?.sector ?? undefined,
  };
}
