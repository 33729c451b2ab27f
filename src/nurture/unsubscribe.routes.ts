import type { FastifyInstance, FastifyReply } from 'fastify';
import { readToken } from '../followup/index.ts';
import { changeConsent } from '../identity/index.ts';
import { systemScope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { pagePolicy, type Api } from '../platform/http/index.ts';
import { unsubscribePurpose } from './guard-mail.ts';
import { findCompany } from './nurture.queries.ts';
import { unsubscribePage } from './unsubscribe-page.rules.ts';

/**
 * The way out of all our mail. GET and HEAD only show a page, because mail scanners open every link; a POST acts, from the page's button
 * or by a mail program's one click (RFC 8058: no cookie, no redirect).
 */
export async function unsubscribeRoutes(api: Api): Promise<void> {
  const { cx } = api;
  api.routes.push({ method: 'GET', path: '/u/:token', may: 'public' }, { method: 'POST', path: '/u/:token', may: 'public' });
  await api.app.register(async (app: FastifyInstance) => {
    if (!app.hasContentTypeParser('application/x-www-form-urlencoded'))
      app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) =>
        done(null, body),
      );
    const config = { rateLimit: { max: 60, timeWindow: '1 minute' } };

    app.get<{ Params: { token: string } }>('/u/:token', { config, schema: { hide: true } }, async (request, reply) => {
      const found = await find(cx, request.params.token);
      return send(reply, found ? 200 : 404, unsubscribePage(found ? { ...found, token: request.params.token } : null));
    });

    app.post<{ Params: { token: string } }>('/u/:token', { config, schema: { hide: true } }, async (request, reply) => {
      const found = await find(cx, request.params.token);
      if (!found) return send(reply, 404, unsubscribePage(null));
      const said = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      if (said.get('List-Unsubscribe') !== 'One-Click' && said.get('confirm') !== 'yes')
        return send(reply, 200, unsubscribePage({ ...found, token: request.params.token }));
      await cx.db.write(systemScope(found.workspaceId), (tx) => changeConsent(tx, cx, found.personId, { unsubscribed: true }, 'link'));
      return send(reply, 200, unsubscribePage({ ...found, unsubscribed: true, token: request.params.token }));
    });
  });
}

async function find(
  cx: Context,
  token: string,
): Promise<{ workspaceId: string; personId: string; company: string; email: string | null; unsubscribed: boolean } | undefined> {
  const address = readToken(token, (text, signature) => cx.secrets.verify(unsubscribePurpose, text, signature));
  if (!address) return undefined;
  const { workspaceId, linkId: personId } = address;
  const found = await cx.db.read(systemScope(workspaceId), (tx) => findCompany(tx, personId));
  return found && { workspaceId, personId, ...found };
}

function send(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .send(html);
}
