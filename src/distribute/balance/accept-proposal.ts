import { isDeepStrictEqual } from 'node:util';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { audit } from '../../platform/access/index.ts';
import { cancelJob, enqueueJob } from '../../platform/jobs/index.ts';
import type { Job } from '../../platform/jobs/index.ts';
import { Refusal, refuse } from '../../platform/refusal.ts';
import { dateIn, startOfDay } from '../../platform/values/period.rules.ts';
import { changeTerritory, dropTerritory } from '../change-territory.ts';
import { inForceOn } from '../coverage.rules.ts';
import { findTimeZone, listTerritories } from '../territories.queries.ts';
import type { TerritoryRow } from '../territories.queries.ts';
import { lockTerritories } from '../territories.store.ts';
import { planAcceptance } from './accept.rules.ts';
import type { AcceptancePlan, Picked } from './accept.rules.ts';
import type { Proposed } from './proposal.rules.ts';
import { findProposed, insertAcceptance, lockAcceptance, lockProposal, settleAcceptance } from './proposal.store.ts';
import type { AcceptanceRow, AcceptanceState, AddedTerritory } from './proposal.store.ts';

export const takeEffectJob = 'distribute.take-effect';

/** Accepts what was picked of a proposal from a day on; today, or before, at once. */
export async function acceptProposal(tx: Tx, cx: Context, id: string, given: Picked & { effectiveOn: string | null }): Promise<{ id: string; state: AcceptanceState }> {
  const isOpen = await lockProposal(tx, id);
  const proposed = (await findProposed(tx, id)) ?? refuse('not-found', 'distribute/no-such-proposal', 'There is no such proposal.');
  if (!proposed.result) return refuse('conflict', 'distribute/not-divided', 'This proposal has no division yet, or was stopped before it had one.');
  if (isOpen)
    refuse('conflict', 'distribute/accepted-already', 'Something of this proposal was accepted already. Take that back first, or ask for a new proposal, which starts from today’s rules.');
  await lockTerritories(tx);
  const territories = await listTerritories(tx);
  const now = cx.clock.now();
  const timeZone = await findTimeZone(tx);
  const today = dateIn(now, timeZone);
  const plan = planAcceptance(proposed, proposed.result, given, standingFrom(territories, proposed, today));
  if (typeof plan === 'string') return refuse('invalid', 'distribute/cannot-accept', plan);
  checkBefore(territories, plan, today);
  const asked = given.effectiveOn ?? proposed.asked.effectiveOn;
  const effectiveOn = asked < today ? today : asked;
  const isLater = effectiveOn > today;
  const effectiveAt = startOfDay(effectiveOn, timeZone);
  const acceptanceId = cx.ids.next();
  const jobId = isLater ? await enqueueJob(tx, cx, takeEffectJob, { acceptanceId, by: tx.scope.userId }, effectiveAt) : null;
  await insertAcceptance(tx, { ...plan, id: acceptanceId, proposalId: id, jobId, effectiveOn, effectiveAt, acceptedAt: now });
  await audit(tx, cx, { what: 'proposal.accepted', subjectId: id, detail: { acceptanceId, effectiveOn, units: plan.moved.length } });
  if (!isLater) await takeEffect(tx, cx, (await lockAcceptance(tx, acceptanceId))!);
  return { id: acceptanceId, state: isLater ? 'due' : 'in_force' };
}

/** On the day: in the name of who accepted it. Where territories have changed since, so that it would do something else, nothing is done, and it is said why. */
export const runAcceptance: Job = async (cx, scope, job) => {
  const { acceptanceId, by } = job.payload as { acceptanceId: string; by?: string };
  await cx.db.write(by === undefined ? scope : { ...scope, userId: by }, async (tx) => {
    const one = await lockAcceptance(tx, acceptanceId);
    if (one?.state !== 'due') return;
    try {
      await lockTerritories(tx);
      await planAgain(tx, one, dateIn(cx.clock.now(), await findTimeZone(tx)));
      await takeEffect(tx, cx, one);
    } catch (error) {
      // A refusal comes before anything was written.
      if (!(error instanceof Refusal)) throw error;
      await settleAcceptance(tx, one.id, cx.clock.now(), { state: 'refused', problem: error.message });
    }
  });
};

/** Others may have come between, or in front, of those that change. */
async function planAgain(tx: Tx, one: AcceptanceRow, todayOn: string): Promise<void> {
  const proposed = await findProposed(tx, one.proposalId);
  const territories = await listTerritories(tx);
  checkBefore(territories, one, todayOn);
  const units = one.moved.map(({ unit }) => unit);
  const plan = proposed?.result ? planAcceptance(proposed, proposed.result, { units, territories: null }, standingFrom(territories, proposed, todayOn)) : null;
  if (typeof plan === 'string') refuse('conflict', 'distribute/cannot-accept', plan);
}

async function takeEffect(tx: Tx, cx: Context, one: AcceptanceRow): Promise<void> {
  const territories = await listTerritories(tx);
  for (const { territoryId, after, position } of one.changes) await changeTerritory(tx, cx, territoryId, { rules: after, position });
  const added: AddedTerritory[] = [];
  for (const remainder of one.added) {
    const { parentId, holders, overflow, waitMost } = territories.find(({ id }) => id === remainder.of)!;
    const { name, rules, position } = remainder;
    const { id } = await changeTerritory(tx, cx, null, { parentId, name, rules, position, overflow, waitMost, holders: holders.map(({ holderId, weight }) => ({ holderId, weight })) });
    added.push({ ...remainder, territoryId: id });
  }
  await settleAcceptance(tx, one.id, cx.clock.now(), { state: 'in_force', added });
}

/** The plan was made from rules that must still hold, or somebody's change since would be lost; and who takes something in must have somebody for it. */
function checkBefore(territories: readonly TerritoryRow[], { changes, moved }: Pick<AcceptancePlan, 'changes' | 'moved'>, todayOn: string): void {
  const gone = changes.find(({ territoryId }) => !territories.some((one) => one.id === territoryId && inForceOn(one, todayOn) && one.endsOn === null));
  if (gone) refuse('conflict', 'distribute/rules-changed', `“${gone.name}” is not there any more, is switched off, or has a last day. Ask for a new proposal.`);
  const other = changes.find(({ territoryId, before, positionBefore }) => !stands(territories, territoryId, before, positionBefore));
  const [one] = changes;
  const parentOf = (id: string): string | null => territories.find((each) => each.id === id)?.parentId ?? null;
  const elsewhere = changes.find(({ territoryId }) => parentOf(territoryId) !== parentOf(one!.territoryId) || territories.some(({ parentId, active }) => active && parentId === territoryId));
  if (elsewhere) refuse('conflict', 'distribute/rules-changed', `“${elsewhere.name}” lies under another territory now, or others lie under it. Ask for a new proposal.`);
  if (other) refuse('conflict', 'distribute/rules-changed', `The rules of “${other.name}”, or its place in the order, are not what they were when this was proposed. Ask for a new proposal.`);
  const taking = new Set(moved.map(({ to }) => to));
  const idle = territories.find(({ id, holders }) => taking.has(id) && !holders.some(({ active, weight }) => active && weight > 0));
  if (idle) refuse('conflict', 'distribute/nobody-works', `Nobody works “${idle.name}”: what it would take in would wait at the desk. Say who works it, and accept again.`);
}

/** Those that have leads today or will have, and lie under the same territory: of all others none stands between these. */
function standingFrom(territories: readonly TerritoryRow[], { asked }: Pick<Proposed, 'asked'>, todayOn: string): TerritoryRow[] {
  const parentId = territories.find(({ id }) => id === asked.territories[0]!.id)?.parentId ?? null;
  return territories.filter((one) => one.parentId === parentId && one.active && (one.endsOn ?? todayOn) >= todayOn);
}

const stands = (territories: readonly TerritoryRow[], id: string, rules: object, position: number): boolean =>
  territories.some((one) => one.id === id && one.active && one.position === position && isDeepStrictEqual(one.rules, rules));

/** Calls off what waits for its day; of what is in force, puts back the rules as they were, unless somebody changed one of them since. */
export async function undoAcceptance(tx: Tx, cx: Context, id: string): Promise<{ state: AcceptanceState }> {
  const one = (await lockAcceptance(tx, id)) ?? refuse('not-found', 'distribute/no-such-acceptance', 'Nothing of that kind was accepted.');
  if (one.state !== 'due' && one.state !== 'in_force') return refuse('conflict', 'distribute/nothing-to-undo', 'It is not in force: there is nothing to take back.');
  const state = one.state === 'due' ? 'cancelled' : 'undone';
  if (one.state === 'due') {
    if (one.jobId !== null) await cancelJob(tx, cx, one.jobId);
  } else await putBack(tx, cx, one);
  await settleAcceptance(tx, id, cx.clock.now(), { state });
  await audit(tx, cx, { what: `proposal.${state}`, subjectId: one.proposalId, detail: { acceptanceId: id } });
  return { state };
}

async function putBack(tx: Tx, cx: Context, { changes, added }: AcceptanceRow): Promise<void> {
  await lockTerritories(tx);
  const territories = await listTerritories(tx);
  const made = added as AddedTerritory[];
  const other =
    changes.find(({ territoryId, after, position }) => !stands(territories, territoryId, after, position)) ??
    made.find(({ territoryId, rules, position }) => !stands(territories, territoryId, rules, position));
  // Half of it put back could leave units in two territories or in none.
  if (other) refuse('conflict', 'distribute/rules-changed', `“${other.name}” was changed since: nothing was put back. Change its rules yourself, or ask for a new proposal.`);
  for (const { territoryId, before, positionBefore } of changes) await changeTerritory(tx, cx, territoryId, { rules: before, position: positionBefore });
  for (const { territoryId } of made) await dropTerritory(tx, cx, territoryId);
}
