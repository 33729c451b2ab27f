import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { Cell } from '../platform/personal-data.ts';

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

export const everybodyWithLeads = (workspaceId: string): Sql => sql`select person_id from qualify.lead where workspace_id = ${workspaceId}`;

export const findTheirLeads = async (tx: Tx, personIds: readonly string[]): Promise<string[]> =>
  ids(await tx.rows(sql`select id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and person_id = any(${personIds}::uuid[])`));

export const findTheirOpen = async (tx: Tx, leadIds: readonly string[]): Promise<string[]> =>
  ids(await tx.rows(sql`select id from qualify.lead where workspace_id = ${tx.scope.workspaceId} and id = any(${leadIds}::uuid[]) and closed_at is null order by id for update`));

export const tellTheirLeads = (tx: Tx, leadIds: readonly string[]): Promise<Record<string, Cell>[]> =>
  tx.rows(sql`select l.qualified_at, l.score, l.grade, l.score_reasons as reasons, l.product, l.vertical, l.budget, l.authority, l.need, l.timing, l.answers, l.country, l.state, l.postal_code,
      l.closed_at, l.fate
    from qualify.lead l where l.workspace_id = ${tx.scope.workspaceId} and l.id = any(${leadIds}::uuid[]) order by l.qualified_at, l.id`);

/** The country, state and organization they are counted under were the person's, where the lead said nothing of its own: it says so from now on. */
export async function eraseLeads(tx: Tx, leadIds: readonly string[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update qualify.lead l set
      score_reasons = (select coalesce(jsonb_agg(r || '{"detail": ""}' order by n), '[]') from jsonb_array_elements(l.score_reasons) with ordinality as e (r, n)),
      budget = null, authority = null, need = null, timing = null, answers = null, postal_code = null, grade_falls_at = null,
      organization_id = coalesce(p.organization_id, l.organization_id), country = coalesce(l.country, p.country), state = coalesce(l.state, p.state)
    from identity.person own join identity.person p on p.workspace_id = ${workspaceId} and p.id = case when own.survivor_id is null then own.id else own.survivor_id end
    where l.workspace_id = ${workspaceId} and l.id = any(${leadIds}::uuid[]) and own.workspace_id = ${workspaceId} and own.id = l.person_id and p.erased_at is null`);
}
