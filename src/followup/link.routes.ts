import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { businessClock, businessMinutesBetween } from '../distribute/index.ts';
import { systemScope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { pagePolicy, type Api } from '../platform/http/index.ts';
import { Refusal } from '../platform/refusal.ts';
import { newToken } from '../platform/secrets.ts';
import { answerLink } from './answer-link.ts';
import { closedPage, linkPage, notices } from './link-page.rules.ts';
import { linkState, readToken } from './link.rules.ts';
import type { LinkState } from './link.rules.ts';
import { findLink } from './link.queries.ts';
import type { LinkSeen } from './link.queries.ts';
import { browserName } from './partner/browser.rules.ts';
import { findProposal } from './partner/partner.queries.ts';
import type { ProposalSeen } from './partner/partner.queries.ts';
import { hashOf, linkPurpose } from './send-links.ts';

const styles = readFileSync(join(import.meta.dirname, 'link.css'), 'utf8');
const perMinute = { rateLimit: { max: 60, timeWindow: '1 minute' } };

interface Opened {
  state: LinkState | 'unknown';
  link: LinkSeen | null;
  proposal: ProposalSeen | null;
  workspaceId: string;
}

/** The public page of one lead. GET and HEAD look; only a POST with the page's own key changes anything. */
export async function linkRoutes(api: Api): Promise<void> {
  const { cx } = api;
  api.routes.push({ method: 'GET', path: '/l/:token', may: 'public' }, { method: 'POST', path: '/l/:token', may: 'public' });
  await api.app.register(async (app: FastifyInstance) => {
    if (!app.hasContentTypeParser('application/x-www-form-urlencoded'))
      app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) =>
        done(null, body),
      );

    app.get('/l/link.css', { schema: { hide: true } }, (_request, reply) =>
      reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=3600').send(styles),
    );

    app.get<{ Params: { token: string }; Querystring: { said?: string } }>(
      '/l/:token',
      { config: perMinute, schema: { hide: true } },
      async (request, reply) => {
        const { token } = request.params;
        const opened = await open(cx, token);
        if (opened.state !== 'good' || !opened.link)
          return send(
            reply,
            opened.state === 'unknown' ? 404 : 410,
            closedPage(opened.state === 'good' ? 'unknown' : opened.state, opened.link),
          );
        const { link } = opened;
        const waiting = !link.acceptedAt && link.respondBy && !link.fate;
        return send(
          reply,
          200,
          linkPage({
            link,
            token,
            key: keyOf(cx, link.id),
            minutesLeft: waiting
              ? businessMinutesBetween(businessClock(link.calendar, link.timeZone), cx.clock.now(), link.respondBy!)
              : null,
            pausedUntil: link.pausedUntil && link.pausedUntil > cx.clock.now() ? link.pausedUntil : null,
            notice: notices[request.query.said ?? ''] ?? null,
            proposal: opened.proposal,
          }),
        );
      },
    );

    app.post<{ Params: { token: string } }>('/l/:token', { config: perMinute, schema: { hide: true } }, async (request, reply) => {
      const { token } = request.params;
      const opened = await open(cx, token);
      if (opened.state !== 'good' || !opened.link)
        return send(
          reply,
          opened.state === 'unknown' ? 404 : 410,
          closedPage(opened.state === 'good' ? 'unknown' : opened.state, opened.link),
        );
      const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
      if (!sameKey(fields.get('key') ?? '', keyOf(cx, opened.link.id))) return send(reply, 403, closedPage('unknown', null));
      const from = { via: 'page' as const, mark: markOf(cx, request, reply), browser: browserName(request.headers['user-agent']) };
      let said = 'again';
      try {
        said = await cx.db.write(systemScope(opened.workspaceId), (tx) => answerLink(tx, cx, opened.link!, Object.fromEntries(fields), from));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
      if (said === 'declined') return send(reply, 200, closedPage('passed-on', opened.link));
      return reply.header('cache-control', 'no-store').redirect(`/l/${token}?said=${said}`, 303);
    });
  });
}

async function open(cx: Context, token: string): Promise<Opened> {
  const address = readToken(token, (text, signature) => cx.secrets.verify(linkPurpose, text, signature));
  if (!address) return nothing;
  const { workspaceId, linkId } = address;
  const { link, proposal } = await cx.db.read(systemScope(workspaceId), async (tx) => {
    const found = await findLink(tx, linkId);
    return { link: found, proposal: (found && (await findProposal(tx, found.leadId, found.holderId))) ?? null };
  });
  if (!link || link.tokenHash !== hashOf(token)) return nothing;
  return { state: linkState(link, link, cx.clock.now()), link, proposal, workspaceId };
}
const nothing: Opened = { state: 'unknown', link: null, proposal: null, workspaceId: '' };

/**
 * What a browser is given to keep when it answers, and not when it looks: so that an answer from another one is known as such. It says
 * nothing of anybody, is read by these pages only, and is kept for as long as a partner may take.
 */
const markCookie = 'baton_answered';
export function markOf(cx: Context, request: FastifyRequest, reply: FastifyReply): string {
  const kept = request.cookies[markCookie];
  if (kept && /^[\w-]{20,60}$/.test(kept)) return kept;
  const mark = newToken();
  void reply.setCookie(markCookie, mark, { path: '/', httpOnly: true, sameSite: 'lax', secure: cx.config.publicUrl?.startsWith('https:') ?? false, maxAge: 400 * 86_400 });
  return mark;
}

/** Proves that a form was made by us for this link. */
export const keyOf = (cx: Context, linkId: string): string => cx.secrets.sign('followup.form', linkId);
export function sameKey(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function send(reply: FastifyReply, status: number, html: string): FastifyReply {
  return reply
    .code(status)
    .type('text/html; charset=utf-8')
    .header('content-security-policy', pagePolicy)
    .header('referrer-policy', 'no-referrer')
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex')
    .send(html);
}
