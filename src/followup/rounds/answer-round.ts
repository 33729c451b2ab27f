import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { verdicts } from '../disposition.rules.ts';
import { judgeLeads } from '../judge-leads.ts';
import { readAmount } from '../link-page.rules.ts';
import { noteAnswers } from '../partner/note-answer.ts';
import type { AnsweredFrom } from '../partner/note-answer.ts';
import { replaceProposals } from '../partner/proposal.store.ts';
import { findRoundLeads } from './round.queries.ts';
import type { RoundFound } from './round.queries.ts';

/** Gives one of the leads that a round asked for its verdict, in the name of its holder. Answers with what was said, 'again' where nothing was. */
export async function answerRound(tx: Tx, cx: Context, round: RoundFound, fields: Record<string, string>, from: AnsweredFrom): Promise<string> {
  const { id: linkId, holderId } = round;
  const leadId = round.leadIds.find((one) => one === fields['lead']);
  const verdict = verdicts.find((one) => one === fields['do']);
  const reason = fields['reason']?.trim().slice(0, 500) || null;
  const valueMinor = verdict === 'sale' ? readAmount(fields['value'], round.currency) : null;
  if (!leadId || !verdict || valueMinor === undefined) return 'again';
  // It may have passed on since the page was looked at.
  if ((await findRoundLeads(tx, { id: linkId, holderId, leadIds: [leadId] })).length === 0) return 'again';
  const at = cx.clock.now();
  await replaceProposals(tx, [leadId], holderId, at);
  await judgeLeads(tx, cx, [{ leadId, verdict, reason, valueMinor, at, byHolderId: holderId, via: 'link', actor: `holder:${holderId}` }]);
  await noteAnswers(tx, cx, [{ linkId, leadId, holderId, did: verdict, at }], from);
  return verdict;
}
