import { unassignedLimit } from '../distribute/index.ts';
import { conditionsBehind, findSegmentMembers } from '../identity/index.ts';
import type { Context } from '../platform/context.ts';
import { sql, type Sql, type Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { wherePromised } from './agreement/make-kept.ts';
import { leadsBehind } from './cuts.queries.ts';
import { whereOf, type LeadFilters, type ListOptions } from './leads.queries.ts';
import { findWorkspace } from './workspace.queries.ts';

/** What a list under these filters shows now. */
export async function listOptions(tx: Tx, cx: Context, filters: LeadFilters): Promise<ListOptions> {
  if (filters.own !== undefined && tx.scope.holderId !== undefined) refuse('forbidden', 'report/own-fields', 'Own fields are not for partners.');
  const { timeZone } = await findWorkspace(tx);
  const segment = filters.segmentId === undefined ? undefined : await findSegmentMembers(tx, filters.segmentId);
  const behind = filters.where === undefined ? undefined : (await conditionsBehind(tx, cx, filters.where))(leadsBehind);
  const now = cx.clock.now();
  const lateSince = filters.unplacedLate === undefined && filters.unfollowed === undefined ? undefined : (await unassignedLimit(tx, now)).sinceAt;
  const { promise, kept, from, to } = filters;
  const promised = promise === undefined ? undefined : await wherePromised(tx, cx, timeZone, { promise, kept: kept === undefined ? undefined : kept === 'true', from, to });
  return { workspaceId: tx.scope.workspaceId, timeZone, now, lateSince, filters, segment, behind, promised };
}

/** The leads picked, or all that a list shows under its filters, as a select with a column `id`. */
export async function selectLeads(tx: Tx, cx: Context, selection: { ids: string[] } | { filter: LeadFilters }): Promise<Sql> {
  if ('ids' in selection) return sql`select r.lead_id as id from report.lead_row r where r.workspace_id = ${tx.scope.workspaceId} and r.lead_id = any(${selection.ids}::uuid[])`;
  return sql`select r.lead_id as id from report.lead_row r where ${whereOf(await listOptions(tx, cx, selection.filter))}`;
}

/** The people or organizations behind these leads, each once. */
export const selectBehind = (tx: Tx, subject: 'person' | 'organization', leads: Sql): Sql => {
  const column = subject === 'person' ? sql`r.person_id` : sql`r.organization_id`;
  return sql`select distinct ${column} as id from report.lead_row r where r.workspace_id = ${tx.scope.workspaceId} and ${column} is not null and r.lead_id in (select l.id from (${leads}) l)`;
};
