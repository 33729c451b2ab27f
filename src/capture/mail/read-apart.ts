import { Worker } from 'node:worker_threads';
import type { MailFile, MailMessage } from './mail-message.rules.ts';
import type { MailReading } from './read-mail.rules.ts';

/** A mail taken apart and read, and the files in it that may be lists. */
export interface ReadMail {
  mail: MailMessage;
  /** its body as one reads it */
  text: string;
  /** what its writer wrote himself: without the mail answered and the signature */
  own: string;
  reading: MailReading;
  lists: MailFile[];
}
export interface ReadTask {
  raw: Uint8Array;
  release: boolean;
}
/** 'begun': the thread is up, and the time a mail may take begins. */
export type ReadAnswer = 'begun' | { read: ReadMail } | { problem: string };

const millisecondsMax = 15_000;
const idleMilliseconds = 30_000;
let worker: Worker | undefined;
let resting: NodeJS.Timeout | undefined;
let before: Promise<unknown> = Promise.resolve();

/**
 * Takes a mail apart and reads it in a thread of its own, one after the other: whoever builds a mail to wear its reader out stops nobody else.
 * Rejects with half a sentence where it cannot be taken apart, or not within the time it may take.
 */
export function readApart(raw: Uint8Array, release: boolean, milliseconds = millisecondsMax): Promise<ReadMail> {
  const mine = before.then(() => readNext({ raw, release }, milliseconds));
  before = mine.catch(() => {});
  return mine;
}

function readNext(task: ReadTask, milliseconds: number): Promise<ReadMail> {
  clearTimeout(resting);
  worker ??= new Worker(new URL('./read-mail.worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: 512 } });
  const at = worker;
  return new Promise<ReadMail>((done, fail) => {
    let limit: NodeJS.Timeout | undefined;
    const stop = (): void => {
      worker = undefined;
      void at.terminate();
    };
    const end = (): void => {
      clearTimeout(limit);
      at.off('message', hear).off('error', broke).off('exit', broke);
      at.unref();
    };
    const hear = (answer: ReadAnswer): void => {
      if (answer === 'begun') {
        limit = setTimeout(() => {
          end();
          stop();
          fail(new Error(`it is built so intricately that it could not be read within ${milliseconds / 1000} seconds`));
        }, milliseconds);
        return;
      }
      end();
      resting = setTimeout(stop, idleMilliseconds).unref();
      if ('read' in answer) done(answer.read);
      else fail(new Error(answer.problem));
    };
    const broke = (why: Error | number): void => {
      end();
      worker = undefined;
      fail(why instanceof Error ? why : new Error('reading it broke off'));
    };
    at.ref();
    at.on('message', hear).on('error', broke).on('exit', broke);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    at.postMessage(task);
  });
}
