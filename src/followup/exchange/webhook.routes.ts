import type { Context } from '../../platform/context.ts';
import { systemScope } from '../../platform/access/index.ts';
import { decodeCursor, paged, partnersInPerson, serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { changeWebhook, getWebhook, makeWebhook, renewSecret, stopWebhook } from './change-webhook.ts';
import { events } from './event.rules.ts';
import { ping, resend } from './send-again.ts';
import { webhooksApi } from './webhook.contract.ts';
import { listDeliveries, listWebhooks } from './webhook.queries.ts';
import type { DeliveryRow, WebhookRow } from './webhook.queries.ts';
import { messageId } from './webhook.rules.ts';

const may = ['partner'] as const;

/** Where other systems are told: the company's by its administrators, a partner's also by its own people. */
export function webhookRoutes(api: Api): void {
  serve(api, webhooksApi, 'GET /v1/webhooks', { may }, async ({ cx, scope }) => ({
    items: (await cx.db.read(scope, listWebhooks)).map((one) => shown(one, cx)),
    choices: Object.entries(events)
      .filter(([, { to }]) => scope.holderId === undefined || to !== 'company')
      .map(([event, one]) => ({ event, ...one })),
  }));
  serve(api, webhooksApi, 'POST /v1/webhooks', { may }, ({ cx, scope, caller, body }) => {
    partnersInPerson(caller);
    return cx.db.write(scope, (tx) => makeWebhook(tx, cx, body));
  });
  serve(api, webhooksApi, 'PATCH /v1/webhooks/:id', { may }, async ({ cx, scope, caller, params, body }) => {
    partnersInPerson(caller);
    await cx.db.write(scope, (tx) => changeWebhook(tx, cx, params.id, body));
    return undefined;
  });
  serve(api, webhooksApi, 'DELETE /v1/webhooks/:id', { may }, async ({ cx, scope, caller, params }) => {
    partnersInPerson(caller);
    await cx.db.write(scope, (tx) => stopWebhook(tx, cx, params.id));
    return undefined;
  });
  serve(api, webhooksApi, 'POST /v1/webhooks/:id/secret', { may }, ({ cx, scope, caller, params }) => {
    partnersInPerson(caller);
    return cx.db.write(scope, (tx) => renewSecret(tx, cx, params.id));
  });
  serve(api, webhooksApi, 'POST /v1/webhooks/:id/ping', { may, perMinute: 30 }, async ({ cx, scope, params }) => {
    await cx.db.read(scope, (tx) => getWebhook(tx, params.id));
    return delivered(await ping(cx, systemScope(scope.workspaceId), params.id));
  });
  serve(api, webhooksApi, 'GET /v1/webhooks/:id/deliveries', { may }, async ({ cx, scope, params, query }) => {
    const before = decodeCursor(query.cursor)?.[0] as string | undefined;
    const rows = await cx.db.read(scope, async (tx) => {
      await getWebhook(tx, params.id);
      return listDeliveries(tx, params.id, query.state, before, query.limit + 1);
    });
    return paged(rows, query.limit, (row) => [row.id], delivered);
  });
  serve(api, webhooksApi, 'POST /v1/webhook-deliveries/:id/resend', { may, perMinute: 60 }, async ({ cx, scope, params }) => delivered(await resend(cx, scope, params.id)));
}

const text = (at: Date | null): string | null => at?.toISOString() ?? null;
function shown({ formerUntil, ...one }: WebhookRow, cx: Context) {
  return { ...one, pausedAt: text(one.pausedAt), failingSince: text(one.failingSince), lastDeliveredAt: text(one.lastDeliveredAt), formerSecretUntil: formerUntil && formerUntil > cx.clock.now() ? formerUntil.toISOString() : null };
}
function delivered(row: DeliveryRow) {
  const { webhookId: _, ...shownRow } = row;
  return { ...shownRow, answeredAt: text(row.answeredAt), messageId: messageId(row.id) };
}
