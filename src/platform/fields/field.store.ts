import { sql, type Tx } from '../db/index.ts';
import type { CustomField, CustomSubject } from '../values/custom-field.rules.ts';

const columns = sql`id, subject, key, label, type, choices, required_from, position, retired_at`;

/** In the order they are shown; those put away only where asked for. */
export function listCustomFields(tx: Tx, asked: { subject?: CustomSubject | undefined; retired?: boolean } = {}): Promise<CustomField[]> {
  return tx.rows(sql`select ${columns} from platform.custom_field where workspace_id = ${tx.scope.workspaceId}
    and (${asked.subject ?? null}::text is null or subject = ${asked.subject ?? null}) and (${asked.retired ?? false} or retired_at is null)
    order by subject, retired_at is not null, position, id`);
}

export function findCustomField(tx: Tx, id: string): Promise<CustomField | undefined> {
  return tx.maybe(sql`select ${columns} from platform.custom_field where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function saveCustomField(tx: Tx, field: CustomField, at: Date): Promise<void> {
  await tx.run(sql`insert into platform.custom_field (workspace_id, id, subject, key, label, type, choices, required_from, position, created_at, retired_at)
    values (${tx.scope.workspaceId}, ${field.id}, ${field.subject}, ${field.key}, ${field.label}, ${field.type}, ${field.choices}::text[], ${field.requiredFrom},
      ${field.position}, ${at}, ${field.retiredAt})
    on conflict (workspace_id, id) do update set label = excluded.label, choices = excluded.choices, required_from = excluded.required_from,
      position = excluded.position, retired_at = excluded.retired_at`);
}
