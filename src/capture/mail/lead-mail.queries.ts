import { sql } from '../../platform/db/index.ts';
import type { Sql, Tx } from '../../platform/db/index.ts';

export interface AddressRow {
  id: string;
  key: string;
  programId: string | null;
  programName: string | null;
  sourceId: string | null;
  sourceName: string | null;
  createdAt: Date;
  mails: number;
}
export interface LeadMailRow {
  id: string;
  state: 'waiting' | 'read' | 'held';
  nature: string | null;
  sentence: string | null;
  via: 'smtp' | 'imap';
  fromName: string | null;
  fromAddress: string | null;
  subject: string | null;
  receivedAt: Date;
  readAt: Date | null;
  bytes: number;
  programId: string | null;
  programName: string | null;
  sourceId: string | null;
  sourceName: string | null;
  inquiries: number;
  imports: number;
  leadId: string | null;
}
export interface StoredMail {
  id: string;
  state: LeadMailRow['state'];
  raw: Buffer;
  sentAt: Date | null;
  attempts: number;
  importIds: (string | null)[];
  replyTo: string | null;
  programId: string | null;
  sourceId: string | null;
  sourceName: string | null;
}

/** Live addresses: all of them, or those of one program or source. */
export const listAddresses = (tx: Tx, of: { programId?: string | undefined; sourceId?: string | undefined; id?: string }): Promise<AddressRow[]> =>
  tx.rows(sql`
    select a.id, a.key, a.program_id, p.name as program_name, a.source_id, s.name as source_name, a.created_at,
      (select count(*) from capture.lead_mail m where m.workspace_id = a.workspace_id and m.address_id = a.id) as mails
    from capture.lead_address a
    left join capture.program p on p.workspace_id = a.workspace_id and p.id = a.program_id
    left join capture.source s on s.workspace_id = a.workspace_id and s.id = a.source_id
    where a.workspace_id = ${tx.scope.workspaceId} and a.ended_at is null
      and (${of.programId ?? null}::uuid is null or a.program_id = ${of.programId ?? null}) and (${of.sourceId ?? null}::uuid is null or a.source_id = ${of.sourceId ?? null})
      and (${of.id ?? null}::uuid is null or a.id = ${of.id ?? null})
    order by a.program_id is not null or a.source_id is not null, lower(coalesce(p.name, s.name)), a.id limit 1000`);

/** The live address with this key; of none, that of the company as a whole. */
export async function findAddress(tx: Tx, key: string | undefined): Promise<string | undefined> {
  const which = key === undefined ? sql`program_id is null and source_id is null` : sql`key = ${key}`;
  return (await tx.maybe<{ id: string }>(sql`select id from capture.lead_address where workspace_id = ${tx.scope.workspaceId} and ended_at is null and ${which}`))?.id;
}

// A list that nobody has looked at yet waits, whatever its mail was read as.
const waits = (tx: Tx): Sql => sql`exists (select from capture.import i where i.workspace_id = ${tx.scope.workspaceId} and i.id = any(m.import_ids) and i.status = 'analysed')`;
const shown = (tx: Tx): Sql => sql`
  select m.id, case when m.state = 'read' and ${waits(tx)} then 'held' else m.state end as state, m.nature, m.sentence, m.via, m.from_name, m.from_address, m.subject, m.received_at, m.read_at, m.bytes,
    a.program_id, p.name as program_name, a.source_id, s.name as source_name, m.inquiries, m.lead_id,
    (select count(*) from capture.import i where i.workspace_id = m.workspace_id and i.id = any(m.import_ids) and i.status <> 'uploading') as imports
  from capture.lead_mail m
  join capture.lead_address a on a.workspace_id = m.workspace_id and a.id = m.address_id
  left join capture.program p on p.workspace_id = a.workspace_id and p.id = a.program_id
  left join capture.source s on s.workspace_id = a.workspace_id and s.id = a.source_id
  where m.workspace_id = ${tx.scope.workspaceId}`;

export interface MailFilter {
  state?: LeadMailRow['state'] | undefined;
  programId?: string | undefined;
  sourceId?: string | undefined;
}
export const listLeadMails = (tx: Tx, filter: MailFilter, before: string | undefined, limit: number): Promise<LeadMailRow[]> =>
  tx.rows(sql`${shown(tx)} and (${before ?? null}::uuid is null or m.id < ${before ?? null})
    ${filter.programId ? sql`and a.program_id = ${filter.programId}` : sql``} ${filter.sourceId ? sql`and a.source_id = ${filter.sourceId}` : sql``}
    ${filter.state === 'waiting' ? sql`and m.state = 'waiting'` : filter.state === 'held' ? sql`and (m.state = 'held' or (m.state = 'read' and ${waits(tx)}))` : filter.state === 'read' ? sql`and m.state = 'read' and not ${waits(tx)}` : sql``}
    order by m.id desc limit ${limit}`);

export const findLeadMail = (tx: Tx, id: string): Promise<LeadMailRow | undefined> => tx.maybe(sql`${shown(tx)} and m.id = ${id}`);

export const findStored = (tx: Tx, id: string): Promise<StoredMail | undefined> =>
  tx.maybe(sql`
    select m.id, m.state, m.raw, m.sent_at, m.attempts, m.import_ids, m.reply_to, a.program_id, a.source_id, s.name as source_name
    from capture.lead_mail m
    join capture.lead_address a on a.workspace_id = m.workspace_id and a.id = m.address_id
    left join capture.source s on s.workspace_id = a.workspace_id and s.id = a.source_id
    where m.workspace_id = ${tx.scope.workspaceId} and m.id = ${id}`);

export const findWaiting = async (tx: Tx, at: Date, limit: number): Promise<string[]> =>
  (await tx.rows<{ id: string }>(sql`select id from capture.lead_mail where workspace_id = ${tx.scope.workspaceId} and state = 'waiting' and read_after <= ${at} order by id limit ${limit}`)).map(({ id }) => id);

/** Mails whose inquiry is in quarantine: those of these inquiries, or all. */
export const findHeld = (tx: Tx, inquiryIds: readonly string[] | null): Promise<{ id: string; problem: string | null }[]> =>
  tx.rows(sql`
    select m.id, i.problem from capture.inquiry i
    join capture.lead_mail m on m.workspace_id = i.workspace_id and m.id = case when i.idempotency_key like 'mail:%:0' then substr(i.idempotency_key, 6, 36)::uuid end and m.state = 'held'
    where i.workspace_id = ${tx.scope.workspaceId} and i.status = 'quarantined' and i.channel = 'mail' ${inquiryIds ? sql`and i.id = any(${inquiryIds as string[]}::uuid[])` : sql``} order by i.id`);

export const listInquiriesOf = (tx: Tx, mailId: string): Promise<{ id: string; receipt: string; status: string; problem: string | null }[]> =>
  tx.rows(sql`
    select i.id, i.receipt, i.status, i.problem from capture.delivery_key k join capture.inquiry i on i.workspace_id = k.workspace_id and i.id = k.inquiry_id
    where k.workspace_id = ${tx.scope.workspaceId} and k.key >= ${`mail:${mailId}:`} and k.key < ${`mail:${mailId};`} order by i.id limit 200`);

export const listImportsOf = (tx: Tx, mailId: string): Promise<{ id: string; fileName: string; status: string }[]> =>
  tx.rows(sql`select i.id, i.file_name, i.status from capture.lead_mail m join capture.import i on i.workspace_id = m.workspace_id and i.id = any(m.import_ids)
    where m.workspace_id = ${tx.scope.workspaceId} and m.id = ${mailId} and i.status <> 'uploading' order by i.id`);
