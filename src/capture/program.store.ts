import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { plain } from './program.queries.ts';
import type { ProgramRow, CostRow } from './program.queries.ts';

export async function lockPrograms(tx: Tx, ids: readonly string[]): Promise<ProgramRow[]> {
  return tx.rows<ProgramRow>(sql`select ${plain} from capture.program p where p.workspace_id = ${tx.scope.workspaceId} and p.id = any(${ids}::uuid[]) order by p.id for update`);
}

export async function savePrograms(tx: Tx, rows: readonly ProgramRow[]): Promise<void> {
  if (rows.length === 0) return;
  const json = rows.map((r) => ({
    id: r.id, external_id: r.externalId, name: r.name, channel: r.channel, status: r.status, starts_on: r.startsOn, ends_on: r.endsOn, budget_minor: r.budgetMinor,
    expected_minor: r.expectedMinor, currency: r.currency, goal_inquiries: r.goalInquiries, goal_leads: r.goalLeads, goal_sales: r.goalSales, owner_name: r.ownerName,
    note: r.note, form_key: r.formKey, form: r.form, custom: r.custom, import_id: r.importId, last_import_id: r.lastImportId, created_at: r.createdAt, updated_at: r.updatedAt,
  }));
  await tx.run(sql`
    insert into capture.program (workspace_id, id, external_id, name, channel, status, starts_on, ends_on, budget_minor, expected_minor, currency, goal_inquiries, goal_leads,
      goal_sales, owner_name, note, form_key, form, custom, import_id, last_import_id, created_at, updated_at)
    select ${tx.scope.workspaceId}, id, external_id, name, channel, status, starts_on, ends_on, budget_minor, expected_minor, currency, goal_inquiries, goal_leads,
      goal_sales, owner_name, note, form_key, nullif(form, 'null'::jsonb), custom, import_id, last_import_id, created_at, updated_at
    from jsonb_to_recordset(${JSON.stringify(json)}::jsonb) as r (id uuid, external_id text, name text, channel text, status text, starts_on date, ends_on date, budget_minor bigint,
      expected_minor bigint, currency char(3), goal_inquiries int, goal_leads int, goal_sales int, owner_name text, note text, form_key text, form jsonb, custom jsonb, import_id uuid, last_import_id uuid,
      created_at timestamptz, updated_at timestamptz)
    on conflict (workspace_id, id) do update set external_id = excluded.external_id, name = excluded.name, channel = excluded.channel, status = excluded.status,
      starts_on = excluded.starts_on, ends_on = excluded.ends_on, budget_minor = excluded.budget_minor, expected_minor = excluded.expected_minor, currency = excluded.currency,
      goal_inquiries = excluded.goal_inquiries, goal_leads = excluded.goal_leads, goal_sales = excluded.goal_sales, owner_name = excluded.owner_name, note = excluded.note,
      form_key = excluded.form_key, form = excluded.form, custom = excluded.custom, last_import_id = excluded.last_import_id, updated_at = excluded.updated_at`);
}

/** Programs an import made or changed that were changed after it: by hand, or by another import. */
export async function findChangedPrograms(tx: Tx, importId: string): Promise<{ before: ProgramRow | null; is: ProgramRow }[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<ProgramRow & { before: ProgramRow | null }>(sql`select ${plain}, c.before from capture.program p
    left join capture.import_change c on c.workspace_id = ${workspaceId} and c.import_id = ${importId} and c.subject = 'program' and c.subject_id = p.id
    where p.workspace_id = ${workspaceId} and (p.import_id = ${importId} or c.subject_id is not null) and p.last_import_id is distinct from ${importId} and p.status <> 'withdrawn' order by p.id`);
  return rows.map(({ before, ...is }) => ({ before, is }));
}

/** What other imports keep as the cost they replaced, where it was this import's: from now on the one from before it, or none. */
export async function passOnCosts(tx: Tx, importId: string, before: readonly CostRow[]): Promise<void> {
  const { workspaceId } = tx.scope;
  const theirs = sql`c.workspace_id = ${workspaceId} and c.subject = 'program_cost' and c.before->>'importId' = ${importId}`;
  await tx.run(sql`update capture.import_change c set subject_id = b.id, before = b.was
    from unnest(${before.map(({ id }) => id)}::uuid[], ${before.map((one) => JSON.stringify(one))}::jsonb[]) as b (id, was) where ${theirs} and c.before->>'programId' = b.was->>'programId'`);
  await tx.run(sql`delete from capture.import_change c where ${theirs}`);
}

/** Whoever wrote these programs last, where only their costs were touched. */
export async function noteWriter(tx: Tx, ids: readonly string[], importId: string | null): Promise<void> {
  await tx.run(sql`update capture.program set last_import_id = ${importId} where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
}

/** The programs an import made are withdrawn, but those that are kept; returns which. */
export async function withdrawProgramsOfImport(tx: Tx, importId: string, at: Date, kept: ReadonlySet<string>): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`update capture.program set status = 'withdrawn', updated_at = ${at}
    where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and status <> 'withdrawn' and id <> all(${[...kept]}::uuid[]) returning id`);
  return rows.map((row) => row.id);
}

export async function insertCosts(tx: Tx, rows: readonly CostRow[], at: Date): Promise<void> {
  if (rows.length === 0) return;
  await tx.copy('capture.program_cost', ['workspace_id', 'id', 'program_id', 'on_date', 'amount_minor', 'currency', 'note', 'import_id', 'created_at'],
    rows.map((r) => [tx.scope.workspaceId, r.id, r.programId, r.onDate, r.amountMinor, r.currency, r.note, r.importId, at]));
}

export async function deleteCosts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.run(sql`delete from capture.program_cost where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[])`);
}

export async function deleteCostsOfImport(tx: Tx, importId: string, kept: ReadonlySet<string>): Promise<CostRow[]> {
  return tx.rows<CostRow>(sql`delete from capture.program_cost where workspace_id = ${tx.scope.workspaceId} and import_id = ${importId} and program_id <> all(${[...kept]}::uuid[])
    returning id, program_id, on_date, amount_minor, currency, note, import_id`);
}
