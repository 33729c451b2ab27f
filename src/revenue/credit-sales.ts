import type { Context } from '../platform/context.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { credit, models } from './attribution.rules.ts';
import {
  insertCredits,
  loadSales,
  loadTouchesOfOrganizations,
  loadTouchesOfPeople,
  removeCreditsOf,
  type CreditRow,
  type TouchRow,
} from './credit.store.ts';

/** Works the credits of these sales out again, under every model. A sale that counts no more loses its credits. */
export async function creditSales(tx: Tx, cx: Context, opportunityIds: readonly string[], invoiceIds: readonly string[]): Promise<void> {
  if (opportunityIds.length + invoiceIds.length === 0) return;
  const { timeZone } = await tx.one<{ timeZone: string }>(sql`select time_zone from platform.workspace where id = ${tx.scope.workspaceId}`);
  const sales = await loadSales(tx, opportunityIds, invoiceIds, timeZone);
  const inferred = sales.filter((sale) => !sale.statedProgramId);
  const touches = group(await loadTouchesOfPeople(tx, inferred));
  const alone = inferred.filter((sale) => !touches.has(sale.id) && sale.organizationId);
  for (const [saleId, list] of group(await loadTouchesOfOrganizations(tx, alone))) touches.set(saleId, list);

  const rows: CreditRow[] = [];
  for (const sale of sales) {
    const stated = sale.statedProgramId
      ? { programId: sale.statedProgramId, sourceId: sale.statedSourceId, channel: sale.statedChannel }
      : undefined;
    for (const model of models) {
      for (const part of credit({ amountMinor: sale.amountMinor, soldAt: sale.soldAt, stated }, touches.get(sale.id) ?? [], model)) {
        rows.push({
          ...part,
          id: cx.ids.next(),
          saleKind: sale.kind,
          saleId: sale.id,
          leadId: sale.leadId,
          currency: sale.currency,
          soldOn: sale.soldOn,
        });
      }
    }
  }
  await removeCreditsOf(tx, 'opportunity', opportunityIds);
  await removeCreditsOf(tx, 'invoice', invoiceIds);
  await insertCredits(tx, rows);
}

function group(touches: readonly TouchRow[]): Map<string, TouchRow[]> {
  const bySale = new Map<string, TouchRow[]>();
  for (const touch of touches) {
    const list = bySale.get(touch.saleId);
    if (list) list.push(touch);
    else bySale.set(touch.saleId, [touch]);
  }
  return bySale;
}
