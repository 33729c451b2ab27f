import { createHash } from 'node:crypto';
import type { Tx } from '../platform/db/index.ts';
import { decodeCursor, paged, serve } from '../platform/http/index.ts';
import type { Api } from '../platform/http/index.ts';
import { refuse } from '../platform/refusal.ts';
import { isUuid } from '../platform/values/uuid.rules.ts';
import { arrivalFrom } from './arrive.rules.ts';
import type { Intake } from './gather-arrivals.ts';
import { doorOf } from './intake-door.ts';
import { inquiriesApi } from './inquiry.contract.ts';
import { countQuarantined, findInquiry, findRaw, listInquiries } from './inquiry.queries.ts';
import type { InquiryView } from './inquiry.queries.ts';
import { showInquiry } from './present.rules.ts';
import { readReceipt } from './receipt.rules.ts';
import { replayQuarantine } from './replay-inquiries.ts';
import { inquiriesOf } from './who-asked.ts';

const readers = ['marketing', 'sales_manager', 'management'] as const;

async function getInquiry(tx: Tx, idOrReceipt: string): Promise<InquiryView> {
  const receipt = readReceipt(idOrReceipt);
  const found = isUuid(idOrReceipt) ? await findInquiry(tx, { id: idOrReceipt }) : receipt ? await findInquiry(tx, { receipt }) : undefined;
  return found ?? refuse('not-found', 'capture/no-inquiry', `There is no inquiry with the number ${idOrReceipt}.`);
}

/** The moment a day begins, for filters given as dates. */
const dayOf = (date: string | undefined): Date | undefined => (date ? new Date(`${date}T00:00:00Z`) : undefined);

export function inquiryRoutes(api: Api, intake: Intake): void {
  const { cx } = api;
  serve(api, inquiriesApi, 'GET /v1/inquiries', { may: readers }, ({ scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [before] = decodeCursor(query.cursor) ?? [];
      const q = query.q?.trim();
      const to = dayOf(query.to);
      const rows = await listInquiries(
        tx,
        {
          status: query.status, sourceId: query.sourceId, programId: query.programId, importId: query.importId, from: dayOf(query.from),
          to: to && new Date(to.getTime() + 86_400_000),
          among: await inquiriesOf(tx, cx, query),
          ...(q ? { receipt: readReceipt(q), externalId: q } : {}),
        },
        isUuid(before) ? before : undefined,
        query.limit + 1,
      );
      return paged(rows, query.limit, (row) => [row.id], showInquiry);
    }),
  );
  serve(api, inquiriesApi, 'GET /v1/inquiries/:idOrReceipt', { may: [...readers, 'rep'] }, ({ scope, params }) =>
    cx.db.read(scope, async (tx) => showInquiry(await getInquiry(tx, params.idOrReceipt))),
  );
  serve(api, inquiriesApi, 'GET /v1/inquiries/:idOrReceipt/raw', { may: ['marketing'] }, ({ scope, params }) =>
    cx.db.read(scope, async (tx) => {
      const inquiry = await getInquiry(tx, params.idOrReceipt);
      const raw = await findRaw(tx, inquiry.id);
      if (!raw?.raw) return { type: null, bytes: 0, text: raw?.importId ? `It came in row ${raw.importRow} of an imported file, which is kept with the import.` : '', base64: null };
      const text = new TextDecoder('utf-8').decode(raw.raw.subarray(0, 200_000));
      return { type: raw.rawType, bytes: raw.raw.length, text: text.replaceAll('\0', '␀'), base64: text.includes('\uFFFD') ? raw.raw.subarray(0, 200_000).toString('base64') : null };
    }),
  );
  serve(api, inquiriesApi, 'GET /v1/quarantine', { may: readers }, ({ scope }) =>
    cx.db.read(scope, async (tx) => {
      const reasons = await countQuarantined(tx);
      return { total: reasons.reduce((sum, reason) => sum + reason.count, 0), reasons };
    }),
  );
  serve(api, inquiriesApi, 'POST /v1/quarantine/replay', { may: ['marketing'] }, ({ scope, body }) => replayQuarantine(cx, scope, body.ids ?? null, body.release ?? false));
  postRoute(api, intake);
}

/** Any bytes are taken, so this route stands outside the contract's body checks; the rest of the house's laws hold. */
function postRoute(api: Api, intake: Intake): void {
  const { cx } = api;
  api.routes.push({ method: 'POST', path: '/v1/inquiries', may: 'public' });
  void api.app.register(async (child) => {
    child.removeAllContentTypeParsers();
    child.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: 1_048_576 }, (_request, body, done) => done(null, body));
    const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type, idempotency-key, x-baton-key, authorization', 'access-control-allow-methods': 'POST', 'access-control-max-age': '86400', 'cross-origin-resource-policy': 'cross-origin' };
    child.options('/v1/inquiries', { schema: { hide: true } }, (_request, reply) => reply.headers(cors).code(204).send());
    child.post(
      '/v1/inquiries',
      { bodyLimit: 1_048_576, schema: { summary: 'Hand in an inquiry. Always accepted: what cannot be read is kept in quarantine. Answers with a receipt.', tags: ['inquiries'] } },
      async (request, reply) => {
        const door = await doorOf(cx, request);
        const raw = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
        const type = request.headers['content-type'];
        const { arrival } = arrivalFrom(raw, type, { ...door, channel: door.isPublic ? 'form' : 'api' });
        const given = request.headers['idempotency-key'];
        if (typeof given === 'string' && given !== '') arrival.key = `post:${given.length > 200 ? createHash('sha256').update(given).digest('hex') : given}`;
        const accepted = await intake.accept(door.workspaceId, arrival);
        return reply.headers(cors).code(202).send({ id: accepted.id, receipt: accepted.receipt });
      },
    );
  });
}
