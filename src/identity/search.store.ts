import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { wordsOf } from './search.rules.ts';

export type SearchEntry = { kind: 'p' | 'o'; id: string; text: string };
export interface Searchable {
  id: string;
  fullName: string | null;
  organization: string | null;
  email: string | null;
  phoneE164: string | null;
  phone: string | null;
  mobileE164: string | null;
  externalId: string | null;
  gone: boolean;
}

export function loadSearchablePeople(tx: Tx, ids: readonly string[]): Promise<Searchable[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select p.id, p.full_name, o.name as organization, p.email, p.phone, p.phone_e164, p.mobile_e164, p.external_id,
      (p.survivor_id is not null or p.retired_at is not null) as gone
    from identity.person p left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    where p.workspace_id = ${workspaceId} and p.id = any(${ids}::uuid[])`);
}

export function loadSearchableOrganizations(
  tx: Tx,
  ids: readonly string[],
): Promise<{ id: string; name: string; domain: string | null; phone: string | null; city: string | null; gone: boolean }[]> {
  return tx.rows(sql`select id, name, domain, phone, city, (survivor_id is not null or retired_at is not null) as gone
    from identity.organization where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
}

/** Sent at once: whoever has more to do need not wait for it. `filed`: words that are known to stand there; those of these entries join them. */
export async function saveSearchEntries(
  tx: Tx,
  entries: readonly SearchEntry[],
  gone: readonly string[],
  filed = new Set<string>(),
): Promise<void> {
  const { workspaceId } = tx.scope;
  const sent: Promise<unknown>[] = [];
  if (entries.length > 0) {
    sent.push(tx.run(sql`insert into identity.search_entry (workspace_id, kind, id, text)
      select ${workspaceId}, k, i, t from unnest(${entries.map((e) => e.kind)}::text[], ${entries.map((e) => e.id)}::uuid[], ${entries.map((e) => e.text)}::text[]) v (k, i, t)
      on conflict (workspace_id, kind, id) do update set text = excluded.text where search_entry.text <> excluded.text`));
    const words = [...new Set(entries.flatMap(({ text }) => wordsOf(text)))].filter((word) => !filed.has(word));
    if (words.length > 0) sent.push(addWords(tx, words));
    tx.afterCommit(() => {
      for (const word of words) filed.add(word);
    });
  }
  if (gone.length > 0) sent.push(tx.run(sql`delete from identity.search_entry where workspace_id = ${workspaceId} and id = any(${gone}::uuid[])`));
  await Promise.all(sent);
}

/** In the order of the words, so that two who add the same ones wait for each other and no more. */
const addWords = (tx: Tx, words: readonly string[]): Promise<number> =>
  tx.run(sql`insert into identity.search_word (workspace_id, word) select ${tx.scope.workspaceId}, word from unnest(${words.toSorted()}::text[]) w (word)
    where not exists (select 1 from identity.search_word s where s.workspace_id = ${tx.scope.workspaceId} and s.word = w.word)
    order by word on conflict do nothing`);

/** Takes entries out at once, with the words that only they had. */
export async function dropFromSearch(tx: Tx, kind: 'p' | 'o', ids: readonly string[]): Promise<void> {
  const { workspaceId } = tx.scope;
  const gone = await tx.rows<{ text: string }>(sql`delete from identity.search_entry where workspace_id = ${workspaceId} and kind = ${kind} and id = any(${ids}::uuid[]) returning text`);
  await tx.run(sql`delete from identity.search_word w where workspace_id = ${workspaceId} and word = any(${[...new Set(gone.flatMap(({ text }) => wordsOf(text)))]}::text[])
    and not exists (select 1 from identity.search_any(jsonb_build_array(jsonb_build_array('% ' || w.word || ' %', '% ' || w.word)), null, 1))`);
}

/** Forgets words by which nobody can be found any more. */
export const pruneWords = (tx: Tx): Promise<number> =>
  tx.run(sql`delete from identity.search_word w where workspace_id = ${tx.scope.workspaceId} and not exists (
    select 1 from (select distinct unnest(string_to_array(btrim(text), ' ')) as word from identity.search_entry where workspace_id = ${tx.scope.workspaceId}) e where e.word = w.word)`);

export async function findNearWords(tx: Tx, word: string): Promise<string[]> {
  const rows = await tx.rows<{ word: string }>(sql`select word from identity.near_words(${word}, 60)`);
  return rows.map((row) => row.word);
}

/** `words`: of each word asked for, the patterns it may be found by. Of each kind up to `limit`, or only of the one wanted. */
export async function findInSearch(tx: Tx, words: readonly (readonly string[])[], limit: number, kind: 'p' | 'o' | null = null): Promise<{ p: string[]; o: string[] }> {
  const found = await tx.rows<{ id: string; kind: 'p' | 'o' }>(sql`select id, kind from identity.search_any(${JSON.stringify(words)}::jsonb, ${kind}, ${limit})`);
  const of = (wanted: 'p' | 'o'): string[] => found.flatMap((one) => (one.kind === wanted ? [one.id] : []));
  return { p: of('p'), o: of('o') };
}

/** Whom and which organization inquiries were taken for. */
export const findSighted = (tx: Tx, inquiryIds: readonly string[]): Promise<{ personId: string; organizationId: string | null }[]> =>
  tx.rows(
    sql`select distinct person_id, organization_id from identity.sighting where workspace_id = ${tx.scope.workspaceId} and inquiry_id = any(${inquiryIds}::uuid[])`,
  );
