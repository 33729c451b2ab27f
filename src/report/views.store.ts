import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { SavedView } from './views.queries.ts';

export const findView = (tx: Tx, id: string): Promise<SavedView | undefined> =>
  tx.maybe(
    sql`select id, user_id, name, screen, query, shared, created_at, updated_at from report.saved_view where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`,
  );

export async function saveView(tx: Tx, view: SavedView): Promise<void> {
  await tx.run(sql`insert into report.saved_view (workspace_id, id, user_id, name, screen, query, shared, created_at, updated_at)
    values (${tx.scope.workspaceId}, ${view.id}, ${view.userId}, ${view.name}, ${view.screen}, ${JSON.stringify(view.query)}, ${view.shared}, ${view.createdAt}, ${view.updatedAt})
    on conflict (workspace_id, id) do update set name = excluded.name, screen = excluded.screen, query = excluded.query, shared = excluded.shared, updated_at = excluded.updated_at`);
}

export const removeView = (tx: Tx, id: string): Promise<number> =>
  tx.run(sql`delete from report.saved_view where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
