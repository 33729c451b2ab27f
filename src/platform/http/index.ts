import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Scope, Role } from '../access/scope.ts';
import type { Context } from '../context.ts';
import { Refusal } from '../refusal.ts';
import { findCaller, spendTurn } from './caller.ts';
import type { Caller } from './caller.ts';
import type { Contract, Endpoint, Served } from './contract.ts';

export type { Contract, Endpoint, Called, Served } from './contract.ts';
export { decodeCursor, encodeCursor, paged } from './cursor.rules.ts';
export { pagePolicy, scriptedPagePolicy } from './page-policy.rules.ts';

export interface Api {
  app: FastifyInstance;
  cx: Context;
  /** Every route with who may use it: the "who may not" test walks this list. */
  routes: { method: string; path: string; may: readonly Role[] | 'signed-in' | 'public' }[];
}

export interface Call<E> extends Omit<Served<E>, 'response'> {
  cx: Context;
  /** The caller's scope; on a public route there is none and reading it is a bug. */
  scope: Scope;
  caller: Caller | undefined;
  request: FastifyRequest;
  reply: FastifyReply;
}

export interface Access {
  /** Roles that may; 'signed-in' for every user and token of the workspace; 'public' for anybody. An administrator may everything but public. */
  may: readonly Role[] | 'signed-in' | 'public';
  bodyLimit?: number;
  /** Requests a minute from one address; for sign-in and other public doors. */
  perMinute?: number;
}

/** Serves one endpoint of a contract: checks who calls, then what they send, then answers with what the handler returns. */
export function serve<C extends Contract, K extends keyof C & string>(
  api: Api,
  contract: C,
  key: K,
  access: Access,
  handle: (call: Call<C[K]>) => Promise<Served<C[K]>['response']>,
): void {
  const endpoint = contract[key] as Endpoint;
  const [method, path] = key.split(' ') as [string, string];
  api.routes.push({ method, path, may: access.may });
  api.app.route({
    method,
    url: path,
    ...(access.bodyLimit ? { bodyLimit: access.bodyLimit } : {}),
    config: access.perMinute ? { rateLimit: { max: access.perMinute, timeWindow: '1 minute' } } : {},
    schema: {
      summary: endpoint.summary,
      tags: [path.split('/')[2] ?? 'baton'],
      'x-may': access.may === 'public' || access.may === 'signed-in' ? access.may : ['administrator', ...access.may],
      ...(access.may === 'public' ? { security: [] } : {}),
      ...(endpoint.params ? { params: endpoint.params } : {}),
      ...(endpoint.query ? { querystring: endpoint.query } : {}),
      ...(endpoint.body ? { body: endpoint.body } : {}),
      ...(endpoint.response ? { response: { 200: endpoint.response } } : {}),
    },
    onRequest: async (request) => {
      if (access.may !== 'public') request.caller = await admit(api.cx, request, access.may);
    },
    handler: async (request, reply) => {
      const { caller } = request;
      const result = await handle({
        cx: api.cx,
        get scope(): Scope {
          if (!caller) throw new Error(`${key} is public and has no caller's scope.`);
          return caller.scope;
        },
        caller,
        request,
        reply,
        params: request.params as Served<C[K]>['params'],
        query: request.query as Served<C[K]>['query'],
        body: request.body as Served<C[K]>['body'],
      });
      if (reply.sent) return reply;
      if (result === undefined) return reply.code(reply.statusCode === 200 ? 204 : reply.statusCode).send();
      return reply.send(result);
    },
  });
}

/** Lets a caller in or refuses; also for routes that are not served from a contract (streams, uploads). */
export async function admit(cx: Context, request: FastifyRequest, may: Exclude<Access['may'], 'public'>): Promise<Caller> {
  const caller = await findCaller(cx, request);
  if (!caller)
    throw new Refusal('unauthenticated', 'platform/sign-in', 'Please sign in, or send an API token as "Authorization: Bearer …".');
  // Cross-site requests cannot set this header, so a cookie alone never changes anything.
  if (caller.by === 'session' && !['GET', 'HEAD', 'OPTIONS'].includes(request.method) && request.headers['x-baton'] === undefined) {
    throw new Refusal('forbidden', 'platform/cross-site', 'A change by a signed-in browser needs the header "x-baton: 1".');
  }
  spendTurn(cx, caller);
  const { roles } = caller.scope;
  if (may !== 'signed-in' && !roles.includes('administrator') && !may.some((role) => roles.includes(role))) {
    throw new Refusal('forbidden', 'platform/role', `Your role may not do this; it is for: ${may.join(', ')}.`);
  }
  return caller;
}

/** A partner's token works with leads; what lets others in (tokens, webhooks) is for its people. */
export function partnersInPerson(caller: Caller | undefined): void {
  if (caller?.by === 'token' && caller.scope.holderId !== undefined)
    throw new Refusal('forbidden', 'platform/in-person', 'A token cannot do this: sign in and do it on the page “Your system”.');
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined;
  }
}
