import { createTransport } from 'nodemailer';
import type { Transporter } from 'nodemailer';
import type { Scope } from '../access/scope.ts';
import type { Context } from '../context.ts';
import { sql } from '../db/index.ts';
import type { Tx } from '../db/index.ts';

export interface NewMail {
  kind: string;
  to: string;
  subject: string;
  text: string;
  html?: string;
  headers?: Record<string, string>;
  /** an invitation (iCalendar, METHOD:REQUEST) that the reader's calendar offers to take up */
  calendar?: string;
  personId?: string;
  leadId?: string;
  holderId?: string;
  dueAt?: Date;
}

/** Puts mails into the outbox in the caller's transaction: sent after the commit, exactly when the change they tell of is true. */
export async function enqueueMails(tx: Tx, cx: Context, mails: readonly NewMail[]): Promise<string[]> {
  if (mails.length === 0) return [];
  const now = cx.clock.now();
  const ids = mails.map(() => cx.ids.next());
  if (cx.replay && now < cx.replay.mailFrom) return ids;
  await tx.copy(
    'platform.mail',
    [
      'workspace_id',
      'id',
      'kind',
      'to_address',
      'subject',
      'text_body',
      'html_body',
      'headers',
      'calendar',
      'person_id',
      'lead_id',
      'holder_id',
      'due_at',
      'created_at',
    ],
    mails.map((m, i) => [
      tx.scope.workspaceId,
      ids[i],
      m.kind,
      m.to,
      m.subject.replaceAll(/[\r\n]+/g, ' '),
      m.text,
      m.html,
      m.headers ?? {},
      m.calendar,
      m.personId,
      m.leadId,
      m.holderId,
      m.dueAt ?? now,
      now,
    ]),
  );
  cx.live.publish(tx, 'mail');
  return ids;
}

export async function enqueueMail(tx: Tx, cx: Context, mail: NewMail): Promise<string> {
  return (await enqueueMails(tx, cx, [mail]))[0]!;
}

interface Due {
  id: string;
  toAddress: string;
  subject: string;
  textBody: string;
  htmlBody: string | null;
  headers: Record<string, string>;
  calendar: string | null;
  attempts: number;
}

const transports = new Map<string, Transporter>();
function transportOf(url: string): Transporter {
  let transport = transports.get(url);
  if (!transport) {
    const at = new URL(url);
    const secure = at.protocol === 'smtps:';
    transport = createTransport({
      pool: true,
      maxConnections: 4,
      host: at.hostname,
      port: Number(at.port || (secure ? 465 : 587)),
      secure,
      ...(at.username ? { auth: { user: decodeURIComponent(at.username), pass: decodeURIComponent(at.password) } } : {}),
      ...(at.searchParams.get('tls') === 'off' ? { ignoreTLS: true } : {}),
    });
    transports.set(url, transport);
  }
  return transport;
}

export function closeMail(): void {
  for (const transport of transports.values()) transport.close();
  transports.clear();
}

const batch = 50;
const attemptsMax = 8;

/**
 * Sends what is due. Without a mail server, and always in a demo workspace, mails are captured: kept to be read in the outbox, sent
 * to nobody. A row stays locked while its mail is on the wire, so no second worker sends it too.
 */
export async function sendDueMails(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const url = cx.config.smtpUrl;
    const { isDemo } = await tx.one<{ isDemo: boolean }>(sql`select is_demo from platform.workspace where id = ${scope.workspaceId}`);
    const now = cx.clock.now();
    if (!url || isDemo) {
      return tx.run(
        sql`update platform.mail set state = 'captured', sent_at = ${now} where workspace_id = ${scope.workspaceId} and state = 'queued' and due_at <= ${now}`,
      );
    }
    const due = await tx.rows<Due>(sql`select id, to_address, subject, text_body, html_body, headers, calendar, attempts from platform.mail
      where workspace_id = ${scope.workspaceId} and state = 'queued' and due_at <= ${now} order by due_at, id limit ${batch} for update skip locked`);
    const results = await Promise.all(
      due.map(async (mail) => {
        try {
          await transportOf(url).sendMail({
            from: cx.config.mailFrom,
            to: mail.toAddress,
            subject: mail.subject,
            text: mail.textBody,
            ...(mail.htmlBody ? { html: mail.htmlBody } : {}),
            headers: mail.headers,
            ...(mail.calendar ? { icalEvent: { method: 'REQUEST', filename: 'meeting.ics', content: mail.calendar } } : {}),
            messageId: `<${mail.id}@baton>`,
          });
          return { id: mail.id, state: 'sent', problem: null, again: now };
        } catch (error) {
          const code = (error as { responseCode?: number }).responseCode ?? 0;
          const final = (code >= 500 && code < 600) || mail.attempts + 1 >= attemptsMax;
          return {
            id: mail.id,
            state: final ? 'failed' : 'queued',
            problem: (error as Error).message.slice(0, 500),
            again: new Date(now.getTime() + 60_000 * 2 ** mail.attempts),
          };
        }
      }),
    );
    if (results.length > 0) {
      await tx.run(sql`update platform.mail m set state = r.state, problem = r.problem, attempts = m.attempts + 1,
          due_at = case when r.state = 'queued' then r.again else m.due_at end, sent_at = case when r.state = 'sent' then ${now}::timestamptz end
        from unnest(${results.map((r) => r.id)}::uuid[], ${results.map((r) => r.state)}::text[], ${results.map((r) => r.problem)}::text[], ${results.map((r) => r.again)}::timestamptz[]) as r (id, state, problem, again)
        where m.workspace_id = ${scope.workspaceId} and m.id = r.id`);
      cx.live.publish(tx, 'mail');
    }
    return results.length;
  });
}

/** Those of these addresses our last mail to which came back, or was refused for good. */
export async function findReturned(tx: Tx, addresses: readonly string[]): Promise<Set<string>> {
  if (addresses.length === 0) return new Set();
  const rows = await tx.rows<{ address: string }>(sql`select address from (
      select distinct on (m.to_address) m.to_address as address, m.state, m.problem from platform.mail m
      where m.workspace_id = ${tx.scope.workspaceId} and m.to_address = any(${addresses}) and m.state in ('sent', 'failed')
      order by m.to_address, m.created_at desc, m.id desc) last
    where state = 'failed' and (problem like 'Returned:%' or problem ~ '\\y5[0-9][0-9]\\y')`);
  return new Set(rows.map((row) => row.address));
}

/** Notes that mails of ours which had been sent did not arrive; returns their addresses. Ids that are none of this workspace's mails say nothing. */
export async function markReturned(tx: Tx, cx: Context, ids: readonly string[], why: string): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await tx.rows<{ toAddress: string }>(sql`update platform.mail set state = 'failed', problem = ${`Returned: ${why}`.slice(0, 500)}
    where workspace_id = ${tx.scope.workspaceId} and id = any(${ids}::uuid[]) and state in ('sent', 'failed') returning to_address`);
  if (rows.length > 0) cx.live.publish(tx, 'mail');
  return [...new Set(rows.map(({ toAddress }) => toAddress))];
}
