import { sql } from './db/index.ts';
import type { Tx } from './db/index.ts';
import { patternsOf } from './personal-data.ts';
import type { Found, PersonalData, Subject } from './personal-data.ts';

/** Mails to a person, mails about their leads, and those that name them among others. */
const theirs = ({ personIds, leadIds, mails, phones }: Subject) => sql`(m.person_id = any(${personIds}::uuid[]) or m.lead_id = any(${leadIds}::uuid[])
  or lower(m.to_address) = any(${mails}::text[]) or (m.lead_id is null and m.person_id is null and lower(m.text_body) like any(${patternsOf({ mails, phones })}::text[])))`;

/** The outbox and the audit. Users of the house are no people of the database, also where they are the same human. */
export const platformKeeps: PersonalData = {
  holds: {
    'platform.mail': { erased: ['to_address', 'subject', 'text_body', 'html_body', 'headers', 'calendar', 'problem'], kept: { 'words of ours': ['kind', 'state'] } },
    'platform.audit': { erased: ['detail'], kept: { 'what was done': ['what'] } },
  },
  spared: {
    'users of the house, their sessions and tokens': ['platform.app_user', 'platform.api_token', 'platform.invitation', 'platform.session', 'platform.user_day'],
    'the house itself': ['platform.workspace', 'platform.setting', 'platform.custom_field', 'platform.installation'],
    'ids of work to do': ['platform.job'],
  },
  outdated: {
    outbox: {
      title: 'Mails we sent',
      means: 'Their text goes; that they were sent, to whom and when stays.',
      find: (tx, before, sampleMax) => countWith(tx, before, sampleMax),
      clear: (tx, before, _at, most) =>
        tx.run(sql`update platform.mail set text_body = '', html_body = null, headers = '{}', calendar = null where workspace_id = ${tx.scope.workspaceId} and id in (
          select id from platform.mail m where workspace_id = ${tx.scope.workspaceId} and ${oldMails(before)} order by created_at, id limit ${most})`),
    },
  },
  async tell(tx, subject) {
    const rows = await tx.rows<{ at: Date; kind: string; to: string; subject: string; text: string; state: string }>(sql`
      select created_at as at, kind, to_address as "to", subject, text_body as text, state from platform.mail m
      where workspace_id = ${tx.scope.workspaceId} and ${theirs(subject)} and text_body <> '' order by created_at, id`);
    return [{ key: 'mails', title: 'Mails written to or about them', rows }];
  },
  async erase(tx, _cx, subject) {
    const { workspaceId } = tx.scope;
    await tx.run(sql`update platform.mail m set to_address = 'erased', subject = 'Erased', text_body = '', html_body = null, headers = '{}', calendar = null,
        problem = case when state = 'queued' then 'The person was erased before it was sent.' when problem is null then null else 'Not delivered.' end,
        state = case when state = 'queued' then 'failed' else state end
      where workspace_id = ${workspaceId} and ${theirs(subject)} and to_address <> 'erased'`);
    await eraseAudit(tx, subject);
  },
};

/** An address taken off a list stands in the audit. */
const eraseAudit = (tx: Tx, { mails, phones }: Subject): Promise<number> =>
  tx.run(sql`update platform.audit set detail = detail - 'shown'
    where workspace_id = ${tx.scope.workspaceId} and detail ? 'shown' and lower(detail ->> 'shown') = any(${[...mails, ...phones]}::text[])`);

const oldMails = (before: Date) => sql`m.state <> 'queued' and m.created_at < ${before} and m.text_body <> ''`;

async function countWith(tx: Tx, before: Date, sampleMax: number): Promise<Found> {
  const mails = sql`platform.mail m where workspace_id = ${tx.scope.workspaceId} and ${oldMails(before)}`;
  const { count } = await tx.one<{ count: number }>(sql`select count(*)::int as count from ${mails}`);
  return { count, sample: await tx.rows(sql`select subject as what, created_at as at from ${mails} order by created_at, id limit ${sampleMax}`) };
}
