// Return = (value − cost) / cost. Where no cost was entered there is no return, and the table says so instead of leaving the row out.

export interface RoiInput {
  key: string | null;
  label: string;
  channel: string | null;
  costMinor: number | null;
  wonMinor: number;
  invoicedMinor: number;
  sales: number;
}

export interface RoiRow extends RoiInput {
  valueMinor: number;
  /** percent with one decimal; null without a cost */
  returnPercent: number | null;
  note: string | null;
}

export type Basis = 'won' | 'invoiced';

export function returnPercent(valueMinor: number, costMinor: number | null): number | null {
  if (costMinor === null || costMinor <= 0) return null;
  return Math.round(((valueMinor - costMinor) / costMinor) * 1000) / 10;
}

export function roiRow(input: RoiInput, basis: Basis): RoiRow {
  const valueMinor = basis === 'won' ? input.wonMinor : input.invoicedMinor;
  return {
    ...input,
    valueMinor,
    returnPercent: returnPercent(valueMinor, input.costMinor),
    note: input.costMinor === null ? 'no cost entered' : null,
  };
}

/** The rows of the programs of one channel become one row; a cost is unknown only when no program of the channel has one. */
export function byChannel(rows: readonly RoiInput[]): RoiInput[] {
  const channels = new Map<string, RoiInput>();
  for (const row of rows) {
    const name = row.channel ?? '';
    const sum = channels.get(name);
    if (!sum) channels.set(name, { ...row, key: row.channel, label: row.channel ?? '(no channel)' });
    else {
      sum.costMinor = row.costMinor === null ? sum.costMinor : (sum.costMinor ?? 0) + row.costMinor;
      sum.wonMinor += row.wonMinor;
      sum.invoicedMinor += row.invoicedMinor;
      sum.sales += row.sales;
    }
  }
  return [...channels.values()];
}

export function total(rows: readonly RoiInput[]): RoiInput {
  const sum: RoiInput = { key: null, label: 'Total', channel: null, costMinor: null, wonMinor: 0, invoicedMinor: 0, sales: 0 };
  for (const row of rows) {
    sum.costMinor = row.costMinor === null ? sum.costMinor : (sum.costMinor ?? 0) + row.costMinor;
    sum.wonMinor += row.wonMinor;
    sum.invoicedMinor += row.invoicedMinor;
    sum.sales += row.sales;
  }
  return sum;
}
