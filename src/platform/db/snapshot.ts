import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import type { Scope } from '../access/scope.ts';
import { openingOf } from './opening.rules.ts';

/** One instant of one workspace, to be read at length; what others change meanwhile is not seen. */
export interface Snapshot {
  rows<T>(text: string): Promise<T[]>;
  /** Writes what a statement finds into a file, as CSV without a header and \N where there is no value. @returns how many rows */
  copyOut(select: string, file: string): Promise<number>;
}

/** On a connection of its own: copying is not for one that others share in a pipeline. Statements are texts without parameters: COPY takes none. */
export async function readSnapshot<T>(client: pg.Client, scope: Scope, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  await client.query(openingOf('isolation level repeatable read read only', scope));
  try {
    await client.query(`set local timezone = 'UTC'; set local datestyle = 'ISO'`);
    return await work({
      async rows<R>(text: string): Promise<R[]> {
        return (await client.query(text)).rows as R[];
      },
      async copyOut(select, file) {
        const rows = client.query(copyTo(`copy (${select}) to stdout (format csv, null '\\N')`));
        await pipeline(rows, createWriteStream(file));
        return rows.rowCount;
      },
    });
  } finally {
    await client.query('rollback').catch(() => {});
  }
}
