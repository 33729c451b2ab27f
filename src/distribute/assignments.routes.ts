import { systemScope } from '../platform/access/index.ts';
import type { Role } from '../platform/access/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { assignmentsApi } from './assignments.contract.ts';
import { assignByHand } from './assign-by-hand.ts';
import { showClocks } from './clocks.rules.ts';
import type { WorkDone } from './clocks.rules.ts';
import { changePromise, readPromise } from './change-promise.ts';
import { listPath } from './distribute.queries.ts';
import type { PathStep } from './distribute.queries.ts';
import { judgeSteps } from './rules/replay-lead.ts';
import type { Judged } from './rules/replay-lead.ts';
import { findWorkDone } from './work-done.ts';

const managers: Role[] = ['marketing', 'sales_manager'];

export function assignmentRoutes(api: Api): void {
  serve(api, assignmentsApi, 'GET /v1/leads/:id/assignments', { may: 'signed-in' }, async ({ cx, scope, params }) => ({
    items: await cx.db.read(scope, async (tx) => {
      const steps = await listPath(tx, params.id);
      const asPartner = scope.holderId !== undefined;
      const judged = asPartner ? new Map<string, Judged>() : await judgeSteps(tx, steps);
      const work = await findWorkDone(tx, steps.map(({ id }) => id));
      return steps.map((step) => shown(step, cx.clock.now(), work.get(step.id), asPartner, judged.get(step.id)));
    }),
  }));
  serve(api, assignmentsApi, 'POST /v1/leads/:id/assign', { may: managers }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await assignByHand(tx, cx, [params.id], body.holderId, body.note ?? null);
      return lastStep(tx, cx.clock.now(), params.id);
    }),
  );
  serve(api, assignmentsApi, 'POST /v1/assignments', { may: managers }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      const moved = await assignByHand(tx, cx, body.leadIds, body.holderId, body.note ?? null);
      return { moved, skipped: new Set(body.leadIds).size - moved };
    }),
  );
  serve(api, assignmentsApi, 'GET /v1/settings/response-promise', { may: 'signed-in' }, ({ cx, scope }) =>
    // Partners are held to it as well, and see nothing else of the agreement.
    cx.db.read(systemScope(scope.workspaceId), (tx) => readPromise(tx, cx.clock.now())),
  );
  serve(api, assignmentsApi, 'PUT /v1/settings/response-promise', { may: managers }, ({ cx, scope, body }) =>
    cx.db.write(scope, (tx) => changePromise(tx, cx, body)),
  );
}

async function lastStep(tx: Tx, now: Date, leadId: string): Promise<ReturnType<typeof shown>> {
  const step =
    (await listPath(tx, leadId)).at(-1) ?? refuse('not-found', 'distribute/no-such-lead', 'There is no such lead, or nobody holds it yet.');
  return shown(step, now, (await findWorkDone(tx, [step.id])).get(step.id), false, (await judgeSteps(tx, [step])).get(step.id));
}

/** A partner sees its own part of the path and not who else was considered. */
function shown(step: PathStep, now: Date, work: WorkDone | undefined, asPartner: boolean, judged: Judged | undefined) {
  const { reasons, decided, poolHolders, poolShares, names, clockAt, ...rest } = step;
  return {
    ...rest,
    clocks: showClocks(step, work, now),
    askAgainAt: rest.holderKind === 'desk' && !rest.endedAt ? clockAt : null,
    because: reasons.because ?? [],
    passedOver: asPartner ? [] : (reasons.passedOver ?? []),
    shares: asPartner
      ? []
      : (poolHolders ?? []).map((holderId, i) => ({
          holderId,
          name: names?.[holderId] ?? '',
          sharePercent: Math.round((poolShares?.[i] ?? 0) * 1000) / 10,
          credit: decided?.credits?.[i] ?? 0,
          mark: decided?.marks?.[i] ?? null,
        })),
    decision: judged ? { version: judged.version, rules: judged.rules, again: judged.again } : null,
  };
}
