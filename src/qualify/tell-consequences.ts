import type { TellConsequences } from '../capture/index.ts';
import { sql } from '../platform/db/index.ts';

/** Which inquiries of an import would become leads at once. */
export const tellLeads: TellConsequences = async (tx, importId, since) => {
  const found = await tx.one<{ count: number; samples: string[] }>(sql`with made as materialized (
      select p.full_name as name from qualify.lead l join capture.inquiry i on i.workspace_id = l.workspace_id and i.id = l.inquiry_id and i.import_id = ${importId}
      left join identity.person p on p.workspace_id = l.workspace_id and p.id = l.person_id
      where l.workspace_id = ${tx.scope.workspaceId} and l.id > ${since})
    select count(*)::int as count, coalesce((select array_agg(name) from (select name from made where name is not null limit 5) few), '{}') as samples from made`);
  return [{ what: 'leads, handed over at once', ...found }];
};
