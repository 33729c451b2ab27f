import type { Subscriber } from '../../journal/index.ts';
import { findClaimsBeside, findExplainable, findLeaning, hasClaims } from './claim.store.ts';
import { settleClaims } from './settle-claims.ts';

const text = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? [value] : []);

/** A lead, a join of people or another proof that came later may explain a claim, or count the same sale. */
export const hearClaims: Subscriber = {
  name: 'revenue.hear-claims',
  patient: true,
  types: ['lead.qualified', 'lead.merged', 'person.merged', 'person.unmerged', 'opportunity.won', 'opportunity.lost', 'opportunity.withdrawn', 'invoice.restated'],
  async handle(tx, cx, facts) {
    if (!(await hasClaims(tx))) return;
    const people = new Set<string>();
    const sales = new Set<string>();
    const won = new Set<string>();
    for (const fact of facts) {
      const data = fact.data as Record<string, unknown>;
      if (fact.type === 'opportunity.won') for (const id of text(data['opportunityId'])) won.add(id);
      else if (fact.type.startsWith('opportunity.') || fact.type.startsWith('invoice.')) for (const id of [...text(data['opportunityId']), ...text(data['invoiceId'])]) sales.add(id);
      else for (const key of ['personId', 'survivorId', 'mergedId']) for (const id of text(data[key])) people.add(id);
    }
    const ids = new Set([
      ...(people.size > 0 ? await findExplainable(tx, [...people]) : []),
      ...(await findLeaning(tx, [...sales])),
      ...(won.size > 0 ? await findClaimsBeside(tx, [...won]) : []),
    ]);
    if (ids.size > 0) await settleClaims(tx, cx, [...ids]);
  },
};
