import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { unassignedLimit } from '../distribute/index.ts';
import { findWaitingSince } from './loop.queries.ts';
import type { Alarms } from './report.contract.ts';

/** What somebody has to see to now, told from the hour at which it is asked. */
export const makeAlarms = (cx: Context, scope: Scope): Promise<Alarms> =>
  cx.db.read(scope, async (tx) => {
    const { minutes, sinceAt } = await unassignedLimit(tx, cx.clock.now());
    const { count, leadId, name, waitsSince } = await findWaitingSince(tx, sinceAt);
    return {
      unassigned: {
        count,
        agreedMinutes: minutes,
        oldest: leadId && waitsSince ? { leadId, name: name ?? '', since: waitsSince.toISOString() } : null,
        drill: { unplacedLate: 'true', sort: 'oldest' },
      },
    };
  });
