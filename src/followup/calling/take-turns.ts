import { findContactable, mayContact } from '../../identity/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { readRules } from '../../qualify/index.ts';
import { findCalled, findNextDue, listCalls } from './calling.queries.ts';
import { countHours, endTargets, findLeased, listDue, listZones, lockTargets, saveLease } from './calling.store.ts';
import type { Locked, TargetRow } from './calling.store.ts';
import { getList } from './make-lists.ts';
import { callOrder, mayRing } from './next-call.rules.ts';
import type { HourTold, Target } from './next-call.rules.ts';
import { localTime } from './zones.rules.ts';

const leaseMinutes = 15;
const lookedAt = 1000;
const yearMs = 365 * 86_400_000;

export const zonesOfTarget = ({ zones }: { zones: string }): string[] => zones.split(' ');
export const hoursToldOf = (tx: Tx, now: Date): Promise<HourTold[]> => countHours(tx, { since: new Date(now.getTime() - yearMs) });

/**
 * The next one to call, who is then this caller's for a quarter of an hour, on every list they stand on; whoever is at hand already comes
 * first. Whoever may not be called any more, or whose lead was closed, leaves the list on the way.
 */
export async function takeTurn(tx: Tx, cx: Context, listId: string) {
  const now = cx.clock.now();
  const userId = tx.scope.userId ?? refuse('forbidden', 'followup/caller', 'Only a person who is signed in calls.');
  const list = await getList(tx, listId);
  if (list.closedAt) refuse('conflict', 'followup/call-list-closed', 'This list is closed. Open it again to call on.');
  const until = new Date(now.getTime() + leaseMinutes * 60_000);
  const zones = await listZones(tx, listId);
  const awake = zones.filter((one) => mayRing(zonesOfTarget(one), now, list)).map((one) => one.zones);
  const mine = await findLeased(tx, listId, userId, now);
  const order = callOrder((await listDue(tx, listId, awake, now, lookedAt)).map(asTarget), list, now, await hoursToldOf(tx, now)).map(
    ({ leadId }) => leadId,
  );
  for (const leadId of mine ? [mine, ...order] : order) {
    const places = await lockTargets(tx, leadId);
    if (places.some((one) => isSomebodyElses(one, userId, now))) continue;
    const target = places.find((one) => one.listId === listId);
    if (target?.state !== 'waiting') continue;
    const gone = await whyGone(tx, target);
    if (gone) {
      await endTargets(tx, leadId, gone);
      continue;
    }
    await saveLease(tx, leadId, { by: userId, until });
    return { lead: await shownLead(tx, target, until, now), ...(await stillWaiting(tx, listId, awake, now)) };
  }
  return { lead: null, ...(await stillWaiting(tx, listId, awake, now)) };
}

const isSomebodyElses = ({ leasedBy, leasedUntil }: Locked, userId: string, now: Date): boolean =>
  leasedBy !== null && leasedBy !== userId && leasedUntil !== null && leasedUntil > now;

const asTarget = (row: TargetRow): Target => ({ ...row, zones: zonesOfTarget(row) });

async function whyGone(tx: Tx, { closed, personId }: TargetRow): Promise<'lead_closed' | 'may_not_call' | undefined> {
  if (closed) return 'lead_closed';
  const person = (await findContactable(tx, [personId])).get(personId);
  return person && mayContact(person, 'call').may ? undefined : 'may_not_call';
}

async function stillWaiting(tx: Tx, listId: string, awake: readonly string[], now: Date) {
  const zones = await listZones(tx, listId);
  const sum = (some: typeof zones): number => some.reduce((total, one) => total + one.waiting, 0);
  return {
    waiting: sum(zones),
    asleep: sum(zones.filter((one) => !awake.includes(one.zones))),
    nextAt: await findNextDue(tx, listId, now),
  };
}

async function shownLead(tx: Tx, target: Locked, leasedUntil: Date, now: Date) {
  const { budget, authority, need, timing, answers, ...lead } = (await findCalled(tx, target.leadId))!;
  const { questions } = await readRules(tx);
  const noted: Record<string, string | null> = { ...answers, budget, authority, need, timing };
  const zone = zonesOfTarget(target)[0]!;
  return {
    ...lead,
    zone,
    localHour: localTime(zone, now).hour,
    callBack: target.callBack,
    attempts: target.attempts,
    leasedUntil,
    known: questions.body.flatMap(({ key, label }) => (noted[key] ? [{ question: label, answer: noted[key] }] : [])),
    calls: await listCalls(tx, target.leadId),
  };
}

/** Gives the one at hand back uncalled; nobody else's is touched. */
export async function releaseTurn(tx: Tx, cx: Context, listId: string, leadId: string): Promise<{ released: boolean }> {
  const places = await lockTargets(tx, leadId);
  const own = places.some(
    (one) => one.listId === listId && one.leasedBy === tx.scope.userId && one.leasedUntil !== null && one.leasedUntil > cx.clock.now(),
  );
  if (own) await saveLease(tx, leadId, { by: null, until: null });
  return { released: own };
}
