import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { unassignedLimit } from '../distribute/index.ts';
import { findOwed, findWaitingSince } from './loop.queries.ts';
import type { Alarms } from './report.contract.ts';

/** What somebody has to see to now, told from the hour at which it is asked. */
export const makeAlarms = (cx: Context, scope: Scope): Promise<Alarms> =>
  cx.db.read(scope, async (tx) => {
    const { minutes, sinceAt } = await unassignedLimit(tx, cx.clock.now());
    const { count, leadId, name, waitsSince } = await findWaitingSince(tx, sinceAt);
    const owed = await findOwed(tx);
    return {
      owed: {
        count: owed.count,
        oldest: owed.leadId && owed.since ? { leadId: owed.leadId, name: owed.name ?? '', holder: owed.holder ?? '', since: owed.since.toISOString() } : null,
        drill: { owes: 'true', sort: 'oldest' },
      },
      unassigned: {
        count,
        agreedMinutes: minutes,
        oldest: leadId && waitsSince ? { leadId, name: name ?? '', since: waitsSince.toISOString() } : null,
        drill: { unplacedLate: 'true', sort: 'oldest' },
      },
    };
  });
