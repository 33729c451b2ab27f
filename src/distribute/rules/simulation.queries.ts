import { behindLead } from '../../identity/index.ts';
import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { RoutingRule } from './routing-rule.rules.ts';
import type { Simulated, SimulationResult } from './simulate.rules.ts';

export interface SimulationSeen {
  id: string;
  rules: RoutingRule[];
  fromAt: Date;
  untilAt: Date;
  madeAt: Date;
  madeBy: string | null;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  problem: string | null;
  jobId: string;
  result: SimulationResult | null;
}

/** The latest first; what came out, which is large, only of the one asked for. */
export const listSimulations = (tx: Tx, id?: string): Promise<SimulationSeen[]> =>
  tx.rows(sql`select s.id, s.rules, s.from_at, s.until_at, s.made_at, u.name as made_by, s.job_id, j.state, j.done, j.total, j.problem,
      case when ${id ?? null}::uuid is not null then s.result end as result
    from distribute.simulation s join platform.job j on j.workspace_id = s.workspace_id and j.id = s.job_id
    left join platform.app_user u on u.workspace_id = s.workspace_id and u.id = s.made_by
    where s.workspace_id = ${tx.scope.workspaceId} and (${id ?? null}::uuid is null or s.id = ${id ?? null}) order by s.made_at desc, s.id desc`);

export interface SimulatedSeen {
  leadId: string;
  name: string | null;
  at: Date;
  holderId: string | null;
  wasHolderId: string | null;
  ruleId: string | null;
  came: Simulated['end'];
  because: string;
}

export const listSimulated = (
  tx: Tx,
  id: string,
  given: {
    holderId?: string | undefined;
    ruleId?: string | undefined;
    came?: string | undefined;
    moved?: boolean | undefined;
    after: { at: string; id: string } | undefined;
    limit: number;
  },
): Promise<SimulatedSeen[]> =>
  tx.rows(sql`select s.lead_id, coalesce(p.full_name, o.name) as name, s.at, s.holder_id, s.was_holder_id, s.rule_id, s.came, s.because
    from distribute.simulated s join qualify.lead l on l.workspace_id = s.workspace_id and l.id = s.lead_id
    ${behindLead(sql`l`)}
    where s.workspace_id = ${tx.scope.workspaceId} and s.simulation_id = ${id}
      and (${given.holderId ?? null}::uuid is null or s.holder_id = ${given.holderId ?? null})
      and (${given.ruleId ?? null}::uuid is null or s.rule_id = ${given.ruleId ?? null})
      and (${given.came ?? null}::text is null or s.came = ${given.came ?? null})
      and (${given.moved ?? null}::boolean is null or s.holder_id <> s.was_holder_id)
      and (${given.after?.id ?? null}::uuid is null or (s.at, s.lead_id) < (${given.after?.at ?? null}::timestamptz, ${given.after?.id ?? null}::uuid))
    order by s.at desc, s.lead_id desc limit ${given.limit}`);
