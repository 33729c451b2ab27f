import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Said } from './registration.rules.ts';

export interface RegistrationSeen {
  id: string;
  madeAt: Date;
  holderId: string;
  holderName: string;
  state: 'incomplete' | 'held' | 'granted' | 'refused';
  said: Said | null;
  expectedMinor: number | null;
  currency: string | null;
  problems: string[];
  heldByName: string | null;
  heldSince: Date | null;
  decidedAt: Date | null;
  reason: string | null;
  protectedUntil: Date | null;
  leadId: string | null;
}

/** Newest first. Whose lead it is that a registration met, its partner is not shown: only who has it. */
export const listRegistrations = (
  tx: Tx,
  which: { id?: string | undefined; state?: string | undefined; holderId?: string | undefined; beforeId?: string | undefined },
  most: number,
): Promise<RegistrationSeen[]> =>
  tx.rows(sql`select r.id, r.made_at, r.holder_id, h.name as holder_name, r.state, case when r.said <> '{}' then r.said end as said, r.expected_minor::float8 as expected_minor, r.currency, r.problems,
      r.held_by_name, r.held_since, r.decided_at, r.reason, r.protected_until,
      case when r.state = 'granted' or ${tx.scope.holderId ?? null}::uuid is null then r.lead_id end as lead_id
    from followup.registration r join distribute.holder h on h.workspace_id = r.workspace_id and h.id = r.holder_id
    where r.workspace_id = ${tx.scope.workspaceId} and (${which.id ?? null}::uuid is null or r.id = ${which.id ?? null}) and (${which.state ?? null}::text is null or r.state = ${which.state ?? null})
      and (${which.holderId ?? null}::uuid is null or r.holder_id = ${which.holderId ?? null}) and (${which.beforeId ?? null}::uuid is null or r.id < ${which.beforeId ?? null})
    order by r.id desc limit ${most}`);

export const countUndecided = async (tx: Tx): Promise<number> =>
  (
    await tx.one<{ n: number }>(
      sql`select count(*)::int as n from followup.registration where workspace_id = ${tx.scope.workspaceId} and state = 'held'`,
    )
  ).n;

/** Where a partner is told of a decision: whoever registered it, else its own address. */
export const findTeller = (
  tx: Tx,
  id: string,
): Promise<{ name: string; mail: string | null; company: string; locale: string; timeZone: string } | undefined> =>
  tx.maybe(sql`select h.name, coalesce(u.email, h.email) as mail, w.name as company, w.locale, h.time_zone from followup.registration r
    join distribute.holder h on h.workspace_id = r.workspace_id and h.id = r.holder_id join platform.workspace w on w.id = r.workspace_id
    left join platform.app_user u on u.workspace_id = r.workspace_id and u.id = r.made_by and u.status = 'active' and u.email is not null
    where r.workspace_id = ${tx.scope.workspaceId} and r.id = ${id}`);
