import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { AccountChange, CreditBack, DealtTurn } from './credit-back.rules.ts';

/** The turn by which each of these leads was dealt last, to somebody who neither declined it nor let it pass in silence. */
export function findDealtTurns(tx: Tx, leadIds: readonly string[]): Promise<(DealtTurn & { startedAt: Date })[]> {
  return tx.rows(sql`
    select distinct on (a.lead_id) a.id as assignment_id, a.lead_id, a.started_at, a.decided, case when p.id is not null then json_build_object('holders', p.holders, 'shares', p.shares) end as pool
    from distribute.assignment a left join distribute.turn_pool p on p.workspace_id = a.workspace_id and p.id = (a.decided ->> 'pool')::uuid
    where a.workspace_id = ${tx.scope.workspaceId} and a.lead_id = any(${leadIds}::uuid[]) and a.decided ->> 'account' is not null and a.why <> 'restored'
      and a.declined_at is null and a.end_reason is distinct from 'redirected'
    order by a.lead_id, a.sequence desc`);
}

/** What was given back for these leads, also where that was taken again since; the latest of each lead. */
export function findCreditsBack(tx: Tx, leadIds: readonly string[]): Promise<(CreditBack & { takenAt: Date | null })[]> {
  return tx.rows(sql`select distinct on (lead_id) assignment_id, lead_id, account_id, grade, holder_id, holders, shares, reason, taken_at from distribute.credit_back
    where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${leadIds}::uuid[]) order by lead_id, given_at desc`);
}

export async function saveCreditsBack(tx: Tx, given: readonly CreditBack[], at: Date): Promise<void> {
  if (given.length === 0) return;
  await tx.run(sql`insert into distribute.credit_back (workspace_id, assignment_id, lead_id, account_id, grade, holder_id, holders, shares, reason, given_at)
    select ${tx.scope.workspaceId}, g."assignmentId", g."leadId", g."accountId", g.grade, g."holderId", array(select jsonb_array_elements_text(g.holders)::uuid),
      array(select jsonb_array_elements_text(g.shares)::float8), g.reason, ${at}
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g ("assignmentId" uuid, "leadId" uuid, "accountId" uuid, grade text, "holderId" uuid, holders jsonb, shares jsonb, reason text)
    on conflict (workspace_id, assignment_id) do update set reason = excluded.reason, given_at = excluded.given_at, taken_at = null`);
}
export async function takeCreditsBack(tx: Tx, assignmentIds: readonly string[], at: Date): Promise<void> {
  if (assignmentIds.length === 0) return;
  await tx.run(sql`update distribute.credit_back set taken_at = ${at} where workspace_id = ${tx.scope.workspaceId} and assignment_id = any(${assignmentIds}::uuid[])`);
}

export async function changeAccounts(tx: Tx, changes: readonly AccountChange[]): Promise<void> {
  if (changes.length === 0) return;
  await tx.run(sql`update distribute.balance b set entitled = b.entitled + c.entitled, received = b.received + c.received
    from jsonb_to_recordset(${JSON.stringify(changes)}::jsonb) as c ("territoryId" uuid, grade text, "holderId" uuid, entitled float8, received int)
    where b.workspace_id = ${tx.scope.workspaceId} and b.territory_id = c."territoryId" and b.grade = c.grade and b.holder_id = c."holderId"`);
}
