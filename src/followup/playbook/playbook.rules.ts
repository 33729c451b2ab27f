import { finderOf } from '../../platform/values/criteria-predicate.rules.ts';
import { fieldsOf, type Criteria, type Facts } from '../../platform/values/criteria.rules.ts';

/**
 * Playbooks: what is done with a kind of lead, step by step. The first whose conditions hold of a lead applies, and is kept to its end, also
 * when the lead passes on or another version comes. Steps are due some working days after the lead was given; a step that did not reach
 * anybody is tried again. A step is done when somebody was reached or its attempts are used up; what is done earlier or in another order counts.
 */
export type Channel = 'call' | 'mail' | 'visit' | 'meeting' | 'quote' | 'literature';
export interface Step {
  id: string;
  what: string;
  channel: Channel;
  /** working days after the lead was given; 0 is at once */
  afterDays: number;
  /** how often it is tried, if nobody is reached */
  attempts: number;
  /** working days between two attempts */
  everyDays: number;
  /** what to say or write; null without */
  text: string | null;
}
export interface Playbook {
  id: string;
  name: string;
  when: Criteria;
  steps: Step[];
}
export interface StepState {
  stepId: string;
  dueAt: Date;
  attempts: number;
  reachedAt: Date | null;
  doneAt: Date | null;
  skippedAt: Date | null;
  skipReason: string | null;
}
/** The start of the working day so many working days after an instant; the instant itself for none. */
export type Workday = (from: Date, days: number) => Date;

const isOpen = (state: StepState): boolean => state.doneAt === null && state.skippedAt === null;

/** Which playbook applies, by its place; and every field the conditions ask about. */
export function compilePlaybooks(playbooks: readonly Playbook[]): { fields: string[]; find: (facts: Facts, now: Date) => Playbook | undefined } {
  const find = finderOf(playbooks.map((one) => one.when));
  return {
    fields: [...new Set(playbooks.flatMap((one) => [...fieldsOf(one.when)]))],
    find(facts, now) {
      for (const place of find(facts, now)) return playbooks[place];
      return undefined;
    },
  };
}

export function begin({ steps }: Playbook, at: Date, workday: Workday): StepState[] {
  return steps.map(({ id, afterDays }) => ({ stepId: id, dueAt: workday(at, afterDays), attempts: 0, reachedAt: null, doneAt: null, skippedAt: null, skipReason: null }));
}

export interface Heard {
  channel: string;
  outcome: string | null;
  at: Date;
}
const missed = new Set(['no answer', 'busy', 'left a message', 'wrong number', 'did not show up']);

/** Whether somebody was reached: of a call only where it was said, of what is sent always. */
export function reached({ channel, outcome }: Pick<Heard, 'channel' | 'outcome'>): boolean {
  const said = outcome?.trim().toLowerCase() ?? '';
  return channel === 'call' || channel === 'visit' || channel === 'meeting' ? said !== '' && !missed.has(said) : !missed.has(said);
}

/** What a followup makes of the steps: the first open one of its channel takes it; undefined where none waits for such. */
export function hear({ steps }: Playbook, states: readonly StepState[], heard: Heard, workday: Workday): StepState | undefined {
  const step = steps.find(({ id, channel }) => channel === heard.channel && states.some((state) => state.stepId === id && isOpen(state)));
  if (!step) return undefined;
  const state = states.find(({ stepId }) => stepId === step.id)!;
  const attempts = state.attempts + 1;
  const isReached = reached(heard);
  const isDone = isReached || attempts >= step.attempts;
  return {
    ...state,
    attempts,
    reachedAt: isReached ? heard.at : null,
    doneAt: isDone ? heard.at : null,
    dueAt: isDone ? state.dueAt : workday(heard.at, step.everyDays),
  };
}

/** The step to do next: the earliest due of the open ones, in the order of the playbook where two are due together. */
export function nextStep({ steps }: Playbook, states: readonly StepState[]): { step: Step; dueAt: Date } | undefined {
  let next: { step: Step; dueAt: Date } | undefined;
  for (const step of steps) {
    const state = states.find(({ stepId }) => stepId === step.id);
    if (state && isOpen(state) && (!next || state.dueAt < next.dueAt)) next = { step, dueAt: state.dueAt };
  }
  return next;
}
