import { raw, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Kind } from '../merge.store.ts';

export async function saveSecret(tx: Tx, providerId: string, sealed: Buffer | null): Promise<void> {
  await tx.run(sql`update identity.append_provider set secret = ${sealed} where workspace_id = ${tx.scope.workspaceId} and id = ${providerId}`);
}
export const findSecret = async (tx: Tx, providerId: string): Promise<Buffer | null> =>
  (await tx.maybe<{ secret: Buffer | null }>(sql`select secret from identity.append_provider where workspace_id = ${tx.scope.workspaceId} and id = ${providerId}`))?.secret ?? null;

export async function markService(tx: Tx, providerId: string, { failures, restsUntil, problem }: { failures: number; restsUntil: Date | null; problem: string | null }): Promise<void> {
  await tx.run(sql`update identity.append_provider set failures = ${failures}, rests_until = ${restsUntil}, problem = ${problem} where workspace_id = ${tx.scope.workspaceId} and id = ${providerId}`);
}

/** What providers cost since a day, in minor units of their currency. */
export const loadSpent = (tx: Tx, since: Date): Promise<{ providerId: string; spentMinor: number }[]> =>
  tx.rows(sql`select provider_id, sum(cost_minor)::bigint as spent_minor from identity.append_run where workspace_id = ${tx.scope.workspaceId} and provider_id is not null and started_at >= ${since} group by 1`);

/** What a service is told of each: the same as a bureau. */
export interface Told {
  id: string;
  who: Record<string, string | null>;
  /** of the columns asked for, those that are not known */
  lacks: string[];
}
export function loadTold(tx: Tx, kind: Kind, ids: readonly string[], columns: readonly string[]): Promise<Told[]> {
  const { workspaceId } = tx.scope;
  const who =
    kind === 'organization'
      ? sql`jsonb_build_object('name', s.name, 'domain', s.domain, 'street', s.street, 'postalCode', s.postal_code, 'city', s.city, 'state', s.state, 'country', s.country)`
      : sql`(select jsonb_build_object('name', s.full_name, 'company', max(o.name), 'domain', max(o.domain), 'city', s.city, 'country', s.country) from identity.organization o where o.workspace_id = ${workspaceId} and o.id = s.organization_id)`;
  return tx.rows(sql`select s.id, ${who} as who, array(select c from unnest(${columns}::text[]) c where coalesce(to_jsonb(s) ->> c, '') = '') as lacks
    from identity.${raw(kind)} s where s.workspace_id = ${workspaceId} and s.id = any(${ids}::uuid[]) and s.survivor_id is null and s.retired_at is null order by s.last_seen_at desc, s.id`);
}

export interface Remembered {
  question: string;
  answer: unknown;
}
export const findAnswers = (tx: Tx, providerId: string, questions: readonly string[], since: Date): Promise<Remembered[]> =>
  tx.rows(sql`select question, answer from identity.append_answer where workspace_id = ${tx.scope.workspaceId} and provider_id = ${providerId} and question = any(${questions}::text[]) and answered_at > ${since}`);

export async function saveAnswers(tx: Tx, providerId: string, kind: Kind, answers: readonly (Remembered & { subjectId: string })[], at: Date): Promise<void> {
  await tx.run(sql`insert into identity.append_answer (workspace_id, provider_id, question, kind, subject_id, answered_at, answer)
    select distinct on (v.question) ${tx.scope.workspaceId}, ${providerId}, v.question, ${kind}, v."subjectId", ${at}, v.answer from jsonb_to_recordset(${JSON.stringify(answers)}::jsonb) as v (question text, "subjectId" uuid, answer jsonb)
    on conflict (workspace_id, provider_id, question) do update set answered_at = excluded.answered_at, answer = excluded.answer, subject_id = excluded.subject_id`);
}
