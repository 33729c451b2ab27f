import { sql, type Tx } from '../../platform/db/index.ts';
import type { SaidBefore } from './origins.rules.ts';

/** What was said of a person and of those merged into them, the latest first; of a list, only what it put into the person is known. */
export function listSaid(tx: Tx, survivorId: string): Promise<SaidBefore[]> {
  const { workspaceId } = tx.scope;
  return tx.rows(sql`select s.inquiry_id, i.receipt, s.import_id, m.file_name as list, s.seen_at, s.method, s.organization_id, o.name as organization, i.fields, s.filled - 'was' as filled
    from identity.sighting s
    left join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id
    left join capture.import m on m.workspace_id = ${workspaceId} and m.id = s.import_id
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = s.organization_id
    where s.workspace_id = ${workspaceId} and s.withdrawn_at is null and s.method <> 'edited' and s.person_id in (
      select id from identity.person where workspace_id = ${workspaceId} and (id = ${survivorId} or survivor_id = ${survivorId}))
    order by s.seen_at desc, s.id desc limit 500`);
}

/** Survivors whom others are merged into, in the order of their ids. */
export async function findJoined(tx: Tx, after: string, limit: number): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`select id from identity.person
    where workspace_id = ${tx.scope.workspaceId} and own is not null and survivor_id is null and id > ${after}::uuid order by id limit ${limit}`);
  return rows.map(({ id }) => id);
}

/** The columns of a person that groups are made of, and who vouched for them. */
export function findShown(tx: Tx, id: string): Promise<{ id: string; row: Record<string, unknown>; names: Record<string, string>; organization: string | null } | undefined> {
  const { workspaceId } = tx.scope;
  return tx.maybe(sql`select p.id, to_jsonb(p) - 'own' as row, o.name as organization,
      coalesce((select jsonb_object_agg(u.id, u.name) from platform.app_user u
        where u.workspace_id = ${workspaceId} and u.id::text in (select e.value ->> 'by' from jsonb_each(coalesce(p.verified, '{}')) e)), '{}') as names
    from identity.person asked join identity.person p on p.workspace_id = ${workspaceId} and p.id = case when asked.survivor_id is null then asked.id else asked.survivor_id end
    left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = p.organization_id
    where asked.workspace_id = ${workspaceId} and asked.id = ${id}`);
}
