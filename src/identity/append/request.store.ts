import { empty, join, raw, sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import type { Kind } from '../merge.store.ts';

export interface Asked {
  kind: Kind;
  /** per field that is asked for, its columns */
  columns: readonly (readonly string[])[];
  /** a select of ids they are among */
  among?: Sql | undefined;
  /** what is true of them, in terms of p or o */
  where?: { joins: Sql; where: Sql } | undefined;
}
/** Survivors of whom at least one of the fields is not known. */
function lacking({ kind, columns, among, where }: Asked, workspaceId: string): Sql {
  const alias = raw(kind === 'person' ? 'p' : 'o');
  const none = (group: readonly string[]): Sql => sql`(${join(group.map((column) => sql`${alias}.${raw(column)} is null`), ' and ')})`;
  return sql`identity.${raw(kind)} ${alias} ${where?.joins ?? empty}
    where ${alias}.workspace_id = ${workspaceId} and ${alias}.survivor_id is null and ${alias}.retired_at is null and (${join(columns.map(none), ' or ')})
      ${among ? sql`and ${alias}.id in (${among})` : empty} ${where ? sql`and ${where.where}` : empty}`;
}
export const countLacking = async (tx: Tx, asked: Asked): Promise<number> => (await tx.one<{ n: number }>(sql`select count(*)::int as n from ${lacking(asked, tx.scope.workspaceId)}`)).n;

/** Their ids, the latest seen first. */
export async function listLacking(tx: Tx, asked: Asked, most: number): Promise<string[]> {
  const alias = raw(asked.kind === 'person' ? 'p' : 'o');
  const rows = await tx.rows<{ id: string }>(sql`select ${alias}.id from ${lacking(asked, tx.scope.workspaceId)} order by ${alias}.last_seen_at desc, ${alias}.id limit ${most}`);
  return rows.map(({ id }) => id);
}

/** Gives each of them a key; the latest seen first, where they are more than `most`. Returns how many. */
export function insertKeys(tx: Tx, requestId: string, asked: Asked, most: number): Promise<number> {
  const alias = raw(asked.kind === 'person' ? 'p' : 'o');
  return tx.run(sql`insert into identity.append_key (workspace_id, key, request_id, subject_id)
    select ${tx.scope.workspaceId}, upper(substr(replace(gen_random_uuid()::text, '-', ''), 1, 16)), ${requestId}, id
    from (select ${alias}.id from ${lacking(asked, tx.scope.workspaceId)} order by ${alias}.last_seen_at desc, ${alias}.id limit ${most}) chosen`);
}

export interface RequestRow {
  id: string;
  providerId: string;
  provider: string;
  kind: Kind;
  fields: string[];
  whom: string;
  asked: number;
  answered: number;
  askedAt: Date;
  askedBy: string;
}
export async function insertRequest(tx: Tx, one: Pick<RequestRow, 'id' | 'providerId' | 'kind' | 'fields' | 'whom' | 'asked'>, at: Date): Promise<void> {
  await tx.run(sql`insert into identity.append_request (workspace_id, id, provider_id, kind, fields, whom, asked, asked_at, asked_by)
    values (${tx.scope.workspaceId}, ${one.id}, ${one.providerId}, ${one.kind}, ${one.fields}, ${one.whom}, ${one.asked}, ${at}, ${tx.scope.userId ?? 'baton'})`);
}
export const listRequests = (tx: Tx, filter: { id?: string | undefined; before?: string | undefined; limit: number }): Promise<RequestRow[]> =>
  tx.rows(sql`select r.id, r.provider_id, p.name as provider, r.kind, r.fields, r.whom, r.asked, r.asked_at, coalesce(u.name, 'Baton') as asked_by,
      (select count(*)::int from identity.append_key k where k.workspace_id = r.workspace_id and k.request_id = r.id and k.run_id is not null) as answered
    from identity.append_request r join identity.append_provider p on p.workspace_id = r.workspace_id and p.id = r.provider_id
    left join platform.app_user u on u.workspace_id = r.workspace_id and u.id::text = r.asked_by
    where r.workspace_id = ${tx.scope.workspaceId} ${filter.id ? sql`and r.id = ${filter.id}` : empty} ${filter.before ? sql`and r.id < ${filter.before}` : empty} order by r.id desc limit ${filter.limit}`);

/** What the bureau is told of each: enough to know them by, and no address or number of a person. Those joined since appear as who they are now. */
export function listAsked(tx: Tx, { id, kind }: Pick<RequestRow, 'id' | 'kind'>, after: string, limit: number): Promise<{ key: string; cells: (string | null)[] }[]> {
  const { workspaceId } = tx.scope;
  const cells = kind === 'organization' ? sql`array[s.name, s.domain, s.street, s.postal_code, s.city, s.state, s.country]` : sql`array[s.full_name, o.name, o.domain, s.city, s.country]`;
  return tx.rows(sql`select k.key, ${cells} as cells from identity.append_key k
    join identity.${raw(kind)} q on q.workspace_id = ${workspaceId} and q.id = k.subject_id
    join identity.${raw(kind)} s on s.workspace_id = ${workspaceId} and s.id = case when q.survivor_id is null then q.id else q.survivor_id end and s.retired_at is null
    ${kind === 'person' ? sql`left join identity.organization o on o.workspace_id = ${workspaceId} and o.id = s.organization_id` : empty}
    where k.workspace_id = ${workspaceId} and k.request_id = ${id} and k.key > ${after} order by k.key limit ${limit}`);
}
export const askedColumns: Record<Kind, readonly string[]> = {
  organization: ['Company', 'Domain', 'Street', 'Postal code', 'City', 'State', 'Country'],
  person: ['Name', 'Company', 'Domain', 'City', 'Country'],
};

export interface KeyRow {
  key: string;
  kind: Kind;
  requestId: string;
  providerId: string;
  /** what was asked for */
  fields: string[];
  subjectId: string;
  name: string | null;
  domain: string | null;
}
export async function findKeys(tx: Tx, kind: Kind, keys: readonly string[]): Promise<Map<string, KeyRow>> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<KeyRow>(sql`select k.key, r.kind, k.request_id, r.provider_id, r.fields, s.id as subject_id, ${kind === 'person' ? sql`s.full_name as name, null::text as domain` : sql`s.name, s.domain`}
    from identity.append_key k join identity.append_request r on r.workspace_id = ${workspaceId} and r.id = k.request_id and r.kind = ${kind}
    join identity.${raw(kind)} q on q.workspace_id = ${workspaceId} and q.id = k.subject_id
    join identity.${raw(kind)} s on s.workspace_id = ${workspaceId} and s.id = case when q.survivor_id is null then q.id else q.survivor_id end
    where k.workspace_id = ${workspaceId} and k.key = any(${keys}::text[])`);
  return new Map(rows.map((row) => [row.key, row]));
}
export async function markAnswered(tx: Tx, runId: string, keys: readonly string[]): Promise<void> {
  await tx.run(sql`update identity.append_key set run_id = ${runId} where workspace_id = ${tx.scope.workspaceId} and key = any(${keys}::text[])`);
}
/** Keys answered by a run that was undone wait again. */
export async function forgetAnswers(tx: Tx, runId: string): Promise<void> {
  await tx.run(sql`update identity.append_key set run_id = null where workspace_id = ${tx.scope.workspaceId} and run_id = ${runId}`);
}
