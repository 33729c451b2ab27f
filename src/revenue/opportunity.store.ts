import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { Outcome } from './stage.rules.ts';

export interface OpportunityRow {
  id: string;
  externalId: string | null;
  naturalKey: string | null;
  ordinal: number;
  name: string;
  leadId: string | null;
  personId: string | null;
  organizationId: string | null;
  inquiryId: string | null;
  programId: string | null;
  sourceId: string | null;
  holderId: string | null;
  ownerName: string | null;
  stage: string;
  probability: number;
  amountMinor: number;
  currency: string;
  openedAt: Date;
  closeOn: string | null;
  closedAt: Date | null;
  outcome: Outcome;
  lostReason: string | null;
  segment: string | null;
  origin: 'app' | 'import' | 'verdict' | 'outcome' | 'claim';
  importId: string | null;
  lastImportId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const names = [
  'id',
  'external_id',
  'natural_key',
  'ordinal',
  'name',
  'lead_id',
  'person_id',
  'organization_id',
  'inquiry_id',
  'program_id',
  'source_id',
  'holder_id',
  'owner_name',
  'stage',
  'probability',
  'amount_minor',
  'currency',
  'opened_at',
  'close_on',
  'closed_at',
  'outcome',
  'lost_reason',
  'segment',
  'origin',
  'import_id',
  'last_import_id',
  'created_at',
  'updated_at',
] as const;
const columns = sql`id, external_id, natural_key, ordinal, name, lead_id, person_id, organization_id, inquiry_id, program_id, source_id, holder_id, owner_name, stage, probability,
  amount_minor, currency, opened_at, close_on, closed_at, outcome, lost_reason, segment, origin, import_id, last_import_id, created_at, updated_at`;

const cells = (tx: Tx, row: OpportunityRow): unknown[] => [
  tx.scope.workspaceId,
  row.id,
  row.externalId,
  row.naturalKey,
  row.ordinal,
  row.name,
  row.leadId,
  row.personId,
  row.organizationId,
  row.inquiryId,
  row.programId,
  row.sourceId,
  row.holderId,
  row.ownerName,
  row.stage,
  row.probability,
  row.amountMinor,
  row.currency,
  row.openedAt,
  row.closeOn,
  row.closedAt,
  row.outcome,
  row.lostReason,
  row.segment,
  row.origin,
  row.importId,
  row.lastImportId,
  row.createdAt,
  row.updatedAt,
];

export async function insertOpportunities(tx: Tx, rows: readonly OpportunityRow[]): Promise<void> {
  if (rows.length > 0)
    await tx.copy(
      'revenue.opportunity',
      ['workspace_id', ...names],
      rows.map((row) => cells(tx, row)),
    );
}

/** Writes rows again as they are now, with one statement however many. */
export async function updateOpportunities(tx: Tx, rows: readonly OpportunityRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update revenue.opportunity o set external_id = n.external_id, natural_key = n.natural_key, ordinal = n.ordinal, name = n.name, lead_id = n.lead_id, person_id = n.person_id,
      organization_id = n.organization_id, inquiry_id = n.inquiry_id, program_id = n.program_id, source_id = n.source_id, holder_id = n.holder_id, owner_name = n.owner_name, stage = n.stage,
      probability = n.probability, amount_minor = n.amount_minor, currency = n.currency, opened_at = n.opened_at, close_on = n.close_on, closed_at = n.closed_at, outcome = n.outcome,
      lost_reason = n.lost_reason, segment = n.segment, import_id = n.import_id, last_import_id = n.last_import_id, updated_at = n.updated_at
    from jsonb_to_recordset(${JSON.stringify(rows.map(snake))}::jsonb) as n (id uuid, external_id text, natural_key text, ordinal int, name text, lead_id uuid, person_id uuid, organization_id uuid,
      inquiry_id uuid, program_id uuid, source_id uuid, holder_id uuid, owner_name text, stage text, probability int, amount_minor bigint, currency char(3), opened_at timestamptz, close_on date,
      closed_at timestamptz, outcome text, lost_reason text, segment text, import_id uuid, last_import_id uuid, updated_at timestamptz)
    where o.workspace_id = ${tx.scope.workspaceId} and o.id = n.id`);
}

export const snake = (row: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), value as unknown]),
  );

export async function findOpportunities(tx: Tx, ids: readonly string[], lock = false): Promise<OpportunityRow[]> {
  if (ids.length === 0) return [];
  const found = sql`select ${columns} from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and id = any(${[...ids].sort()}::uuid[]) order by id`;
  return tx.rows(lock ? sql`${found} for update` : found);
}

/** What earlier files (or these rows, in an earlier batch) already brought. */
export const findKnownOpportunities = (tx: Tx, externalIds: readonly string[], naturalKeys: readonly string[]): Promise<OpportunityRow[]> =>
  tx.rows(sql`select ${columns} from revenue.opportunity where workspace_id = ${tx.scope.workspaceId}
    and (external_id = any(${[...externalIds]}::text[]) or natural_key = any(${[...naturalKeys]}::text[])) order by id for update`);

export const findOpportunitiesOfLeads = (tx: Tx, leadIds: readonly string[]): Promise<OpportunityRow[]> =>
  tx.rows(
    sql`select ${columns} from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and lead_id = any(${[...leadIds]}::uuid[]) order by id for update`,
  );

export const findOpportunitiesOfImport = (tx: Tx, importId: string): Promise<OpportunityRow[]> =>
  tx.rows(
    sql`select ${columns} from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} order by id for update`,
  );

export async function removeOpportunities(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`delete from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and id = any(${[...ids]}::uuid[])`);
}
