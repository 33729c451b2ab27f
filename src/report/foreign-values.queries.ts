import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { Cut } from './cuts.queries.ts';

// The sums of the reports add up what leads were sold for, whatever the currency. What is in another one than the report's is taken out again
// here, and said beside: amounts of two currencies are never one figure. Where everything is in one, that is all there is to it.

/** Whether anything at all was sold in another currency: two looks into an index. */
export async function isForeign(tx: Tx, { workspaceId, currency }: Cut): Promise<boolean> {
  if (currency === undefined) return false;
  const { found } = await tx.one<{ found: boolean }>(sql`select
    exists (select from report.lead_row where workspace_id = ${workspaceId} and value_minor is not null and currency < ${currency})
    or exists (select from report.lead_row where workspace_id = ${workspaceId} and value_minor is not null and currency > ${currency}) as found`);
  return found;
}

/** Sales in other currencies among these leads, by the keys (columns of a lead's row) that the report has a line for. */
export async function takeForeignOut<Row extends { valueMinor: number }>(
  tx: Tx,
  cut: Cut,
  rows: Row[],
  leads: Sql,
  key: Sql,
  keyOf: (row: Row) => string,
): Promise<Row[]> {
  if (!(await isForeign(tx, cut))) return rows;
  const found = await tx.rows<{ key: string; valueMinor: number }>(sql`
    select ${key} as key, sum(value_minor)::bigint as value_minor from ${leads}
    where value_minor is not null and currency <> ${cut.currency} group by 1`);
  const foreign = new Map(found.map((one) => [one.key, one.valueMinor]));
  return rows.map((row) => ({ ...row, valueMinor: row.valueMinor - (foreign.get(keyOf(row)) ?? 0) }));
}

/** The sums that stand beside, one for each currency. */
export async function sumForeign(tx: Tx, cut: Cut, leads: Sql): Promise<{ currency: string; sales: number; valueMinor: number }[]> {
  if (!(await isForeign(tx, cut))) return [];
  return tx.rows(sql`select currency, count(*)::int as sales, sum(value_minor)::bigint as value_minor from ${leads}
    where value_minor is not null and currency <> ${cut.currency} group by 1 order by 1`);
}
