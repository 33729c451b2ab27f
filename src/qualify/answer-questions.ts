import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { rescoreLeads } from './decide-inquiries.ts';
import { answerOf, setAnswer, type LeadRow } from './lead.rules.ts';
import { lockLeads, updateLeads } from './lead.store.ts';
import { loadRulesets } from './ruleset.store.ts';

export interface GivenAnswers {
  leadId: string;
  answers: Record<string, string | null>;
  at?: Date;
}

export const questionKeys = async (tx: Tx): Promise<Set<string>> => new Set((await loadRulesets(tx)).questions.body.map((question) => question.key));

/** Notes what somebody found out; the lead is scored anew at once. */
export async function answerQuestions(tx: Tx, cx: Context, given: readonly GivenAnswers[]): Promise<LeadRow[]> {
  const leads = new Map(
    (
      await lockLeads(
        tx,
        given.map((one) => one.leadId),
      )
    ).map((lead) => [lead.id, lead]),
  );
  const asked = await questionKeys(tx);
  const changed = given.flatMap(({ leadId, answers, at }) => {
    const lead = leads.get(leadId);
    if (!lead) refuse('not-found', 'qualify/no-such-lead', 'There is no such lead here.');
    const keys: string[] = [];
    for (const [key, raw] of Object.entries(answers)) {
      if (!asked.has(key)) refuse('invalid', 'qualify/no-such-question', `“${key}” is not one of the questions asked here.`);
      const answer = raw?.trim() || null;
      if (answerOf(lead, key) === answer) continue;
      setAnswer(lead, key, answer);
      keys.push(key);
    }
    return keys.length > 0 ? [{ lead, keys, at: at ?? cx.clock.now() }] : [];
  });
  await updateLeads(
    tx,
    changed.map((one) => one.lead),
  );
  await append(
    tx,
    cx,
    changed.map(({ lead, keys, at }) => ({
      type: 'lead.answered' as const,
      chainId: lead.inquiryId,
      subjectId: lead.id,
      at,
      data: { leadId: lead.id, questions: keys },
    })),
  );
  const moments = new Map(changed.map((one) => [one.lead.id, one.at]));
  await rescoreLeads(tx, cx, [...moments.keys()], (leadId) => moments.get(leadId) ?? cx.clock.now());
  return lockLeads(
    tx,
    given.map((one) => one.leadId),
  );
}
