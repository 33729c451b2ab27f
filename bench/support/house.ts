import { foundations, openContext } from '../../src/house.ts';
import { createWorkspace, systemScope } from '../../src/platform/access/index.ts';
import type { Scope } from '../../src/platform/access/index.ts';
import type { Clock } from '../../src/platform/clock.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Context } from '../../src/platform/context.ts';
import type { Connection, Tx } from '../../src/platform/db/index.ts';
import { startEmbedded } from '../../src/platform/db/embedded.ts';
import { migrate } from '../../src/platform/db/migrate.ts';
import { newDataDir } from '../../tests/support/process.ts';

export interface BenchHouse {
  cx: Context;
  connection: Connection;
  workspaceId: string;
  scope: Scope;
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
}

/** A house with one company on a database of its own, for as long as the work takes. */
export async function inHouse<T>(work: (house: BenchHouse) => Promise<T>, given: { timeZone?: string; country?: string; clock?: Clock; logLevel?: string } = {}): Promise<T> {
  const { timeZone = 'Europe/Zurich', country = 'CH', clock, logLevel = 'error' } = given;
  const server = await startEmbedded(newDataDir());
  await migrate(server.connection);
  const cx = await openContext(readConfig({ BATON_LOG_LEVEL: logLevel }), server.connection, clock);
  try {
    const workspaceId = await createWorkspace(cx, { name: 'Bench', currency: 'EUR', timeZone, country }, foundations);
    const scope = systemScope(workspaceId);
    return await work({ cx, connection: server.connection, workspaceId, scope, write: (change) => cx.db.write(scope, change) });
  } finally {
    await cx.close();
    await server.stop();
  }
}
