import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { MovedUnit, RuleChange } from './accept.rules.ts';
import type { AcceptanceState } from './proposal.store.ts';
import type { Asked, Proposed, ProposalResult } from './proposal.rules.ts';
import type { UnitKind } from './unit-areas.rules.ts';

export interface ProposalSeen {
  id: string;
  asked: Asked;
  count: number;
  madeAt: Date;
  madeBy: string | null;
  jobId: string;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number | null;
  problem: string | null;
  accepted: AcceptanceState | null;
}

/** Without the units, which are many; the latest first. */
export const listProposals = (tx: Tx, id?: string): Promise<ProposalSeen[]> =>
  tx.rows(sql`select p.id, p.asked, jsonb_array_length(p.units) as count, p.made_at, u.name as made_by, p.job_id, j.state, j.done, j.total, j.problem,
      (select a.state from distribute.acceptance a where a.workspace_id = p.workspace_id and a.proposal_id = p.id order by a.accepted_at desc, a.id desc limit 1) as accepted
    from distribute.proposal p join platform.job j on j.workspace_id = p.workspace_id and j.id = p.job_id
    left join platform.app_user u on u.workspace_id = p.workspace_id and u.id = p.made_by
    where p.workspace_id = ${tx.scope.workspaceId} and (${id ?? null}::uuid is null or p.id = ${id ?? null}) order by p.made_at desc, p.id desc limit 100`);

export const findProposalWhole = (tx: Tx, id: string): Promise<(Proposed & { notes: string[]; result: ProposalResult | null; currency: string }) | undefined> =>
  tx.maybe(sql`select p.asked, p.units, p.borders, p.notes, p.result, w.currency from distribute.proposal p join platform.workspace w on w.id = p.workspace_id
    where p.workspace_id = ${tx.scope.workspaceId} and p.id = ${id}`);

export interface CentreRow {
  kind: UnitKind;
  digits: number | null;
  unit: string;
  lon: number;
  lat: number;
}

/** Where units lie, as told with the latest proposal of each kind of unit that told it; the finest first. */
export const listCentres = (tx: Tx): Promise<CentreRow[]> =>
  tx.rows(sql`with told as materialized (
      select distinct on (asked->>'kind', asked->>'digits') asked->>'kind' as kind, (asked->>'digits')::int as digits, units from distribute.proposal
      where workspace_id = ${tx.scope.workspaceId} and jsonb_path_exists(units, '$[*].position.lon') order by asked->>'kind', asked->>'digits', made_at desc)
    select told.kind, told.digits, u->>'id' as unit, (u->'position'->>'lon')::float8 as lon, (u->'position'->>'lat')::float8 as lat
    from told, jsonb_array_elements(told.units) u where u->'position'->>'lon' is not null order by told.digits desc nulls last`);

export interface AcceptanceSeen {
  id: string;
  state: AcceptanceState;
  effectiveOn: string;
  moved: MovedUnit[];
  changes: RuleChange[];
  added: { name: string }[];
  problem: string | null;
  acceptedAt: Date;
  acceptedBy: string | null;
  undoneAt: Date | null;
  undoneBy: string | null;
}

export const listAcceptances = (tx: Tx, proposalId: string): Promise<AcceptanceSeen[]> =>
  tx.rows(sql`select a.id, a.state, a.effective_on, a.moved, a.changes, a.added, a.problem, a.accepted_at, u.name as accepted_by, a.undone_at, b.name as undone_by
    from distribute.acceptance a
    left join platform.app_user u on u.workspace_id = a.workspace_id and u.id = a.accepted_by
    left join platform.app_user b on b.workspace_id = a.workspace_id and b.id = a.undone_by
    where a.workspace_id = ${tx.scope.workspaceId} and a.proposal_id = ${proposalId} order by a.accepted_at desc, a.id desc`);
