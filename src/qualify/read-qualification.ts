import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { scored, withInquiries, type LeadRow } from './lead.rules.ts';
import { loadLeads } from './lead.store.ts';
import { listRulesets, loadRulesets } from './ruleset.store.ts';
import { loadSubjectsOfLeads } from './subject.store.ts';

export const readRules = loadRulesets;
export const readRulesHistory = listRulesets;

/** The lead with its score as it is at this moment: decay goes on between two rescorings. A closed lead keeps the score it ended with. */
export async function readLead(tx: Tx, cx: Context, id: string): Promise<LeadRow> {
  const [lead] = await loadLeads(tx, [id]);
  if (!lead) refuse('not-found', 'qualify/no-such-lead', 'There is no such lead here.');
  if (lead.closedAt !== null) return lead;
  const { scoring, questions } = await loadRulesets(tx);
  const inquiries = await loadSubjectsOfLeads(tx, [lead]);
  return scored(withInquiries(lead, inquiries, questions.body), inquiries, scoring.body, cx.clock.now());
}
