import { ApiProblem, send } from './client.ts';

/**
 * Actions made without a line, kept in this browser and sent once, in their order, when it is back. Each has a key from the moment it was
 * made: where the first try did arrive and only its answer was lost, the server answers as then and nothing happens twice.
 */
export interface Kept {
  key: string;
  userId: string;
  /** What was done, for the person who did it. */
  words: string;
  leadId: string;
  at: string;
  method: string;
  path: string;
  body: unknown;
  /** Why the server would not have it; it is not sent again. */
  refused?: string;
}

/** Stands where an answer would: the action waits for the line. */
export class KeptForLater {
  readonly key: string;
  constructor(key: string) {
    this.key = key;
  }
}

const opened = (): Promise<IDBDatabase> =>
  new Promise((done, fail) => {
    const request = indexedDB.open('baton', 1);
    request.onupgradeneeded = () => request.result.createObjectStore('kept', { keyPath: 'key' });
    request.onsuccess = () => done(request.result);
    request.onerror = () => fail(request.error ?? new Error('The browser keeps nothing.'));
  });
let database: Promise<IDBDatabase> | undefined;

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await (database ??= opened());
  return new Promise((done, fail) => {
    const transaction = db.transaction('kept', mode);
    const request = work(transaction.objectStore('kept'));
    transaction.oncomplete = () => done(request.result);
    transaction.onerror = () => fail(transaction.error ?? new Error('The browser could not keep it.'));
  });
}

let known: readonly Kept[] = [];
const listeners = new Set<() => void>();
async function look(): Promise<void> {
  const all = await inStore<Kept[]>('readonly', (store) => store.getAll());
  known = all.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  for (const changed of listeners) changed();
}

export const keptNow = (): readonly Kept[] => known;
export function whenKeptChanges(changed: () => void): () => void {
  listeners.add(changed);
  return () => void listeners.delete(changed);
}

/** Takes back what has not been sent; false when it has gone already. */
export async function takeBackKept(key: string): Promise<boolean> {
  const was = await inStore<Kept | undefined>('readonly', (store) => store.get(key) as IDBRequest<Kept | undefined>);
  await inStore('readwrite', (store) => store.delete(key));
  await look();
  return was !== undefined;
}

export async function sendOrKeep(action: Omit<Kept, 'key' | 'at'>): Promise<Response | KeptForLater> {
  const key = crypto.randomUUID();
  // What is kept already goes first: a verdict does not overtake the call before it.
  if (!known.some((one) => one.userId === action.userId && !one.refused)) {
    try {
      return await send(action.method, action.path, action.body, undefined, { key });
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 0) throw error;
    }
  }
  await inStore('readwrite', (store) => store.put({ ...action, key, at: new Date().toISOString() }));
  await look();
  return new KeptForLater(key);
}

let sending: Promise<number> | undefined;
/** Sends what is kept of this user, the oldest first, until all is gone or the line breaks. Answers how many went. */
export function sendKept(userId: string): Promise<number> {
  sending ??= sendAll(userId).finally(() => (sending = undefined));
  return sending;
}

async function sendAll(userId: string): Promise<number> {
  await look();
  let sent = 0;
  for (const one of known.filter((kept) => kept.userId === userId && !kept.refused)) {
    try {
      const ageSeconds = Math.max(0, Math.round((Date.now() - Date.parse(one.at)) / 1000));
      await send(one.method, one.path, one.body, undefined, { key: one.key, ageSeconds });
      sent++;
    } catch (error) {
      const status = error instanceof ApiProblem ? error.status : 0;
      // No line, signed out, too fast, or the server is not well: later. Anything else will not change by waiting.
      if (status === 0 || status === 401 || status === 429 || status >= 500) break;
      await inStore('readwrite', (store) => store.put({ ...one, refused: (error as Error).message }));
      await look();
      continue;
    }
    await inStore('readwrite', (store) => store.delete(one.key));
    await look();
  }
  return sent;
}
