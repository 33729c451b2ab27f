import { parentPort } from 'node:worker_threads';
import { ownWords } from './mail-forward.rules.ts';
import { parseMail } from './parse-mail.ts';
import type { ReadAnswer, ReadTask } from './read-apart.ts';
import { bodyOf, listFiles, readMail } from './read-mail.rules.ts';

async function read({ raw, release }: ReadTask): Promise<ReadAnswer> {
  const mail = await parseMail(raw);
  const reading = readMail(mail, release);
  const { text } = bodyOf(mail);
  return { read: { mail, text, own: ownWords(text).text, reading, lists: reading.nature === 'held' ? [] : listFiles(mail) } };
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
const say = (answer: ReadAnswer): void => parentPort!.postMessage(answer);

parentPort!.on('message', (task: ReadTask) => {
  say('begun');
  void read(task)
    .catch((error: unknown): ReadAnswer => ({ problem: error instanceof Error ? error.message : String(error) }))
    .then(say);
});
