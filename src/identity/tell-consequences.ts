import type { TellConsequences } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';
import type { Sql } from '../platform/db/index.ts';

interface Counted {
  count: number;
  samples: string[];
}

/** Whom the rows of an import turned out to be: people and organizations made, recognised, and pairs somebody would have to look at. */
export const tellIdentity: TellConsequences = async (tx, importId, since) => {
  const { workspaceId } = tx.scope;
  const named = (rows: Sql): Promise<Counted> =>
    tx.one<Counted>(sql`with found as materialized (${rows}) select count(*)::int as count, coalesce((select array_agg(name) from (select name from found where name is not null limit 5) few), '{}') as samples from found`);
  const seen = sql`select distinct s.person_id from identity.sighting s where s.workspace_id = ${workspaceId} and s.id > ${since} and s.import_id = ${importId}`;
  const made = await named(sql`select coalesce(p.full_name, p.email, p.phone) as name from identity.person p where p.workspace_id = ${workspaceId} and p.id > ${since} and p.import_id = ${importId}`);
  const known = await named(sql`select coalesce(p.full_name, p.email, p.phone) as name from (${seen}) s join identity.person p on p.workspace_id = ${workspaceId} and p.id = s.person_id and p.id <= ${since}`);
  const organizations = await named(sql`select o.name from identity.organization o where o.workspace_id = ${workspaceId} and o.id > ${since} and o.import_id = ${importId}`);
  const doubts = await named(sql`select concat_ws(' – ', coalesce(a.full_name, a.email), coalesce(b.full_name, b.email)) as name from identity.possible_duplicate d
    join identity.person a on a.workspace_id = ${workspaceId} and a.id = d.person_id join identity.person b on b.workspace_id = ${workspaceId} and b.id = d.other_id
    where d.workspace_id = ${workspaceId} and d.id > ${since} and d.status = 'open'`);
  return [
    { what: 'people new here', ...made },
    { what: 'people known already', ...known },
    { what: 'organizations new here', ...organizations },
    { what: 'pairs of people who may be one, for somebody to decide', ...doubts },
  ];
};
