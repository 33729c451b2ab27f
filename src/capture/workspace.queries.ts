import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';

export interface WorkspaceHabits {
  name: string;
  currency: string;
  locale: string;
  timeZone: string;
  country: string | null;
}
export async function workspaceHabits(tx: Tx): Promise<WorkspaceHabits> {
  return tx.one<WorkspaceHabits>(sql`select name, currency, locale, time_zone, country from platform.workspace where id = ${tx.scope.workspaceId}`);
}
