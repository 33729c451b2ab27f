import { sql } from '../../platform/db/index.ts';
import type { Tx } from '../../platform/db/index.ts';

export interface WebhookRow {
  id: string;
  name: string;
  url: string;
  holderId: string | null;
  events: string[];
  state: 'on' | 'paused';
  pausedWhy: string | null;
  pausedAt: Date | null;
  failingSince: Date | null;
  createdAt: Date;
  formerUntil: Date | null;
  waiting: number;
  failed: number;
  lastDeliveredAt: Date | null;
}
export const listWebhooks = (tx: Tx): Promise<WebhookRow[]> =>
  tx.rows(sql`select w.id, w.name, w.url, w.holder_id, w.events, w.state, w.paused_why, w.paused_at, w.failing_since, w.created_at, w.former_until,
      coalesce(d.waiting, 0) as waiting, coalesce(d.failed, 0) as failed, d.last_delivered_at
    from followup.webhook w
    left join (select webhook_id, count(*) filter (where state = 'waiting')::int as waiting, count(*) filter (where state = 'failed')::int as failed,
        max(answered_at) filter (where state = 'delivered') as last_delivered_at
      from followup.webhook_delivery where workspace_id = ${tx.scope.workspaceId} group by webhook_id) d on d.webhook_id = w.id
    where w.workspace_id = ${tx.scope.workspaceId} and w.ended_at is null order by w.created_at, w.id`);

export interface WebhookOwn {
  id: string;
  holderId: string | null;
  url: string;
}
export const findWebhook = (tx: Tx, id: string): Promise<WebhookOwn | undefined> =>
  tx.maybe(sql`select id, holder_id, url from followup.webhook where workspace_id = ${tx.scope.workspaceId} and id = ${id} and ended_at is null`);

export const countWebhooks = async (tx: Tx, holderId: string | null): Promise<number> =>
  (await tx.one<{ n: number }>(sql`select count(*)::int as n from followup.webhook where workspace_id = ${tx.scope.workspaceId} and holder_id is not distinct from ${holderId}::uuid and ended_at is null`)).n;

export const isPartner = async (tx: Tx, holderId: string): Promise<boolean> =>
  (await tx.maybe(sql`select 1 from distribute.holder where workspace_id = ${tx.scope.workspaceId} and id = ${holderId} and kind = 'partner'`)) !== undefined;

export interface DeliveryRow {
  id: string;
  webhookId: string;
  event: string;
  at: Date;
  leadId: string | null;
  state: 'waiting' | 'delivered' | 'failed';
  attempts: number;
  dueAt: Date;
  answeredAt: Date | null;
  status: number | null;
  answer: string | null;
  milliseconds: number | null;
}
const columns = sql`id, webhook_id, event, at, lead_id, state, attempts, due_at, answered_at, status, answer, milliseconds`;

export const listDeliveries = (tx: Tx, webhookId: string, state: string | undefined, beforeId: string | undefined, limit: number): Promise<DeliveryRow[]> =>
  tx.rows(sql`select ${columns} from followup.webhook_delivery where workspace_id = ${tx.scope.workspaceId} and webhook_id = ${webhookId}
    and (${state ?? null}::text is null or state = ${state ?? null}) and (${beforeId ?? null}::uuid is null or id < ${beforeId ?? null}::uuid) order by id desc limit ${limit}`);

export const findDelivery = (tx: Tx, id: string): Promise<DeliveryRow | undefined> =>
  tx.maybe(sql`select ${columns} from followup.webhook_delivery where workspace_id = ${tx.scope.workspaceId} and id = ${id}`);
