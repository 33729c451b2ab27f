import { append } from '../journal/index.ts';
import type { NewFact } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { seeDeck } from './books.store.ts';
import { businessClock } from './business-hours.rules.ts';
import { assignedFact, whenOf } from './custody-facts.rules.ts';
import type { When } from './custody-facts.rules.ts';
import { findLeadsToHand, passCustody } from './custody.store.ts';
import type { Ending, NewAssignment, Why } from './custody.store.ts';
import { findHoldersById, findWorkedCalendars } from './holders.store.ts';
import { promisesOf } from './agreed-promise.rules.ts';
import { acceptDeadline } from './response.rules.ts';

export interface Move {
  leadId: string;
  holderId: string;
  /** where it stays in the territory it was given in */
  territoryId?: string | null;
}
export interface HandOver {
  why: Why;
  /** shown as the reason */
  note?: string | null;
  at?: When;
  /** how often it was passed on before it came to the desk; a desk that has it for that reason is not asked again by the clock */
  redirects?: number;
}

/** Hands each lead to a named holder, whatever its room: a person decided. Leads that are closed or already there are left alone. */
export async function handEach(tx: Tx, cx: Context, moves: readonly Move[], given: HandOver): Promise<string[]> {
  if (moves.length === 0) return [];
  const when = given.at ?? cx.clock.now();
  const deck = await seeDeck(tx);
  const promise = promisesOf(deck);
  const wanted = new Map(moves.map((move) => [move.leadId, move.holderId]));
  const stayIn = new Map(moves.map((move) => [move.leadId, move.territoryId]));
  const leads = (await findLeadsToHand(tx, [...wanted.keys()])).filter((lead) => lead.holderId !== wanted.get(lead.leadId));
  const to = [...new Set(wanted.values())];
  const calendars = await findWorkedCalendars(tx, to);
  const holders = new Map(
    (await findHoldersById(tx, to)).map((holder) => [holder.id, { ...holder, clock: businessClock(calendars.get(holder.id), holder.timeZone) }]),
  );
  const started: NewAssignment[] = [];
  const facts: NewFact[] = [];
  const ended: Ending[] = [];
  for (const lead of leads) {
    const holder = holders.get(wanted.get(lead.leadId)!);
    if (!holder) continue;
    const at = whenOf(when, lead.leadId);
    const works = holder.kind === 'rep' || holder.kind === 'partner';
    const deadline = works ? acceptDeadline(promise(at), lead.grade, holder.clock, at) : null;
    if (lead.openId)
      ended.push({
        id: lead.openId,
        at,
        reason: given.why === 'nurtured' ? 'nurtured' : given.why === 'redirect' ? 'redirected' : 'handed over',
      });
    const assignment: NewAssignment = {
      id: cx.ids.next(),
      leadId: lead.leadId,
      holderId: holder.id,
      territoryId: stayIn.get(lead.leadId) ?? null,
      why: given.why,
      startedAt: at,
      respondBy: deadline?.dueAt ?? null,
      remindAt: deadline?.remindAt ?? null,
      clockAt: deadline?.remindAt ?? null,
      reasons: {
        because: [{ label: given.why === 'nurtured' ? 'Kept warm' : 'Handed over', detail: given.note ?? `to ${holder.name}` }],
        passedOver: [],
      },
      decided: null,
      redirectedFrom: lead.openId,
      fromHolderId: lead.openId === null ? null : lead.holderId,
      sequence: lead.sequence + 1,
      redirects: given.redirects ?? 0,
      counted: works,
      grade: lead.grade,
    };
    started.push(assignment);
    facts.push(assignedFact(lead.inquiryId, assignment, holder.kind));
    if (given.why === 'redirect' && lead.holderId)
      facts.push({
        type: 'lead.redirected',
        chainId: lead.inquiryId,
        subjectId: lead.leadId,
        at,
        data: { leadId: lead.leadId, fromHolderId: lead.holderId, toHolderId: holder.id, why: given.note ?? 'no answer in time' },
      });
    if (holder.kind === 'desk')
      facts.push({
        type: 'lead.unplaced',
        chainId: lead.inquiryId,
        subjectId: lead.leadId,
        at,
        data: { leadId: lead.leadId, why: given.note ?? 'Handed to the desk' },
      });
  }
  await passCustody(tx, ended, started);
  await append(tx, cx, facts);
  return started.map((a) => a.leadId);
}

/** Hands leads to one holder, or to the desk or nurture. */
export async function handTo(
  tx: Tx,
  cx: Context,
  leadIds: readonly string[],
  to: { kind: 'desk' | 'nurture' } | { holderId: string },
  given: HandOver,
): Promise<string[]> {
  if (leadIds.length === 0) return [];
  let holderId: string;
  if ('kind' in to) {
    const deck = await seeDeck(tx);
    holderId = to.kind === 'desk' ? deck.deskId : deck.nurtureId;
  } else holderId = to.holderId;
  return handEach(
    tx,
    cx,
    leadIds.map((leadId) => ({ leadId, holderId })),
    given,
  );
}
