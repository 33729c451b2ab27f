import { raw, sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';
import { snake } from '../opportunity.store.ts';
import type { Evidence, KnownSale, Proof, Reported, Who } from './claim.rules.ts';

/** The buyer in the words of the row. */
export interface Said {
  fullName?: string;
  title?: string;
  email?: string;
  phone?: string;
  mobile?: string;
  organization?: string;
  website?: string;
  street?: string;
  postalCode?: string;
  city?: string;
  state?: string;
  country?: string;
}

export type ClaimState = 'credited' | 'known' | 'ask' | 'none' | 'apart';
export interface ClaimCandidate {
  leadId: string;
  who: Who;
  points: number;
  zone: 'sure' | 'ask' | 'no';
  evidence: Evidence[];
}

export interface ClaimRow {
  id: string;
  proof: Proof;
  claimKey: string;
  ordinal: number;
  number: string | null;
  serial: string | null;
  serialKey: string | null;
  product: string | null;
  quantity: number | null;
  soldOn: string;
  valueMinor: number | null;
  currency: string;
  distributor: string | null;
  holderId: string | null;
  said: Said;
  personId: string | null;
  organizationId: string | null;
  isNew: boolean;
  state: ClaimState;
  leadId: string | null;
  opportunityId: string | null;
  knownKind: KnownSale['kind'] | null;
  knownId: string | null;
  filledMinor: number | null;
  reported: Reported | null;
  reportedHolderId: string | null;
  candidates: ClaimCandidate[];
  reasons: { label: string; detail: string }[];
  decidedAt: Date | null;
  decidedBy: string | null;
  decidedLeadId: string | null;
  importId: string | null;
  lastImportId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

const keys = [
  'id', 'proof', 'claimKey', 'ordinal', 'number', 'serial', 'serialKey', 'product', 'quantity', 'soldOn', 'valueMinor', 'currency', 'distributor', 'holderId', 'said',
  'personId', 'organizationId', 'isNew', 'state', 'leadId', 'opportunityId', 'knownKind', 'knownId', 'filledMinor', 'reported', 'reportedHolderId', 'candidates', 'reasons',
  'decidedAt', 'decidedBy', 'decidedLeadId', 'importId', 'lastImportId', 'createdAt', 'updatedAt',
] as const satisfies readonly (keyof ClaimRow)[];
const named = keys.map((key) => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));
const json = new Set<keyof ClaimRow>(['said', 'candidates', 'reasons']);
const find = (where: Sql): Sql => sql`select ${raw(named.join(', '))} from revenue.claim where ${where}`;

export async function insertClaims(tx: Tx, rows: readonly ClaimRow[]): Promise<void> {
  if (rows.length > 0)
    await tx.copy(
      'revenue.claim',
      ['workspace_id', ...named],
      rows.map((row) => [tx.scope.workspaceId, ...keys.map((key) => (json.has(key) ? JSON.stringify(row[key]) : row[key]))]),
    );
}

/** Writes what was decided of them; what the file said stays as it is. */
export async function updateClaims(tx: Tx, rows: readonly ClaimRow[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`
    update revenue.claim c set person_id = n.person_id, organization_id = n.organization_id, state = n.state, lead_id = n.lead_id, opportunity_id = n.opportunity_id, known_kind = n.known_kind,
      known_id = n.known_id, filled_minor = n.filled_minor, reported = n.reported, reported_holder_id = n.reported_holder_id, candidates = n.candidates, reasons = n.reasons, decided_at = n.decided_at,
      decided_by = n.decided_by, decided_lead_id = n.decided_lead_id, last_import_id = n.last_import_id, updated_at = n.updated_at
    from jsonb_to_recordset(${JSON.stringify(rows.map(snake))}::jsonb) as n (id uuid, person_id uuid, organization_id uuid, state text, lead_id uuid, opportunity_id uuid, known_kind text, known_id uuid,
      filled_minor bigint, reported text, reported_holder_id uuid, candidates jsonb, reasons jsonb, decided_at timestamptz, decided_by uuid, decided_lead_id uuid, last_import_id uuid, updated_at timestamptz)
    where c.workspace_id = ${tx.scope.workspaceId} and c.id = n.id`);
}

export const findClaims = (tx: Tx, ids: readonly string[]): Promise<ClaimRow[]> =>
  ids.length === 0 ? Promise.resolve([]) : tx.rows(sql`${find(sql`workspace_id = ${tx.scope.workspaceId} and id = any(${[...ids]}::uuid[])`)} order by id for update`);

export const findClaimsByKey = (tx: Tx, proof: Proof, claimKeys: readonly string[]): Promise<ClaimRow[]> =>
  tx.rows(sql`${find(sql`workspace_id = ${tx.scope.workspaceId} and proof = ${proof} and claim_key = any(${[...claimKeys]}::text[])`)} order by id for update`);

export const findClaimsOfImport = (tx: Tx, importId: string): Promise<ClaimRow[]> =>
  tx.rows(sql`${find(sql`workspace_id = ${tx.scope.workspaceId} and import_id = ${importId}`)} order by id for update`);

/** Where nobody ever brought one in, nothing that happens can concern one. */
export const hasClaims = async (tx: Tx): Promise<boolean> => (await tx.maybe(sql`select 1 from revenue.claim where workspace_id = ${tx.scope.workspaceId} limit 1`)) !== undefined;

/** Claims that carry one of these serial numbers. */
export const findClaimsBySerial = (tx: Tx, serialKeys: readonly string[]): Promise<ClaimRow[]> =>
  serialKeys.length === 0 ? Promise.resolve([]) : tx.rows(find(sql`workspace_id = ${tx.scope.workspaceId} and serial_key = any(${[...serialKeys]}::text[])`));

export const findClaimsOfLeads = (tx: Tx, leadIds: readonly string[]): Promise<ClaimRow[]> =>
  leadIds.length === 0 ? Promise.resolve([]) : tx.rows(find(sql`workspace_id = ${tx.scope.workspaceId} and lead_id = any(${[...leadIds]}::uuid[])`));

/** Claims that were taken for a sale proved by these already. */
export const findLeaning = async (tx: Tx, knownIds: readonly string[]): Promise<string[]> =>
  knownIds.length === 0
    ? []
    : (await tx.rows<{ id: string }>(sql`select id from revenue.claim where workspace_id = ${tx.scope.workspaceId} and known_id = any(${[...knownIds]}::uuid[])`)).map(({ id }) => id);

/** Claims still without a lead that these people, their organizations or who may be one with them could explain. */
export const findExplainable = async (tx: Tx, personIds: readonly string[]): Promise<string[]> => {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`
    with person as materialized (select p.id, p.survivor_id, p.organization_id from identity.person p where p.workspace_id = ${workspaceId} and p.id = any(${[...personIds]}::uuid[])),
    near as (select id from person union select survivor_id from person where survivor_id is not null
      union select m.id from person p join identity.person m on m.workspace_id = ${workspaceId} and m.survivor_id = case when p.survivor_id is null then p.id else p.survivor_id end
      union select d.other_id from person p join identity.possible_duplicate d on d.workspace_id = ${workspaceId} and d.person_id = p.id and d.status = 'open'
      union select d.person_id from person p join identity.possible_duplicate d on d.workspace_id = ${workspaceId} and d.other_id = p.id and d.status = 'open')
    select c.id from revenue.claim c where c.workspace_id = ${workspaceId} and c.state in ('none', 'ask') and c.person_id in (select id from near)
    union
    select c.id from revenue.claim c where c.workspace_id = ${workspaceId} and c.state in ('none', 'ask') and c.organization_id in (select organization_id from person where organization_id is not null)`);
  return rows.map(({ id }) => id);
};

/** Claims of leads for which another sale counts than their own: it may be the same. */
export const findClaimsBeside = async (tx: Tx, opportunityIds: readonly string[]): Promise<string[]> => {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ id: string }>(sql`
    select distinct c.id from revenue.opportunity o join revenue.claim c on c.workspace_id = ${workspaceId} and c.lead_id = o.lead_id and c.state = 'credited'
    where o.workspace_id = ${workspaceId} and o.id = any(${[...opportunityIds]}::uuid[]) and o.origin <> 'claim' and o.outcome = 'won'`);
  return rows.map(({ id }) => id);
};

export async function removeClaims(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx.run(sql`delete from revenue.claim where workspace_id = ${tx.scope.workspaceId} and id = any(${[...ids]}::uuid[])`);
}
