import type { FastifyRequest } from 'fastify';
import type { Scope } from '../access/scope.ts';
import { findApiToken } from '../access/api-tokens.store.ts';
import { findSession } from '../access/sessions.store.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { hashToken } from '../secrets.ts';
import { isUuid } from '../values/uuid.rules.ts';
import { takeTurn } from './turns.rules.ts';
import type { Turns } from './turns.rules.ts';

export const sessionCookie = 'baton_session';

/** Who calls: a person by cookie, a program by bearer token. */
export interface Caller {
  scope: Scope;
  by: 'session' | 'token';
  tokenHash: Buffer;
}

const rememberMilliseconds = 3000;
const remembered = new Map<string, { until: number; caller: Caller | undefined }>();

/** Forgets what was known of a token at once, when it is revoked here; other processes follow within three seconds. */
export function forgetCallers(): void {
  remembered.clear();
}

/** A token reads `<workspace id>.<secret>`: the workspace is known before the row is looked for under row-level security. */
export async function findCaller(cx: Context, request: FastifyRequest): Promise<Caller | undefined> {
  const header = request.headers.authorization;
  const bearer = header?.startsWith('Bearer ') ? header.slice(7).trim() : undefined;
  const text = bearer ?? request.cookies?.[sessionCookie];
  if (!text) return undefined;
  const by = bearer ? 'token' : 'session';
  const key = `${by} ${text}`;
  const known = remembered.get(key);
  if (known && known.until > Date.now()) return known.caller;
  const dot = text.indexOf('.');
  const workspaceId = text.slice(0, dot).replace(/^baton_/, '');
  if (!isUuid(workspaceId)) return undefined;
  const tokenHash = hashToken(text.slice(dot + 1));
  const scope = by === 'token' ? await findApiToken(cx, workspaceId, tokenHash) : await findSession(cx, workspaceId, tokenHash);
  const caller: Caller | undefined = scope && { scope, by, tokenHash };
  if (remembered.size > 10_000) remembered.clear();
  remembered.set(key, { until: Date.now() + rememberMilliseconds, caller });
  return caller;
}

const turns = new WeakMap<Context['db'], Map<string, Turns>>();

/** What a partner's systems ask in a minute is bounded, all its tokens together, in each serving process; others are ours. */
export function spendTurn(cx: Context, { by, scope }: Caller): void {
  if (by !== 'token' || scope.holderId === undefined) return;
  const known = turns.get(cx.db) ?? new Map<string, Turns>();
  turns.set(cx.db, known);
  const key = `${scope.workspaceId} ${scope.holderId}`;
  const { left, waitSeconds } = takeTurn(known.get(key), cx.clock.now(), cx.config.partnerPerMinute);
  known.set(key, left);
  if (waitSeconds > 0)
    throw new Refusal('limit', 'platform/too-many-requests', `Your systems may ask ${cx.config.partnerPerMinute} times a minute. Try again in ${waitSeconds} seconds.`, { retryAfterSeconds: waitSeconds }, 429);
}
