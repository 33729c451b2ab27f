import { empty, join, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';

export interface OpportunityView {
  id: string;
  externalId: string | null;
  name: string;
  leadId: string | null;
  leadName: string | null;
  personId: string | null;
  personName: string | null;
  organizationId: string | null;
  organizationName: string | null;
  programId: string | null;
  programName: string | null;
  sourceId: string | null;
  sourceName: string | null;
  leadProgramId: string | null;
  leadProgramName: string | null;
  leadSourceId: string | null;
  leadSourceName: string | null;
  holderId: string | null;
  holderName: string | null;
  ownerName: string | null;
  stage: string;
  probability: number;
  amountMinor: number;
  currency: string;
  openedAt: Date;
  closeOn: string | null;
  closedAt: Date | null;
  outcome: 'open' | 'won' | 'lost';
  lostReason: string | null;
  segment: string | null;
  origin: 'app' | 'import' | 'verdict' | 'outcome' | 'claim';
}

const view = sql`o.id, o.external_id, o.name, o.lead_id, case when o.lead_id is not null then coalesce(nullif(p.full_name, ''), p.email, g.name, o.name) end as lead_name, o.person_id,
  coalesce(nullif(p.full_name, ''), nullif(concat_ws(' ', p.given_name, p.family_name), ''), p.email) as person_name, o.organization_id, g.name as organization_name, o.program_id, r.name as program_name,
  o.source_id, s.name as source_name, l.program_id as lead_program_id, lr.name as lead_program_name, l.source_id as lead_source_id, ls.name as lead_source_name, o.holder_id, h.name as holder_name, o.owner_name, o.stage, o.probability, o.amount_minor, o.currency, o.opened_at, o.close_on, o.closed_at, o.outcome,
  o.lost_reason, o.segment, o.origin`;
const joins = sql`
  left join identity.person p on p.workspace_id = o.workspace_id and p.id = o.person_id
  left join identity.organization g on g.workspace_id = o.workspace_id and g.id = o.organization_id
  left join capture.program r on r.workspace_id = o.workspace_id and r.id = o.program_id
  left join capture.source s on s.workspace_id = o.workspace_id and s.id = o.source_id
  left join qualify.lead l on l.workspace_id = o.workspace_id and l.id = o.lead_id
  left join capture.program lr on lr.workspace_id = o.workspace_id and lr.id = l.program_id
  left join capture.source ls on ls.workspace_id = o.workspace_id and ls.id = l.source_id
  left join distribute.holder h on h.workspace_id = o.workspace_id and h.id = o.holder_id`;
const from = sql`revenue.opportunity o ${joins}`;

export interface OpportunityFilter {
  text?: string | undefined;
  outcome?: string | undefined;
  stage?: string | undefined;
  programId?: string | undefined;
  leadId?: string | undefined;
  personId?: string | undefined;
  organizationId?: string | undefined;
  holderId?: string | undefined;
  /** a select of ids */
  among?: Sql | undefined;
}

function whereOf(tx: Tx, f: OpportunityFilter): Sql {
  const parts: Sql[] = [sql`o.workspace_id = ${tx.scope.workspaceId}`];
  if (f.outcome) parts.push(sql`o.outcome = ${f.outcome}`);
  if (f.stage) parts.push(sql`o.stage = ${f.stage}`);
  if (f.programId) parts.push(sql`o.program_id = ${f.programId}`);
  if (f.leadId) parts.push(sql`o.lead_id = ${f.leadId}`);
  if (f.personId) parts.push(sql`o.person_id = ${f.personId}`);
  if (f.organizationId) parts.push(sql`o.organization_id = ${f.organizationId}`);
  if (f.holderId) parts.push(sql`o.holder_id = ${f.holderId}`);
  if (f.among) parts.push(sql`o.id in (${f.among})`);
  if (f.text) parts.push(sql`strpos(lower(o.name), ${f.text.trim().toLowerCase()}) > 0`);
  return join(parts, ' and ');
}

export const listOpportunities = (
  tx: Tx,
  filter: OpportunityFilter,
  after: unknown[] | undefined,
  limit: number,
): Promise<OpportunityView[]> =>
  tx.rows(sql`select ${view} from ${from} where ${whereOf(tx, filter)}${after ? sql` and (o.opened_at, o.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)` : empty}
    order by o.opened_at desc, o.id desc limit ${limit}`);

export const findOpportunityView = (tx: Tx, id: string): Promise<OpportunityView | undefined> =>
  tx.maybe(sql`select ${view} from ${from} where o.workspace_id = ${tx.scope.workspaceId} and o.id = ${id}`);

export const sumStages = (
  tx: Tx,
  filter: OpportunityFilter,
): Promise<{ outcome: string; stage: string; probability: number; count: number; amountMinor: number; weightedMinor: number }[]> =>
  tx.rows(sql`select o.outcome, case when o.outcome = 'open' then o.stage else o.outcome end as stage, max(o.probability)::int as probability, count(*)::int as count, sum(o.amount_minor)::bigint as amount_minor,
      round(sum(o.amount_minor * o.probability / 100.0))::bigint as weighted_minor
    from revenue.opportunity o where ${whereOf(tx, filter)} group by 1, 2`);

/** The first cards of every stage, the largest first. */
export const listCards = (tx: Tx, filter: OpportunityFilter, stages: readonly string[], cards: number): Promise<OpportunityView[]> =>
  tx.rows(sql`select ${view} from unnest(${[...stages]}::text[]) as stage (name)
    cross join lateral (select * from revenue.opportunity o where ${whereOf(tx, filter)} and o.outcome = 'open' and o.stage = stage.name order by o.amount_minor desc, o.id limit ${cards}) o ${joins}`);

export interface OpportunityStep {
  at: Date;
  what: 'opened' | 'moved' | 'won' | 'lost';
  stage: string | null;
  amountMinor: number | null;
  reason: string | null;
  by: string | null;
}
/** How it came where it is, as the journal tells it, the latest first. */
export const listStepsOfOpportunity = (tx: Tx, id: string): Promise<OpportunityStep[]> =>
  tx.rows(sql`select f.at, split_part(f.type, '.', 2) as what, f.data->>'stage' as stage, (f.data->>'amountMinor')::bigint as amount_minor, f.data->>'reason' as reason, coalesce(u.name, h.name) as by
    from journal.fact f
    left join platform.app_user u on u.workspace_id = f.workspace_id and u.id::text = f.actor
    left join distribute.holder h on h.workspace_id = f.workspace_id and f.actor = 'holder:' || h.id
    where f.workspace_id = ${tx.scope.workspaceId} and f.chain_id = ${id} and f.type in ('opportunity.opened', 'opportunity.moved', 'opportunity.won', 'opportunity.lost')
    order by f.at desc, f.id desc limit 200`);

export const listInvoicesOfOpportunity = (
  tx: Tx,
  id: string,
): Promise<{ id: string; number: string; issuedOn: string; netMinor: number; currency: string; status: string }[]> =>
  tx.rows(
    sql`select id, number, issued_on, net_minor, currency, status from revenue.invoice where workspace_id = ${tx.scope.workspaceId} and opportunity_id = ${id} order by issued_on desc limit 100`,
  );
