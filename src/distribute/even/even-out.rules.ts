/**
 * Which open leads go from whom to whom, so that each of a team or territory holds as many for their share as the others. One lead at a time, from who has
 * most for their share to who has least, as long as the two come closer (the sum of load² ÷ share falls) and neither ends where the other began; so the
 * spread never grows, and where everybody may take everything nobody both gives and is given: no fewer moves come to the same.
 */
import { obstacle, type Seat } from '../seats.rules.ts';
import type { RoutableHolder, RoutableLead } from '../route.rules.ts';

export interface EvenMember {
  holder: RoutableHolder;
  weight: number;
  /** open leads, whether they may go or not */
  load: number;
}
export interface EvenLead extends RoutableLead {
  holderId: string;
  territoryId: string | null;
  isAccepted: boolean;
  startedMs: number;
  /** who else may have it; null: any of them */
  among: ReadonlySet<string> | null;
}
export interface EvenMove {
  leadId: string;
  fromHolderId: string;
  toHolderId: string;
}

/** What is done in one go, and one transaction. */
export const movesMost = 500;
const hair = 1e-9;

export function evenOut(members: readonly EvenMember[], leads: readonly EvenLead[], most = movesMost): EvenMove[] {
  const places = seated(members);
  const theirs = new Map(places.map(({ seat }) => [seat.holder.id, leads.filter((lead) => lead.holderId === seat.holder.id).toSorted(leastLost)]));
  const moves: EvenMove[] = [];
  while (moves.length < most) {
    const next = bestMove(places, theirs);
    if (!next) break;
    const { from, to, lead } = next;
    theirs.set(from.seat.holder.id, theirs.get(from.seat.holder.id)!.filter((one) => one !== lead));
    book(from.seat, to.seat, lead);
    moves.push({ leadId: lead.leadId, fromHolderId: from.seat.holder.id, toHolderId: to.seat.holder.id });
  }
  return moves;
}

/** Of moves worked out before, in their order, those that still may be made, and why the others may not. */
export function stillMade(members: readonly EvenMember[], leads: readonly EvenLead[], moves: readonly EvenMove[]): { made: EvenMove[]; not: { leadId: string; why: string }[] } {
  const seats = new Map(seated(members).map(({ seat }) => [seat.holder.id, seat]));
  const open = new Map(leads.map((lead) => [lead.leadId, lead]));
  const made: EvenMove[] = [];
  const not: { leadId: string; why: string }[] = [];
  for (const move of moves) {
    const lead = open.get(move.leadId);
    const from = seats.get(move.fromHolderId);
    const to = seats.get(move.toHolderId);
    if (lead?.holderId !== move.fromHolderId || !from) not.push({ leadId: move.leadId, why: 'Meanwhile worked, passed on or closed' });
    else if (!to || !mayHave(to, lead)) not.push({ leadId: move.leadId, why: 'Who was to have it meanwhile may not: away, full or no longer among them' });
    else {
      book(from, to, lead);
      made.push(move);
    }
  }
  return { made, not };
}

interface Place {
  seat: Seat;
  weight: number;
}
function seated(members: readonly EvenMember[]): Place[] {
  return members
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => (a.holder.id < b.holder.id ? -1 : 1))
    .map(({ holder, weight, load }) => {
      const { hot = [], warm = [], cold = [] } = holder.startsByGrade ?? {};
      return { weight, seat: { holder, load, starts: [...holder.startsMs], byGrade: { hot: [...hot], warm: [...warm], cold: [...cold] } } };
    });
}

/** Who accepted a lead would miss it more than who was only offered it, and who has it long more than who got it just now. */
const leastLost = (a: EvenLead, b: EvenLead): number =>
  Number(a.isAccepted) - Number(b.isAccepted) || b.startedMs - a.startedMs || (a.leadId < b.leadId ? -1 : 1);

function bestMove(places: readonly Place[], theirs: ReadonlyMap<string, readonly EvenLead[]>): { from: Place; to: Place; lead: EvenLead } | undefined {
  let best: { from: Place; to: Place; lead: EvenLead } | undefined;
  let most = hair;
  for (const from of places)
    for (const to of places) {
      if (from === to) continue;
      const [a, b] = [from.seat.load, to.seat.load];
      const gain = (2 * a - 1) / from.weight - (2 * b + 1) / to.weight;
      const isBetween = (b + 1) / to.weight <= a / from.weight + hair && (a - 1) / from.weight >= b / to.weight - hair;
      if (gain <= most + hair || !isBetween) continue;
      const lead = theirs.get(from.seat.holder.id)!.find((one) => mayHave(to.seat, one));
      if (lead) [best, most] = [{ from, to, lead }, gain];
    }
  return best;
}

const mayHave = (seat: Seat, lead: EvenLead): boolean =>
  (lead.among === null || lead.among.has(seat.holder.id)) && obstacle(lead, seat, { skills: true }) === undefined;

/** A lead that goes frees a place among the open ones; what was given this week stays given. */
function book(from: Seat, to: Seat, lead: EvenLead): void {
  from.load--;
  to.load++;
  to.starts.push(lead.atMs);
  to.byGrade[lead.grade].push(lead.atMs);
}

export interface Standing {
  acceptedAt: Date | null;
  firstFollowupAt: Date | null;
  pausedAt: Date | null;
  remindedAt: Date | null;
  respondBy: Date | null;
  followBy: Date | null;
  passesOn: boolean;
  /** by what it was given, where it was dealt */
  dealtBy: string | null;
  /** the same holder has another open lead of this person or company */
  isOneOfSeveral: boolean;
}

/** Why a lead stays where it is, whoever has more or less; undefined: it may go. */
export function whyItStays(lead: Standing, now: Date): string | undefined {
  if (lead.firstFollowupAt) return 'in work: contacted';
  if (lead.pausedAt) return 'paused';
  const due = lead.acceptedAt ? lead.followBy : lead.respondBy;
  if (lead.passesOn || lead.remindedAt || (due && due <= now)) return 'its clock is about to end, or has: that is theirs to answer for';
  if (lead.dealtBy === 'owner' || lead.dealtBy === 'relationship' || lead.isOneOfSeveral) return 'theirs: they were named, or work with this person or company';
  return undefined;
}
