import type { Role, Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { onceOf } from '../followup.routes.ts';
import { actOn } from '../may-act.ts';
import { diaryApi } from './diary.contract.ts';
import { planMeeting } from './plan-meeting.ts';
import { closeFeed, openFeed, readDiary, setPlanHour, writeFeed } from './keep-diaries.ts';

const planners: Role[] = ['rep', 'partner', 'sales_manager', 'marketing'];
const workers: Role[] = ['rep', 'partner', 'sales_manager'];

export function diaryRoutes(api: Api): void {
  serve(api, diaryApi, 'GET /v1/diary', { may: workers }, ({ cx, scope }) => cx.db.read(scope, (tx) => readDiary(tx, cx)));
  const change = (cx: Context, scope: Scope, work: (tx: Tx) => Promise<void>) =>
    cx.db.write(scope, async (tx) => {
      await work(tx);
      return readDiary(tx, cx);
    });
  serve(api, diaryApi, 'POST /v1/diary/calendar', { may: workers }, ({ cx, scope }) => change(cx, scope, (tx) => openFeed(tx, cx)));
  serve(api, diaryApi, 'DELETE /v1/diary/calendar', { may: workers }, ({ cx, scope }) => change(cx, scope, closeFeed));
  serve(api, diaryApi, 'PUT /v1/diary/plan', { may: workers }, ({ cx, scope, body }) => change(cx, scope, (tx) => setPlanHour(tx, body.planHour)));

  serve(api, diaryApi, 'PUT /v1/leads/:id/meeting', { may: planners }, ({ cx, scope, params, body, request }) =>
    actOn(
      cx,
      scope,
      [params.id],
      (tx, actor, { holderIds }) => planMeeting(tx, cx, { ...body, leadId: params.id, startsAt: new Date(body.startsAt), byUserId: scope.userId ?? null, byHolderId: holderIds[0] ?? null, actor }),
      onceOf(scope, request),
    ),
  );

  api.routes.push({ method: 'GET', path: '/cal/:token', may: 'public' });
  api.app.get<{ Params: { token: string } }>(
    '/cal/:token',
    { config: { rateLimit: { max: 60, timeWindow: '1 minute' } }, schema: { hide: true } },
    async (request, reply) => {
      const calendar = await writeFeed(api.cx, request.params.token.replace(/\.ics$/, ''));
      if (calendar === undefined) return reply.code(404).type('text/plain; charset=utf-8').send('There is no such calendar, or not any more.\n');
      return reply
        .type('text/calendar; charset=utf-8')
        .header('cache-control', 'private, max-age=300')
        .header('x-robots-tag', 'noindex')
        .serializer((text: unknown) => text as string)
        .send(calendar);
    },
  );
}
