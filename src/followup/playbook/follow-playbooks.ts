import { addBusinessMinutes, businessClock, dayAfter, localDate } from '../../distribute/index.ts';
import type { WeeklyCalendar } from '../../distribute/index.ts';
import type { Fact, Subscriber } from '../../journal/index.ts';
import { momentOf } from '../../platform/context.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { loadLeadFacts } from '../../qualify/index.ts';
import { setNextActions } from '../log-activities.ts';
import type { NewNextAction } from '../log-activities.ts';
import { begin, compilePlaybooks, hear, nextStep } from './playbook.rules.ts';
import type { StepState, Workday } from './playbook.rules.ts';
import { addRuns, endRuns, findInForce, findOutcomes, findRuns, listToBegin, saveSteps } from './playbook.store.ts';
import type { Run } from './playbook.store.ts';

const is = <T extends Fact['type']>(type: T) => (fact: Fact): fact is Fact<T> => fact.type === type;

/** Whoever is given a lead is given its steps as next actions; a followup moves them on; a verdict that lets go ends them. */
export const followPlaybooks: Subscriber = {
  name: 'followup.playbooks',
  types: ['lead.assigned', 'lead.followedUp', 'lead.judged', 'lead.judgementUndone', 'lead.closed'],
  async handle(tx, cx, facts) {
    await beginRuns(tx, cx, facts.filter(is('lead.assigned')));
    await moveOn(tx, cx, facts.filter(is('lead.followedUp')));
    const lets = (fact: Fact): boolean => fact.type === 'lead.closed' || (is('lead.judged')(fact) && ['warm', 'bad', 'sale'].includes(fact.data.verdict));
    const last = new Map(facts.filter((fact) => lets(fact) || fact.type === 'lead.judgementUndone').map((fact) => [fact.subjectId, fact]));
    const ended = [...last.values()].filter(lets);
    if (ended.length > 0) await endRuns(tx, ended.map((fact) => fact.subjectId), momentOf(cx, ended.at(-1)!));
    await endRuns(tx, [...last.values()].filter((fact) => !lets(fact)).map((fact) => fact.subjectId), null);
  },
};

export function workdaysOf(calendar: WeeklyCalendar | null, timeZone: string | null): Workday {
  const clock = businessClock(calendar, timeZone ?? 'UTC');
  return (from, days) => {
    let at = from;
    // A minute into the first open stretch after midnight is within the next working day.
    for (let day = 0; day < days; day++) at = addBusinessMinutes(clock, dayAfter(clock.timeZone, localDate(clock.timeZone, at)), 1);
    return at;
  };
}

async function beginRuns(tx: Tx, cx: Context, facts: readonly Fact<'lead.assigned'>[]): Promise<void> {
  const given = facts.filter(({ data }) => (data.holderKind === 'rep' || data.holderKind === 'partner') && data.why !== 'restored');
  if (given.length === 0) return;
  const inForce = await findInForce(tx);
  if (!inForce || inForce.playbooks.length === 0) return;
  const leads = await listToBegin(tx, [...new Set(given.map(({ data }) => data.leadId))]);
  if (leads.length === 0) return;
  const { fields, find } = compilePlaybooks(inForce.playbooks);
  const known = await loadLeadFacts(tx, leads, fields);
  const momentOfLead = new Map(given.map((fact) => [fact.data.leadId, momentOf(cx, fact)]));
  const runs = [];
  const actions: NewNextAction[] = [];
  for (const { leadId, calendar, timeZone, hasAction } of leads) {
    const at = momentOfLead.get(leadId)!;
    const playbook = find(known.get(leadId)?.facts ?? {}, at);
    if (!playbook) continue;
    const states = begin(playbook, at, workdaysOf(calendar, timeZone));
    runs.push({ leadId, version: inForce.version, playbookId: playbook.id, startedAt: at, states });
    const next = nextStep(playbook, states);
    if (next && !hasAction) actions.push({ leadId, what: next.step.what, dueAt: next.dueAt, at });
  }
  if (runs.length === 0) return;
  await addRuns(tx, runs);
  await setNextActions(tx, cx, actions);
}

async function moveOn(tx: Tx, cx: Context, facts: readonly Fact<'lead.followedUp'>[]): Promise<void> {
  if (facts.length === 0) return;
  const runs = new Map((await findRuns(tx, [...new Set(facts.map(({ data }) => data.leadId))])).filter((run) => !run.endedAt).map((run) => [run.leadId, run]));
  if (runs.size === 0) return;
  const outcomes = await findOutcomes(tx, facts.map(({ data }) => data.activityId));
  const changed = new Map<string, { leadId: string } & StepState>();
  const moved = new Set<Run>();
  for (const { data, at } of facts) {
    const run = runs.get(data.leadId);
    const state = run && hear(run.playbook, run.states, { channel: data.kind, outcome: outcomes.get(data.activityId) ?? null, at }, workdaysOf(run.calendar, run.timeZone));
    if (!state) continue;
    run.states = run.states.map((one) => (one.stepId === state.stepId ? state : one));
    changed.set(`${run.leadId} ${state.stepId}`, { leadId: run.leadId, ...state });
    moved.add(run);
  }
  await saveSteps(tx, [...changed.values()]);
  await planNext(tx, cx, [...moved], momentOf(cx, facts.at(-1)!));
}

/** The next step becomes the next action, unless a person has said what happens next. */
export async function planNext(tx: Tx, cx: Context, runs: readonly Run[], at: Date): Promise<void> {
  const actions = runs.flatMap((run): NewNextAction[] => {
    if (run.actionByPerson) return [];
    const next = nextStep(run.playbook, run.states);
    if (!next && run.actionWhat === null) return [];
    return [{ leadId: run.leadId, what: next?.step.what ?? null, dueAt: next?.dueAt ?? null, at }];
  });
  await setNextActions(tx, cx, actions);
}
