import { lockHolders, place } from '../../distribute/index.ts';
import { changeConsent } from '../../identity/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { answerQuestions, questionKeys } from '../../qualify/index.ts';
import { logActivities, setNextActions } from '../log-activities.ts';
import { findCalled } from './calling.queries.ts';
import { addCall, endTargets, listMissedHours, lockTargets, saveTarget } from './calling.store.ts';
import type { ListRow, Locked } from './calling.store.ts';
import { getScript } from './keep-scripts.ts';
import { getList } from './make-lists.ts';
import { isMissed, isReached, mayRing, nextAttempt } from './next-call.rules.ts';
import type { Outcome } from './next-call.rules.ts';
import { notedAnswers, walk } from './script.rules.ts';
import type { Given } from './script.rules.ts';
import { hoursToldOf, zonesOfTarget } from './take-turns.ts';
import { localTime } from './zones.rules.ts';

export interface CallTold {
  leadId: string;
  outcome: Outcome;
  answers: readonly Given[];
  note?: string | null | undefined;
  callBackAt?: Date | null;
}

/** As a lead's page and its playbook say it. */
const words: Record<Outcome, string> = {
  no_answer: 'No answer',
  busy: 'Busy',
  voicemail: 'Left a message',
  wrong_number: 'Wrong number',
  call_back: 'Call back',
  refused: 'Not interested',
  do_not_call: 'Wants no calls',
  not_qualified: 'Not qualified',
  qualified: 'Qualified',
};

/**
 * What came of a call: a followup on the lead like any other, its answers noted where qualifying questions ask for them, and what the outcome
 * means for the list, the person's wishes and whose the lead is. Refuses where somebody else has the lead at hand by now.
 */
export async function recordCall(tx: Tx, cx: Context, listId: string, told: CallTold) {
  const now = cx.clock.now();
  const { leadId, outcome } = told;
  const list = await getList(tx, listId);
  const places = await lockTargets(tx, leadId);
  const target =
    places.find((one) => one.listId === listId) ?? refuse('not-found', 'followup/not-on-list', 'This lead is not on this list.');
  if (target.leasedBy !== tx.scope.userId)
    refuse(
      'conflict',
      'followup/call-turn',
      'You have not got this lead at hand any more: a quarter of an hour went by and it was given back. Take the next one; what you noted can be put on the lead’s page.',
    );
  if (target.closed) refuse('conflict', 'followup/lead-closed', 'This lead was closed meanwhile. Take the next one.');
  const zones = zonesOfTarget(target);
  const callBackAt = outcome === 'call_back' ? checkedTime(told.callBackAt ?? null, zones, list, now) : null;

  const { answered } = walk(await getScript(tx, list.scriptId), told.answers);
  const answers = answered.flatMap(({ step, answer }) => (answer ? [{ ask: step.text, answer }] : []));
  const note = [told.note, ...answers.map(({ ask, answer }) => `${ask} ${answer}`)].filter(Boolean).join('\n') || null;
  const [activity] = await logActivities(tx, cx, [
    { leadId, kind: 'call', at: now, outcome: words[outcome], note, via: 'app', byUserId: tx.scope.userId, actor: tx.scope.userId },
  ]);
  const asked = await questionKeys(tx);
  const noted = Object.fromEntries(Object.entries(notedAnswers(answered)).filter(([key]) => asked.has(key)));
  if (Object.keys(noted).length > 0) await answerQuestions(tx, cx, [{ leadId, answers: noted, at: now }]);

  const { hour, day } = localTime(zones[0]!, now);
  const missedBefore = await listMissedHours(tx, leadId);
  await addCall(tx, {
    id: cx.ids.next(),
    listId,
    leadId,
    activityId: activity!.id,
    at: now,
    localHour: hour,
    outcome,
    reached: isReached(outcome),
    answers,
    note: told.note || null,
  });
  const dayCalls = (target.day === day ? target.dayCalls : 0) + 1;
  const attempts = target.attempts + 1;
  let dueAt: Date | null = callBackAt;
  if (isMissed(outcome) && attempts < list.attemptsMost)
    dueAt = nextAttempt(
      { zones, tried: [...missedBefore, hour], busy: outcome === 'busy', dayCalls },
      list,
      now,
      await hoursToldOf(tx, now),
    );
  const state = dueAt ? ('waiting' as const) : ('done' as const);
  await saveTarget(tx, { listId, leadId, state, outcome, attempts, dueAt, callBack: callBackAt !== null, day, dayCalls });

  let handedTo: string | null = null;
  if (outcome === 'do_not_call') {
    await changeConsent(tx, cx, target.personId, { doNotCall: true }, 'phone');
    await endTargets(tx, leadId, outcome);
  }
  if (outcome === 'qualified') {
    await endTargets(tx, leadId, outcome);
    handedTo = await handOver(tx, cx, list, target, answers, now);
  }
  cx.live.publish(tx, 'calling');
  return { state, dueAt, handedTo };
}

function checkedTime(at: Date | null, zones: readonly string[], list: ListRow, now: Date): Date {
  if (!at) return refuse('invalid', 'followup/call-back-when', 'Say when they are to be called back.');
  if (at <= now) return refuse('invalid', 'followup/call-back-past', 'That moment has gone by. Choose one that is to come.');
  if (!mayRing(zones, at, list))
    return refuse(
      'invalid',
      'followup/call-back-hour',
      `It would be ${localTime(zones[0]!, at).hour} o’clock where they are; this list calls from ${list.fromHour} to ${list.untilHour}. Choose another time.`,
    );
  return at;
}

/** Who is qualified goes to sales: what waits at the desk, or is kept warm, is dealt; else its holder finds it at the top with the answers, or it is dealt anew where the list says so. */
async function handOver(
  tx: Tx,
  cx: Context,
  list: ListRow,
  { leadId }: Locked,
  answers: readonly { ask: string; answer: string }[],
  now: Date,
): Promise<string | null> {
  const held = (await lockHolders(tx, [leadId])).get(leadId);
  const isHeld = held?.holderKind === 'rep' || held?.holderKind === 'partner';
  if (!isHeld || list.dealAnew) {
    const note = new Map([
      [
        leadId,
        {
          label: 'Qualified by phone',
          detail:
            answers
              .map(({ ask, answer }) => `${ask} ${answer}`)
              .join(' · ')
              .slice(0, 500) || list.name,
        },
      ],
    ]);
    await place(tx, cx, [leadId], isHeld ? 'handover' : 'returned', now, note);
  }
  const what = `Qualified by phone (${list.name}): get in touch`;
  await setNextActions(tx, cx, [{ leadId, what, dueAt: now, byUserId: tx.scope.userId, at: now, actor: tx.scope.userId }]);
  return (await findCalled(tx, leadId))?.holderName ?? null;
}
