import { empty, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { lateBy, waitsSince } from '../leads.queries.ts';
import type { SilentLead } from './bill.rules.ts';

export interface Asked {
  /** whose, where not everybody's */
  holderIds: readonly string[] | undefined;
  territoryId: string | undefined;
  now: Date;
  /** since when, or longer, a lead waits for a holder longer than agreed */
  lateSince: Date;
}

/** Open leads past one of their clocks, with the first of those. */
export function listSilent(tx: Tx, { holderIds, territoryId, now, lateSince }: Asked): Promise<SilentLead[]> {
  const whose = holderIds ? sql` and r.holder_id = any(${holderIds}::uuid[])` : empty;
  const where = territoryId === undefined ? empty : territoryId === 'none' ? sql` and r.territory_id is null` : sql` and r.territory_id = ${territoryId}::uuid`;
  const columns = sql`r.lead_id, r.holder_id, r.territory_id, r.person_name as name, r.organization_name as organization`;
  return tx.rows(sql`
    select ${columns}, case when r.awaited_by < ${now} then 'accept' when r.contact_by < ${now} then 'contact' when r.tries_by < ${now} then 'attempts' else 'verdict' end as clock,
      case when r.awaited_by < ${now} then r.awaited_by when r.contact_by < ${now} then r.contact_by when r.tries_by < ${now} then r.tries_by else r.verdict_by end as since
    from report.lead_row r where r.workspace_id = ${tx.scope.workspaceId} and r.counted and ${lateBy('any', now)}${whose}${where}
    union all
    select ${columns}, 'holder', coalesce(r.assigned_at, r.qualified_at)
    from report.lead_row r where r.workspace_id = ${tx.scope.workspaceId} and r.counted and ${waitsSince(lateSince)}${whose}${where}`);
}
