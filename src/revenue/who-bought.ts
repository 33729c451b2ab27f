import { conditionsBehind, type RowsOf } from '../identity/index.ts';
import type { Context } from '../platform/context.ts';
import { empty, sql, type Sql, type Tx } from '../platform/db/index.ts';

/** Sales to people and companies that fit conditions, each kind as a select of ids. */
export interface Sales {
  opportunities: Sql;
  invoices: Sql;
}

/** Who bought is who the sale names, else who its lead is; its own fields are those of the lead's first inquiry. */
const rowsOf = (table: Sql): RowsOf => ({
  from: sql`${table} x left join qualify.lead xl on xl.workspace_id = x.workspace_id and xl.id = x.lead_id`,
  id: sql`x.id`,
  person: sql`coalesce(x.person_id, xl.person_id)`,
  organization: sql`coalesce(x.organization_id, xl.organization_id)`,
  inquiry: sql`xl.inquiry_id`,
});

export async function salesOf(tx: Tx, cx: Context, where: string | undefined): Promise<Sales | undefined> {
  if (where === undefined) return undefined;
  const behind = await conditionsBehind(tx, cx, where);
  return { opportunities: behind(rowsOf(sql`revenue.opportunity`)), invoices: behind(rowsOf(sql`revenue.invoice`)) };
}

/** A credit's `sale_id` is of either kind. */
export const ofSales = (saleId: Sql, sales: Sales | undefined): Sql => (sales ? sql` and ${saleId} in (${sales.opportunities} union all ${sales.invoices})` : empty);
export const amongSales = (id: Sql, among: Sql | undefined): Sql => (among ? sql` and ${id} in (${among})` : empty);
