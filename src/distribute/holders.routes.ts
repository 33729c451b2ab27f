import { serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import type { Role } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { localDate } from './business-hours.rules.ts';
import { changeAbsences } from './change-absences.ts';
import { addHolder, changeHolder } from './change-holder.ts';
import { listHolders } from './distribute.queries.ts';
import type { HolderSeen } from './distribute.queries.ts';
import { holdersApi } from './holders.contract.ts';

const managers: Role[] = ['marketing', 'sales_manager'];

export function holderRoutes(api: Api): void {
  serve(api, holdersApi, 'GET /v1/holders', { may: 'signed-in' }, async ({ cx, scope, query }) => {
    const now = cx.clock.now();
    const items = await cx.db.read(scope, (tx) => listHolders(tx, now, query));
    return { items: items.map((holder) => shown(holder, now)) };
  });
  serve(api, holdersApi, 'GET /v1/holders/:id', { may: 'signed-in' }, ({ cx, scope, params }) =>
    cx.db.read(scope, (tx) => getHolder(tx, cx, params.id)),
  );
  serve(api, holdersApi, 'POST /v1/holders', { may: managers }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => getHolder(tx, cx, await addHolder(tx, cx, body))),
  );
  serve(api, holdersApi, 'PATCH /v1/holders/:id', { may: managers }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await changeHolder(tx, cx, params.id, body);
      return getHolder(tx, cx, params.id);
    }),
  );
  serve(api, holdersApi, 'POST /v1/holders/:id/absences', { may: [...managers, 'rep'] }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => changeAbsences(tx, cx, params.id, { add: { ...body, note: body.note ?? null } })),
  );
  serve(api, holdersApi, 'DELETE /v1/holders/:id/absences/:absenceId', { may: [...managers, 'rep'] }, ({ cx, scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await changeAbsences(tx, cx, params.id, { remove: params.absenceId });
      return { removed: true };
    }),
  );
}

async function getHolder(tx: Tx, cx: Context, id: string): Promise<ReturnType<typeof shown>> {
  const now = cx.clock.now();
  const [holder] = await listHolders(tx, now, { id });
  return shown(holder ?? refuse('not-found', 'distribute/no-such-holder', 'There is no such holder in this workspace.'), now);
}

function shown(holder: HolderSeen, now: Date): HolderSeen & { awayUntilOn: string | null } {
  const today = localDate(holder.timeZone, now);
  const away = holder.absences.filter((a) => a.startsOn <= today && a.endsOn >= today).map((a) => a.endsOn);
  return { ...holder, awayUntilOn: away.toSorted().at(-1) ?? null };
}
