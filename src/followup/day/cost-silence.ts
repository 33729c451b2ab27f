import type { Tx } from '../../platform/db/index.ts';
import { findAverageSale, listForWorth } from '../followup.queries.ts';
import { defaultSaleMinor, silenceOf } from '../queue.rules.ts';
import { readTerms } from './read-terms.ts';

/** What silence took of these open leads so far, and what it still can take, reckoned as the queue does: three statements, however many. */
export async function costSilence(tx: Tx, leadIds: readonly string[], now: Date): Promise<Map<string, ReturnType<typeof silenceOf>>> {
  if (leadIds.length === 0) return new Map();
  const leads = await listForWorth(tx, leadIds);
  const terms = await readTerms(tx, [], now, (await findAverageSale(tx)) ?? defaultSaleMinor);
  return new Map(leads.map((lead) => [lead.leadId, silenceOf(lead, now, terms)]));
}
