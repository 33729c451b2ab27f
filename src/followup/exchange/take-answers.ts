import { acceptAssignments, declineAssignments, lockHolders } from '../../distribute/index.ts';
import { canonicalJson } from '../../journal/index.ts';
import { asHouse } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { hashToken } from '../../platform/secrets.ts';
import { lockLeads } from '../followup.store.ts';
import { judgeLeads } from '../judge-leads.ts';
import { logActivities, setNextActions } from '../log-activities.ts';
import { judgeAnswers, momentOfAnswer } from './answer.rules.ts';
import type { Refused } from './answer.rules.ts';
import type { Answer } from './exchange.contract.ts';
import { dropReferences, findReferences, keepReferences } from './exchange.store.ts';
import { findStandings } from './exchange.queries.ts';

export interface Taken {
  reference: string;
  leadId: string;
  outcome: 'taken' | 'known' | 'refused';
  code: string | null;
  sentence: string | null;
}
type As<D extends Answer['do']> = Extract<Answer, { do: D }>;
interface Sender {
  holderId: string;
  actor: string;
  userId: string | undefined;
}

const otherContent: Refused = {
  code: 'followup/reference-used',
  sentence: 'You sent another answer under this reference before. Give every answer a reference of its own.',
};

/**
 * Takes what a partner's system says of its leads, each answer once by its reference, and tells of each what became of it, in order. One
 * that cannot be taken stops none of the others and may be sent again. A few statements however many answers.
 */
export async function takeAnswers(cx: Context, scope: Scope, answers: readonly Answer[]): Promise<Taken[]> {
  const holderId = holderOf(scope);
  const sender: Sender = { holderId, actor: scope.userId ?? `holder:${holderId}`, userId: scope.userId };
  const house = asHouse(scope);
  const results = new Map<Answer, Taken>();
  // Passing leads on locks in another order than working them: declines come last, in a transaction of their own.
  for (const part of [answers.filter((one) => one.do !== 'decline'), answers.filter((one) => one.do === 'decline')]) {
    if (part.length === 0) continue;
    const done = await cx.db.write(house, (tx) => takePart(tx, cx, sender, part));
    part.forEach((one, i) => results.set(one, done[i]!));
  }
  return answers.map((one) => results.get(one)!);
}

export const holderOf = (scope: Scope): string =>
  scope.holderId ?? refuse('forbidden', 'followup/no-holder', 'This is for partners: use a token that acts as one, made under Settings, API tokens.');

async function takePart(tx: Tx, cx: Context, sender: Sender, answers: readonly Answer[]): Promise<Taken[]> {
  const { holderId } = sender;
  const now = cx.clock.now();
  const said = new Map(answers.map((one) => [one, hashToken(canonicalJson(one))]));
  const references = [...new Set(answers.map((one) => one.reference))];
  const before = await findReferences(tx, holderId, references);
  const open = answers.filter((one) => !before.has(one.reference));
  const leadIds = [...new Set(open.map((one) => one.leadId))].toSorted();
  if (open.some((one) => one.do !== 'decline')) {
    // Whose it is must stay so until all is done.
    await lockLeads(tx, leadIds);
    await lockHolders(tx, leadIds);
  }
  const standings = await findStandings(tx, leadIds, holderId);
  const why = judgeAnswers(open, standings, holderId, now);
  const refusals = new Map(open.flatMap((one, i) => (why[i] ? [[one, why[i]] as const] : [])));
  // Of two alike in one call the first counts.
  const first = new Map<string, Answer>();
  for (const one of open) if (!refusals.has(one) && !first.has(one.reference)) first.set(one.reference, one);
  const fresh = await keepReferences(tx, holderId, [...first.values()].map((one) => ({ reference: one.reference, leadId: one.leadId, said: said.get(one)! })), now);
  const takes = [...first.values()].filter((one) => fresh.has(one.reference));
  const lost = await act(tx, cx, sender, takes, now);
  if (lost.length > 0) await dropReferences(tx, holderId, lost.map((one) => one.reference));
  // Somebody may have sent the same a moment ago: by now it is there to be read.
  const known = fresh.size < first.size ? new Map([...before, ...(await findReferences(tx, holderId, references))]) : before;
  return answers.map((one) => {
    const result = (outcome: Taken['outcome'], refused?: Refused): Taken => ({ reference: one.reference, leadId: one.leadId, outcome, code: refused?.code ?? null, sentence: refused?.sentence ?? null });
    const refused = refusals.get(one);
    if (refused) return result('refused', refused);
    if (lost.includes(one)) return result('refused', passedOn);
    if (takes.includes(one)) return result('taken');
    const other = known.get(one.reference) ?? said.get(first.get(one.reference)!);
    return other?.equals(said.get(one)!) ? result('known') : result('refused', otherContent);
  });
}

const passedOn: Refused = { code: 'followup/passed-on', sentence: 'This lead has been passed on in the meantime: nothing is asked of you any more.' };

/** Does what was said. @returns declines of leads that went elsewhere in the meantime */
async function act(tx: Tx, cx: Context, { holderId, actor, userId }: Sender, answers: readonly Answer[], now: Date): Promise<Answer[]> {
  const all = <D extends Answer['do']>(what: D): As<D>[] => answers.filter((one): one is As<D> => one.do === what);
  const whose = { byHolderId: holderId, byUserId: userId, via: 'api' as const, actor };
  await acceptAssignments(tx, cx, all('accept').map(({ leadId }) => ({ leadId, holderId, at: now, via: 'api', actor })));
  await logActivities(tx, cx, all('activity').map(({ leadId, kind, outcome, note, at }) => ({ leadId, kind, outcome, note, at: momentOfAnswer(at, now), ...whose })));
  await setNextActions(tx, cx, all('next').map(({ leadId, what, dueAt }) => ({ leadId, what, dueAt: what !== null && dueAt ? new Date(dueAt) : null, at: now, byUserId: userId, actor })));
  await judgeLeads(tx, cx, all('verdict').map(({ leadId, verdict, reason, valueMinor, currency, untilOn, at }) => ({
    leadId, verdict, reason, valueMinor, currency, until: untilOn ? { on: untilOn } : null, at: momentOfAnswer(at, now), ...whose, mayLack: true,
  })));
  const declines = all('decline');
  const passed = await declineAssignments(tx, cx, declines.map(({ leadId, reason }) => ({ leadId, holderId, reason, at: now, via: 'api', actor })));
  return declines.filter((_, i) => !passed[i]);
}
