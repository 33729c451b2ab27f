import type { FastifyRequest } from 'fastify';
import type { Scope } from '../access/scope.ts';
import { findApiToken } from '../access/api-tokens.store.ts';
import { findSession } from '../access/sessions.store.ts';
import type { Context } from '../context.ts';
import { hashToken } from '../secrets.ts';
import { isUuid } from '../values/uuid.rules.ts';

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
