import type { Role } from '../platform/access/index.ts';
import { decodeCursor, paged, serve, type Api } from '../platform/http/index.ts';
import { isUuid } from '../platform/values/uuid.rules.ts';
import { identityApi } from './identity.contract.ts';
import { readCheck, startCheck } from './check-base.ts';
import { decideDuplicate } from './decide-duplicate.ts';
import { editOrganization } from './edit-organization.ts';
import { changeConsent } from './consent/note-consent.ts';
import { editPerson } from './edit-person.ts';
import { merge, undoMerge } from './merge-people.ts';
import { listOrganizationsPage, listPeoplePage, readDuplicates, readOrganization, readPerson, searchEverybody } from './read-people.ts';

const seeing: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];
const editing: Role[] = ['marketing', 'sales_manager', 'rep'];
const keeping: Role[] = ['marketing', 'sales_manager'];

const afterInstant = (cursor: string | undefined): { lastSeenAt: string; id: string } | undefined => {
  const [lastSeenAt, id] = decodeCursor(cursor) ?? [];
  return typeof lastSeenAt === 'string' && !Number.isNaN(Date.parse(lastSeenAt)) && isUuid(id)
    ? { lastSeenAt, id }
    : undefined;
};
const byInstant = <T extends { lastSeenAt: Date; id: string }>(rows: T[], limit: number): { items: T[]; nextCursor: string | null } =>
  paged(
    rows,
    limit,
    (row) => [row.lastSeenAt, row.id],
    (row) => row,
  );

export function identityRoutes(api: Api): void {
  serve(api, identityApi, 'GET /v1/people', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) =>
      byInstant(await listPeoplePage(tx, cx, { ...query, after: afterInstant(query.cursor), limit: query.limit + 1 }), query.limit),
    ),
  );
  serve(api, identityApi, 'GET /v1/people/:id', { may: seeing }, ({ cx, scope, params }) =>
    cx.db.read(scope, (tx) => readPerson(tx, params.id)),
  );
  serve(api, identityApi, 'PATCH /v1/people/:id', { may: editing }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => editPerson(tx, cx, params.id, body)),
  );
  serve(api, identityApi, 'PUT /v1/people/:id/consent', { may: editing }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      await changeConsent(tx, cx, params.id, body, 'hand');
      const { id, consent } = await readPerson(tx, params.id);
      return { id, ...consent };
    }),
  );
  serve(api, identityApi, 'POST /v1/people/:id/merge', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => merge(tx, cx, 'person', { survivorId: params.id, mergedId: body.otherId })),
  );
  serve(api, identityApi, 'GET /v1/organizations', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) =>
      byInstant(await listOrganizationsPage(tx, cx, { ...query, after: afterInstant(query.cursor), limit: query.limit + 1 }), query.limit),
    ),
  );
  serve(api, identityApi, 'GET /v1/organizations/:id', { may: seeing }, ({ cx, scope, params }) =>
    cx.db.read(scope, (tx) => readOrganization(tx, params.id)),
  );
  serve(api, identityApi, 'PATCH /v1/organizations/:id', { may: editing }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => editOrganization(tx, cx, params.id, body)),
  );
  serve(api, identityApi, 'POST /v1/organizations/:id/merge', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => merge(tx, cx, 'organization', { survivorId: params.id, mergedId: body.otherId })),
  );
  serve(api, identityApi, 'POST /v1/merges/:id/undo', { may: keeping }, ({ cx, scope, params }) =>
    cx.db.write(scope, (tx) => undoMerge(tx, cx, params.id)),
  );
  serve(api, identityApi, 'GET /v1/duplicates', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [value, weight, id] = decodeCursor(query.cursor) ?? [];
      const after = typeof value === 'number' && typeof weight === 'number' && isUuid(id) ? { value, weight, id } : undefined;
      const { items, open } = await readDuplicates(tx, { status: query.status, stake: query.stake, after, limit: query.limit + 1 });
      const page = paged(
        items,
        query.limit,
        (pair) => [pair.stake.valueMinor, pair.weight, pair.id],
        (pair) => pair,
      );
      return { ...page, open };
    }),
  );
  serve(api, identityApi, 'GET /v1/duplicates/check', { may: seeing }, ({ cx, scope }) => cx.db.read(scope, readCheck));
  serve(api, identityApi, 'POST /v1/duplicates/check', { may: keeping }, ({ cx, scope }) =>
    cx.db.write(scope, async (tx) => ({ jobId: await startCheck(tx, cx) })),
  );
  serve(api, identityApi, 'POST /v1/duplicates/:id/decide', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => decideDuplicate(tx, cx, params.id, body)),
  );
  serve(api, identityApi, 'GET /v1/search', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, (tx) => searchEverybody(tx, query.q, query.limit)),
  );
}
