import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export type RequestKind = 'access' | 'erasure' | 'correction' | 'objection';
export type RequestOutcome = 'done' | 'refused' | 'nobody';

export interface RequestRow {
  id: string;
  kind: RequestKind;
  personId: string | null;
  personName: string | null;
  asker: string | null;
  askedOn: string;
  dueOn: string;
  notedBy: string;
  doneAt: Date | null;
  doneBy: string | null;
  outcome: RequestOutcome | null;
  note: string | null;
}

/** The open ones by their due date, then the latest that are done. */
export const listRequests = (tx: Tx, limit: number): Promise<RequestRow[]> =>
  tx.rows(sql`select r.id, r.kind, r.person_id, case when p.erased_at is not null then 'Erased person' else coalesce(p.full_name, p.email, p.phone_e164) end as person_name, r.asker, r.asked_on, r.due_on,
      coalesce(n.name, 'Baton') as noted_by, r.done_at, case when r.done_by is null then null else coalesce(d.name, 'Baton') end as done_by, r.outcome, r.note
    from identity.privacy_request r
    left join identity.person p on p.workspace_id = r.workspace_id and p.id = r.person_id
    left join platform.app_user n on n.workspace_id = r.workspace_id and n.id::text = r.noted_by
    left join platform.app_user d on d.workspace_id = r.workspace_id and d.id::text = r.done_by
    where r.workspace_id = ${tx.scope.workspaceId} order by r.done_at desc nulls first, r.due_on, r.id limit ${limit}`);

export async function insertRequest(tx: Tx, row: Omit<RequestRow, 'personName' | 'doneAt' | 'doneBy' | 'outcome'> & { notedAt: Date }): Promise<void> {
  await tx.run(sql`insert into identity.privacy_request (workspace_id, id, kind, person_id, asker, asked_on, due_on, note, noted_at, noted_by)
    values (${tx.scope.workspaceId}, ${row.id}, ${row.kind}, ${row.personId}, ${row.asker}, ${row.askedOn}, ${row.dueOn}, ${row.note}, ${row.notedAt}, ${row.notedBy})`);
}

export const endRequest = (tx: Tx, id: string, said: { outcome: RequestOutcome; note: string | null; at: Date; by: string }): Promise<number> =>
  tx.run(sql`update identity.privacy_request set done_at = ${said.at}, done_by = ${said.by}, outcome = ${said.outcome}, note = coalesce(${said.note}::text, note)
    where workspace_id = ${tx.scope.workspaceId} and id = ${id} and done_at is null`);
