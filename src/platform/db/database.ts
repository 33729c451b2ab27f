import pg from 'pg';
import type { Scope } from '../access/scope.ts';
import { openingOf } from './opening.rules.ts';
import { readSnapshot, type Snapshot } from './snapshot.ts';
import { loadColumnTypes, OpenTx, queryCount } from './tx.ts';
import type { Tx } from './tx.ts';

// int8 and numeric: Baton's amounts are minor units far below 2^53, so a number is exact and easier to use than text.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
pg.types.setTypeParser(pg.types.builtins.NUMERIC, Number);
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export interface Database {
  write<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** A read-only transaction: a write inside it is refused by the database. */
  read<T>(scope: Scope, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One instant of a workspace, for reading at length; on connections of its own. */
  snapshot<T>(scope: Scope, work: (snapshot: Snapshot) => Promise<T>): Promise<T>;
  /** Every workspace of this installation: the only question asked across workspaces. */
  workspaceIds(): Promise<string[]>;
  /** Those whose background work runs: all but the paused. */
  awakeWorkspaceIds(): Promise<string[]>;
  /** A dedicated connection outside any workspace, for LISTEN and advisory locks. */
  connect(): Promise<pg.Client>;
  close(): Promise<void>;
}

/** Where and as whom to connect; the application always runs as baton_app, which cannot bypass row-level security. */
export type Connection = pg.ClientConfig;

/** Two transactions were in each other's way: the whole transaction is tried again. */
export const isRetriable = (error: unknown): boolean => ['40001', '40P01'].includes(String((error as { code?: string }).code ?? ''));

export function openDatabase(connection: Connection, poolMax: number): Database {
  const asApplication: pg.ClientConfig = { ...connection, options: '-c role=baton_app', application_name: 'baton' };
  // Pipelined: statements sent together share one round trip; each still answers to its own caller, in order.
  const pool = new pg.Pool({ ...asApplication, max: poolMax, idleTimeoutMillis: 30_000, pipeline: true });
  pool.on('error', () => {}); // an idle connection that dies is replaced at the next use

  let known: Promise<void> | undefined;
  async function learnTypes(): Promise<void> {
    const client = await pool.connect();
    try {
      await loadColumnTypes(client);
    } catch (error) {
      known = undefined; // asked again by the next transaction
      throw error;
    } finally {
      client.release();
    }
  }

  async function transact<T>(scope: Scope, mode: 'read only' | 'read write', work: (tx: Tx) => Promise<T>): Promise<T> {
    const opening = openingOf(mode, scope);
    await (known ??= learnTypes());
    for (let attempt = 1; ; attempt++) {
      const client = await pool.connect();
      const tx = new OpenTx(client, scope);
      let broken: Error | undefined;
      try {
        // Not awaited here: the first statement of the work travels with it. If it fails, so do they.
        const opened = client.query(opening);
        opened.catch(() => {});
        const result = await work(tx);
        // Whatever nobody waited for is sent: nothing may come behind the end.
        await tx.allSent();
        // Sent right behind what is still on its way. After a failed statement it ends the transaction without effect, and the failure is told.
        const ended = client.query('commit');
        ended.catch((e: Error) => (broken = e));
        await opened;
        await tx.settled();
        // Nothing hangs on the end of a reading: its answer need not wait for it, only the next user of the connection does.
        if (mode === 'read write' && (await ended).command !== 'COMMIT') throw new Error('A statement of this transaction failed and nobody said so.');
        queueMicrotask(() => tx.committed.forEach((run) => run()));
        return result;
      } catch (error) {
        // What nobody waited for ends inside the transaction, too. It may know better why all of it failed: of a statement that only comes
        // after it the bare failure is told, without what its own caller makes of it.
        const told = await tx.settled().then(
          () => error,
          (e: unknown) => e,
        );
        await client.query('rollback').catch((e: Error) => (broken = e));
        if (attempt < 8 && (isRetriable(error) || isRetriable(told))) continue;
        throw error;
      } finally {
        client.release(broken);
      }
    }
  }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client(asApplication);
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  return {
    snapshot: (scope, work) => readSnapshot(connect, scope, work),
    write: (scope, work) => transact(scope, 'read write', work),
    read: (scope, work) => transact(scope, 'read only', work),
    async workspaceIds() {
      queryCount.total++;
      const found = await pool.query<{ id: string }>('select id from platform.workspace_ids()');
      return found.rows.map((row) => row.id);
    },
    async awakeWorkspaceIds() {
      queryCount.total++;
      const found = await pool.query<{ id: string }>('select id from platform.awake_workspace_ids()');
      return found.rows.map((row) => row.id);
    },
    connect,
    close: () => pool.end(),
  };
}
