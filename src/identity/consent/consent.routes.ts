import { readSetting, writeSetting, type Role } from '../../platform/access/index.ts';
import { decodeCursor, paged, serve, type Api } from '../../platform/http/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { consentApi } from './consent.contract.ts';
import { noteConsent } from './note-consent.ts';
import { purposesSetting, standardPurposes } from './purposes.rules.ts';
import { readConsents, readSuppressions } from './read-consent.ts';
import { suppress, unsuppress } from './suppress.ts';

const seeing: Role[] = ['marketing', 'sales_manager', 'rep', 'management', 'finance'];
const noting: Role[] = ['marketing', 'sales_manager', 'rep'];

export function consentRoutes(api: Api): void {
  serve(api, consentApi, 'GET /v1/consent/purposes', { may: seeing }, ({ cx, scope }) =>
    cx.db.read(scope, async (tx) => ({ items: await readSetting(tx, purposesSetting, standardPurposes) })),
  );
  serve(api, consentApi, 'PUT /v1/consent/purposes', { may: ['marketing'] }, ({ cx, scope, body }) =>
    cx.db.write(scope, async (tx) => {
      if (new Set(body.items.map((one) => one.key)).size < body.items.length)
        refuse('invalid', 'identity/purpose-twice', 'Two purposes have the same key. Give each its own.');
      await writeSetting(tx, cx, purposesSetting, body.items);
      return body;
    }),
  );
  serve(api, consentApi, 'GET /v1/people/:id/consents', { may: seeing }, ({ cx, scope, params }) => cx.db.read(scope, (tx) => readConsents(tx, params.id)));
  serve(api, consentApi, 'POST /v1/people/:id/consents', { may: noting }, ({ cx, scope, params, body }) =>
    cx.db.write(scope, async (tx) => {
      const { purpose, channels, said, ground, at, source, text, url, note } = body;
      if (purpose !== null && !(await readSetting(tx, purposesSetting, standardPurposes)).some(({ key }) => key === purpose))
        refuse('invalid', 'identity/no-such-purpose', `There is no purpose “${purpose}” on the list.`);
      const evidence = { ...(text ? { text } : {}), ...(url ? { url } : {}), ...(note ? { note } : {}) };
      await noteConsent(tx, cx, params.id, { purpose, channels, said, ground: ground ?? (said === 'given' ? 'consent' : null), at: at ? new Date(at) : null, source, evidence });
      return readConsents(tx, params.id);
    }),
  );
  serve(api, consentApi, 'GET /v1/suppressions', { may: seeing }, ({ cx, scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [at, id] = decodeCursor(query.cursor) ?? [];
      const after = typeof at === 'string' && !Number.isNaN(Date.parse(at)) && isUuid(id) ? { at, id } : undefined;
      const { rows, counts } = await readSuppressions(tx, { channel: query.channel, q: query.q, after, limit: query.limit + 1 });
      return {
        ...paged(
          rows,
          query.limit,
          (row) => [row.addedAt, row.id],
          ({ key: _key, ...row }) => row,
        ),
        counts,
      };
    }),
  );
  serve(api, consentApi, 'POST /v1/suppressions', { may: ['marketing', 'sales_manager'] }, ({ cx, scope, body }) => cx.db.write(scope, (tx) => suppress(tx, cx, body)));
  serve(api, consentApi, 'DELETE /v1/suppressions/:id', { may: ['marketing'] }, ({ cx, scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await unsuppress(tx, cx, params.id);
      return { removed: true as const };
    }),
  );
}
