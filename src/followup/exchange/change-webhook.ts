import { randomBytes } from 'node:crypto';
import { audit } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { problemWithUrl } from '../../platform/outbound/allowed-address.ts';
import { refuse } from '../../platform/refusal.ts';
import { eventsFor } from './event.rules.ts';
import { countWebhooks, findWebhook, isPartner } from './webhook.queries.ts';
import type { WebhookOwn } from './webhook.queries.ts';
import { writeSecret } from './webhook.rules.ts';
import { addWebhook, endWebhook, replaceSecret, saveWebhook } from './webhook.store.ts';

export const secretPurpose = 'followup.webhook';
const webhooksMax = 10;
const formerHours = 24;

export async function getWebhook(tx: Tx, id: string): Promise<WebhookOwn> {
  return (await findWebhook(tx, id)) ?? refuse('not-found', 'followup/no-such-webhook', 'There is no such webhook, or it was ended.');
}

function mustFit(cx: Context, holderId: string | null, given: { url?: string | undefined; events?: readonly string[] | undefined }): void {
  const problem = given.url === undefined ? undefined : problemWithUrl(given.url, cx.config.privateHosts);
  if (problem) refuse('invalid', 'followup/webhook-address', problem);
  const known = new Set<string>(eventsFor(holderId === null ? 'company' : 'partner'));
  const unknown = given.events?.filter((event) => !known.has(event)) ?? [];
  if (unknown.length > 0) refuse('invalid', 'followup/no-such-event', `Nobody can be told of: ${unknown.join(', ')}. There are: ${[...known].join(', ')}.`);
}

/** Makes a webhook: a partner's own, else the company's or the partner's that is named. Its secret exists only in the answer. */
export async function makeWebhook(
  tx: Tx,
  cx: Context,
  given: { name: string; url: string; events: string[]; holderId?: string | null | undefined },
): Promise<{ id: string; secret: string }> {
  const own = tx.scope.holderId;
  if (own !== undefined && given.holderId && given.holderId !== own) refuse('forbidden', 'followup/not-yours', 'You can be told of your own leads only.');
  const holderId = own ?? given.holderId ?? null;
  if (holderId !== null && own === undefined && !(await isPartner(tx, holderId))) refuse('invalid', 'followup/no-such-partner', 'There is no such partner.');
  mustFit(cx, holderId, given);
  if ((await countWebhooks(tx, holderId)) >= webhooksMax) refuse('conflict', 'followup/webhooks-enough', `There are ${webhooksMax} webhooks already. End one that is not used any more.`);
  const id = cx.ids.next();
  const secret = writeSecret(randomBytes(32));
  await addWebhook(tx, { id, holderId, name: given.name, url: given.url, events: [...new Set(given.events)], secret: cx.secrets.seal(secretPurpose, secret), createdAt: cx.clock.now() });
  await audit(tx, cx, { what: 'webhook.made', subjectId: id, detail: { url: given.url, events: given.events, ...(holderId ? { holderId } : {}) } });
  return { id, secret };
}

export async function changeWebhook(
  tx: Tx,
  cx: Context,
  id: string,
  change: { name?: string | undefined; url?: string | undefined; events?: string[] | undefined; state?: 'on' | 'paused' | undefined },
): Promise<void> {
  const { holderId } = await getWebhook(tx, id);
  mustFit(cx, holderId, change);
  await saveWebhook(tx, id, change, cx.clock.now());
  await audit(tx, cx, { what: 'webhook.changed', subjectId: id, detail: change });
  cx.live.publish(tx, 'webhook');
}

export async function stopWebhook(tx: Tx, cx: Context, id: string): Promise<void> {
  await getWebhook(tx, id);
  await endWebhook(tx, id, cx.clock.now());
  await audit(tx, cx, { what: 'webhook.ended', subjectId: id });
  cx.live.publish(tx, 'webhook');
}

/** Another secret; for a day both sign, so that the receiver can change over without missing anything. */
export async function renewSecret(tx: Tx, cx: Context, id: string): Promise<{ id: string; secret: string }> {
  await getWebhook(tx, id);
  const secret = writeSecret(randomBytes(32));
  await replaceSecret(tx, id, cx.secrets.seal(secretPurpose, secret), new Date(cx.clock.now().getTime() + formerHours * 3_600_000));
  await audit(tx, cx, { what: 'webhook.secretChanged', subjectId: id });
  return { id, secret };
}
