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
import { readDuplicates, readJoins, readOrganizationDuplicates, type DuplicatesAsked } from './read-duplicates.ts';
import { listOrganizationsPage, listPeoplePage, readOrganization, readPerson, searchEverybody } from './read-people.ts';

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

/** one more than the page, to know whether there are more */
function askedOf({ status, stake, cursor, limit }: { status: DuplicatesAsked['status']; stake?: DuplicatesAsked['stake']; cursor?: string | undefined; limit: number }): DuplicatesAsked {
  const [value, weight, id] = decodeCursor(cursor) ?? [];
  return { status, stake, after: typeof value === 'number' && typeof weight === 'number' && isUuid(id) ? { value, weight, id } : undefined, limit: limit + 1 };
}
function byValue<T extends { id: string; weight: number; stake: { valueMinor: number } }>({ items, open }: { items: T[]; open: number }, limit: number) {
  const page = paged(
    items,
    limit,
    (pair) => [pair.stake.valueMinor, pair.weight, pair.id],
    (pair) => pair,
  );
  return { ...page, open };
}

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
  serve(api, identityApi, 'GET /v1/merges', { may: seeing }, ({ cx, scope, query: { kind, by, cursor, limit } }) =>
    cx.db.read(scope, async (tx) => {
      const after = afterInstant(cursor);
      const joins = await readJoins(tx, kind, { by, after: after && { at: after.lastSeenAt, id: after.id }, limit: limit + 1 });
      return paged(joins, limit, ({ mergedAt, id }) => [mergedAt, id], (join) => join);
    }),
  );
  serve(api, identityApi, 'POST /v1/merges/:id/undo', { may: keeping }, ({ cx, scope, params }) =>
    cx.db.write(scope, (tx) => undoMerge(tx, cx, params.id)),
  );
  serve(api, identityApi, 'GET /v1/duplicates', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => byValue(await readDuplicates(tx, askedOf(query)), query.limit)),
  );
  serve(api, identityApi, 'GET /v1/duplicates/organizations', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => byValue(await readOrganizationDuplicates(tx, askedOf(query)), query.limit)),
  );
  serve(api, identityApi, 'GET /v1/duplicates/check', { may: seeing }, ({ cx, scope }) => cx.db.read(scope, readCheck));
  serve(api, identityApi, 'POST /v1/duplicates/check', { may: keeping }, ({ cx, scope }) =>
    cx.db.write(scope, async (tx) => ({ jobId: await startCheck(tx, cx) })),
  );
  serve(api, identityApi, 'POST /v1/duplicates/:id/decide', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => decideDuplicate(tx, cx, 'person', params.id, body)),
  );
  serve(api, identityApi, 'POST /v1/duplicates/organizations/:id/decide', { may: keeping }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, (tx) => decideDuplicate(tx, cx, 'organization', params.id, body)),
  );
  serve(api, identityApi, 'GET /v1/search', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, (tx) => searchEverybody(tx, query.q, query.limit)),
  );
}
