import { findHoldersOfUser, unassignedLimit } from '../../distribute/index.ts';
import { costSilence } from '../../followup/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { refuse } from '../../platform/refusal.ts';
import type { Tx } from '../../platform/db/index.ts';
import { findWorkspace, loadNames } from '../workspace.queries.ts';
import type { Bill } from './bill.contract.ts';
import { listSilent } from './bill.queries.ts';
import { shapeBill } from './bill.rules.ts';

/** What silence costs, this instant. Managers see everybody's; who is measured sees their own. */
export const makeBill = (cx: Context, scope: Scope, asked: { holderId?: string | undefined; territoryId?: string | undefined }): Promise<Bill> =>
  cx.db.read(scope, async (tx) => {
    const now = cx.clock.now();
    const holderIds = await whose(tx, scope, asked.holderId);
    const { sinceAt } = await unassignedLimit(tx, now);
    const silent = await listSilent(tx, { holderIds, territoryId: asked.territoryId, now, lateSince: sinceAt });
    const costs = await costSilence(
      tx,
      silent.map(({ leadId }) => leadId),
      now,
    );
    const { currency } = await findWorkspace(tx);
    return { at: now.toISOString(), currency, ...shapeBill(silent, costs, await loadNames(tx)) };
  });

async function whose(tx: Tx, scope: Scope, holderId: string | undefined): Promise<string[] | undefined> {
  const manages = !scope.holderId && scope.roles.some((role) => ['administrator', 'marketing', 'sales_manager', 'management'].includes(role));
  if (manages) return holderId ? [holderId] : undefined;
  const own = scope.holderId ? [scope.holderId] : scope.userId ? (await findHoldersOfUser(tx, scope.userId)).map(({ id }) => id) : [];
  if (holderId && !own.includes(holderId)) refuse('forbidden', 'report/not-your-bill', 'This is somebody else’s silence bill. Leave out the holder to see yours.');
  return holderId ? [holderId] : own;
}
