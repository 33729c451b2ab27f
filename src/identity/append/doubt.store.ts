import { empty, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { Kind } from '../merge.store.ts';
import type { Candidate } from './match-rows.ts';

/** What a row says of somebody, before it is known of whom. */
export interface Saying {
  field: string;
  value: unknown;
  confidence: number | null;
  asOf: string | null;
}
export interface Doubt {
  id: string;
  runId: string;
  kind: Kind;
  rowNo: number;
  label: string;
  /** what the row cost already, and what it says */
  offers: { priceMinor: number; sayings: Saying[] };
  candidates: Candidate[];
  status: 'open' | 'used' | 'left';
}
const columns = sql`d.id, d.run_id, d.kind, d.row_no, d.label, d.offers, d.candidates, d.status`;

export async function insertDoubts(tx: Tx, doubts: readonly Omit<Doubt, 'status'>[]): Promise<void> {
  await tx.copy(
    'identity.append_doubt',
    ['workspace_id', 'id', 'run_id', 'kind', 'row_no', 'label', 'offers', 'candidates'],
    doubts.map((one) => [tx.scope.workspaceId, one.id, one.runId, one.kind, one.rowNo, one.label, JSON.stringify(one.offers), JSON.stringify(one.candidates)]),
  );
}

export const findDoubt = (tx: Tx, id: string): Promise<Doubt | undefined> =>
  tx.maybe(sql`select ${columns} from identity.append_doubt d where d.workspace_id = ${tx.scope.workspaceId} and d.id = ${id} for update`);

export async function setDoubt(tx: Tx, id: string, status: 'used' | 'left', at: Date): Promise<void> {
  await tx.run(sql`update identity.append_doubt set status = ${status}, decided_at = ${at}, decided_by = ${tx.scope.userId ?? 'baton'} where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

/** Open ones, in the order of their rows. */
export const listDoubts = (tx: Tx, filter: { runId?: string | undefined; after?: string | undefined; limit: number }): Promise<Doubt[]> =>
  tx.rows(sql`select ${columns} from identity.append_doubt d where d.workspace_id = ${tx.scope.workspaceId} and d.status = 'open'
    ${filter.runId ? sql`and d.run_id = ${filter.runId}` : empty} ${filter.after ? sql`and d.id > ${filter.after}` : empty} order by d.id limit ${filter.limit}`);
