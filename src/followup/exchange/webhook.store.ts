import { empty, sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import type { DeliveryNext, WebhookHealth } from './webhook.rules.ts';

export interface NewDelivery {
  id: string;
  webhookId: string;
  holderId: string | null;
  event: string;
  at: Date;
  leadId: string | null;
  chainId: string | null;
  seq: number | null;
  dueAt: Date;
  createdAt: Date;
}
export async function addDeliveries(tx: Tx, rows: readonly NewDelivery[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.copy(
    'followup.webhook_delivery',
    ['workspace_id', 'id', 'webhook_id', 'holder_id', 'event', 'at', 'lead_id', 'chain_id', 'seq', 'due_at', 'created_at'],
    rows.map((d) => [tx.scope.workspaceId, d.id, d.webhookId, d.holderId, d.event, d.at, d.leadId, d.chainId, d.seq, d.dueAt, d.createdAt]),
  );
}

export interface NewWebhook {
  id: string;
  holderId: string | null;
  name: string;
  url: string;
  secret: Buffer;
  events: readonly string[];
  createdAt: Date;
}
export const addWebhook = (tx: Tx, hook: NewWebhook): Promise<number> =>
  tx.run(sql`insert into followup.webhook (workspace_id, id, holder_id, name, url, secret, events, created_by, created_at)
    values (${tx.scope.workspaceId}, ${hook.id}, ${hook.holderId}, ${hook.name}, ${hook.url}, ${hook.secret}, ${hook.events}, ${tx.scope.userId ?? null}, ${hook.createdAt})`);

/** Turned on again it begins afresh: what waits is due now. */
export async function saveWebhook(tx: Tx, id: string, change: { name?: string | undefined; url?: string | undefined; events?: readonly string[] | undefined; state?: 'on' | 'paused' | undefined }, now: Date): Promise<void> {
  const { state } = change;
  const { workspaceId } = tx.scope;
  await tx.run(sql`update followup.webhook set name = coalesce(${change.name ?? null}, name), url = coalesce(${change.url ?? null}, url), events = coalesce(${change.events ?? null}::text[], events),
      state = coalesce(${state ?? null}, state), paused_why = case when ${state === undefined} then paused_why end,
      paused_at = case when ${state === 'paused'} then ${now}::timestamptz when ${state === 'on'} then null else paused_at end,
      failures = case when ${state === 'on'} then 0 else failures end, failing_since = case when ${state === 'on'} then null else failing_since end,
      next_at = case when ${state === 'on'} then null else next_at end
    where workspace_id = ${workspaceId} and id = ${id}`);
  if (state === 'on') await tx.run(sql`update followup.webhook_delivery set due_at = ${now} where workspace_id = ${workspaceId} and webhook_id = ${id} and state = 'waiting'`);
}

export async function endWebhook(tx: Tx, id: string, now: Date): Promise<void> {
  const { workspaceId } = tx.scope;
  await tx.run(sql`update followup.webhook set ended_at = ${now} where workspace_id = ${workspaceId} and id = ${id}`);
  await tx.run(sql`delete from followup.webhook_delivery where workspace_id = ${workspaceId} and webhook_id = ${id} and state = 'waiting'`);
}

export const replaceSecret = (tx: Tx, id: string, secret: Buffer, formerUntil: Date): Promise<number> =>
  tx.run(sql`update followup.webhook set former_secret = secret, former_until = ${formerUntil}, secret = ${secret} where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export const resendDelivery = (tx: Tx, id: string, now: Date): Promise<number> =>
  tx.run(sql`update followup.webhook_delivery set state = 'waiting', attempts = 0, due_at = ${now}, leased_until = null where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);

export interface Due {
  id: string;
  webhookId: string;
  holderId: string | null;
  event: string;
  at: Date;
  leadId: string | null;
  fact: object | null;
  attempts: number;
  url: string;
  secret: Buffer;
  formerSecret: Buffer | null;
  formerUntil: Date | null;
}

/**
 * Takes what is due under a lease: of each lead only the oldest that waits, of a webhook at which nothing arrives only one. The lease uses
 * the database's own clock, as that of jobs does. `only`: this delivery, whenever it is due.
 */
export async function takeDue(tx: Tx, now: Date, given: { most: number; leaseSeconds: number; only?: string }): Promise<Due[]> {
  const { workspaceId } = tx.scope;
  const { only } = given;
  const turn = only
    ? sql`d.id = ${only}`
    : sql`d.due_at <= ${now} and not exists (select 1 from followup.webhook_delivery e
        where e.workspace_id = d.workspace_id and e.webhook_id = d.webhook_id and e.lead_id = d.lead_id and e.state = 'waiting' and e.id < d.id)`;
  return tx.rows<Due>(sql`
    with due as (
      select d.id from followup.webhook w cross join lateral (
        select d.id, d.due_at from followup.webhook_delivery d
        where d.workspace_id = w.workspace_id and d.webhook_id = w.id and d.state = 'waiting' and (d.leased_until is null or d.leased_until < now()) and ${turn}
        order by d.due_at, d.id limit case when w.failing_since is null then ${given.most}::int else 1 end
      ) d
      where w.workspace_id = ${workspaceId} and w.ended_at is null ${only ? empty : sql`and w.state = 'on' and (w.next_at is null or w.next_at <= ${now})`}
      order by d.due_at, d.id limit ${given.most}
    ), taken as (
      update followup.webhook_delivery d set leased_until = now() + make_interval(secs => ${given.leaseSeconds}) from due
      where d.workspace_id = ${workspaceId} and d.id = due.id and d.state = 'waiting' and (d.leased_until is null or d.leased_until < now())
      returning d.*
    )
    select d.id, d.webhook_id, d.holder_id, d.event, d.at, d.lead_id, f.data as fact, d.attempts, w.url, w.secret, w.former_secret, w.former_until
    from taken d join followup.webhook w on w.workspace_id = d.workspace_id and w.id = d.webhook_id
    left join journal.fact f on f.workspace_id = d.workspace_id and f.chain_id = d.chain_id and f.seq = d.seq
    order by d.id`);
}

export interface Noted extends DeliveryNext {
  id: string;
  status: number | null;
  answer: string | null;
  milliseconds: number;
}
export async function noteDeliveries(tx: Tx, rows: readonly Noted[], now: Date): Promise<void> {
  await tx.run(sql`update followup.webhook_delivery d set state = r.state, due_at = r.due_at, attempts = d.attempts + 1, leased_until = null, answered_at = ${now},
      status = r.status, answer = r.answer, milliseconds = r.milliseconds
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.state)}::text[], ${rows.map((r) => r.dueAt)}::timestamptz[], ${rows.map((r) => r.status)}::int[],
      ${rows.map((r) => r.answer)}::text[], ${rows.map((r) => r.milliseconds)}::int[]) as r (id, state, due_at, status, answer, milliseconds)
    where d.workspace_id = ${tx.scope.workspaceId} and d.id = r.id`);
}

export const lockHealth = async (tx: Tx, ids: readonly string[]): Promise<(WebhookHealth & { id: string; name: string; url: string; holderId: string | null; state: 'on' | 'paused'; mail: string | null })[]> =>
  tx.rows(sql`select w.id, w.name, w.url, w.holder_id, w.state, w.failures, w.failing_since, w.next_at,
      coalesce((select u.email from platform.app_user u where u.workspace_id = w.workspace_id and u.id = w.created_by and u.status = 'active'),
        (select h.email from distribute.holder h where h.workspace_id = w.workspace_id and h.id = w.holder_id)) as mail
    from followup.webhook w where w.workspace_id = ${tx.scope.workspaceId} and w.id = any(${ids}::uuid[]) order by w.id for update of w`);

export async function saveHealth(tx: Tx, rows: readonly (WebhookHealth & { id: string; pausedWhy: string | null })[], now: Date): Promise<void> {
  await tx.run(sql`update followup.webhook w set failures = r.failures, failing_since = r.failing_since, next_at = r.next_at,
      state = case when r.why is null then w.state else 'paused' end, paused_why = coalesce(r.why, w.paused_why), paused_at = case when r.why is null then w.paused_at else ${now}::timestamptz end
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.failures)}::int[], ${rows.map((r) => r.failingSince)}::timestamptz[], ${rows.map((r) => r.nextAt)}::timestamptz[],
      ${rows.map((r) => r.pausedWhy)}::text[]) as r (id, failures, failing_since, next_at, why)
    where w.workspace_id = ${tx.scope.workspaceId} and w.id = r.id`);
}

export const forgetDeliveries = (tx: Tx, before: Date): Promise<number> =>
  tx.run(sql`delete from followup.webhook_delivery where workspace_id = ${tx.scope.workspaceId} and id in (
    select id from followup.webhook_delivery where workspace_id = ${tx.scope.workspaceId} and created_at < ${before} order by id limit 5000)`);
