import type { Scope } from '../../platform/access/index.ts';
import { systemScope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { refuse } from '../../platform/refusal.ts';
import { getWebhook } from './change-webhook.ts';
import { sendWebhooks } from './send-webhooks.ts';
import { findDelivery } from './webhook.queries.ts';
import type { DeliveryRow } from './webhook.queries.ts';
import { addDeliveries, resendDelivery } from './webhook.store.ts';

/** Sends a test without a lead at once, also where the webhook rests, and tells what came back. */
export async function ping(cx: Context, house: Scope, webhookId: string): Promise<DeliveryRow> {
  const id = cx.ids.next();
  const now = cx.clock.now();
  await cx.db.write(house, async (tx) => {
    const { holderId } = await getWebhook(tx, webhookId);
    await addDeliveries(tx, [{ id, webhookId, holderId, event: 'ping', at: now, leadId: null, chainId: null, seq: null, dueAt: now, createdAt: now }]);
  });
  return sendNow(cx, house, id);
}

/** Sends one once more under the same id, at once. */
export async function resend(cx: Context, scope: Scope, id: string): Promise<DeliveryRow> {
  await cx.db.write(scope, async (tx) => {
    const known = (await findDelivery(tx, id)) ?? noDelivery();
    await getWebhook(tx, known.webhookId);
    await resendDelivery(tx, id, cx.clock.now());
  });
  return sendNow(cx, systemScope(scope.workspaceId), id);
}

const noDelivery = (): never => refuse('not-found', 'followup/no-such-delivery', 'There is no such delivery; they are kept for 30 days.');

async function sendNow(cx: Context, house: Scope, id: string): Promise<DeliveryRow> {
  await sendWebhooks(cx, house, id);
  return (await cx.db.read(house, (tx) => findDelivery(tx, id))) ?? noDelivery();
}
