import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { SightedFields } from '../sight.rules.ts';
import { appendValues, type Appended, type Offer } from './append-values.ts';
import { addToRun, type Provider, type Run, type RunCounts } from './append.store.ts';
import { costOf, shareOut } from './decide-value.rules.ts';
import { insertDoubts, type Saying } from './doubt.store.ts';
import { matchRows, type Matched } from './match-rows.ts';

export interface GivenRow {
  row: number;
  /** what it calls whom it is about */
  label: string;
  who: SightedFields;
  /** whom it is about, where that is known already */
  subjectId?: string;
  sayings: Saying[];
}
export interface TakenRow {
  row: number;
  matched: Matched;
  values: Appended[];
}

/** Rows of a provider's answer: about whom of us they are, what of it is used, and what it cost; `free`: nothing, this time. */
export async function takeRows(tx: Tx, cx: Context, run: Run, provider: Provider, rows: readonly GivenRow[], { free = false } = {}): Promise<TakenRow[]> {
  const unknown = rows.filter(({ subjectId }) => subjectId === undefined);
  const looked = new Map((await matchRows(tx, run.kind, unknown.map(({ who }) => who))).map((matched, at) => [unknown[at]!, matched]));
  const matched = rows.map((row): Matched => (row.subjectId === undefined ? looked.get(row)! : { zone: 'sure', id: row.subjectId }));
  const count: Pick<RunCounts, 'priced' | 'costMinor'> = { priced: 0, costMinor: 0 };
  const priceOf = (isHit: boolean): number => {
    if (free || (run.terms.pricePer === 'hit' && !isHit)) return 0;
    const cost = costOf(run.terms.priceThousandMinor, run.priced + count.priced++, 1);
    count.costMinor += cost;
    return cost;
  };
  const offers: Offer[] = [];
  const doubts: Parameters<typeof insertDoubts>[1][number][] = [];
  rows.forEach(({ row, sayings, label }, at) => {
    const found = matched[at]!;
    const priceMinor = priceOf(found.zone === 'sure' && sayings.length > 0);
    if (found.zone === 'sure') offers.push(...offersOf(found.id, row, provider.id, priceMinor, sayings));
    if (found.zone === 'ask' && sayings.length > 0) doubts.push({ id: cx.ids.next(), runId: run.id, kind: run.kind, rowNo: row, label, offers: { priceMinor, sayings }, candidates: found.candidates });
  });
  const values = Map.groupBy(await appendValues(tx, cx, run, offers), ({ row }) => row);
  await insertDoubts(tx, doubts);
  const zones = Map.groupBy(matched, ({ zone }) => zone);
  await addToRun(tx, run.id, { given: rows.length, sure: zones.get('sure')?.length ?? 0, asked: doubts.length, unknown: rows.length - (zones.get('sure')?.length ?? 0) - doubts.length, ...count });
  return rows.map(({ row }, at) => ({ row, matched: matched[at]!, values: values.get(row) ?? [] }));
}

/** What a row cost is shared out among what it says. */
export function offersOf(subjectId: string, row: number | null, providerId: string, priceMinor: number, sayings: readonly Saying[]): Offer[] {
  const shares = shareOut(priceMinor, sayings.length);
  return sayings.map((saying, at) => ({ ...saying, subjectId, row, providerId, priceMinor: shares[at]! }));
}
