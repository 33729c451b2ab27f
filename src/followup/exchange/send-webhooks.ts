import { baseUrl, systemScope } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { enqueueMails } from '../../platform/mail/index.ts';
import type { NewMail } from '../../platform/mail/index.ts';
import { NoAnswer, postText } from '../../platform/outbound/call-out.ts';
import { secretPurpose } from './change-webhook.ts';
import type { ExchangeLead } from './exchange.contract.ts';
import { showLeads } from './show-leads.ts';
import { afterAttempt, afterRound, messageId, signedHeaders, succeeded, writeBody } from './webhook.rules.ts';
import type { Attempt } from './webhook.rules.ts';
import { lockHealth, noteDeliveries, saveHealth, takeDue } from './webhook.store.ts';
import type { Due } from './webhook.store.ts';

const most = 20;
const timeoutMs = 10_000;
/** Longer than a round can take: whoever holds the lease has noted the answer by then, or died. */
const leaseSeconds = 60;
const answerBytes = 500;

const isTest = (due: Due): boolean => due.event === 'ping';

interface Sent {
  due: Due;
  answer: Attempt & { text: string };
  milliseconds: number;
}

/**
 * Sends what is due: taken under a lease, called without a transaction, then noted. Whoever dies in between leaves the lease, and the same
 * message goes out again under the same id: at least once, and those of one lead in order.
 * @returns how many were sent
 */
export async function sendWebhooks(cx: Context, scope: Scope, only?: string): Promise<number> {
  const taken = await cx.db.write(scope, (tx) => takeDue(tx, cx.clock.now(), { most, leaseSeconds, ...(only ? { only } : {}) }));
  if (taken.length === 0) return 0;
  const leads = await leadsOf(cx, scope.workspaceId, taken);
  const sent = await Promise.all(taken.map((due) => send(cx, due, due.leadId === null ? undefined : leads.get(`${due.holderId} ${due.leadId}`))));
  await note(cx, scope, sent);
  return sent.length;
}

/** The leads as each receiver may have them. */
async function leadsOf(cx: Context, workspaceId: string, taken: readonly Due[]): Promise<Map<string, ExchangeLead>> {
  const all = new Map<string, ExchangeLead>();
  for (const [holderId, of] of Map.groupBy(taken, (due) => due.holderId)) {
    const shown = await showLeads(cx, workspaceId, holderId, [...new Set(of.flatMap((due) => due.leadId ?? []))]);
    for (const [leadId, lead] of shown) all.set(`${holderId} ${leadId}`, lead);
  }
  return all;
}

async function send(cx: Context, due: Due, lead: ExchangeLead | undefined): Promise<Sent> {
  const now = cx.clock.now();
  const text = writeBody({ ...due, lead });
  const secrets = [due.secret, ...(due.formerSecret && due.formerUntil && due.formerUntil > now ? [due.formerSecret] : [])].map((one) => cx.secrets.unseal(secretPurpose, one));
  const began = performance.now();
  const took = (): number => Math.round(performance.now() - began);
  try {
    const headers = { 'user-agent': 'Baton', ...signedHeaders(messageId(due.id), now, text, secrets) };
    const answer = await postText({ url: due.url, headers, text, timeoutMs, privateHosts: cx.config.privateHosts, enough: answerBytes });
    return { due, answer, milliseconds: took() };
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { due, answer: { status: null, retryAfterSeconds: null, text: error.message }, milliseconds: took() };
  }
}

async function note(cx: Context, scope: Scope, sent: readonly Sent[]): Promise<void> {
  const now = cx.clock.now();
  const byHook = Map.groupBy(sent, ({ due }) => due.webhookId);
  await cx.db.write(systemScope(scope.workspaceId), async (tx) => {
    const hooks = await lockHealth(tx, [...byHook.keys()]);
    await noteDeliveries(
      tx,
      sent.map(({ due, answer, milliseconds }) => ({ id: due.id, ...afterAttempt(due, answer, now), ...(isTest(due) && !succeeded(answer) ? { state: 'failed' as const } : {}), status: answer.status, answer: answer.text.replaceAll('\0', '').slice(0, answerBytes) || null, milliseconds })),
      now,
    );
    const health = hooks.flatMap((hook) => {
      // A test that fails was asked for by somebody who is told: it counts for nothing. One that arrives shows that all is well.
      const answers = byHook.get(hook.id)!.flatMap(({ due, answer }) => (isTest(due) && !succeeded(answer) ? [] : [answer]));
      return answers.length === 0 ? [] : [{ ...hook, ...afterRound(hook, answers, now) }];
    });
    await saveHealth(tx, health, now);
    await enqueueMails(tx, cx, health.flatMap((hook) => (hook.pausedWhy !== null && hook.state === 'on' && hook.mail ? [pausedMail(cx, { ...hook, mail: hook.mail, pausedWhy: hook.pausedWhy })] : [])));
    cx.live.publish(tx, 'webhook-sent');
  });
}

function pausedMail(cx: Context, hook: { name: string; url: string; holderId: string | null; mail: string; pausedWhy: string }): NewMail {
  const page = `${baseUrl(cx)}${hook.holderId === null ? '/settings/webhooks' : '/your-system'}`;
  return {
    kind: 'webhook.paused',
    to: hook.mail,
    ...(hook.holderId ? { holderId: hook.holderId } : {}),
    subject: `“${hook.name}” is paused: your system does not answer`,
    text: `${hook.pausedWhy}\n\nBaton has stopped calling ${hook.url}. What happens in the meantime is kept for 30 days and delivered, in order, as soon as it is turned on again:\n${page}\n\nWhatever the reason, nothing is lost: GET /v1/exchange/leads tells what changed at any time.`,
  };
}
