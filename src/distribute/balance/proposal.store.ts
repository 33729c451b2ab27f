import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { AcceptancePlan, MovedUnit, Remainder, RuleChange } from './accept.rules.ts';
import type { Proposed, ProposalResult } from './proposal.rules.ts';

/** beyond these, what nobody accepted goes, the oldest first */
const keptMax = 30;

export interface NewProposal extends Proposed {
  id: string;
  jobId: string;
  notes: string[];
  madeAt: Date;
}

export async function insertProposal(tx: Tx, one: NewProposal): Promise<void> {
  const { workspaceId, userId } = tx.scope;
  await tx.run(sql`insert into distribute.proposal (workspace_id, id, job_id, asked, units, borders, notes, made_at, made_by)
    values (${workspaceId}, ${one.id}, ${one.jobId}, ${JSON.stringify(one.asked)}::jsonb, ${JSON.stringify(one.units)}::jsonb, ${one.borders && JSON.stringify(one.borders)}::jsonb,
      ${JSON.stringify(one.notes)}::jsonb, ${one.madeAt}, ${userId ?? null})`);
  await tx.run(sql`delete from distribute.proposal p where p.workspace_id = ${workspaceId}
      and not exists (select from distribute.acceptance a where a.workspace_id = p.workspace_id and a.proposal_id = p.id)
      and p.id in (select o.id from distribute.proposal o where o.workspace_id = ${workspaceId} order by o.made_at desc, o.id desc offset ${keptMax})`);
}

export const findProposed = (tx: Tx, id: string): Promise<(Proposed & { result: ProposalResult | null }) | undefined> =>
  tx.maybe(sql`select asked, units, borders, result from distribute.proposal where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export const saveProposalResult = (tx: Tx, id: string, result: ProposalResult): Promise<number> =>
  tx.run(sql`update distribute.proposal set result = ${JSON.stringify(result)}::jsonb where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export type AcceptanceState = 'due' | 'in_force' | 'refused' | 'cancelled' | 'undone';
export interface AddedTerritory extends Remainder {
  territoryId: string;
}
export interface AcceptanceRow {
  id: string;
  proposalId: string;
  jobId: string | null;
  state: AcceptanceState;
  moved: MovedUnit[];
  changes: RuleChange[];
  added: (Remainder | AddedTerritory)[];
}

export async function insertAcceptance(
  tx: Tx,
  one: AcceptancePlan & { id: string; proposalId: string; jobId: string | null; effectiveOn: string; effectiveAt: Date; acceptedAt: Date },
): Promise<void> {
  const { workspaceId, userId } = tx.scope;
  await tx.run(sql`insert into distribute.acceptance (workspace_id, id, proposal_id, job_id, state, effective_on, effective_at, moved, changes, added, accepted_at, accepted_by)
    values (${workspaceId}, ${one.id}, ${one.proposalId}, ${one.jobId}, 'due', ${one.effectiveOn}::date, ${one.effectiveAt}, ${JSON.stringify(one.moved)}::jsonb,
      ${JSON.stringify(one.changes)}::jsonb, ${JSON.stringify(one.added)}::jsonb, ${one.acceptedAt}, ${userId ?? null})`);
}

/** Held until the end of the transaction, so that it is put in force, called off or taken back once. */
export const lockAcceptance = (tx: Tx, id: string): Promise<AcceptanceRow | undefined> =>
  tx.maybe(sql`select id, proposal_id, job_id, state, moved, changes, added from distribute.acceptance
    where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);

/** Whether the proposal has an acceptance that waits for its day or is in force; the proposal is held until the end of the transaction. */
export async function lockProposal(tx: Tx, id: string): Promise<boolean> {
  await tx.run(sql`select from distribute.proposal where workspace_id = ${tx.scope.workspaceId} and id = ${id} for update`);
  const { open } = await tx.one<{ open: boolean }>(sql`select exists (select from distribute.acceptance
    where workspace_id = ${tx.scope.workspaceId} and proposal_id = ${id} and state in ('due', 'in_force')) as open`);
  return open;
}

/** Territories that hold what old rules took in beyond units: no market of their own. */
export const listRemainderIds = async (tx: Tx): Promise<string[]> =>
  (
    await tx.rows<{ id: string }>(sql`select x->>'territoryId' as id from distribute.acceptance a, jsonb_array_elements(a.added) x
      where a.workspace_id = ${tx.scope.workspaceId} and a.state = 'in_force'`)
  ).map(({ id }) => id);

export async function settleAcceptance(
  tx: Tx,
  id: string,
  now: Date,
  to: { state: 'in_force'; added: AddedTerritory[] } | { state: 'refused'; problem: string } | { state: 'cancelled' | 'undone' },
): Promise<void> {
  const isBack = to.state === 'cancelled' || to.state === 'undone';
  await tx.run(sql`update distribute.acceptance set state = ${to.state}, problem = ${to.state === 'refused' ? to.problem : null},
      added = coalesce(${to.state === 'in_force' ? JSON.stringify(to.added) : null}::jsonb, added),
      settled_at = case when ${isBack} then settled_at else ${now} end,
      undone_at = case when ${isBack} then ${now}::timestamptz end, undone_by = case when ${isBack} then ${tx.scope.userId ?? null}::uuid end
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}
