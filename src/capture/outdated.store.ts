import { sql } from '../platform/db/index.ts';
import type { Sql, Tx } from '../platform/db/index.ts';
import type { Found, Outdated } from '../platform/personal-data.ts';
import { eraseFiles } from './kept-of-people.store.ts';

const oldBodies = (before: Date): Sql => sql`i.raw is not null and i.status <> 'quarantined' and i.received_at < ${before}`;
const oldMails = (before: Date): Sql => sql`m.bytes > 0 and m.state = 'read' and m.received_at < ${before}`;
/** Ended for good; what was only looked at is as old as its upload. */
const oldFiles = (before: Date): Sql =>
  sql`m.file_erased_at is null and m.status in ('finished', 'cancelled', 'failed', 'undone', 'analysed', 'paused') and coalesce(m.finished_at, m.undone_at, m.progressed_at, m.created_at) < ${before}`;

/** What came in, as it came: of use while somebody may ask what exactly was sent. */
export const captureOutdates: Record<string, Outdated> = {
  bodies: {
    title: 'Inquiries as they were sent',
    means: 'The body as it came goes; the fields read from it stay. Inquiries in quarantine are left alone.',
    find: (tx, before, most) => found(tx, sql`capture.inquiry i where i.workspace_id = ${tx.scope.workspaceId} and ${oldBodies(before)}`, sql`receipt as what, received_at as at`, sql`received_at, id`, most),
    clear: (tx, before, _at, most) =>
      tx.run(sql`update capture.inquiry set raw = null, raw_type = null where workspace_id = ${tx.scope.workspaceId} and id in (
        select id from capture.inquiry i where i.workspace_id = ${tx.scope.workspaceId} and ${oldBodies(before)} order by received_at, id limit ${most})`),
  },
  leadMails: {
    title: 'Mails for leads, as they came',
    means: 'The mail itself goes; the inquiries it became, its sender and subject stay. Mails that wait for somebody are left alone.',
    find: (tx, before, most) =>
      found(tx, sql`capture.lead_mail m where m.workspace_id = ${tx.scope.workspaceId} and ${oldMails(before)}`, sql`coalesce(subject, from_address, 'No subject') as what, received_at as at`, sql`received_at, id`, most),
    clear: (tx, before, _at, most) =>
      tx.run(sql`update capture.lead_mail set raw = '', bytes = 0 where workspace_id = ${tx.scope.workspaceId} and id in (
        select id from capture.lead_mail m where m.workspace_id = ${tx.scope.workspaceId} and ${oldMails(before)} order by received_at, id limit ${most})`),
  },
  files: {
    title: 'Files of imports',
    means: 'The file goes; its name, its counts and what it brought in stay, and can still be undone.',
    find: (tx, before, most) =>
      found(tx, sql`capture.import m where m.workspace_id = ${tx.scope.workspaceId} and ${oldFiles(before)}`, sql`file_name as what, created_at as at`, sql`created_at, id`, most),
    async clear(tx, before, at, most) {
      const rows = await tx.rows<{ id: string }>(sql`select id from capture.import m where m.workspace_id = ${tx.scope.workspaceId} and ${oldFiles(before)} order by created_at, id limit ${most} for update`);
      await eraseFiles(tx, rows.map(({ id }) => id), at);
      return rows.length;
    },
  },
};

async function found(tx: Tx, old: Sql, shown: Sql, order: Sql, sampleMax: number): Promise<Found> {
  const { count } = await tx.one<{ count: number }>(sql`select count(*)::int as count from ${old}`);
  return { count, sample: await tx.rows(sql`select ${shown} from ${old} order by ${order} limit ${sampleMax}`) };
}
