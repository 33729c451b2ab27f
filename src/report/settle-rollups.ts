import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { anyDirtyDay, sumArrivals, sumAssignments, sumCohorts, takeDirtyDays } from './rollups.store.ts';
import { findWorkspace } from './workspace.queries.ts';

/** Sums the days that changed since last time. Called by a clock, and before a report is read, so that a report is never behind its leads. */
export async function settleRollups(cx: Context, scope: Scope): Promise<number> {
  const dirty = await cx.db.read(scope, anyDirtyDay);
  return dirty ? cx.db.write({ workspaceId: scope.workspaceId, roles: [] }, settle) : 0;
}

async function settle(tx: Tx): Promise<number> {
  const { timeZone } = await findWorkspace(tx);
  const days = await takeDirtyDays(tx);
  const arrival = days.get('arrival') ?? [];
  const cohort = days.get('cohort') ?? [];
  const assigned = days.get('assigned') ?? [];
  if (arrival.length > 0) await sumArrivals(tx, arrival);
  if (cohort.length > 0) await sumCohorts(tx, cohort, timeZone);
  if (assigned.length > 0) await sumAssignments(tx, assigned, timeZone);
  return arrival.length + cohort.length + assigned.length;
}
