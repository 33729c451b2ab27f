import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

/** Makes an address unless its program, its source or the company has one; returns the one that stands. */
export async function insertAddress(tx: Tx, row: { id: string; key: string; programId: string | null; sourceId: string | null; at: Date }): Promise<string> {
  await tx.run(sql`insert into capture.lead_address (workspace_id, id, key, program_id, source_id, created_at)
    values (${tx.scope.workspaceId}, ${row.id}, ${row.key}, ${row.programId}, ${row.sourceId}, ${row.at}) on conflict do nothing`);
  return (await tx.one<{ id: string }>(sql`select id from capture.lead_address where workspace_id = ${tx.scope.workspaceId} and ended_at is null
    and program_id is not distinct from ${row.programId}::uuid and source_id is not distinct from ${row.sourceId}::uuid`)).id;
}

/** Ends a live address; returns its key, or undefined where there is none. */
export async function endAddress(tx: Tx, id: string, at: Date): Promise<string | undefined> {
  return (await tx.maybe<{ key: string }>(sql`update capture.lead_address set ended_at = ${at} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and ended_at is null returning key`))?.key;
}

export interface NewLeadMail {
  id: string;
  addressId: string;
  replyTo: string | null;
  sameKey: Buffer;
  via: 'smtp' | 'imap';
  sentAt: Date | null;
  raw: Buffer;
  at: Date;
}
/** Keeps a mail; false when the same one is kept already. */
export async function insertLeadMail(tx: Tx, row: NewLeadMail): Promise<boolean> {
  const added = await tx.run(sql`insert into capture.lead_mail (workspace_id, id, address_id, reply_to, same_key, via, received_at, sent_at, raw, bytes, read_after)
    values (${tx.scope.workspaceId}, ${row.id}, ${row.addressId}, ${row.replyTo}, ${row.sameKey}, ${row.via}, ${row.at}, ${row.sentAt}, ${row.raw}, ${row.raw.length}, ${row.at}) on conflict (workspace_id, same_key) do nothing`);
  return added === 1;
}

/** Locks a mail to be settled; undefined when it is not in one of these states any more. */
export const lockLeadMail = (tx: Tx, id: string, states: readonly string[]): Promise<{ id: string } | undefined> =>
  tx.maybe(sql`select id from capture.lead_mail where workspace_id = ${tx.scope.workspaceId} and id = ${id} and state = any(${states as string[]}::text[]) for update`);

export interface MailOutcome {
  state: 'read' | 'held';
  nature: string;
  sentence: string | null;
  inquiries: number;
  fromName: string | null;
  fromAddress: string | null;
  subject: string | null;
  /** The lead it was filed with, where it answers a mail about one. */
  leadId: string | null;
  at: Date;
}
export async function settleLeadMail(tx: Tx, id: string, to: MailOutcome): Promise<void> {
  await tx.run(sql`update capture.lead_mail set state = ${to.state}, nature = ${to.nature}, sentence = ${to.sentence}, inquiries = ${to.inquiries}, read_at = ${to.at},
      from_name = ${to.fromName}, from_address = ${to.fromAddress}, subject = ${to.subject}, lead_id = ${to.leadId}
    where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

/** The import (or none) that the next list of a mail became. */
export async function addImportOf(tx: Tx, id: string, at: number, importId: string | null): Promise<void> {
  await tx.run(sql`update capture.lead_mail set import_ids[${at + 1}::int] = ${importId}::uuid where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
}

export async function tryLater(tx: Tx, id: string, after: Date): Promise<void> {
  await tx.run(sql`update capture.lead_mail set attempts = attempts + 1, read_after = ${after} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and state = 'waiting'`);
}

/** What waited in quarantine came in as the rows of a list after all. */
export async function withdrawInquiry(tx: Tx, id: string, why: string): Promise<boolean> {
  return (await tx.run(sql`update capture.inquiry set status = 'withdrawn', problem = ${why} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and status = 'quarantined'`)) === 1;
}

/** The place of a mail in quarantine says why it is there now. */
export async function renewProblem(tx: Tx, id: string, problem: string): Promise<void> {
  await tx.run(sql`update capture.inquiry set problem = ${problem} where workspace_id = ${tx.scope.workspaceId} and id = ${id} and status = 'quarantined' and problem is distinct from ${problem}`);
}
