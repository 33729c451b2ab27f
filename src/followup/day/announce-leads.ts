import type { Fact } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { findUsersOf } from './announce.store.ts';

/** From so many leads at once on it is said once that there are some. */
const oneByOneMax = 5;

/**
 * Tells the browsers of those who were given a lead, or are free to take one, and of nobody else: `given:LEAD`, `offered:LEAD`, or the bare
 * word for many. One statement for any number of facts. Who gave a lead to himself knows.
 */
export async function announceLeads(tx: Tx, cx: Context, facts: readonly Fact[]): Promise<void> {
  if (cx.replay) return;
  const told = facts.flatMap((fact): { holderIds: string[]; leadId: string; word: string; actor: string }[] => {
    if (fact.type === 'lead.assigned') {
      const { holderId, holderKind, leadId, why } = fact.data as Fact<'lead.assigned'>['data'];
      const isTheirs = (holderKind === 'rep' || holderKind === 'partner') && why !== 'restored';
      return isTheirs ? [{ holderIds: [holderId], leadId, word: 'given', actor: fact.actor }] : [];
    }
    if (fact.type !== 'lead.offered') return [];
    const { holderIds, leadId } = fact.data as Fact<'lead.offered'>['data'];
    return [{ holderIds, leadId, word: 'offered', actor: fact.actor }];
  });
  if (told.length === 0) return;
  const users = Map.groupBy(await findUsersOf(tx, [...new Set(told.flatMap(({ holderIds }) => holderIds))]), ({ holderId }) => holderId);
  const words = told.flatMap(({ holderIds, leadId, word, actor }) =>
    holderIds.flatMap((holderId) => (users.get(holderId) ?? []).flatMap(({ userId }) => (userId === actor ? [] : [{ userId, word, leadId }]))),
  );
  for (const [userId, own] of Map.groupBy(words, (one) => one.userId))
    if (own.length > oneByOneMax) for (const word of new Set(own.map((one) => one.word))) cx.live.publish(tx, word, userId);
    else for (const { word, leadId } of own) cx.live.publish(tx, `${word}:${leadId}`, userId);
}
