import { readSetting, writeSetting } from '../platform/access/index.ts';
import type { Role } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { decodeCursor, paged, serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { defaultAcknowledgement } from './acknowledgement.rules.ts';
import { returnNow, waitUntil } from './change-enrolment.ts';
import { mayFind } from './may-contact.ts';
import { nurtureApi } from './nurture.contract.ts';
import { countWaiting, listEnrolments, listTouches } from './nurture.queries.ts';
import type { EnrolmentSeen } from './nurture.queries.ts';

const keepers: Role[] = ['marketing', 'sales_manager'];
const readers: Role[] = [...keepers, 'rep', 'management'];

export function nurtureRoutes(api: Api): void {
  serve(api, nurtureApi, 'GET /v1/nurture', { may: readers }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const now = cx.clock.now();
      const ended = query.state === 'ended';
      const [at, id] = decodeCursor(query.cursor) ?? [];
      const found = await listEnrolments(tx, {
        ended,
        after: typeof at === 'string' && typeof id === 'string' ? { at, id } : undefined,
        limit: query.limit + 1,
      });
      return {
        ...paged(
          found,
          query.limit,
          (e) => [ended ? e.endedAt! : e.untilAt, e.id],
          (e) => shown(e, now),
        ),
        ...(await countWaiting(tx, now)),
      };
    }),
  );
  serve(api, nurtureApi, 'POST /v1/nurture/:id/return', { may: keepers }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await returnNow(tx, cx, params.id, body.why ?? null);
      return getEnrolment(tx, cx, params.id);
    }),
  );
  serve(api, nurtureApi, 'POST /v1/nurture/:id/extend', { may: keepers }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await waitUntil(tx, cx, params.id, body.untilOn);
      return getEnrolment(tx, cx, params.id);
    }),
  );
  serve(api, nurtureApi, 'GET /v1/people/:id/touches', { may: readers }, ({ cx, scope, params }) =>
    cx.db.read(scope, async (tx) => ({ items: await listTouches(tx, params.id), may: await mayFind(tx, params.id) })),
  );
  serve(api, nurtureApi, 'GET /v1/settings/acknowledgement', { may: 'signed-in' }, ({ cx, scope }) =>
    cx.db.read(scope, (tx) => readSetting(tx, 'acknowledgement', defaultAcknowledgement)),
  );
  serve(api, nurtureApi, 'PUT /v1/settings/acknowledgement', { may: ['marketing'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      await writeSetting(tx, cx, 'acknowledgement', body);
      return body;
    }),
  );
}

async function getEnrolment(tx: Tx, cx: Context, id: string): Promise<ReturnType<typeof shown>> {
  const [found] = await listEnrolments(tx, { id, limit: 1 });
  return shown(found ?? refuse('not-found', 'nurture/no-such-enrolment', 'There is no such lead in nurture.'), cx.clock.now());
}

function shown(enrolment: EnrolmentSeen, now: Date): EnrolmentSeen & { daysLeft: number } {
  return { ...enrolment, daysLeft: Math.ceil((enrolment.untilAt.getTime() - now.getTime()) / 86_400_000) };
}
