import type { FastifyInstance } from 'fastify';
import { asHouse, systemScope, writeSetting } from '../../platform/access/index.ts';
import type { Role } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import { decodeCursor, paged, serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { closedPage } from '../link-page.rules.ts';
import { readToken } from '../link.rules.ts';
import { keyOf, markOf, sameKey, send } from '../link.routes.ts';
import { browserName } from '../partner/browser.rules.ts';
import { hashOf } from '../send-links.ts';
import { answerRound } from './answer-round.ts';
import { roundsApi } from './round.contract.ts';
import { roundPage } from './round-page.rules.ts';
import { findOverdue, findRound, findRoundLeads, findSlot, listRounds } from './round.queries.ts';
import type { RoundFound, RoundLead } from './round.queries.ts';
import { roundState, silentOf } from './round.rules.ts';
import type { RoundState } from './round.rules.ts';
import { readRounds, revokeRound, roundPurpose, roundSettingKey, silentMax } from './send-rounds.ts';

const managers: Role[] = ['marketing', 'sales_manager'];

export async function roundRoutes(api: Api): Promise<void> {
  const { cx } = api;
  serve(api, roundsApi, 'GET /v1/settings/verdict-round', { may: [...managers, 'management'] }, ({ scope }) =>
    cx.db.read(scope, async (tx) => {
      const settings = await readRounds(tx);
      const now = cx.clock.now();
      const { nextAt } = await findSlot(tx, settings, now);
      const overdue = await findOverdue(tx, { now, afterDays: settings.afterDays, reps: settings.reps, slotAt: null, most: silentMax });
      const due = new Map(overdue.map((one) => [one.holderId, one.due]));
      return { ...settings, partners: due.size, leads: [...due.values()].reduce((sum, n) => sum + n, 0), silent: silentOf(overdue, settings.silentAfter).length, nextAt: settings.on ? nextAt : null };
    }),
  );
  serve(api, roundsApi, 'PUT /v1/settings/verdict-round', { may: managers }, ({ scope, body }) =>
    cx.db.write(scope, async (tx) => {
      await writeSetting(tx, cx, roundSettingKey, body);
      return body;
    }),
  );
  serve(api, roundsApi, 'GET /v1/verdict-rounds', { may: [...managers, 'management', 'partner'] }, ({ scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [at, id] = decodeCursor(query.cursor) ?? [];
      const before = typeof at === 'string' && isUuid(id) ? { sentAt: new Date(at), id } : undefined;
      return paged(await listRounds(tx, { holderId: query.holderId }, before, query.limit + 1), query.limit, (row) => [row.sentAt.toISOString(), row.id], (row) => row);
    }),
  );
  serve(api, roundsApi, 'DELETE /v1/verdict-rounds/:id', { may: [...managers, 'partner'] }, async ({ scope, params }) => {
    // The database shows a partner its own only.
    const [seen] = await cx.db.read(scope, (tx) => listRounds(tx, { id: params.id }, undefined, 1));
    if (!seen) return { revoked: false };
    return { revoked: await cx.db.write(asHouse(scope), (tx) => revokeRound(tx, cx, params.id)) };
  });
  await roundPageRoutes(api);
}

/** The public page. GET and HEAD look; only a POST with the page's own key changes anything. */
async function roundPageRoutes(api: Api): Promise<void> {
  const { cx } = api;
  api.routes.push({ method: 'GET', path: '/d/:token', may: 'public' }, { method: 'POST', path: '/d/:token', may: 'public' });
  await api.app.register(async (app: FastifyInstance) => {
    if (!app.hasContentTypeParser('application/x-www-form-urlencoded'))
      app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string', bodyLimit: 16_384 }, (_request, body, done) => done(null, body));
    const config = { rateLimit: { max: 120, timeWindow: '1 minute' } };
    const options = { config, schema: { hide: true } };

    app.get<{ Params: { token: string }; Querystring: { said?: string; of?: string } }>('/d/:token', options, async (request, reply) => {
      const { token } = request.params;
      const opened = await open(cx, token);
      if (opened.state !== 'good') return send(reply, opened.state === 'unknown' ? 404 : 410, closedPage(opened.state, opened.round));
      const { round, leads } = opened;
      const { said, of } = request.query;
      return send(reply, 200, roundPage({ round, leads, token, key: keyOf(cx, round.id), now: cx.clock.now(), said: said ? { what: said, leadId: of } : null }));
    });

    app.post<{ Params: { token: string } }>('/d/:token', options, async (request, reply) => {
      const { token } = request.params;
      const opened = await open(cx, token);
      if (opened.state !== 'good') return send(reply, opened.state === 'unknown' ? 404 : 410, closedPage(opened.state, opened.round));
      const { round, workspaceId } = opened;
      const fields = Object.fromEntries(new URLSearchParams(typeof request.body === 'string' ? request.body : ''));
      if (!sameKey(fields['key'] ?? '', keyOf(cx, round.id))) return send(reply, 403, closedPage('unknown', null));
      const from = { via: 'round' as const, mark: markOf(cx, request, reply), browser: browserName(request.headers['user-agent']) };
      let said = 'again';
      try {
        said = await cx.db.write(systemScope(workspaceId), (tx) => answerRound(tx, cx, round, fields, from));
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
      }
      const of = isUuid(fields['lead']) ? `&of=${fields['lead']}` : '';
      return reply.header('cache-control', 'no-store').redirect(`/d/${token}?said=${said}${of}`, 303);
    });
  });
}

type Opened = { state: 'good'; round: RoundFound; leads: RoundLead[]; workspaceId: string } | { state: Exclude<RoundState, 'good'> | 'unknown'; round: RoundFound | null };

async function open(cx: Context, token: string): Promise<Opened> {
  const address = readToken(token, (text, signature) => cx.secrets.verify(roundPurpose, text, signature));
  if (!address) return { state: 'unknown', round: null };
  return cx.db.read(systemScope(address.workspaceId), async (tx): Promise<Opened> => {
    const round = await findRound(tx, address.linkId);
    if (!round || round.tokenHash !== hashOf(token)) return { state: 'unknown', round: null };
    const state = roundState(round, cx.clock.now());
    return state === 'good' ? { state, round, leads: await findRoundLeads(tx, round), workspaceId: address.workspaceId } : { state, round };
  });
}
