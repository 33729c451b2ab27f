import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export const saveTeam = (tx: Tx, id: string, name: string): Promise<number> =>
  tx.run(sql`insert into distribute.team (workspace_id, id, name) values (${tx.scope.workspaceId}, ${id}, ${name})
    on conflict (workspace_id, id) do update set name = excluded.name`);

export async function saveTeamHolders(tx: Tx, teamId: string, holders: readonly { holderId: string; weight: number }[]): Promise<void> {
  await tx.run(sql`delete from distribute.team_holder where workspace_id = ${tx.scope.workspaceId} and team_id = ${teamId}`);
  await tx.run(sql`insert into distribute.team_holder (workspace_id, team_id, holder_id, weight)
    select ${tx.scope.workspaceId}, ${teamId}, x.holder_id, x.weight from unnest(${holders.map((h) => h.holderId)}::uuid[], ${holders.map((h) => h.weight)}::numeric[]) as x (holder_id, weight)
    join distribute.holder h on h.workspace_id = ${tx.scope.workspaceId} and h.id = x.holder_id and h.kind in ('rep', 'partner')
    on conflict (workspace_id, team_id, holder_id) do update set weight = excluded.weight`);
}

export const removeTeam = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from distribute.team where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
