import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { assignedFact, whenOf } from './custody-facts.rules.ts';
import type { When } from './custody-facts.rules.ts';
import {
  endAssignments,
  findAssignments,
  findLastWork,
  findLeadsToHand,
  lockCustody,
  passCustody,
  stampAssignments,
} from './custody.store.ts';
import type { Ending, NewAssignment, OpenCustody, Stamp } from './custody.store.ts';

/** Ends the custody of leads that are being closed in the same transaction. Whatever is not held is left alone. */
export async function closeCustody(
  tx: Tx,
  cx: Context,
  leadIds: readonly string[],
  reason: string,
  at: When = cx.clock.now(),
): Promise<number> {
  if (leadIds.length === 0) return 0;
  const held = await lockCustody(tx, leadIds);
  await endAssignments(
    tx,
    held.map((h) => ({ id: h.id, at: whenOf(at, h.leadId), reason })),
  );
  return held.length;
}

/** The custody of a lead at one moment, kept by a verdict so that an undo can put it back. */
export interface CustodySnapshot {
  assignmentId: string;
  holderId: string;
  acceptedAt: string | null;
  firstFollowupAt: string | null;
  followBy: string | null;
  /** missing in what was kept before there were more clocks than one */
  remindAt?: string | null;
  remindedAt: string | null;
  clockAt: string | null;
}

export interface HeldNow extends CustodySnapshot {
  leadId: string;
  inquiryId: string;
  holderKind: OpenCustody['holderKind'];
}

/** Who holds these leads now, locked until the transaction ends. */
export async function lockHolders(tx: Tx, leadIds: readonly string[]): Promise<Map<string, HeldNow>> {
  return new Map((await lockCustody(tx, leadIds)).map((h) => [h.leadId, snapshotOf(h)]));
}

/** Who worked these leads last, and how it stood then. */
export async function lastHolders(tx: Tx, leadIds: readonly string[]): Promise<Map<string, HeldNow>> {
  return new Map((await findLastWork(tx, leadIds)).map((h) => [h.leadId, snapshotOf(h)]));
}

function snapshotOf(h: OpenCustody): HeldNow {
  const iso = (date: Date | null): string | null => date?.toISOString() ?? null;
  return {
    leadId: h.leadId,
    inquiryId: h.inquiryId,
    holderKind: h.holderKind,
    assignmentId: h.id,
    holderId: h.holderId,
    acceptedAt: iso(h.acceptedAt),
    firstFollowupAt: iso(h.firstFollowupAt),
    followBy: iso(h.followBy),
    remindAt: iso(h.remindAt),
    remindedAt: iso(h.remindedAt),
    clockAt: iso(h.clockAt),
  };
}

/** A pause goes on where the lead comes back before it is over. */
const resting = ({ pausedAt, pausedUntil, pauseReason, firstPausedAt }: OpenCustody, at: Date) =>
  pausedUntil && pausedUntil > at ? { pausedAt, pausedUntil, pauseReason, firstPausedAt } : { firstPausedAt };
/** What a pause put off since stays put off. */
const laterOf = (was: Date | null, is: Date | null): Date | null => (was && is && is > was ? is : was);

/**
 * Puts the custody of open leads back to a snapshot: the same holder with the same stamps and clocks. Where the very assignment is
 * still open only its stamps change; else it is continued by a new one, because what happened in between did happen.
 */
export async function restoreCustody(
  tx: Tx,
  cx: Context,
  restores: readonly { leadId: string; snapshot: CustodySnapshot }[],
  when: When = cx.clock.now(),
): Promise<string[]> {
  if (restores.length === 0) return [];
  const now = new Map(
    (
      await findLeadsToHand(
        tx,
        restores.map((r) => r.leadId),
      )
    ).map((lead) => [lead.leadId, lead]),
  );
  const former = new Map(
    (
      await findAssignments(
        tx,
        restores.map((r) => r.snapshot.assignmentId),
      )
    ).map((a) => [a.id, a]),
  );
  const stamps: Stamp[] = [];
  const ended: Ending[] = [];
  const started: NewAssignment[] = [];
  const facts: NewFact[] = [];
  const date = (text: string | null): Date | null => (text ? new Date(text) : null);
  for (const { leadId, snapshot } of restores) {
    const lead = now.get(leadId);
    const from = former.get(snapshot.assignmentId);
    if (!lead || !from) continue;
    const at = whenOf(when, leadId);
    const stamp = {
      acceptedAt: date(snapshot.acceptedAt),
      firstFollowupAt: date(snapshot.firstFollowupAt),
      followBy: laterOf(date(snapshot.followBy), from.followBy),
      remindAt: date(snapshot.remindAt ?? null),
      remindedAt: date(snapshot.remindedAt),
      clockAt: date(snapshot.clockAt),
    };
    if (lead.openId === from.id) {
      stamps.push({ id: from.id, ...stamp });
      continue;
    }
    if (lead.openId) ended.push({ id: lead.openId, at, reason: 'restored' });
    const assignment: NewAssignment = {
      ...stamp,
      id: cx.ids.next(),
      leadId,
      holderId: from.holderId,
      territoryId: from.territoryId,
      why: 'restored',
      startedAt: at,
      respondBy: from.respondBy,
      triesBy: from.triesBy,
      triesOwed: from.triesOwed,
      judgeBy: from.judgeBy,
      triesRemindAt: from.triesRemindAt,
      judgeRemindAt: from.judgeRemindAt,
      ...resting(from, at),
      reasons: from.reasons,
      decided: from.decided,
      redirectedFrom: null,
      fromHolderId: null,
      sequence: lead.sequence + 1,
      redirects: from.redirects,
      counted: false,
      grade: lead.grade,
    };
    started.push(assignment);
    facts.push(assignedFact(lead.inquiryId, assignment, from.holderKind));
  }
  await stampAssignments(tx, stamps);
  await passCustody(tx, ended, started);
  await append(tx, cx, facts);
  return started.map((a) => a.leadId);
}
