import type { Context } from '../platform/context.ts';
import { systemScope } from '../platform/access/scope.ts';
import { acceptInquiries } from './accept-inquiries.ts';
import type { Accepted, Arrival } from './accept-inquiries.ts';

/**
 * Concurrent requests share commits: whatever arrives while a transaction is on its way to the disk goes in the next one together.
 * Nobody waits on purpose; with one caller every inquiry has a transaction of its own.
 */
export interface Intake {
  /** Settles when the inquiry is durable. */
  accept(workspaceId: string, arrival: Arrival): Promise<Accepted>;
}
interface Waiting {
  arrival: Arrival;
  done: (accepted: Accepted) => void;
  failed: (error: unknown) => void;
}
const batchMax = 256;
const bytesMax = 8_388_608;
// One at a time: two half-full transactions cost more than one full one, and the next gathers while this one commits.
const inFlightMax = 1;

export function openIntake(cx: Context): Intake {
  const queues = new Map<string, { waiting: Waiting[]; inFlight: number }>();

  function pump(workspaceId: string): void {
    const queue = queues.get(workspaceId)!;
    while (queue.inFlight < inFlightMax && queue.waiting.length > 0) {
      let bytes = 0;
      let count = 0;
      while (count < queue.waiting.length && count < batchMax && (count === 0 || bytes < bytesMax)) bytes += queue.waiting[count++]!.arrival.raw?.length ?? 0;
      const batch = queue.waiting.splice(0, count);
      queue.inFlight++;
      void commit(workspaceId, batch).finally(() => {
        queue.inFlight--;
        if (queue.inFlight === 0 && queue.waiting.length === 0) queues.delete(workspaceId);
        else pump(workspaceId);
      });
    }
  }

  async function commit(workspaceId: string, batch: Waiting[]): Promise<void> {
    try {
      const accepted = await cx.db.write(systemScope(workspaceId), (tx) => acceptInquiries(tx, cx, batch.map(({ arrival }) => arrival)));
      batch.forEach(({ done }, index) => done(accepted[index]!));
    } catch (error) {
      if (!isDataError(error)) for (const { failed } of batch) failed(error);
      else if (batch.length > 1) for (const one of batch) await commit(workspaceId, [one]);
      else await commitRaw(workspaceId, batch[0]!);
    }
  }

  /** A reading that the database cannot hold never costs the inquiry: it is kept as it came, and says so. */
  async function commitRaw(workspaceId: string, { arrival, done, failed }: Waiting): Promise<void> {
    const bare: Arrival = { channel: arrival.channel, fields: {}, raw: arrival.raw ?? null, rawType: arrival.rawType ?? null, problem: 'Something in it could not be stored as read; it was kept as it came.' };
    try {
      const [accepted] = await cx.db.write(systemScope(workspaceId), (tx) => acceptInquiries(tx, cx, [{ ...bare, programId: arrival.programId ?? null, key: arrival.key ?? null }]));
      done(accepted!);
    } catch (error) {
      failed(error);
    }
  }

  return {
    accept(workspaceId, arrival) {
      return new Promise((done, failed) => {
        let queue = queues.get(workspaceId);
        if (!queue) queues.set(workspaceId, (queue = { waiting: [], inFlight: 0 }));
        queue.waiting.push({ arrival, done, failed });
        // After this turn of the event loop, so that requests read in the same turn go together.
        if (queue.waiting.length === 1) setImmediate(pump, workspaceId);
      });
    },
  };
}

/** PostgreSQL's class 22 (a value it cannot hold) and 54 (a value beyond its limits). */
const isDataError = (error: unknown): boolean => /^(22|54)/.test(String((error as { code?: string }).code ?? ''));
