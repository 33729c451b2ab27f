import pg from 'pg';
import type { Scope } from '../access/scope.ts';
import { copyOut } from './copy-out.ts';
import { openingOf } from './opening.rules.ts';

/** One instant of one workspace, to be read at length; what others change meanwhile is not seen. */
export interface Snapshot {
  rows<T>(text: string): Promise<T[]>;
  /** Writes what each statement finds into its file, as CSV without a header and \N where there is no value; side by side, each by a process of the database's own. */
  copyOut(parts: readonly { select: string; file: string }[]): Promise<void>;
}

/** On connections of its own: copying is not for one that others share in a pipeline. Statements are texts without parameters: COPY takes none. */
export async function readSnapshot<T>(connect: () => Promise<pg.Client>, scope: Scope, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const clients: pg.Client[] = [];
  const open = async (snapshotId?: string): Promise<pg.Client> => {
    const client = await connect();
    clients.push(client);
    await client.query(`${openingOf('isolation level repeatable read read only', scope, snapshotId)}; set local timezone = 'UTC'; set local datestyle = 'ISO'`);
    return client;
  };
  try {
    const first = await open();
    return await work({
      async rows<R>(text: string): Promise<R[]> {
        return (await first.query(text)).rows as R[];
      },
      async copyOut(parts) {
        if (clients.length < parts.length) {
          const { rows } = await first.query<{ id: string }>('select pg_export_snapshot() as id');
          while (clients.length < parts.length) await open(rows[0]!.id);
        }
        await Promise.all(parts.map(({ select, file }, at) => copyOut(clients[at]!, `copy (${select}) to stdout (format csv, null '\\N')`, file)));
      },
    });
  } finally {
    await Promise.all(clients.map((client) => client.query('rollback').catch(() => {}).then(() => client.end()).catch(() => {})));
  }
}
