import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { readRules } from '../../qualify/index.ts';
import { listScripts, saveScript } from './calling.store.ts';
import type { ScriptRow } from './calling.store.ts';
import { scriptProblems } from './script.rules.ts';
import type { ScriptStep } from './script.rules.ts';

export async function readScripts(tx: Tx) {
  const { questions } = await readRules(tx);
  return { items: await listScripts(tx), questions: questions.body.map(({ key, label }) => ({ key, label })) };
}

export const getScript = async (tx: Tx, id: string): Promise<ScriptRow> =>
  (await listScripts(tx, id))[0] ?? refuse('not-found', 'followup/no-such-script', 'There is no such script.');

/** Keeps a script, new or changed; who is in the middle of a call finishes it by what they see. Refuses what does not come to an end, with the place. */
export async function keepScript(tx: Tx, cx: Context, id: string, given: { name: string; steps: ScriptStep[] }): Promise<ScriptRow> {
  const { questions } = await readRules(tx);
  const problems = scriptProblems(given, new Set(questions.body.map(({ key }) => key)));
  if (problems.length > 0) refuse('invalid', 'followup/script', problems.join(' '), problems);
  await saveScript(tx, { id, ...given, at: cx.clock.now() });
  return getScript(tx, id);
}
