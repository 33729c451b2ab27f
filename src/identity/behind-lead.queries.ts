import { sql } from '../platform/db/index.ts';
import type { Sql } from '../platform/db/index.ts';

/**
 * Joins who is behind the leads of a query: `p`, the person, and `o`, its organization or, where it has none, the lead's. Whoever was merged
 * stands there as whoever stands for them now, so that no page and no mail goes on with a name that was taken back.
 * `lead`: a row with workspace_id, person_id and organization_id.
 */
export const behindLead = (lead: Sql): Sql => asStanding(lead, sql`case when p.organization_id is null then ${lead}.organization_id else p.organization_id end`);

/** The same, but `o` is the organization the lead itself is of: what it is given by, wherever its person works by now. */
export const namedByLead = (lead: Sql): Sql => asStanding(lead, sql`${lead}.organization_id`);

const asStanding = (lead: Sql, organizationId: Sql): Sql => sql`left join identity.person p0 on p0.workspace_id = ${lead}.workspace_id and p0.id = ${lead}.person_id
    left join identity.person p on p.workspace_id = ${lead}.workspace_id and p.id = case when p0.survivor_id is null then p0.id else p0.survivor_id end
    left join identity.organization o0 on o0.workspace_id = ${lead}.workspace_id and o0.id = ${organizationId}
    left join identity.organization o on o.workspace_id = ${lead}.workspace_id and o.id = case when o0.survivor_id is null then o0.id else o0.survivor_id end`;

/**
 * Rows of `key`, each of `ids` (an expression of uuid[]), and `id`, every id whoever stands for it now was ever known by: what was written
 * before two were joined is found under both.
 */
export const everKnownAs = (table: 'person' | 'organization', workspaceId: string, ids: Sql): Sql => {
  const of = table === 'person' ? sql`identity.person` : sql`identity.organization`;
  const stands = sql`select a.key, coalesce(n.survivor_id, a.key) as id from unnest(${ids}) as a (key) left join ${of} n on n.workspace_id = ${workspaceId} and n.id = a.key`;
  return sql`${stands} union all select s.key, m.id from (${stands}) s join ${of} m on m.workspace_id = ${workspaceId} and m.survivor_id = s.id`;
};
