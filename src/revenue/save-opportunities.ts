import { append, type NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { keepBefore } from './before-import.store.ts';
import { judgeSales } from './judge-sales.ts';
import { insertOpportunities, updateOpportunities, type OpportunityRow } from './opportunity.store.ts';

/** Saves what an import made or changed, keeps how the changed ones were for its undo, and judges the leads of those that were won. */
export async function saveOpportunities(
  tx: Tx,
  cx: Context,
  importId: string,
  fresh: readonly OpportunityRow[],
  changed: readonly { before: OpportunityRow; after: OpportunityRow }[],
  facts: NewFact[],
): Promise<void> {
  const after = changed.map((one) => one.after);
  await insertOpportunities(tx, fresh);
  await keepBefore(
    tx,
    importId,
    'opportunity',
    changed.map((one) => one.before),
  );
  await updateOpportunities(tx, after);
  await append(tx, cx, facts);
  await judgeSales(
    tx,
    cx,
    [...fresh, ...after].filter((one) => one.outcome === 'won'),
    'import',
  );
}
