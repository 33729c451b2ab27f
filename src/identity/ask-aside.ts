import { Worker } from 'node:worker_threads';

/** Minutes of counting beside the thread that answers people: a thread is given what it needs, answers once and is gone. */
export function askAside<T>(thread: URL, given: unknown): Promise<T> {
  return new Promise((done, fail) => {
    const worker = new Worker(thread, { workerData: given });
    worker.once('message', done);
    worker.once('error', fail);
    worker.once('exit', () => fail(new Error(`${thread.pathname.split('/').at(-1)} ended without a word.`)));
  });
}
