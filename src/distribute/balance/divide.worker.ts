/** One balancing beside the thread that answers people (divide-aside.ts): says how far it is, then the division. */
import { parentPort, workerData } from 'node:worker_threads';
import type { BalanceAsk } from './balance.rules.ts';
import { balancing } from './balance.rules.ts';
import type { DivideWord } from './divide-aside.ts';

const say = (word: DivideWord): void => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(word);
};
const steps = balancing(workerData as BalanceAsk);
for (let step = steps.next(); ; step = steps.next()) {
  if (step.done) {
    say({ balanced: { of: step.value.of, sentences: step.value.sentences } });
    break;
  }
  say(step.value);
}
