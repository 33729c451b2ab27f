import { EventEmitter } from 'node:events';
import type { Database, Tx } from './db/index.ts';
import type { Logger } from './log.ts';

/**
 * Something changed in a workspace: browsers refetch, subscribers look again. Topics are words such as 'lead' or 'job'; one that only
 * one user shall hear ends in '@' and the user's id.
 */
export interface LiveEvent {
  workspaceId: string;
  topics: string[];
}

export interface Live {
  /** Announces after the commit of `tx`, to everybody or to one user; a rollback announces nothing. */
  publish(tx: Tx, topic: string, userId?: string): void;
  listen(hear: (event: LiveEvent) => void): () => void;
  close(): Promise<void>;
}

const coalesceMilliseconds = 50;
/** PostgreSQL takes less than 8,000 bytes in one notification; a topic and its user have some eighty. */
const topicsMax = 80;

/**
 * Announcements within this process at once, and to other processes by NOTIFY. NOTIFY inside a transaction would take a lock that
 * all committing writers share, so it is sent afterwards and coalesced; a crash in between only costs the poll interval.
 */
export async function openLive(db: Database, log: Logger): Promise<Live> {
  const emitter = new EventEmitter().setMaxListeners(0);
  const waiting = new Map<string, Set<string>>();
  const me = `${process.pid}.${Math.random().toString(36).slice(2)}`;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  let client = await listening();

  async function listening(): Promise<Awaited<ReturnType<Database['connect']>>> {
    const opened = await db.connect();
    opened.on('notification', ({ payload }) => {
      const [from, workspaceId, topics] = (payload ?? '').split(' ');
      if (from !== me && workspaceId && topics) emitter.emit('event', { workspaceId, topics: topics.split(',') } satisfies LiveEvent);
    });
    opened.on('end', () => {
      if (!closed) setTimeout(() => void reconnect(), 1000).unref();
    });
    await opened.query('listen baton');
    return opened;
  }
  async function reconnect(): Promise<void> {
    try {
      client = await listening();
    } catch (error) {
      log.warn({ code: (error as { code?: string }).code }, 'listening connection lost, trying again');
      if (!closed) setTimeout(() => void reconnect(), 2000).unref();
    }
  }
  function flush(): void {
    timer = undefined;
    for (const [workspaceId, set] of waiting) {
      const topics = [...set];
      for (let from = 0; from < topics.length; from += topicsMax)
        client.query('select pg_notify($1, $2)', ['baton', `${me} ${workspaceId} ${topics.slice(from, from + topicsMax).join(',')}`]).catch(() => {});
    }
    waiting.clear();
  }

  return {
    publish(tx, word, userId) {
      const topic = userId ? `${word}@${userId}` : word;
      tx.afterCommit(() => {
        const { workspaceId } = tx.scope;
        emitter.emit('event', { workspaceId, topics: [topic] } satisfies LiveEvent);
        if (closed) return;
        const topics = waiting.get(workspaceId) ?? new Set();
        waiting.set(workspaceId, topics.add(topic));
        timer ??= setTimeout(flush, coalesceMilliseconds);
      });
    },
    listen(hear) {
      emitter.on('event', hear);
      return () => emitter.off('event', hear);
    },
    async close() {
      if (timer) clearTimeout(timer);
      if (!closed) flush();
      closed = true;
      await client.end().catch(() => {});
    },
  };
}
