/** A script for calls: what is said and asked, and where each answer leads. Every way through it ends, and none goes round in a circle. */

export const endings = ['qualified', 'not_qualified', 'refused', 'call_back'] as const;
export type Ending = (typeof endings)[number];

export type ScriptStep =
  | { id: string; kind: 'say'; text: string; next: string | null }
  | {
      id: string;
      kind: 'ask';
      text: string;
      /** a qualifying question of ours, which the answer is noted under */ question: string | null;
      choices: { label: string; next: string | null }[];
      /** any words, and where they lead; null where only the choices are offered */ free: { next: string | null } | null;
    }
  | { id: string; kind: 'end'; text: string; ending: Ending };
export interface Script {
  /** the first is where it begins */
  steps: ScriptStep[];
}

export interface Given {
  stepId: string;
  /** undefined where nothing is asked */
  answer?: string | undefined;
}

/** Where a step may lead, with what has to be answered for it. */
export function waysOf(step: ScriptStep): { by: string | null; next: string | null }[] {
  if (step.kind === 'end') return [];
  if (step.kind === 'say') return [{ by: null, next: step.next }];
  return [...step.choices.map(({ label, next }) => ({ by: label, next })), ...(step.free ? [{ by: null, next: step.free.next }] : [])];
}

/** What is wrong with a script, each with its place; [] where every way through it comes to an end. `known`: keys of the qualifying questions. */
export function scriptProblems({ steps }: Script, known: ReadonlySet<string>): string[] {
  const problems: string[] = [];
  if (steps.length === 0) return ['A script needs a step.'];
  const at = new Map(steps.map((step, i) => [step.id, i]));
  if (at.size < steps.length) return ['Two steps have the same id.'];
  const place = (i: number): string => `Step ${i + 1}`;
  steps.forEach((step, i) => {
    if (step.text.trim() === '' && step.kind !== 'end') problems.push(`${place(i)} says nothing yet.`);
    if (step.kind === 'ask') {
      if (step.choices.length === 0 && !step.free)
        problems.push(`${place(i)} asks, and offers no answer. Give it a choice, or let it be answered in any words.`);
      if (step.choices.some(({ label }) => label.trim() === '')) problems.push(`${place(i)} has a choice without words.`);
      if (new Set(step.choices.map(({ label }) => label.trim().toLowerCase())).size < step.choices.length)
        problems.push(`${place(i)} offers the same answer twice.`);
      if (step.question !== null && !known.has(step.question))
        problems.push(`${place(i)} notes its answer under “${step.question}”, which is no qualifying question any more.`);
    }
    for (const { by, next } of waysOf(step)) {
      const which = by === null ? place(i) : `${place(i)}, “${by}”,`;
      if (next === null) problems.push(`${which} leads nowhere. Say which step comes next, or end the call there.`);
      else if (!at.has(next)) problems.push(`${which} leads to a step that is not there.`);
    }
  });
  if (problems.length > 0) return problems;
  const circle = findCircle(steps, at);
  if (circle) return [`${place(circle.from)} leads back to step ${circle.to + 1}: the call would go round in a circle.`];
  const reached = reachedFrom(steps, at);
  steps.forEach((_, i) => {
    if (!reached.has(i)) problems.push(`Nothing leads to step ${i + 1}.`);
  });
  return problems;
}

function findCircle(steps: readonly ScriptStep[], at: ReadonlyMap<string, number>): { from: number; to: number } | undefined {
  const state = new Map<number, 'open' | 'done'>();
  const walk = (i: number): { from: number; to: number } | undefined => {
    state.set(i, 'open');
    for (const { next } of waysOf(steps[i]!)) {
      const to = at.get(next!)!;
      if (state.get(to) === 'open') return { from: i, to };
      const found = state.has(to) ? undefined : walk(to);
      if (found) return found;
    }
    state.set(i, 'done');
    return undefined;
  };
  for (let i = 0; i < steps.length; i++) {
    const found = state.has(i) ? undefined : walk(i);
    if (found) return found;
  }
  return undefined;
}

function reachedFrom(steps: readonly ScriptStep[], at: ReadonlyMap<string, number>): Set<number> {
  const reached = new Set([0]);
  for (const i of reached) for (const { next } of waysOf(steps[i]!)) reached.add(at.get(next!)!);
  return reached;
}

/**
 * Goes through a script with what was answered: the answers that stand, in order, and the step the call has come to. An answer that the
 * script does not offer at its place ends the walk there.
 */
export function walk(
  { steps }: Script,
  given: readonly Given[],
): { answered: { step: ScriptStep; answer: string | null }[]; now: ScriptStep } {
  const byId = new Map(steps.map((step) => [step.id, step]));
  const said = new Map(given.map((one) => [one.stepId, one.answer]));
  const answered: { step: ScriptStep; answer: string | null }[] = [];
  let now = steps[0]!;
  // A sound script ends before it has been through all its steps.
  for (let turn = 0; turn < steps.length && now.kind !== 'end' && said.has(now.id); turn++) {
    const answer = said.get(now.id)?.trim() ?? '';
    let next: string | null = null;
    if (now.kind === 'say') next = now.next;
    else next = answer === '' ? null : (now.choices.find(({ label }) => label === answer)?.next ?? now.free?.next ?? null);
    const following = next === null ? undefined : byId.get(next);
    if (!following) break;
    answered.push({ step: now, answer: now.kind === 'say' ? null : answer });
    now = following;
  }
  return { answered, now };
}

/** The answers that belong to qualifying questions, by their keys. */
export const notedAnswers = (answered: readonly { step: ScriptStep; answer: string | null }[]): Record<string, string> =>
  Object.fromEntries(
    answered.flatMap(({ step, answer }) => (step.kind === 'ask' && step.question !== null && answer ? [[step.question, answer]] : [])),
  );
