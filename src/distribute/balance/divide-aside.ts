import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { BalanceAsk, Balanced } from './balance.rules.ts';

export type Division = Pick<Balanced, 'of' | 'sentences'>;
export type DivideWord = { done: number; total: number } | { balanced: Division };

const lookMs = 300;

/**
 * Divides in a thread of its own: a step takes up to a second, during which nobody would be answered. `look` hears how far it is, a few times
 * a second, and says whether to go on; undefined: it was stopped.
 */
export async function divideAside(ask: BalanceAsk, look: (done: number, total: number | null) => Promise<boolean>): Promise<Division | undefined> {
  const worker = new Worker(new URL('./divide.worker.ts', import.meta.url), { workerData: ask });
  let at: { done: number; total: number | null } = { done: 0, total: null };
  const divided = new Promise<Division>((done, fail) => {
    worker.on('message', (word: DivideWord) => {
      if ('balanced' in word) done(word.balanced);
      else at = word;
    });
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error('The thread that divides ended without a word.')));
  });
  try {
    for (;;) {
      const found = await Promise.race([divided, pause(lookMs, null, { ref: false })]);
      if (found) return found;
      if (!(await look(at.done, at.total))) return undefined;
    }
  } finally {
    divided.catch(() => {});
    await worker.terminate();
  }
}
