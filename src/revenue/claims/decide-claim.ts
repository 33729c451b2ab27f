import { audit, type Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { refuse } from '../../platform/refusal.ts';
import { findLeadsOfCustomers } from '../customers.queries.ts';
import { findClaims, updateClaims } from './claim.store.ts';
import { settleClaims } from './settle-claims.ts';

/** Which lead a claim belongs to, null for none of them, or as the rule says again. What a person says stands above every rule. */
export async function decideClaim(cx: Context, scope: Scope, id: string, said: { leadId: string | null } | 'as found'): Promise<void> {
  await cx.db.write(scope, async (tx) => {
    const [claim] = await findClaims(tx, [id]);
    if (!claim) return refuse('not-found', 'revenue/no-such-claim', 'There is no such claim.');
    const leadId = said === 'as found' ? null : said.leadId;
    if (leadId && (await findLeadsOfCustomers(tx, [], [], [leadId])).length === 0) return refuse('not-found', 'revenue/no-such-lead', 'There is no such lead.');
    const at = said === 'as found' ? null : cx.clock.now();
    await updateClaims(tx, [{ ...claim, decidedAt: at, decidedBy: at ? (scope.userId ?? null) : null, decidedLeadId: leadId }]);
    await settleClaims(tx, cx, [id]);
    await audit(tx, cx, { what: 'claim.decided', subjectId: id, detail: { leadId, asFound: said === 'as found' } });
  });
}
