import type { Role } from '../../platform/access/index.ts';
import { serve, type Api } from '../../platform/http/index.ts';
import { agreementApi } from './agreement.contract.ts';
import { draftAgreement, signAgreement, withdrawDraft } from './change-agreement.ts';
import { previewWords, readAgreement, readVersion } from './read-agreement.ts';

const parties: Role[] = ['marketing', 'sales_manager'];
const readers: Role[] = [...parties, 'rep', 'management'];

export function agreementRoutes(api: Api): void {
  serve(api, agreementApi, 'GET /v1/agreement', { may: readers }, ({ cx, scope }) => cx.db.read(scope, (tx) => readAgreement(tx, cx)));
  serve(api, agreementApi, 'GET /v1/agreement/versions/:version', { may: readers }, ({ cx, scope, params }) =>
    cx.db.read(scope, (tx) => readVersion(tx, params.version)),
  );
  serve(api, agreementApi, 'POST /v1/agreement/words', { may: parties }, ({ cx, scope, body }) =>
    cx.db.read(scope, (tx) => previewWords(tx, cx, body.content)),
  );
  serve(api, agreementApi, 'PUT /v1/agreement/draft', { may: parties }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => ({
      version: await draftAgreement(tx, cx, { content: body.content, startsOn: body.startsOn ?? null, note: body.note?.trim() || null, by: scope.userId }),
    })),
  );
  serve(api, agreementApi, 'DELETE /v1/agreement/draft', { may: parties }, ({ cx, scope }) =>
    cx.db.write(scope, async (tx) => ({ withdrawn: await withdrawDraft(tx, cx, scope.userId) })),
  );
  serve(api, agreementApi, 'POST /v1/agreement/sign', { may: parties }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      const version = await signAgreement(tx, cx, { ...body, by: scope.userId });
      return { version, inForceFrom: (await readVersion(tx, version)).fromAt };
    }),
  );
}
