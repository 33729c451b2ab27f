import { append } from '../journal/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { findLeadsOfCustomers } from './customers.queries.ts';
import { judgeSales } from './judge-sales.ts';
import { opportunityFact } from './opportunity-facts.rules.ts';
import { findOpportunities, insertOpportunities, updateOpportunities, type OpportunityRow } from './opportunity.store.ts';
import { outcomeOfStage, probabilityOf } from './stage.rules.ts';
import { readStages } from './stages.ts';

export interface NewOpportunity {
  name: string;
  leadId?: string | undefined;
  personId?: string | undefined;
  organizationId?: string | undefined;
  programId?: string | undefined;
  stage?: string | undefined;
  amountMinor: number;
  currency?: string | undefined;
  probability?: number | undefined;
  closeOn?: string | undefined;
}

export async function openOpportunity(cx: Context, scope: Scope, given: NewOpportunity): Promise<string> {
  return cx.db.write(scope, async (tx) => {
    const now = cx.clock.now();
    const stages = await readStages(tx);
    const stage = given.stage ?? stages[0]?.name ?? 'Qualification';
    const lead = given.leadId ? (await findLeadsOfCustomers(tx, [], [], [given.leadId]))[0] : undefined;
    if (given.leadId && !lead) refuse('not-found', 'revenue/no-such-lead', 'There is no such lead.');
    const { currency } = await tx.one<{ currency: string }>(sql`select currency from platform.workspace where id = ${scope.workspaceId}`);
    const held = given.leadId
      ? await tx.maybe<{ holderId: string }>(
          sql`select holder_id from distribute.assignment where workspace_id = ${scope.workspaceId} and lead_id = ${given.leadId} and ended_at is null`,
        )
      : undefined;
    const row: OpportunityRow = {
      id: cx.ids.next(),
      externalId: null,
      naturalKey: null,
      ordinal: 1,
      name: given.name,
      leadId: given.leadId ?? null,
      personId: given.personId ?? lead?.personId ?? null,
      organizationId: given.organizationId ?? lead?.organizationId ?? null,
      inquiryId: null,
      programId: given.programId ?? null,
      sourceId: null,
      holderId: held?.holderId ?? null,
      ownerName: null,
      stage,
      probability: probabilityOf(stage, 'open', given.probability ?? null, stages),
      amountMinor: given.amountMinor,
      currency: given.currency ?? currency,
      openedAt: now,
      closeOn: given.closeOn ?? null,
      closedAt: null,
      outcome: 'open',
      lostReason: null,
      segment: null,
      origin: 'app',
      importId: null,
      lastImportId: null,
      createdAt: now,
      updatedAt: now,
    };
    await insertOpportunities(tx, [row]);
    await append(tx, cx, opportunityFact(undefined, row));
    return row.id;
  });
}

export type Change = Partial<Pick<OpportunityRow, 'name' | 'programId' | 'amountMinor' | 'probability' | 'closeOn'>>;

export const changeOpportunity = (cx: Context, scope: Scope, id: string, change: Change): Promise<void> =>
  alter(cx, scope, id, (row) => ({ ...row, ...change }));

/** To any stage. One that says won or lost ends the opportunity; any other opens an ended one again. */
export async function moveOpportunity(
  cx: Context,
  scope: Scope,
  id: string,
  stage: string,
  probability: number | undefined,
): Promise<void> {
  await alter(cx, scope, id, async (row, tx) => {
    const outcome = outcomeOfStage(stage);
    const stages = await readStages(tx);
    const closedAt = outcome === 'open' ? null : (row.closedAt ?? cx.clock.now());
    return {
      ...row,
      stage,
      outcome,
      closedAt,
      lostReason: outcome === 'lost' ? row.lostReason : null,
      probability: probabilityOf(stage, outcome, probability ?? null, stages),
    };
  });
}

export const winOpportunity = (
  cx: Context,
  scope: Scope,
  id: string,
  amountMinor: number | undefined,
  closedAt: Date | undefined,
): Promise<void> =>
  alter(cx, scope, id, (row) => ({
    ...row,
    outcome: 'won',
    stage: row.outcome === 'won' ? row.stage : 'Won',
    probability: 100,
    amountMinor: amountMinor ?? row.amountMinor,
    closedAt: closedAt ?? row.closedAt ?? cx.clock.now(),
    lostReason: null,
  }));

export const loseOpportunity = (
  cx: Context,
  scope: Scope,
  id: string,
  reason: string | undefined,
  closedAt: Date | undefined,
): Promise<void> =>
  alter(cx, scope, id, (row) => ({
    ...row,
    outcome: 'lost',
    stage: row.outcome === 'lost' ? row.stage : 'Lost',
    probability: 0,
    closedAt: closedAt ?? cx.clock.now(),
    lostReason: reason ?? null,
  }));

async function alter(
  cx: Context,
  scope: Scope,
  id: string,
  change: (row: OpportunityRow, tx: Tx) => OpportunityRow | Promise<OpportunityRow>,
): Promise<void> {
  await cx.db.write(scope, async (tx) => {
    const [before] = await findOpportunities(tx, [id], true);
    if (!before) return refuse('not-found', 'revenue/no-such-opportunity', 'There is no such opportunity, or it is not one of yours.');
    const after = { ...(await change(before, tx)), updatedAt: cx.clock.now() };
    await updateOpportunities(tx, [after]);
    await append(tx, cx, opportunityFact(before, after));
    if (after.outcome === 'won' && before.outcome !== 'won') await judgeSales(tx, cx, [after], 'app');
  });
}
