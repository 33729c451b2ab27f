import { findHoldersOfUser } from '../distribute/index.ts';
import { actorOf, asHouse, systemScope } from '../platform/access/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { answeredBefore, doOnce } from './day/send-once.ts';
import type { Once } from './day/send-once.ts';
import { findWhose } from './followup.queries.ts';
import type { Whose } from './followup.queries.ts';
import { workerOf } from './worker.rules.ts';

/** In whose name somebody works leads. A manager may act for whoever holds them. */
export interface Acting {
  holderIds: string[];
  manages: boolean;
}

export async function actingAs(tx: Tx): Promise<Acting> {
  const { scope } = tx;
  if (scope.holderId) return { holderIds: [scope.holderId], manages: false };
  const manages = scope.roles.some((role) => role === 'administrator' || role === 'marketing' || role === 'sales_manager');
  return { holderIds: scope.userId ? (await findHoldersOfUser(tx, scope.userId)).map((h) => h.id) : [], manages };
}

/** Theirs is what they hold now, or worked last where nobody works it now. */
function isTheirs(acting: Acting, lead: Whose): boolean {
  if (acting.manages) return true;
  const worker = workerOf(lead);
  return worker !== null && acting.holderIds.includes(worker);
}

/**
 * In whose name somebody acts, and of these leads those they may see, with whose they are. A partner's own eyes show it the lead, but not
 * who else has it by now: that the house says, or a lead that was passed on would still look like the partner's.
 */
async function whoseAre(cx: Context, scope: Scope, leadIds: readonly string[]): Promise<{ acting: Acting; whose: Map<string, Whose> }> {
  const asked = await cx.db.read(scope, async (tx) => ({ acting: await actingAs(tx), seen: await findWhose(tx, leadIds) }));
  const ids = asked.seen.map(({ leadId }) => leadId);
  const seen = scope.holderId === undefined || ids.length === 0 ? asked.seen : await cx.db.read(systemScope(scope.workspaceId), (tx) => findWhose(tx, ids));
  return { acting: asked.acting, whose: new Map(seen.map((one) => [one.leadId, one])) };
}

/** Whether who asks may act on this lead, so that the screen offers nothing that would be refused. */
export async function mayWork(cx: Context, scope: Scope, leadId: string): Promise<boolean> {
  const { acting, whose } = await whoseAre(cx, scope, [leadId]);
  const lead = whose.get(leadId);
  return lead !== undefined && isTheirs(acting, lead);
}

/**
 * Lets a person act on leads that are theirs: held now, or worked last where nobody works them now. The check runs in the person's own
 * scope, so that a partner's eyes decide; the work that follows runs in the house's, because passing a lead on needs to see everybody.
 * With `once` the same request sent again is answered as the first time.
 */
export async function actOn<T>(
  cx: Context,
  scope: Scope,
  leadIds: readonly string[],
  work: (tx: Tx, actor: string, acting: Acting) => Promise<T>,
  once?: Once,
): Promise<T> {
  const before = once && (await cx.db.read(scope, (tx) => answeredBefore<T>(tx, once)));
  if (before) return before.answer;
  const { acting, whose } = await whoseAre(cx, scope, leadIds);
  for (const leadId of leadIds) {
    const lead = whose.get(leadId) ?? refuse('not-found', 'followup/no-such-lead', 'There is no such lead, or you do not hold it.');
    if (!isTheirs(acting, lead)) refuse('forbidden', 'followup/not-yours', 'Somebody else has this lead. Ask your sales manager if it should be yours.');
  }
  return cx.db.write(asHouse(scope), (tx) => doOnce(tx, cx, once, leadIds[0]!, () => work(tx, actorOf(scope), acting)));
}
