import { systemScope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { ExchangeLead } from './exchange.contract.ts';
import { asExchangeLead, mayRead } from './exchange-lead.rules.ts';
import { findStandings, findWords } from './exchange.queries.ts';

/**
 * Leads as a partner's system, or with holderId null the company's own, may have them now; those the holder never had are left out. Whose a
 * lead is the house says; the words are read with the partner's own eyes, so that the database, too, gives away nothing of another's.
 */
export async function showLeads(cx: Context, workspaceId: string, holderId: string | null, leadIds: readonly string[]): Promise<Map<string, ExchangeLead>> {
  const house = systemScope(workspaceId);
  const standings = await cx.db.read(house, (tx) => findStandings(tx, leadIds, holderId));
  const own = [...standings.values()].filter((one) => holderId === null || one.held);
  const readable = own.filter((one) => mayRead(one, holderId)).map((one) => one.leadId);
  const words = await cx.db.read(holderId === null ? house : { workspaceId, holderId, roles: ['partner'] }, (tx) => findWords(tx, readable));
  const byId = new Map(words.map((one) => [one.leadId, one]));
  return new Map(own.map((one) => [one.leadId, asExchangeLead(one, byId.get(one.leadId), holderId)]));
}
