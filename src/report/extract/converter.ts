import { fork } from 'node:child_process';
import type { ConvertAnswer, ConvertTask } from './convert.child.ts';

export interface Converter {
  convert(task: ConvertTask): Promise<{ rows: number; deleted: number }>;
  close(): void;
}

/** The batch engine in a process of its own; one task at a time. */
export function openConverter(): Converter {
  const child = fork(new URL('./convert.child.ts', import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
  let waiting: { done(made: { rows: number; deleted: number }): void; fail(error: Error): void } | undefined;
  child.on('message', (answer: ConvertAnswer) => ('problem' in answer ? waiting?.fail(new Error(answer.problem)) : waiting?.done(answer)));
  child.on('error', (error) => waiting?.fail(error));
  child.on('exit', (code, signal) => waiting?.fail(new Error(`The process that writes the files ended (${signal ?? code}).`)));
  return {
    convert: (task) =>
      new Promise((done, fail) => {
        waiting = { done, fail };
        if (child.connected) child.send(task);
        else fail(new Error('The process that writes the files is gone.'));
      }),
    close: () => void child.kill(),
  };
}
