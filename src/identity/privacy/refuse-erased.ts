import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';

/** Nothing is written about who was erased any more. */
export async function refuseErased(tx: Tx, personIds: readonly string[]): Promise<void> {
  const erased = await tx.maybe(sql`select 1 from identity.person where workspace_id = ${tx.scope.workspaceId} and id = any(${personIds}::uuid[]) and erased_at is not null limit 1`);
  if (erased) refuse('conflict', 'identity/erased', 'This person was erased: nothing of them is kept, and nothing brings them back.');
}
