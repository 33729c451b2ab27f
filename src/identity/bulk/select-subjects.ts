import type { Context } from '../../platform/context.ts';
import { sql, type Sql, type Tx } from '../../platform/db/index.ts';
import type { Kind } from '../merge.store.ts';
import { selectOrganizations } from '../organizations.queries.ts';
import { selectPeople } from '../people.queries.ts';
import { listFilter, type ListFilter } from '../read-people.ts';

/** Rows ticked, everybody a list shows under its filters, or whom another room finds (a column `id`). */
export type BulkSelection = { ids: string[] } | { filter: ListFilter } | { select: Sql };

/** How many are meant, the ids of the first so many, and the select that finds them all. */
export async function selectSubjects(tx: Tx, cx: Context, subject: Kind, selection: BulkSelection, limit: number): Promise<{ count: number; ids: string[]; select: Sql }> {
  const select = 'select' in selection ? selection.select : await selectListed(tx, cx, subject, selection);
  const { count } = await tx.one<{ count: number }>(sql`select count(*)::int as count from (${select}) s`);
  const rows = limit === 0 ? [] : await tx.rows<{ id: string }>(sql`select id from (${select}) s limit ${limit}`);
  return { count, ids: rows.map((row) => row.id), select };
}

async function selectListed(tx: Tx, cx: Context, subject: Kind, selection: { ids: string[] } | { filter: ListFilter }): Promise<Sql> {
  const filter = 'ids' in selection ? { ids: selection.ids } : await listFilter(tx, cx, subject, selection.filter);
  return subject === 'person' ? selectPeople(tx, filter) : selectOrganizations(tx, filter);
}
