import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface TeamRow {
  id: string;
  name: string;
  holders: { holderId: string; name: string; weight: number; active: boolean }[];
}

export const listTeams = (tx: Tx): Promise<TeamRow[]> =>
  tx.rows(sql`select t.id, t.name, coalesce((
      select json_agg(json_build_object('holderId', h.id, 'name', h.name, 'weight', m.weight::float8, 'active', h.active) order by lower(h.name), h.id)
      from distribute.team_holder m join distribute.holder h on h.workspace_id = m.workspace_id and h.id = m.holder_id
      where m.workspace_id = t.workspace_id and m.team_id = t.id), '[]') as holders
    from distribute.team t where t.workspace_id = ${tx.scope.workspaceId} order by lower(t.name), t.id`);
