import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { startOfDay } from '../platform/values/period.rules.ts';
import { acceptAssignments } from './accept-assignments.ts';
import type { Acceptance } from './accept-assignments.ts';
import { businessClock } from './business-hours.rules.ts';
import { nextClock } from './clocks.rules.ts';
import { lockCustody, savePauses } from './custody.store.ts';
import type { OpenCustody } from './custody.store.ts';
import { pauseDaysMost, pauseEndsMost, shiftInstants } from './pause.rules.ts';

export interface Pause extends Acceptance {
  /** an instant, or a day: its beginning where the holder works */
  until: Date | { on: string };
  reason: string;
}

/**
 * Lets leads rest until an instant, with a reason. Whoever lets one rest has taken it on, so what was only offered is accepted. A second pause
 * takes the place of the first. Tells of each whether it was still theirs.
 */
export async function pauseAssignments(tx: Tx, cx: Context, pauses: readonly Pause[]): Promise<boolean[]> {
  const answers = await acceptAssignments(tx, cx, pauses);
  const custody = new Map((await lockCustody(tx, pauses.map(({ leadId }) => leadId))).map((held) => [held.leadId, held]));
  const rest = pauses.flatMap((given, i) => (answers[i] === 'gone' ? [] : [{ given, held: custody.get(given.leadId)! }]));
  for (const { given, held } of rest) {
    const until = given.until instanceof Date ? given.until : startOfDay(given.until.on, held.timeZone);
    if (until <= given.at) refuse('invalid', 'distribute/pause-past', 'A pause ends in the future: choose a later day.');
    if (until > pauseEndsMost(held.firstPausedAt, given.at))
      refuse('limit', 'distribute/pause-too-long', `A lead rests for ${pauseDaysMost} days in all. What has to wait longer is warm: say so, with the day it should come back.`);
    if (held.pausedUntil) shift(held, held.pausedUntil, given.at);
    shift(held, given.at, until);
    Object.assign(held, { pausedAt: given.at, pausedUntil: until, pauseReason: given.reason, firstPausedAt: held.firstPausedAt ?? given.at });
    held.clockAt = nextClock(held);
  }
  await savePauses(tx, rest.map(({ held }) => held));
  await append(
    tx,
    cx,
    rest.map(({ given, held }): NewFact<'lead.paused'> => ({
      ...about(held, given),
      type: 'lead.paused',
      data: { leadId: held.leadId, assignmentId: held.id, holderId: held.holderId, until: held.pausedUntil!.toISOString(), reason: given.reason },
    })),
  );
  return answers.map((answer) => answer !== 'gone');
}

/** Ends pauses before their time: the clocks run on from now. What does not rest is left alone. */
export async function resumeAssignments(tx: Tx, cx: Context, resumes: readonly Pick<Pause, 'leadId' | 'holderId' | 'at' | 'actor'>[]): Promise<void> {
  const custody = new Map((await lockCustody(tx, resumes.map(({ leadId }) => leadId))).map((held) => [held.leadId, held]));
  const resting = resumes.flatMap((given) => {
    const held = custody.get(given.leadId);
    return held?.pausedUntil && (!given.holderId || held.holderId === given.holderId) ? [{ given, held }] : [];
  });
  for (const { given, held } of resting) {
    if (given.at < held.pausedUntil!) shift(held, held.pausedUntil!, given.at);
    Object.assign(held, { pausedAt: null, pausedUntil: null, pauseReason: null });
    held.clockAt = nextClock(held);
  }
  await savePauses(tx, resting.map(({ held }) => held));
  await append(
    tx,
    cx,
    resting.map(({ given, held }): NewFact<'lead.resumed'> => ({
      ...about(held, given),
      type: 'lead.resumed',
      data: { leadId: held.leadId, assignmentId: held.id, holderId: held.holderId, early: true },
    })),
  );
}

const shift = (held: OpenCustody, from: Date, to: Date): OpenCustody => Object.assign(held, shiftInstants(held, businessClock(held.calendar, held.timeZone), from, to));

const about = (held: OpenCustody, given: { at: Date; actor?: string | undefined }) => ({
  chainId: held.inquiryId,
  subjectId: held.leadId,
  at: given.at,
  ...(given.actor ? { actor: given.actor } : {}),
});
