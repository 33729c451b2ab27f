import { append, type NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { takeBefore } from './before-import.store.ts';
import { findKept } from './changed-since.ts';
import { removeCreditsOf } from './credit.store.ts';
import { takeBackSales } from './judge-sales.ts';
import { opportunityFact } from './opportunity-facts.rules.ts';
import {
  findOpportunities,
  findOpportunitiesOfImport,
  removeOpportunities,
  updateOpportunities,
  type OpportunityRow,
} from './opportunity.store.ts';
import { dropReferences } from './references.store.ts';

/** Takes an import of opportunities or outcomes back: rows it made go, rows it changed are as before, verdicts it gave are withdrawn. */
export async function undoOpportunities(tx: Tx, cx: Context, importId: string, options?: { overwrite?: boolean }): Promise<void> {
  const kept = await findKept(tx, importId, 'opportunity', options);
  const before = (await takeBefore<OpportunityRow>(tx, importId, 'opportunity')).map(revive).filter(({ id }) => !kept.has(id));
  const now = await findOpportunities(
    tx,
    before.map((one) => one.id),
    true,
  );
  await updateOpportunities(tx, before);
  await dropReferences(tx, importId, kept);
  const own = (await findOpportunitiesOfImport(tx, importId)).filter(({ id }) => !kept.has(id));
  const ids = own.map((one) => one.id);
  await takeBackSales(tx, cx, [
    ...own,
    ...now.filter((one) => one.outcome === 'won' && before.find((was) => was.id === one.id)?.outcome !== 'won'),
  ]);
  await removeCreditsOf(tx, 'opportunity', ids);
  if (ids.length > 0) await removeOpportunities(tx, ids);
  const facts: NewFact[] = own.map((one) => ({
    type: 'opportunity.withdrawn',
    chainId: one.id,
    subjectId: one.id,
    data: { opportunityId: one.id, leadId: one.leadId },
  }));
  for (const was of before)
    facts.push(
      ...opportunityFact(
        now.find((one) => one.id === was.id),
        was,
      ),
    );
  await append(tx, cx, facts);
}

/** Dates come back from JSON as text. */
function revive(row: OpportunityRow): OpportunityRow {
  return {
    ...row,
    openedAt: new Date(row.openedAt),
    closedAt: row.closedAt ? new Date(row.closedAt) : null,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
  };
}
