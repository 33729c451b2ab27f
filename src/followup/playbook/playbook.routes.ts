import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { actOn } from '../may-act.ts';
import { changePlaybooks, readLeadPlaybook, readPlaybooks, skipStep } from './change-playbooks.ts';
import { playbookApi } from './playbook.contract.ts';

const lookers: Role[] = ['rep', 'sales_manager', 'marketing', 'management'];

export function playbookRoutes(api: Api): void {
  serve(api, playbookApi, 'GET /v1/playbooks', { may: lookers }, ({ cx, scope }) => cx.db.read(scope, readPlaybooks));
  serve(api, playbookApi, 'PUT /v1/playbooks', { may: ['sales_manager', 'marketing'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      await changePlaybooks(tx, cx, body.version, body.items);
      return readPlaybooks(tx);
    }),
  );
  serve(api, playbookApi, 'GET /v1/leads/:id/playbook', { may: 'signed-in' }, ({ cx, scope, params }) =>
    cx.db.read(scope, (tx) => readLeadPlaybook(tx, params.id)),
  );
  serve(api, playbookApi, 'POST /v1/leads/:id/playbook/skip', { may: ['rep', 'partner', 'sales_manager', 'marketing'] }, ({ cx, scope, params, body }) =>
    actOn(cx, scope, [params.id], async (tx) => {
      await skipStep(tx, cx, params.id, body.stepId, body.reason);
      return readLeadPlaybook(tx, params.id);
    }),
  );
}
