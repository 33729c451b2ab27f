import { join, sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { Form } from './form.contract.ts';

export interface ProgramRow {
  id: string;
  externalId: string | null;
  name: string;
  channel: string | null;
  status: 'planned' | 'active' | 'paused' | 'finished' | 'withdrawn';
  startsOn: string | null;
  endsOn: string | null;
  budgetMinor: number | null;
  expectedMinor: number | null;
  currency: string | null;
  goalInquiries: number | null;
  goalLeads: number | null;
  goalSales: number | null;
  ownerName: string | null;
  note: string | null;
  formKey: string | null;
  form: Form | null;
  custom: Record<string, unknown>;
  importId: string | null;
  /** the import that wrote it last; null after a change by hand */
  lastImportId: string | null;
  createdAt: Date;
  updatedAt: Date;
}

export type ProgramView = ProgramRow & { costMinor: number; costEntries: number; inquiries: number };

export interface CostRow {
  id: string;
  programId: string;
  onDate: string;
  amountMinor: number;
  currency: string;
  note: string | null;
  importId: string | null;
}

export const plain = sql`p.id, p.external_id, p.name, p.channel, p.status, p.starts_on, p.ends_on, p.budget_minor, p.expected_minor, p.currency, p.goal_inquiries, p.goal_leads, p.goal_sales,
  p.owner_name, p.note, p.form_key, p.form, p.custom, p.import_id, p.last_import_id, p.created_at, p.updated_at`;

const sums = sql`coalesce(c.cost_minor, 0) as cost_minor, coalesce(c.cost_entries, 0) as cost_entries,
  (select count(*) from capture.inquiry i where i.workspace_id = p.workspace_id and i.program_id = p.id and i.status <> 'withdrawn') as inquiries`;

const costs = sql`left join lateral (select sum(c.amount_minor) as cost_minor, count(*) as cost_entries from capture.program_cost c
  where c.workspace_id = p.workspace_id and c.program_id = p.id) c on true`;

export async function listPrograms(
  tx: Tx,
  filter: { q?: string | undefined; status?: string | undefined; channel?: string | undefined },
  after: { at: string; id: string } | undefined,
  limit: number,
): Promise<ProgramView[]> {
  const where: Sql[] = [sql`p.workspace_id = ${tx.scope.workspaceId}`];
  where.push(filter.status ? sql`p.status = ${filter.status}` : sql`p.status <> 'withdrawn'`);
  if (filter.channel) where.push(sql`lower(p.channel) = lower(${filter.channel})`);
  if (filter.q) where.push(sql`(strpos(lower(p.name), lower(${filter.q})) > 0 or p.external_id = ${filter.q})`);
  if (after) where.push(sql`(p.created_at, p.id) < (${after.at}::timestamptz, ${after.id}::uuid)`);
  return tx.rows<ProgramView>(sql`select ${plain}, ${sums} from capture.program p ${costs} where ${join(where, ' and ')} order by p.created_at desc, p.id desc limit ${limit}`);
}

export async function findProgram(tx: Tx, id: string): Promise<ProgramView | undefined> {
  return tx.maybe<ProgramView>(sql`select ${plain}, ${sums} from capture.program p ${costs} where p.workspace_id = ${tx.scope.workspaceId} and p.id = ${id}`);
}

export async function findProgramByFormKey(tx: Tx, formKey: string): Promise<ProgramRow | undefined> {
  return tx.maybe<ProgramRow>(sql`select ${plain} from capture.program p where p.workspace_id = ${tx.scope.workspaceId} and p.form_key = ${formKey} and p.status <> 'withdrawn'`);
}

export interface ProgramName {
  id: string;
  externalId: string | null;
  name: string;
}

/** Programs that any of these texts names: by id, external id, or name whatever its case. */
export async function findProgramsBy(tx: Tx, texts: readonly string[]): Promise<ProgramName[]> {
  const lower = texts.map((text) => text.toLowerCase());
  return tx.rows<ProgramName>(sql`select id, external_id, name from capture.program where workspace_id = ${tx.scope.workspaceId} and status <> 'withdrawn'
    and (external_id = any(${texts}::text[]) or lower(name) = any(${lower}::text[]) or id::text = any(${lower}::text[])) order by created_at desc`);
}

export async function listChannels(tx: Tx): Promise<string[]> {
  const rows = await tx.rows<{ channel: string }>(sql`select min(channel) as channel from capture.program
    where workspace_id = ${tx.scope.workspaceId} and channel is not null and status <> 'withdrawn' group by lower(channel) order by lower(min(channel)) limit 200`);
  return rows.map((row) => row.channel);
}

export async function listCosts(tx: Tx, programIds: readonly string[]): Promise<CostRow[]> {
  return tx.rows<CostRow>(sql`select id, program_id, on_date, amount_minor, currency, note, import_id from capture.program_cost
    where workspace_id = ${tx.scope.workspaceId} and program_id = any(${programIds}::uuid[]) order by on_date, id`);
}

export const listProgramNames = async (tx: Tx): Promise<string[]> =>
  (await tx.rows<{ name: string }>(sql`select name from capture.program where workspace_id = ${tx.scope.workspaceId} and status <> 'withdrawn' order by created_at desc, name limit 500`)).map(({ name }) => name);
