import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { Cell, Subject } from '../platform/personal-data.ts';

type Rows = Promise<Record<string, Cell>[]>;
const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

export const everybodyWhoBuys = (workspaceId: string): Sql =>
  sql`select person_id from revenue.opportunity where workspace_id = ${workspaceId} and person_id is not null
    union all select person_id from revenue.invoice where workspace_id = ${workspaceId} and person_id is not null
    union all select person_id from revenue.claim where workspace_id = ${workspaceId} and person_id is not null`;

export const findTheirOpportunities = async (tx: Tx, { personIds, leadIds }: Subject): Promise<string[]> =>
  ids(await tx.rows(sql`select id from revenue.opportunity where workspace_id = ${tx.scope.workspaceId} and (person_id = any(${personIds}::uuid[]) or lead_id = any(${leadIds}::uuid[]))`));

export const findTheirInvoices = async (tx: Tx, { personIds, leadIds, mails }: Subject): Promise<string[]> =>
  ids(
    await tx.rows(sql`select id from revenue.invoice where workspace_id = ${tx.scope.workspaceId}
      and (person_id = any(${personIds}::uuid[]) or lead_id = any(${leadIds}::uuid[]) or lower(billed_email) = any(${mails}::text[]))`),
  );

/** The files they came in, and were changed by. */
export async function findImportsOf(tx: Tx, opportunityIds: readonly string[], invoiceIds: readonly string[]): Promise<string[]> {
  const { workspaceId } = tx.scope;
  return ids(
    await tx.rows(sql`select distinct m.id from (
        select import_id, last_import_id from revenue.opportunity where workspace_id = ${workspaceId} and id = any(${opportunityIds}::uuid[])
        union all select import_id, last_import_id from revenue.invoice where workspace_id = ${workspaceId} and id = any(${invoiceIds}::uuid[])
        union all select import_id, null from revenue.before_import where workspace_id = ${workspaceId} and row_id = any(${[...opportunityIds, ...invoiceIds]}::uuid[])) r
      cross join lateral (values (r.import_id), (r.last_import_id)) m (id) where m.id is not null`),
  );
}

const theirClaims = (tx: Tx, { personIds, leadIds, mails }: Pick<Subject, 'personIds' | 'leadIds' | 'mails'>): Sql =>
  sql`workspace_id = ${tx.scope.workspaceId} and (person_id = any(${personIds}::uuid[]) or lead_id = any(${leadIds}::uuid[]) or lower(said ->> 'email') = any(${mails}::text[]))`;

export const findImportsOfClaims = async (tx: Tx, subject: Subject): Promise<string[]> =>
  ids(await tx.rows(sql`select distinct import_id as id from revenue.claim where ${theirClaims(tx, subject)} and import_id is not null`));

export const tellClaimsOf = (tx: Tx, subject: Subject): Rows =>
  tx.rows(sql`select proof, number, serial, product, quantity, sold_on, value_minor, currency, distributor, said as told_of_the_buyer from revenue.claim where ${theirClaims(tx, subject)} order by sold_on, id`);

/** What was sold, when and for how much stays; who bought it goes. */
export const eraseClaims = (tx: Tx, subject: Subject): Promise<number> => tx.run(sql`update revenue.claim set said = '{}', candidates = '[]', reasons = '[]' where ${theirClaims(tx, subject)}`);

export async function findCommonLosses(tx: Tx, opportunityIds: readonly string[], others: number): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ words: string }>(sql`
    select w.words from (select distinct lost_reason as words from revenue.opportunity where workspace_id = ${workspaceId} and id = any(${opportunityIds}::uuid[]) and lost_reason is not null) w
    where (select count(*) from revenue.opportunity o where o.workspace_id = ${workspaceId} and o.lost_reason = w.words and o.id <> all(${opportunityIds}::uuid[])) >= ${others}`);
  return rows.map(({ words }) => words);
}

export const tellOpportunities = (tx: Tx, opportunityIds: readonly string[]): Rows =>
  tx.rows(sql`select name, external_id, stage, outcome, lost_reason, amount_minor, currency, opened_at, close_on, closed_at, owner_name from revenue.opportunity
    where workspace_id = ${tx.scope.workspaceId} and id = any(${opportunityIds}::uuid[]) order by opened_at, id`);

export const tellInvoices = (tx: Tx, invoiceIds: readonly string[]): Rows =>
  tx.rows(sql`select number, issued_on, kind, status, subject, billed_name, billed_email, account_ref, contact_ref, reference, net_minor, tax_minor, gross_minor, currency from revenue.invoice
    where workspace_id = ${tx.scope.workspaceId} and id = any(${invoiceIds}::uuid[]) order by issued_on, id`);

/** Undoing the import that changed a row puts back what it was in money, and no name. The key of a sale told with a receipt is the receipt's id. */
export async function eraseOpportunities(tx: Tx, opportunityIds: readonly string[], ours: readonly string[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update revenue.opportunity set name = 'Erased', natural_key = case when origin = 'outcome' then natural_key end,
      lost_reason = case when lost_reason = any(${ours}::text[]) then lost_reason end
    where workspace_id = ${workspaceId} and id = any(${opportunityIds}::uuid[])`);
  await tx.run(sql`delete from revenue.opportunity_reference where workspace_id = ${workspaceId} and opportunity_id = any(${opportunityIds}::uuid[])`);
  await tx.run(sql`update revenue.before_import set was = was || '{"name": "Erased", "lostReason": null}' || case when was ->> 'origin' = 'outcome' then '{}'::jsonb else '{"naturalKey": null}' end
    where workspace_id = ${workspaceId} and kind = 'opportunity' and row_id = any(${opportunityIds}::uuid[])`);
}

export async function eraseInvoices(tx: Tx, invoiceIds: readonly string[]): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update revenue.invoice set subject = null, billed_name = null, billed_email = null, contact_ref = null, reference = null, status_text = null, match_reasons = '[]'
    where workspace_id = ${workspaceId} and id = any(${invoiceIds}::uuid[])`);
  await tx.run(sql`update revenue.before_import
    set was = was || '{"subject": null, "billedName": null, "billedEmail": null, "contactRef": null, "reference": null, "statusText": null, "matchReasons": []}'
    where workspace_id = ${workspaceId} and kind = 'invoice' and row_id = any(${invoiceIds}::uuid[])`);
}
