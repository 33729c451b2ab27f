import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './db/index.ts';
import type { Ids } from './ids.ts';
import type { Live } from './live.ts';
import type { Logger } from './log.ts';
import type { Secrets } from './secrets.ts';

/** What every action may lean on; nothing here knows a room. */
export interface Context {
  db: Database;
  clock: Clock;
  ids: Ids;
  config: Config;
  log: Logger;
  secrets: Secrets;
  live: Live;
}
