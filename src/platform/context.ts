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
  /**
   * Set while a past is being told instead of lived (the demo company): what follows from a fact takes effect at the moment of the
   * fact, and nobody is mailed about anything before `mailFrom`.
   */
  replay?: { mailFrom: Date };
}

/** When the consequence of a fact takes effect: now; in a replay at the moment of the fact itself. */
export function momentOf(cx: Context, fact: { at: Date }): Date {
  return cx.replay ? fact.at : cx.clock.now();
}
