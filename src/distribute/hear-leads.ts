import { momentOf } from '../platform/context.ts';
import type { Context } from '../platform/context.ts';
import type { Fact, Subscriber } from '../journal/index.ts';
import { findLeadsToHand, lockCustody, endAssignments } from './custody.store.ts';
import { giveCreditBack } from './give-credit-back.ts';
import { dealtByHand } from './give-registered.ts';
import { place } from './place-leads.ts';

type About = { leadId: string };
const momentsOf = (cx: Context, facts: readonly Fact[]): Map<string, Date> =>
  new Map(facts.map((fact) => [(fact.data as About).leadId, momentOf(cx, fact)]));

/** A lead without a holder is given one: the new, and any that was opened again and given back to nobody. */
const placeQualified: Subscriber = {
  name: 'distribute.place',
  types: ['lead.qualified', 'lead.reopened'],
  batch: 5000,
  prompt: true,
  async handle(tx, cx, facts) {
    const moments = momentsOf(cx, facts);
    const reopened = facts.filter((fact) => fact.type === 'lead.reopened').map((fact) => (fact.data as About).leadId);
    const held = reopened.length === 0 ? [] : (await findLeadsToHand(tx, reopened)).filter((lead) => lead.openId !== null);
    for (const lead of held) moments.delete(lead.leadId);
    const byHand = dealtByHand(tx);
    for (const { data } of facts) if ('inquiryId' in data && 'leadId' in data && byHand.has(data.inquiryId)) moments.delete(data.leadId);
    await place(tx, cx, [...moments.keys()], 'new', moments);
  },
};

/** What is closed, withdrawn or merged away is held by nobody, whoever closed it. */
const letGo: Subscriber = {
  name: 'distribute.letGo',
  types: ['lead.withdrawn', 'lead.merged', 'lead.closed'],
  async handle(tx, cx, facts) {
    const reasons = new Map(
      facts.map((fact) => [
        (fact.data as About).leadId,
        fact.type === 'lead.closed' ? (fact.data as { fate: string }).fate : fact.type.slice('lead.'.length),
      ]),
    );
    const moments = momentsOf(cx, facts);
    const open = await findLeadsToHand(tx, [...reasons.keys()]); // reopened since: leave it
    const held = (await lockCustody(tx, [...reasons.keys()])).filter((h) => !open.some((lead) => lead.leadId === h.leadId));
    await endAssignments(
      tx,
      held.map((h) => ({ id: h.id, at: moments.get(h.leadId)!, reason: reasons.get(h.leadId)! })),
    );
  },
};

export const distributeSubscribers: Subscriber[] = [placeQualified, letGo, giveCreditBack];
