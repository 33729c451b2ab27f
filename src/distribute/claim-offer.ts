import { actorOf, asHouse } from '../platform/access/index.ts';
import type { Scope } from '../platform/access/index.ts';
import { append } from '../journal/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import { acceptAssignments } from './accept-assignments.ts';
import { loadHolders, takeDeck } from './books.store.ts';
import { whatIsFull } from './capacity.rules.ts';
import { assignedFact } from './custody-facts.rules.ts';
import { findAssignments, holdLeads, lockCustody, passCustody } from './custody.store.ts';
import type { NewAssignment } from './custody.store.ts';
import { findHoldersOfUser } from './holders.store.ts';
import { listOffers } from './offer.store.ts';
import type { OfferSeen } from './offer.store.ts';
import type { Decided, Reason } from './route.rules.ts';

/** Whose offers somebody may see. A partner's eyes see nothing of what it does not hold, so offers are read in the house's name, and only these. */
async function holdersOf(cx: Context, scope: Scope): Promise<string[]> {
  return scope.holderId
    ? [scope.holderId]
    : scope.userId
      ? (await cx.db.read(scope, (tx) => findHoldersOfUser(tx, scope.userId!))).map(({ id }) => id)
      : [];
}

/** What is offered to who asks, the best first. */
export async function readOffers(cx: Context, scope: Scope): Promise<OfferSeen[]> {
  const holderIds = await holdersOf(cx, scope);
  if (holderIds.length === 0) return [];
  return cx.db.read(asHouse(scope), (tx) => listOffers(tx, holderIds, cx.clock.now()));
}

/**
 * Takes a lead that is offered to several. Whoever deals holds the desk's row, so of two who take it at the same moment the second comes
 * after the first has it. It counts as accepted, and against the capacity of who took it.
 */
export async function claimOffer(cx: Context, scope: Scope, leadId: string): Promise<{ leadId: string; holderId: string }> {
  const [holderIds, actor] = [await holdersOf(cx, scope), actorOf(scope)];
  return cx.db.write(asHouse(scope), async (tx) => {
    const now = cx.clock.now();
    await takeDeck(tx);
    await holdLeads(tx, [leadId]);
    const [held] = await lockCustody(tx, [leadId]);
    const offer = (await listOffers(tx, holderIds, now, leadId)).find((one) => one.assignmentId === held?.id);
    if (!held || !offer) refuse('conflict', 'distribute/offer-gone', 'Somebody else was first, or the time to take it is over.');
    const holder = (await loadHolders(tx, now, now)).find(({ id }) => id === offer.holderId);
    if (!holder?.active) refuse('forbidden', 'distribute/holder-inactive', 'You no longer work leads here.');
    const { hot = [], warm = [], cold = [] } = holder.startsByGrade ?? {};
    const given = { starts: holder.startsMs ?? [], byGrade: { hot, warm, cold }, load: holder.openLeads ?? 0 };
    const full = whatIsFull(holder, given, held.grade, now.getTime());
    if (full) refuse('conflict', 'distribute/no-room', `You have as many leads as you take (${full.detail}). It stays open to the others.`);
    const [desk] = await findAssignments(tx, [held.id]);
    const { because = [] } = (desk?.reasons ?? {}) as { because?: Reason[] };
    const by = (desk?.decided as Decided | null)?.by;
    const decided: Decided = { rule: 'rule', grade: held.grade, exact: true, claim: holder.id, ...(by ? { by } : {}) };
    const assignment: NewAssignment = {
      id: cx.ids.next(),
      leadId,
      holderId: holder.id,
      territoryId: held.territoryId,
      why: 'new',
      startedAt: now,
      respondBy: offer.until,
      clockAt: offer.until,
      reasons: {
        because: [
          ...because.filter(({ label }) => label === 'Rule'),
          { label: 'First to take it', detail: `${holder.name}, of ${offer.offeredTo} it was offered to` },
        ],
        passedOver: [],
      },
      decided,
      redirectedFrom: null,
      fromHolderId: null,
      sequence: held.sequence + 1,
      redirects: held.redirects,
      counted: true,
      grade: held.grade,
      ruleId: offer.ruleId,
      ruleVersion: offer.ruleVersion,
    };
    await passCustody(tx, [{ id: held.id, at: now, reason: 'claimed' }], [assignment]);
    await append(tx, cx, [{ ...assignedFact(held.inquiryId, assignment, holder.kind), actor }]);
    await acceptAssignments(tx, cx, [{ leadId, holderId: holder.id, at: now, via: 'app', actor }]);
    return { leadId, holderId: holder.id };
  });
}
