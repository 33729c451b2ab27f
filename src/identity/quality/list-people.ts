/**
 * Who is on a list, and whom it brought: somebody belongs to whatever they came from first, by the order of arrival here, merged ones counted
 * as one. A later list only repeats them; where an earlier one is taken back, they belong to the next.
 */
import { sql, type Sql, type Tx } from '../../platform/db/index.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';

/** Sightings of a list that stand: rows of a list of people, and inquiries (whose ids lie in a range, since ids follow time). */
const sighted = (workspaceId: string, listId: string): Sql => sql`select s.person_id from capture.list_part part
    join identity.sighting s on s.workspace_id = ${workspaceId} and s.import_id = part.import_id and s.inquiry_id is null and s.withdrawn_at is null
    where part.workspace_id = ${workspaceId} and part.list_id = ${listId}
  union all select s.person_id from capture.list_part part
    join capture.import m on m.workspace_id = ${workspaceId} and m.id = part.import_id
    join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id between m.first_inquiry_id and m.last_inquiry_id and i.import_id = m.id
    join identity.sighting s on s.workspace_id = ${workspaceId} and s.inquiry_id = i.id and s.withdrawn_at is null
    where part.workspace_id = ${workspaceId} and part.list_id = ${listId}`;

/** Everybody on it, as a select of ids of those they are now. */
const onList = (workspaceId: string, listId: string): Sql => sql`select case when p.survivor_id is null then p.id else p.survivor_id end as id
  from (${sighted(workspaceId, listId)}) l join identity.person p on p.workspace_id = ${workspaceId} and p.id = l.person_id`;

/** Those of them whose first arrival that stands is on the list. */
export const brought = (workspaceId: string, listId: string): Sql => sql`select f.id from (
    select distinct on (g.id) g.id, s.import_id from (select distinct id from (${onList(workspaceId, listId)}) named) g
    join identity.person m on m.workspace_id = ${workspaceId} and (m.id = g.id or m.survivor_id = g.id)
    join identity.sighting s on s.workspace_id = ${workspaceId} and s.person_id = m.id and s.withdrawn_at is null
    order by g.id, s.id) f
  where f.import_id in (select import_id from capture.list_part where workspace_id = ${workspaceId} and list_id = ${listId})`;

const kinds: Record<string, { of: (workspaceId: string, listId: string) => Sql; sentence: string }> = {
  'list-all': { of: onList, sentence: 'are on the list' },
  'list-new': { of: brought, sentence: 'first came by the list' },
  'list-known': {
    of: (workspaceId, listId) => sql`select id from (${onList(workspaceId, listId)}) named where id not in (${brought(workspaceId, listId)})`,
    sentence: 'were known before the list',
  },
};

function readList(text: string): { kind: (typeof kinds)[string]; listId: string } | undefined {
  const [name = '', listId] = text.split('.');
  const kind = kinds[name];
  return kind && isUuid(listId) ? { kind, listId } : undefined;
}

/** The people of `list-all.ID`, `list-new.ID` or `list-known.ID`; undefined for any other group. */
export function peopleOfList(workspaceId: string, text: string): Sql | undefined {
  const read = readList(text);
  return read?.kind.of(workspaceId, read.listId);
}

export async function listSentence(tx: Tx, text: string): Promise<string | undefined> {
  const read = readList(text);
  if (!read) return undefined;
  const found = await tx.maybe<{ name: string }>(sql`select file_name as name from capture.import where workspace_id = ${tx.scope.workspaceId} and id = ${read.listId}`);
  return `they ${read.kind.sentence} ${found?.name ?? 'that is gone'}`;
}
