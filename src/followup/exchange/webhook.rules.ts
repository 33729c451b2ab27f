import { createHash, createHmac } from 'node:crypto';
import { detailOf } from './event.rules.ts';
import type { ExchangeLead } from './exchange.contract.ts';

/*
 * Standard Webhooks (standardwebhooks.com): what is signed is `id.timestamp.body` with HMAC-SHA256; the key is what stands in base64 behind
 * "whsec_". While a secret is being changed both sign.
 */
const prefix = 'whsec_';
export const writeSecret = (bytes: Buffer): string => `${prefix}${bytes.toString('base64')}`;
const keyOf = (secret: string): Buffer => Buffer.from(secret.slice(prefix.length), 'base64');

/** The headers of one call. `at`: of this try, in whole seconds. */
export function signedHeaders(id: string, at: Date, body: string, secrets: readonly string[]): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signature = secrets.map((secret) => `v1,${createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')}`).join(' ');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature };
}

export const messageId = (deliveryId: string): string => `msg_${deliveryId.replaceAll('-', '')}`;

/** What is sent: an event, when it happened, and the lead as it stands now, as far as the receiver may read it. */
export function writeBody(given: { event: string; at: Date; leadId: string | null; lead: ExchangeLead | undefined; fact: object | null }): string {
  const data = given.leadId === null ? {} : { leadId: given.leadId, detail: given.fact ? detailOf(given.fact) : {}, lead: given.lead ?? null };
  return JSON.stringify({ type: given.event, timestamp: given.at.toISOString(), data });
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Pauses between tries: two days from the first to the last, where all are spread to their longest. */
const pauses = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 12 * hour, 14 * hour];
const restMost = 5 * minute;
const patience = 43 * hour;
const retryAfterMost = 24 * hour;

export interface Attempt {
  /** null where nobody answered */
  status: number | null;
  retryAfterSeconds: number | null;
}
export interface DeliveryState {
  id: string;
  /** tries before this one */
  attempts: number;
}
export interface WebhookHealth {
  failures: number;
  failingSince: Date | null;
  nextAt: Date | null;
}
export interface DeliveryNext {
  state: 'waiting' | 'delivered' | 'failed';
  dueAt: Date;
}

export const succeeded = ({ status }: Attempt): boolean => status !== null && status >= 200 && status < 300;

/** When a delivery is tried again after this answer, or that it is given up. What would come back all at once is spread by up to a tenth. */
export function afterAttempt(delivery: DeliveryState, answer: Attempt, now: Date): DeliveryNext {
  if (succeeded(answer)) return { state: 'delivered', dueAt: now };
  const pause = pauses[delivery.attempts];
  if (pause === undefined) return { state: 'failed', dueAt: now };
  const spread = createHash('sha256').update(`${delivery.id}${delivery.attempts}`).digest()[0]! / 2550;
  const asked = Math.min((answer.retryAfterSeconds ?? 0) * second, retryAfterMost);
  return { state: 'waiting', dueAt: new Date(now.getTime() + Math.max(asked, Math.round(pause * (1 + spread)))) };
}

/**
 * How a webhook is after a round of calls. While nothing arrives it is called more and more rarely, one call a time; one success and all is
 * well. Nothing for two days, or a receiver that says it is gone for good (410), pauses it.
 */
export function afterRound(before: WebhookHealth, answers: readonly Attempt[], now: Date): WebhookHealth & { pausedWhy: string | null } {
  if (answers.some(succeeded)) return { failures: 0, failingSince: null, nextAt: null, pausedWhy: null };
  const failures = before.failures + 1;
  const failingSince = before.failingSince ?? now;
  const nextAt = new Date(now.getTime() + Math.min(5 * second * 2 ** (failures - 1), restMost));
  const gone = answers.some(({ status }) => status === 410);
  const over = now.getTime() - failingSince.getTime() >= patience;
  return { failures, failingSince, nextAt, pausedWhy: gone ? 'Your address answered that it is gone (410).' : over ? 'Nothing could be delivered for two days.' : null };
}
