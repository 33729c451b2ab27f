import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { agreedAt, owedAfterAccepting, promisesOf } from './agreed-promise.rules.ts';
import type { Promises } from './agreed-promise.rules.ts';
import { seeDeck } from './books.store.ts';
import { businessClock } from './business-hours.rules.ts';
import { nextClock } from './clocks.rules.ts';
import { lockCustody, stampAssignments, stampOwed } from './custody.store.ts';
import type { OpenCustody, Owed, Stamp } from './custody.store.ts';
import { followupDeadline } from './response.rules.ts';
import type { ResponsePromise } from './response.rules.ts';

export interface Acceptance {
  leadId: string;
  /** whose answer it is; without one, whoever holds the lead */
  holderId?: string | undefined;
  at: Date;
  via: 'app' | 'link' | 'import' | 'mail' | 'api';
  actor?: string | undefined;
}
export type Accepted = 'accepted' | 'already' | 'gone';

/** Accepts leads. Accepting twice changes nothing; what has been passed on in the meantime is gone. One answer for each, in order. */
export async function acceptAssignments(tx: Tx, cx: Context, acceptances: readonly Acceptance[]): Promise<Accepted[]> {
  if (acceptances.length === 0) return [];
  const custody = byLead(
    await lockCustody(
      tx,
      acceptances.map((a) => a.leadId),
    ),
  );
  const deck = await seeDeck(tx);
  const promise = promisesOf(deck);
  const stamps: Stamp[] = [];
  const owed: Owed[] = [];
  const facts: NewFact[] = [];
  const answers = acceptances.map((given): Accepted => {
    const held = custody.get(given.leadId);
    if (!held || !worked(held) || (given.holderId && held.holderId !== given.holderId)) return 'gone';
    if (held.acceptedAt) return 'already';
    owed.push(startOwed(held, deck, given.at));
    stamps.push(startContact(held, promise(held.startedAt), given.at));
    facts.push(acceptedFact(held, given));
    return 'accepted';
  });
  await stampAssignments(tx, stamps);
  await stampOwed(tx, owed);
  await append(tx, cx, facts);
  return answers;
}

/** A first call, mail or verdict is the best answer there is: it accepts the lead, if nobody did, and stops its clock. */
export async function firstFollowup(tx: Tx, cx: Context, followups: readonly Acceptance[]): Promise<void> {
  if (followups.length === 0) return;
  const custody = byLead(
    await lockCustody(
      tx,
      followups.map((f) => f.leadId),
    ),
  );
  const stamps = new Map<string, Stamp>();
  const owed: Owed[] = [];
  const facts: NewFact[] = [];
  const accepting = followups.some(({ leadId }) => custody.get(leadId)?.acceptedAt === null);
  const deck = accepting ? await seeDeck(tx) : null;
  for (const given of followups) {
    const held = custody.get(given.leadId);
    if (!held || !worked(held) || held.firstFollowupAt || (given.holderId && held.holderId !== given.holderId)) continue;
    if (!held.acceptedAt) {
      facts.push(acceptedFact(held, given));
      if (deck) owed.push(startOwed(held, deck, given.at));
    }
    Object.assign(held, { acceptedAt: held.acceptedAt ?? given.at, firstFollowupAt: given.at, remindAt: null });
    held.clockAt = nextClock(held);
    stamps.set(held.id, held);
  }
  await stampAssignments(tx, [...stamps.values()]);
  await stampOwed(tx, owed);
  await append(tx, cx, facts);
}

function startContact(held: OpenCustody, promise: ResponsePromise, at: Date): Stamp {
  const { dueAt, remindAt } = followupDeadline(promise, held.grade, businessClock(held.calendar, held.timeZone), at);
  Object.assign(held, { acceptedAt: at, followBy: dueAt, remindAt: held.firstFollowupAt ? null : remindAt, remindedAt: null });
  held.clockAt = nextClock(held);
  return held;
}

/** What else the agreement it was given under asks for, from accepting on. */
function startOwed(held: OpenCustody, promises: Promises, at: Date): Owed {
  return Object.assign(held, owedAfterAccepting(agreedAt(promises, held.startedAt), held.grade, businessClock(held.calendar, held.timeZone), at));
}

function acceptedFact(held: OpenCustody, given: Acceptance): NewFact<'lead.accepted'> {
  return {
    type: 'lead.accepted',
    chainId: held.inquiryId,
    subjectId: held.leadId,
    at: given.at,
    ...(given.actor ? { actor: given.actor } : {}),
    data: { leadId: held.leadId, assignmentId: held.id, holderId: held.holderId, via: given.via },
  };
}

const worked = (held: OpenCustody): boolean => held.holderKind === 'rep' || held.holderKind === 'partner';
const byLead = (custody: OpenCustody[]): Map<string, OpenCustody> => new Map(custody.map((held) => [held.leadId, held]));
