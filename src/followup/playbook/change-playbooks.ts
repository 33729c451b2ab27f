import { append } from '../../journal/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { listCustomFields } from '../../platform/fields/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { problemsOf, type Field } from '../../platform/values/criteria-fields.rules.ts';
import { explainCriteria } from '../../platform/values/criteria.rules.ts';
import { leadFieldsOf } from '../../qualify/index.ts';
import { findChains } from '../followup.store.ts';
import { planNext } from './follow-playbooks.ts';
import { nextStep } from './playbook.rules.ts';
import type { Playbook } from './playbook.rules.ts';
import { addVersion, findInForce, findRuns, listResults, saveSteps } from './playbook.store.ts';

const loadFields = async (tx: Tx): Promise<Field[]> => leadFieldsOf(await listCustomFields(tx));

/** What is in force, its conditions in words, and what came of each step. */
export async function readPlaybooks(tx: Tx) {
  const [inForce, fields, results] = [await findInForce(tx), await loadFields(tx), await listResults(tx)];
  const labels = Object.fromEntries(fields.map((one) => [one.field, one.label]));
  const items = inForce?.playbooks ?? [];
  return {
    version: inForce?.version ?? null,
    madeAt: inForce?.madeAt ?? null,
    items,
    sentences: Object.fromEntries(items.map((one) => [one.id, explainCriteria(one.when, labels)])),
    results: Object.fromEntries(results.map(({ stepId, ...counts }) => [stepId, counts])),
    fields,
  };
}

/** Puts these in force as the next version. Refuses conditions that ask for what there is not, ids given twice, and work that crossed another's. */
export async function changePlaybooks(tx: Tx, cx: Context, was: number | null, playbooks: readonly Playbook[]): Promise<void> {
  const inForce = await findInForce(tx);
  if ((inForce?.version ?? null) !== was)
    refuse('conflict', 'followup/playbooks-changed', 'Somebody put other playbooks in force meanwhile. Load the page again and repeat your change.');
  const ids = playbooks.flatMap((one) => [one.id, ...one.steps.map(({ id }) => id)]);
  if (new Set(ids).size < ids.length) refuse('invalid', 'followup/playbook-ids', 'Two playbooks or steps have the same id.');
  const fields = new Map((await loadFields(tx)).map((one) => [one.field, one]));
  const problems = playbooks.flatMap(({ name, when }) => problemsOf(when, fields).map((problem) => `${name}: ${problem}`));
  if (problems.length > 0) refuse('invalid', 'followup/playbook-conditions', problems.join(' '), problems);
  const version = (inForce?.version ?? 0) + 1;
  await addVersion(tx, version, playbooks, cx.clock.now());
  await append(tx, cx, [{ type: 'playbook.published', chainId: tx.scope.workspaceId, subjectId: tx.scope.workspaceId, data: { version } }]);
}

/** How far a lead is; null where no playbook applied. */
export async function readLeadPlaybook(tx: Tx, leadId: string) {
  const [run] = await findRuns(tx, [leadId]);
  if (!run) return { playbook: null };
  const { playbook, states, version, startedAt, endedAt } = run;
  const next = endedAt ? undefined : nextStep(playbook, states)?.step.id;
  return {
    playbook: {
      name: playbook.name,
      version,
      startedAt,
      endedAt,
      steps: playbook.steps.flatMap((step) => {
        const state = states.find(({ stepId }) => stepId === step.id);
        if (!state) return [];
        const { stepId: _, attempts: attemptsMade, ...rest } = state;
        const how = state.doneAt ? ('done' as const) : state.skippedAt ? ('skipped' as const) : step.id === next ? ('next' as const) : ('planned' as const);
        return [{ ...step, ...rest, attemptsMade, state: how }];
      }),
    },
  };
}

/** A step that makes no sense for this lead is skipped, and why; the next one takes its place. */
export async function skipStep(tx: Tx, cx: Context, leadId: string, stepId: string, reason: string): Promise<void> {
  const [run] = await findRuns(tx, [leadId]);
  const state = run?.states.find((one) => one.stepId === stepId);
  if (!run || !state || run.endedAt || state.doneAt || state.skippedAt)
    return refuse('conflict', 'followup/no-such-step', 'This step is not to be done any more.');
  const skipped = { ...state, skippedAt: cx.clock.now(), skipReason: reason };
  await saveSteps(tx, [{ leadId, ...skipped }]);
  run.states = run.states.map((one) => (one.stepId === stepId ? skipped : one));
  await append(tx, cx, [
    { type: 'lead.stepSkipped', chainId: (await findChains(tx, [leadId])).get(leadId)!, subjectId: leadId, data: { leadId, stepId, place: run.playbook.steps.findIndex(({ id }) => id === stepId) + 1 } },
  ]);
  await planNext(tx, cx, [run], cx.clock.now());
}
