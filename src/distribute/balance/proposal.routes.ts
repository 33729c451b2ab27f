import type { Role } from '../../platform/access/index.ts';
import { serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { acceptProposal, undoAcceptance } from './accept-proposal.ts';
import { proposalApi } from './proposal.contract.ts';
import { readProposal, readProposals, stopProposal } from './read-proposal.ts';

const managers: Role[] = ['marketing', 'sales_manager'];
const readers: Role[] = [...managers, 'management', 'finance'];

export function proposalRoutes(api: Api): void {
  serve(api, proposalApi, 'GET /v1/territories/proposals', { may: readers }, async ({ cx, scope }) => ({ items: await cx.db.read(scope, readProposals) }));
  serve(api, proposalApi, 'GET /v1/territories/proposals/:id', { may: readers }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readProposal(tx, params.id)));
  serve(api, proposalApi, 'POST /v1/territories/proposals/:id/stop', { may: managers }, async ({ cx, scope, params }) => ({
    stopping: await cx.db.write(scope, (tx) => stopProposal(tx, cx, params.id)),
  }));
  serve(api, proposalApi, 'POST /v1/territories/proposals/:id/accept', { may: managers }, ({ cx, scope, params, body: { effectiveOn, units, territories } }) =>
    cx.db.write(scope, (tx) => acceptProposal(tx, cx, params.id, { effectiveOn: effectiveOn ?? null, units: units ?? null, territories: territories ?? null })),
  );
  serve(api, proposalApi, 'POST /v1/territories/acceptances/:id/undo', { may: managers }, ({ cx, scope, params }) =>
    cx.db.write(scope, (tx) => undoAcceptance(tx, cx, params.id)),
  );
}
