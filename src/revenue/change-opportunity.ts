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

export const openOpportunity = (cx: Context, scope: Scope, given: NewOpportunity): Promise<string> =>
  cx.db.write(scope, async (tx) => (await openOpportunities(tx, cx, [given]))[0]!);

/** Opens opportunities, each at its own instant where one is given. */
export async function openOpportunities(
  tx: Tx,
  cx: Context,
  wanted: readonly (NewOpportunity & { at?: Date | undefined })[],
): Promise<string[]> {
  if (wanted.length === 0) return [];
  const { workspaceId } = tx.scope;
  const now = cx.clock.now();
  const stages = await readStages(tx);
  const leadIds = [...new Set(wanted.flatMap(({ leadId }) => leadId ?? []))];
  const leads = new Map((leadIds.length > 0 ? await findLeadsOfCustomers(tx, [], [], leadIds) : []).map((lead) => [lead.leadId, lead]));
  const held = new Map(
    (
      await tx.rows<{ leadId: string; holderId: string }>(
        sql`select lead_id, holder_id from distribute.assignment where workspace_id = ${workspaceId} and lead_id = any(${leadIds}::uuid[]) and ended_at is null`,
      )
    ).map((one) => [one.leadId, one.holderId]),
  );
  const { currency } = await tx.one<{ currency: string }>(sql`select currency from platform.workspace where id = ${workspaceId}`);
  const rows = wanted.map((given): OpportunityRow => {
    const stage = given.stage ?? stages[0]?.name ?? 'Qualification';
    const lead = given.leadId ? leads.get(given.leadId) : undefined;
    if (given.leadId && !lead) refuse('not-found', 'revenue/no-such-lead', 'There is no such lead.');
    return {
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
      holderId: (given.leadId ? held.get(given.leadId) : undefined) ?? null,
      ownerName: null,
      stage,
      probability: probabilityOf(stage, 'open', given.probability ?? null, stages),
      amountMinor: given.amountMinor,
      currency: given.currency ?? currency,
      openedAt: given.at ?? now,
      closeOn: given.closeOn ?? null,
      closedAt: null,
      outcome: 'open',
      lostReason: null,
      segment: null,
      origin: 'app',
      importId: null,
      lastImportId: null,
      createdAt: now,
      updatedAt: given.at ?? now,
    };
  });
  await insertOpportunities(tx, rows);
  await append(
    tx,
    cx,
    rows.flatMap((row) => opportunityFact(undefined, row)),
  );
  return rows.map((row) => row.id);
}

export type Change = Partial<Pick<OpportunityRow, 'name' | 'programId' | 'amountMinor' | 'probability' | 'closeOn'>>;

export const changeOpportunity = (cx: Context, scope: Scope, id: string, change: Change): Promise<void> =>
  alter(cx, scope, id, (row) => ({ ...row, ...change }));

/** To any stage. One that says won or lost ends the opportunity; any other opens an ended one again. */
export const moveOpportunity = (cx: Context, scope: Scope, id: string, stage: string, probability: number | undefined): Promise<void> =>
  cx.db.write(scope, (tx) => moveOpportunities(tx, cx, [{ id, stage, probability }]));

export interface StageMove {
  id: string;
  stage: string;
  probability?: number | undefined;
  lostReason?: string | undefined;
  at?: Date | undefined;
}

export async function moveOpportunities(tx: Tx, cx: Context, moves: readonly StageMove[]): Promise<void> {
  const wanted = new Map(moves.map((move) => [move.id, move]));
  const stages = await readStages(tx);
  await alterOpportunities(tx, cx, [...wanted.keys()], (row) => {
    const { stage, probability, lostReason, at } = wanted.get(row.id)!;
    const outcome = outcomeOfStage(stage);
    const moment = at ?? cx.clock.now();
    return {
      ...row,
      stage,
      outcome,
      closedAt: outcome === 'open' ? null : (row.closedAt ?? moment),
      lostReason: outcome === 'lost' ? (lostReason ?? row.lostReason) : null,
      probability: probabilityOf(stage, outcome, probability ?? null, stages),
      updatedAt: moment,
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

/** By hand: whoever takes an import back is asked about it. */
const alter = (cx: Context, scope: Scope, id: string, change: (row: OpportunityRow) => OpportunityRow): Promise<void> =>
  cx.db.write(scope, (tx) => alterOpportunities(tx, cx, [id], (row) => ({ ...change(row), lastImportId: null, updatedAt: cx.clock.now() })));

async function alterOpportunities(
  tx: Tx,
  cx: Context,
  ids: readonly string[],
  change: (row: OpportunityRow) => OpportunityRow,
): Promise<void> {
  const before = await findOpportunities(tx, ids, true);
  if (before.length < ids.length)
    refuse('not-found', 'revenue/no-such-opportunity', 'There is no such opportunity, or it is not one of yours.');
  const after = before.map(change);
  await updateOpportunities(tx, after);
  await append(
    tx,
    cx,
    after.flatMap((row, i) => opportunityFact(before[i], row)),
  );
  await judgeSales(
    tx,
    cx,
    after.filter((row, i) => row.outcome === 'won' && before[i]!.outcome !== 'won'),
    'app',
  );
}
