import type { z } from 'zod';
import type { Context } from '../platform/context.ts';
import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { modelWeights } from './attribution.rules.ts';
import { ledgerCurrency, listProgramCosts, sumCredits, sumLedger, sumOtherCurrencies } from './ledger.queries.ts';
import type { roi, roiQuery } from './money.contract.ts';
import { salesOf } from './who-bought.ts';
import { byChannel, roiRow, total, type RoiInput, type RoiRow } from './roi.rules.ts';

export type Roi = z.input<typeof roi>;
export type RoiQuery = z.output<typeof roiQuery>;

/** Cost, credited sales and return, by program or channel. Whom sales were made to (`where`) does not split costs: they stay whole. Every program is there, with or without a cost; rows and the unattributed add up to the ledger. */
export async function makeRoi(tx: Tx, query: RoiQuery, cx: Context): Promise<Roi> {
  const { timeZone } = await tx.one<{ timeZone: string }>(sql`select time_zone from platform.workspace where id = ${tx.scope.workspaceId}`);
  const currency = await ledgerCurrency(tx);
  const programs = await listProgramCosts(tx, currency, query);
  const sales = await salesOf(tx, cx, query.where);
  const credits = await sumCredits(tx, query.model, currency, query, sales);
  const ledger = await sumLedger(tx, currency, query, timeZone, sales);
  const others = await sumOtherCurrencies(tx, currency, query, timeZone, sales);

  const unattributed = { wonMinor: 0, invoicedMinor: 0, sales: 0 };
  const rows = new Map<string, RoiInput>();
  for (const program of programs)
    rows.set(program.id, {
      key: program.id,
      label: program.name,
      channel: program.channel,
      costMinor: program.costMinor,
      wonMinor: 0,
      invoicedMinor: 0,
      sales: 0,
    });
  for (const sum of credits) {
    if (!sum.attributed) {
      unattributed.wonMinor += sum.wonMinor;
      unattributed.invoicedMinor += sum.invoicedMinor;
      unattributed.sales += sum.sales;
      continue;
    }
    const key = sum.programId ?? `channel ${sum.channel ?? ''}`;
    const row = rows.get(key) ?? {
      key: sum.programId,
      label: '(no program)',
      channel: sum.channel,
      costMinor: null,
      wonMinor: 0,
      invoicedMinor: 0,
      sales: 0,
    };
    row.wonMinor += sum.wonMinor;
    row.invoicedMinor += sum.invoicedMinor;
    row.sales += sum.sales;
    rows.set(key, row);
  }
  const all = [...rows.values()];
  const shown = query.by === 'channel' ? byChannel(all) : joinNameless(all);
  const period = { ...(query.from ? { from: query.from } : {}), ...(query.to ? { to: query.to } : {}), ...(query.where ? { where: query.where } : {}) };
  const drill = (row: RoiRow): Record<string, string> => ({
    ...period,
    ...(query.by === 'channel' ? { channel: row.key ?? '' } : { programId: row.key ?? 'none' }),
  });
  return {
    by: query.by,
    model: query.model,
    weights: modelWeights[query.model],
    basis: query.basis,
    from: query.from ?? null,
    to: query.to ?? null,
    currency,
    rows: shown
      .map((row) => roiRow(row, query.basis))
      .sort((a, b) => b.valueMinor - a.valueMinor || (b.costMinor ?? 0) - (a.costMinor ?? 0) || (a.label < b.label ? -1 : 1))
      .map((row) => ({ ...row, drill: drill(row) })),
    total: { ...roiRow(total(all), query.basis), drill: period },
    unattributed,
    ledger,
    otherCurrencies: others,
  };
}

/** What inquiries without a program earned is one row in a table of programs. */
function joinNameless(rows: readonly RoiInput[]): RoiInput[] {
  const nameless = rows.filter((row) => row.key === null);
  if (nameless.length === 0) return [...rows];
  return [...rows.filter((row) => row.key !== null), { ...total(nameless), label: '(no program)', costMinor: null }];
}
