import { sql, type Tx } from '../../platform/db/index.ts';
import type { Field } from '../../platform/values/criteria-fields.rules.ts';
import { listOf, type Criteria } from '../../platform/values/criteria.rules.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';

/** The ids that the conditions name. */
export function namesIn(criteria: Criteria, fields: ReadonlyMap<string, Field>): string[] {
  if ('all' in criteria) return criteria.all.flatMap((one) => namesIn(one, fields));
  if ('any' in criteria) return criteria.any.flatMap((one) => namesIn(one, fields));
  if ('not' in criteria) return namesIn(criteria.not, fields);
  return fields.get(criteria.field)?.type === 'id' ? listOf(criteria.value).map(String).filter(isUuid) : [];
}

/** What they are called, by id. */
export async function loadNames(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string; name: string }>(sql`
    select id, name from capture.program where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])
    union all select id, name from capture.source where workspace_id = ${workspaceId} and id = any(${ids}::uuid[])`);
  return new Map(rows.map(({ id, name }) => [id, name]));
}
