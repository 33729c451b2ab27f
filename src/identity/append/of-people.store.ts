import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Cell } from '../../platform/personal-data.ts';

/** What providers said of these people, for them to see. */
export const tellReceipts = (tx: Tx, personIds: readonly string[]): Promise<Record<string, Cell>[]> =>
  tx.rows(sql`select v.at, p.name as provider, v.field, v.value, v.replaced, v.as_of, v.confidence, v.status, v.why, v.expires_on, v.ended_at, v.ended_why
    from identity.appended_value v join identity.append_provider p on p.workspace_id = v.workspace_id and p.id = v.provider_id
    where v.workspace_id = ${tx.scope.workspaceId} and v.kind = 'person' and v.subject_id = any(${personIds}::uuid[]) order by v.at, v.id`);

/** That a value was bought stays, and its price; what it said does not, nor rows that may have been about them. */
export async function eraseReceipts(tx: Tx, personIds: readonly string[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update identity.appended_value set value = null, replaced = null where workspace_id = ${workspaceId} and kind = 'person' and subject_id = any(${personIds}::uuid[])`);
  await tx.run(sql`delete from identity.append_answer where workspace_id = ${workspaceId} and kind = 'person' and subject_id = any(${personIds}::uuid[])`);
  await tx.run(sql`update identity.append_doubt d set label = 'Erased', offers = '{"priceMinor": 0, "sayings": []}', candidates = '[]', status = case when status = 'open' then 'left' else status end
    where workspace_id = ${workspaceId} and kind = 'person' and exists (select 1 from jsonb_array_elements(d.candidates) c where (c ->> 'id')::uuid = any(${personIds}::uuid[]))`);
}
