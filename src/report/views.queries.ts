import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface SavedView {
  id: string;
  userId: string | null;
  name: string;
  screen: string;
  query: Record<string, string>;
  shared: boolean;
  createdAt: Date;
  updatedAt: Date;
}

export const listViews = (tx: Tx, screen: string | undefined): Promise<SavedView[]> =>
  tx.rows(sql`select id, user_id, name, screen, query, shared, created_at, updated_at from report.saved_view
    where workspace_id = ${tx.scope.workspaceId} and (shared or user_id is not distinct from ${tx.scope.userId ?? null}::uuid) and (${screen ?? null}::text is null or screen = ${screen ?? null})
    order by lower(name), id limit 500`);
