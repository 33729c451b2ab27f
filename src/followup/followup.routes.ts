import type { FastifyRequest } from 'fastify';
import { acceptAssignments, businessClock, businessMinutesBetween, declineAssignments, lockHolders, pauseAssignments, pauseEndsMost, resumeAssignments } from '../distribute/index.ts';
import { asHouse } from '../platform/access/index.ts';
import type { Role, Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { decodeCursor, encodeCursor, serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { badReasons, declineReasons } from './disposition.rules.ts';
import { followupApi } from './followup.contract.ts';
import { countQueue, describeHeld, findState, listActivities, listDispositions, listHeld, listLinks, seesLink } from './followup.queries.ts';
import { judgeLeads } from './judge-leads.ts';
import type { Judgement } from './judge-leads.ts';
import { logActivities, setNextActions } from './log-activities.ts';
import { actOn, actingAs, mayWork } from './may-act.ts';
import { listProposals } from './partner/partner.queries.ts';
import { onceFrom } from './day/send-once.ts';
import type { Once } from './day/send-once.ts';
import { readTerms } from './day/read-terms.ts';
import { defaultSaleMinor, rankQueue } from './queue.rules.ts';
import { revokeLink } from './send-links.ts';
import { undoVerdict } from './undo-verdicts.ts';

const workers: Role[] = ['rep', 'partner', 'sales_manager', 'marketing'];

export function followupRoutes(api: Api): void {
  serve(api, followupApi, 'GET /v1/queue', { may: [...workers, 'management'] }, ({ cx, scope, query }) =>
    cx.db.read(scope, (tx) => readQueue(tx, cx, query)),
  );
  serve(api, followupApi, 'GET /v1/leads/:id/followup', { may: 'signed-in' }, async ({ cx, scope, params }) => {
    const mine = await mayWork(cx, scope, params.id);
    return cx.db.read(scope, (tx) => readState(tx, cx, params.id, mine));
  });
  serve(api, followupApi, 'GET /v1/leads/:id/activities', { may: 'signed-in' }, async ({ cx, scope, params }) => ({
    items: await cx.db.read(scope, (tx) => listActivities(tx, params.id)),
  }));
  serve(api, followupApi, 'GET /v1/leads/:id/dispositions', { may: 'signed-in' }, async ({ cx, scope, params }) => ({
    items: await cx.db.read(scope, (tx) => listDispositions(tx, params.id)),
  }));
  serve(api, followupApi, 'GET /v1/followup/choices', { may: 'signed-in' }, async () => ({
    badReasons: [...badReasons],
    declineReasons: [...declineReasons],
  }));

  serve(api, followupApi, 'POST /v1/leads/:id/accept', { may: workers }, ({ cx, scope, params, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor) => {
      const [answer] = await acceptAssignments(tx, cx, [{ leadId: params.id, at: cx.clock.now(), via: 'app', actor }]);
      if (answer === 'gone') refuse('conflict', 'followup/passed-on', 'This lead has been passed on in the meantime.');
      return readState(tx, cx, params.id);
    }, onceOf(scope, request)),
  );
  serve(api, followupApi, 'POST /v1/leads/accept', { may: workers }, ({ cx, scope, body }) =>
    actOn(cx, scope, body.leadIds, async (tx, actor) => {
      const answers = await acceptAssignments(
        tx,
        cx,
        body.leadIds.map((leadId) => ({ leadId, at: cx.clock.now(), via: 'app', actor })),
      );
      return { accepted: answers.filter((a) => a !== 'gone').length };
    }),
  );
  serve(api, followupApi, 'POST /v1/leads/:id/decline', { may: workers }, ({ cx, scope, params, body, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor) => {
      const [isDeclined] = await declineAssignments(tx, cx, [
        { leadId: params.id, reason: body.reason, at: cx.clock.now(), via: 'app', actor },
      ]);
      if (!isDeclined) refuse('conflict', 'followup/passed-on', 'This lead has been passed on in the meantime.');
      return { passedOn: (await lockHolders(tx, [params.id])).get(params.id)?.holderKind !== 'desk' };
    }, onceOf(scope, request)),
  );
  serve(api, followupApi, 'POST /v1/leads/:id/pause', { may: workers }, ({ cx, scope, params, body, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor) => {
      const until = body.until.length === 10 ? { on: body.until } : new Date(body.until);
      const [rests] = await pauseAssignments(tx, cx, [{ leadId: params.id, until, reason: body.reason, at: cx.clock.now(), via: 'app', actor }]);
      if (!rests) refuse('conflict', 'followup/not-worked', 'Nobody works this lead now, so nothing waits for them. Give it to somebody first.');
      return readState(tx, cx, params.id);
    }, onceOf(scope, request)),
  );
  serve(api, followupApi, 'DELETE /v1/leads/:id/pause', { may: workers }, ({ cx, scope, params, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor) => {
      await resumeAssignments(tx, cx, [{ leadId: params.id, at: cx.clock.now(), actor }]);
      return readState(tx, cx, params.id);
    }, onceOf(scope, request)),
  );
  serve(api, followupApi, 'POST /v1/leads/:id/activities', { may: workers }, ({ cx, scope, params, body, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor, acting) => {
      const at = body.at ? new Date(body.at) : madeAt(cx, request);
      const [row] = await logActivities(tx, cx, [
        {
          leadId: params.id,
          kind: body.kind,
          outcome: body.outcome,
          note: body.note,
          at,
          via: 'app',
          byUserId: scope.userId,
          byHolderId: acting.holderIds[0],
          actor,
        },
      ]);
      return (await listActivities(tx, params.id, row!.id))[0]!;
    }, onceOf(scope, request)),
  );
  serve(api, followupApi, 'PUT /v1/leads/:id/next-action', { may: workers }, ({ cx, scope, params, body, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor) => {
      const dueAt = body.dueAt ? new Date(body.dueAt) : null;
      await setNextActions(tx, cx, [{ leadId: params.id, what: body.what, dueAt, at: cx.clock.now(), byUserId: scope.userId, actor }]);
      return readState(tx, cx, params.id);
    }, onceOf(scope, request)),
  );
  serve(api, followupApi, 'DELETE /v1/leads/:id/next-action', { may: workers }, ({ cx, scope, params, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor) => {
      await setNextActions(tx, cx, [{ leadId: params.id, what: null, dueAt: null, at: cx.clock.now(), byUserId: scope.userId, actor }]);
      return readState(tx, cx, params.id);
    }, onceOf(scope, request)),
  );
  serve(api, followupApi, 'POST /v1/leads/:id/verdict', { may: workers }, ({ cx, scope, params, body, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor, acting) => {
      await judgeLeads(tx, cx, [
        {
          ...asJudgement({ ...body, leadId: params.id }),
          at: cx.clock.now(),
          byUserId: scope.userId,
          byHolderId: acting.holderIds[0],
          actor,
          mayLack: scope.holderId !== undefined,
        },
      ]);
      return readState(tx, cx, params.id);
    }, onceOf(scope, request)),
  );
  serve(api, followupApi, 'POST /v1/leads/verdicts', { may: workers }, ({ cx, scope, body }) =>
    actOn(
      cx,
      scope,
      body.items.map((item) => item.leadId),
      async (tx, actor, acting) => {
        await judgeLeads(
          tx,
          cx,
          body.items.map((item) => ({
            ...asJudgement(item),
            at: cx.clock.now(),
            byUserId: scope.userId,
            byHolderId: acting.holderIds[0],
            actor,
            mayLack: scope.holderId !== undefined,
          })),
        );
        return { judged: body.items.length };
      },
    ),
  );
  serve(api, followupApi, 'POST /v1/leads/:id/verdict/undo', { may: workers }, ({ cx, scope, params, request }) =>
    actOn(cx, scope, [params.id], async (tx, actor) => {
      await undoVerdict(tx, cx, params.id, { at: cx.clock.now(), actor });
      return readState(tx, cx, params.id);
    }, onceOf(scope, request)),
  );
  // The database shows a partner its own links only.
  const senders: Role[] = ['marketing', 'sales_manager', 'partner'];
  serve(api, followupApi, 'GET /v1/leads/:id/links', { may: senders }, ({ cx, scope, params }) =>
    cx.db.read(scope, async (tx) => ({ items: await listLinks(tx, params.id), proposals: await listProposals(tx, params.id) })),
  );
  serve(api, followupApi, 'DELETE /v1/links/:id', { may: senders }, async ({ cx, scope, params }) => {
    if (!(await cx.db.read(scope, (tx) => seesLink(tx, params.id)))) return { revoked: false };
    return { revoked: await cx.db.write(asHouse(scope), (tx) => revokeLink(tx, cx, params.id)) };
  });
}

/** When it was done: now, or as long ago as a browser says that kept it while there was no line. Its own clock may be wrong, so it says an age. */
function madeAt(cx: Context, { headers }: FastifyRequest): Date {
  const seconds = Number(headers['x-baton-age'] ?? 0);
  return new Date(cx.clock.now().getTime() - (seconds > 0 && seconds < 30 * 86_400 ? seconds * 1000 : 0));
}

/** What makes a change sent twice happen once, where its sender named it. */
export function onceOf(scope: Scope, { headers, method, url, body }: FastifyRequest): Once | undefined {
  return onceFrom(scope, headers['idempotency-key'], `${method} ${url} ${JSON.stringify(body ?? null)}`);
}

function asJudgement(body: {
  leadId: string;
  verdict: Judgement['verdict'];
  reason?: string | null;
  valueMinor?: number | null;
  currency?: string | null;
  untilOn?: string | null;
}): Omit<Judgement, 'at'> {
  const { untilOn, ...rest } = body;
  return { ...rest, until: untilOn ? { on: untilOn } : null, via: 'app' };
}

async function readQueue(tx: Tx, cx: Context, query: { holderId?: string | undefined; cursor?: string | undefined; limit: number }) {
  const now = cx.clock.now();
  const acting = await actingAs(tx);
  const mayLook = acting.manages || tx.scope.roles.includes('management');
  if (query.holderId && !mayLook && !acting.holderIds.includes(query.holderId))
    refuse('forbidden', 'followup/not-yours', 'This is somebody else’s queue.');
  const holderIds = query.holderId ? [query.holderId] : acting.holderIds;
  const counts = await countQueue(tx, holderIds, now);
  const held = await listHeld(tx, holderIds);
  const ranked = rankQueue(held, now, await readTerms(tx, holderIds, now, counts.averageSaleMinor ?? defaultSaleMinor));
  const heldById = new Map(held.map((lead) => [lead.leadId, lead]));
  // The order is recomputed for every page; a page continues after as many as were shown.
  const from = Number(decodeCursor(query.cursor)?.[0] ?? 0) || 0;
  const page = ranked.slice(from, from + query.limit);
  const details = new Map((await describeHeld(tx, page.map(({ leadId }) => leadId))).map((one) => [one.leadId, one]));
  return {
    items: page.flatMap((row, i) => {
      const detail = details.get(row.leadId);
      // Passed on a moment ago.
      if (!detail) return [];
      const { grade, score, verdict, askedAt, assignedAt, acceptedAt, nextActionWhat, nextActionAt, pausedUntil, holderId, product } = heldById.get(row.leadId)!;
      const known = { grade, score, verdict, askedAt, assignedAt, acceptedAt, nextActionWhat, nextActionAt, pausedUntil, holderId, product };
      return [{ ...known, ...detail, ...row, rank: from + i + 1, currency: counts.currency }];
    }),
    nextCursor: from + query.limit < ranked.length ? encodeCursor([from + query.limit]) : null,
    total: counts.total,
    later: ranked.filter((r) => r.later).length,
    overdue: ranked.filter((r) => r.overdue).length,
    promiseKeptPercent: counts.due > 0 ? Math.round((counts.kept / counts.due) * 1000) / 10 : null,
  };
}

/** Whoever has just acted may go on acting. */
async function readState(tx: Tx, cx: Context, leadId: string, mine = true) {
  const found =
    (await findState(tx, leadId)) ?? refuse('not-found', 'followup/no-such-lead', 'There is no such lead, or you do not hold it.');
  const disposition = (await listDispositions(tx, leadId)).find((d) => d.current) ?? null;
  const due = found.firstFollowupAt ? null : found.acceptedAt ? found.followBy : found.respondBy;
  return {
    leadId,
    closedAt: found.closedAt,
    fate: found.fate,
    custody: found.assignmentId
      ? {
          assignmentId: found.assignmentId,
          holderId: found.holderId!,
          holderName: found.holderName!,
          holderKind: found.holderKind!,
          startedAt: found.startedAt!,
          acceptedAt: found.acceptedAt,
          respondBy: found.respondBy,
          followBy: found.followBy,
          firstFollowupAt: found.firstFollowupAt,
          pausedUntil: found.pausedUntil,
          pauseReason: found.pauseReason,
          pauseEndsMost: pauseEndsMost(found.firstPausedAt, cx.clock.now()),
          minutesLeft: due ? Math.round(businessMinutesBetween(businessClock(found.calendar, found.timeZone!), cx.clock.now(), due)) : null,
        }
      : null,
    disposition,
    nextAction: found.hasAction ? { what: found.what!, dueAt: found.dueAt, setBy: found.setBy } : null,
    mayUndo: mine && disposition !== null && found.fate !== 'withdrawn' && found.fate !== 'merged',
    mayWork: mine,
  };
}
