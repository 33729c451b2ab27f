import { sql } from '../platform/db/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { patternsOf, type Cell, type Subject } from '../platform/personal-data.ts';

type Rows = Promise<Record<string, Cell>[]>;

/** Inquiries in quarantine that name them: nobody was recognised in those. */
export async function findUnidentified(tx: Tx, subject: Subject): Promise<string[]> {
  const patterns = patternsOf(subject);
  if (patterns.length === 0) return [];
  const rows = await tx.rows<{ id: string }>(sql`select id from capture.inquiry i where workspace_id = ${tx.scope.workspaceId} and status = 'quarantined'
    and (lower(fields::text) like any(${patterns}::text[])
      or exists (select 1 from unnest(${[...subject.mails, ...subject.phones]}::text[]) w (word) where length(w.word) >= 7 and position(convert_to(w.word, 'UTF8') in i.raw) > 0))`);
  return rows.map(({ id }) => id);
}

/** Files with a row of theirs, also one that was not taken in. */
export async function findFilesOf(tx: Tx, subject: Subject): Promise<string[]> {
  const { workspaceId } = tx.scope;
  const rows = await tx.rows<{ importId: string }>(sql`
    select distinct import_id from capture.inquiry where workspace_id = ${workspaceId} and id = any(${subject.inquiryIds}::uuid[]) and import_id is not null
    union select distinct import_id from capture.import_problem where workspace_id = ${workspaceId} and lower(cells::text) like any(${patternsOf(subject)}::text[])`);
  return rows.map(({ importId }) => importId);
}

/** Mails that became an inquiry of theirs, brought a list they are in, answered one about their lead, or came from their address. */
const theirMails = ({ inquiryIds, importIds, leadIds, mails }: Subject, workspaceId: string) => sql`(m.lead_id = any(${leadIds}::uuid[]) or lower(m.from_address) = any(${mails}::text[]) or m.import_ids && ${importIds}::uuid[]
  or m.id in (select substr(k.idempotency_key, 6, 36)::uuid from capture.inquiry k where k.workspace_id = ${workspaceId} and k.id = any(${inquiryIds}::uuid[]) and k.idempotency_key like 'mail:%:%'))`;

/** Rows of their files that name them, and the rows their inquiries came from. */
const theirProblems = (subject: Subject, workspaceId: string) => sql`((p.import_id = any(${subject.importIds}::uuid[]) and lower(concat(p.cells::text, ' ', p.sentence)) like any(${patternsOf(subject)}::text[]))
  or (p.import_id, p.row) in (select i.import_id, i.import_row from capture.inquiry i where i.workspace_id = ${workspaceId} and i.id = any(${subject.inquiryIds}::uuid[]) and i.import_id is not null))`;

export async function tellInquiries(tx: Tx, { inquiryIds }: Subject): Rows {
  const rows = await tx.rows<Record<string, Cell> & { asSent: Buffer | null }>(sql`select i.receipt, i.received_at, i.occurred_at, i.channel, g.name as program, s.name as source, m.file_name as file, i.status, i.fields as said, i.first_touch, i.last_touch,
      substr(i.raw, 1, 100000) as as_sent
    from capture.inquiry i
    left join capture.program g on g.workspace_id = i.workspace_id and g.id = i.program_id
    left join capture.source s on s.workspace_id = i.workspace_id and s.id = i.source_id
    left join capture.import m on m.workspace_id = i.workspace_id and m.id = i.import_id
    where i.workspace_id = ${tx.scope.workspaceId} and i.id = any(${inquiryIds}::uuid[]) order by i.occurred_at, i.id`);
  return rows.map((row) => ({ ...row, asSent: row.asSent && new TextDecoder('utf-8').decode(row.asSent).replaceAll('\0', '␀') }));
}

export const tellLeadMails = (tx: Tx, subject: Subject): Rows =>
  tx.rows(sql`select received_at, from_name, from_address, subject, bytes from capture.lead_mail m
    where workspace_id = ${tx.scope.workspaceId} and ${theirMails(subject, tx.scope.workspaceId)} and bytes > 0 order by received_at, id`);

export const tellProblems = (tx: Tx, subject: Subject): Rows =>
  tx.rows(sql`select m.file_name as file, p.row, p.cells, p.sentence from capture.import_problem p join capture.import m on m.workspace_id = p.workspace_id and m.id = p.import_id
    where p.workspace_id = ${tx.scope.workspaceId} and ${theirProblems(subject, tx.scope.workspaceId)} and (p.cells is not null or p.sentence <> 'Erased.') order by p.import_id, p.row, p.n`);

export const tellFiles = (tx: Tx, importIds: readonly string[]): Rows =>
  tx.rows(sql`select file_name as file, file_bytes as bytes, created_at as brought_in_at from capture.import m
    where workspace_id = ${tx.scope.workspaceId} and id = any(${importIds}::uuid[]) and file_erased_at is null order by created_at, id`);

export const findImportsUnderWay = async (tx: Tx, importIds: readonly string[]): Promise<string[]> =>
  (await tx.rows<{ fileName: string }>(sql`select file_name from capture.import where workspace_id = ${tx.scope.workspaceId} and id = any(${importIds}::uuid[])
    and status in ('waiting', 'running', 'undoing') for update`)).map(({ fileName }) => fileName);

export async function eraseLeadMails(tx: Tx, subject: Subject): Promise<void> {
  await tx.run(sql`update capture.lead_mail m set raw = '', bytes = 0, from_name = null, from_address = null, subject = null, sentence = 'Erased.', state = 'read'
    where workspace_id = ${tx.scope.workspaceId} and ${theirMails(subject, tx.scope.workspaceId)} and bytes > 0`);
}

export async function eraseProblems(tx: Tx, subject: Subject): Promise<void> {
  await tx.run(sql`update capture.import_problem p set cells = null, sentence = 'Erased.' where workspace_id = ${tx.scope.workspaceId} and ${theirProblems(subject, tx.scope.workspaceId)}`);
}

/** A file goes as a whole: what its other rows brought in stays. One that was not finished cannot go on. */
export async function eraseFiles(tx: Tx, importIds: readonly string[], at: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from capture.import_chunk where workspace_id = ${workspaceId} and import_id = any(${importIds}::uuid[])`);
  await tx.run(sql`update capture.import m set file_erased_at = ${at}, status = case when status in ('analysed', 'failed', 'paused') then 'cancelled' else status end,
      analysis = case when jsonb_typeof(m.analysis -> 'columns') = 'array'
        then jsonb_set(m.analysis, '{columns}', (select coalesce(jsonb_agg(c || '{"samples": []}' order by n), '[]') from jsonb_array_elements(m.analysis -> 'columns') with ordinality as e (c, n)))
        else m.analysis end
    where workspace_id = ${workspaceId} and id = any(${importIds}::uuid[]) and file_erased_at is null`);
}

/** What was asked about stays (a product, a vertical, the country), who asked goes. Keys that are ids of ours tell a mail read twice. */
export async function eraseInquiries(tx: Tx, subject: Subject): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`delete from capture.delivery_key where workspace_id = ${workspaceId} and inquiry_id = any(${subject.inquiryIds}::uuid[]) and key not like 'mail:%'
    and lower(key) like any(${patternsOf(subject)}::text[])`);
  await tx.run(sql`update capture.inquiry i set raw = null, raw_type = null, first_touch = null, last_touch = null, external_id = null,
      idempotency_key = case when idempotency_key like 'mail:%' then idempotency_key end, problem = case when problem is null then null else 'Erased.' end,
      fields = (select coalesce(jsonb_object_agg(f.key, f.value), '{}') from jsonb_each(i.fields) f where f.key in ('product', 'vertical', 'country'))
    where workspace_id = ${workspaceId} and id = any(${subject.inquiryIds}::uuid[])`);
}
