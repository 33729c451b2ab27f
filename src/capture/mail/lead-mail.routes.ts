import { audit } from '../../platform/access/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { decodeCursor, paged, serve } from '../../platform/http/index.ts';
import type { Api } from '../../platform/http/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { isUuid } from '../../platform/values/uuid.rules.ts';
import { findProgram } from '../program.queries.ts';
import { findSource } from '../source.queries.ts';
import { closeAddress, makeAddress } from './lead-address.ts';
import { addressOf } from './lead-address.rules.ts';
import { leadMailsApi } from './lead-mail.contract.ts';
import type { LeadAddress } from './lead-mail.contract.ts';
import { findLeadMail, findStored, listAddresses, listImportsOf, listInquiriesOf, listLeadMails } from './lead-mail.queries.ts';
import type { AddressRow, LeadMailRow } from './lead-mail.queries.ts';
import { readApart } from './read-apart.ts';
import { readLeadMail } from './read-lead-mails.ts';

const readers = ['marketing', 'sales_manager', 'management'] as const;
const textMax = 200_000;

const getMail = async (tx: Tx, id: string): Promise<LeadMailRow> => (await findLeadMail(tx, id)) ?? refuse('not-found', 'capture/no-lead-mail', 'There is no such mail.');

export function leadMailRoutes(api: Api): void {
  const { cx } = api;
  const show = ({ key, ...row }: AddressRow): Omit<LeadAddress, 'createdAt'> & { createdAt: Date } => ({ ...row, address: cx.config.leadMailAddress ? addressOf(cx.config.leadMailAddress, key) : null });

  serve(api, leadMailsApi, 'GET /v1/lead-addresses', { may: readers }, ({ scope, query }) =>
    cx.db.read(scope, async (tx) => ({ isOpen: cx.config.leadMailAddress !== undefined, items: (await listAddresses(tx, query)).map(show) })),
  );
  serve(api, leadMailsApi, 'POST /v1/lead-addresses', { may: ['marketing'] }, ({ scope, body }) =>
    cx.db.write(scope, async (tx) => {
      const { programId, sourceId } = body;
      if (programId && sourceId) refuse('invalid', 'capture/one-owner', 'An address belongs to a program or to a source, not to both.');
      if (programId && !(await findProgram(tx, programId))) refuse('not-found', 'capture/no-program', 'There is no such program.');
      if (sourceId && !(await findSource(tx, sourceId))) refuse('not-found', 'capture/no-source', 'There is no such source.');
      const id = await makeAddress(tx, cx, body);
      await audit(tx, cx, { what: 'leadAddress.made', subjectId: id });
      return show((await listAddresses(tx, { id }))[0]!);
    }),
  );
  serve(api, leadMailsApi, 'DELETE /v1/lead-addresses/:id', { may: ['marketing'] }, ({ scope, params }) =>
    cx.db.write(scope, async (tx) => {
      await closeAddress(tx, cx, params.id);
      return { id: params.id };
    }),
  );
  serve(api, leadMailsApi, 'GET /v1/lead-mails', { may: readers }, ({ scope, query }) =>
    cx.db.read(scope, async (tx) => {
      const [before] = decodeCursor(query.cursor) ?? [];
      const rows = await listLeadMails(tx, query, isUuid(before) ? before : undefined, query.limit + 1);
      return paged(rows, query.limit, (row) => [row.id], (row) => row);
    }),
  );
  serve(api, leadMailsApi, 'GET /v1/lead-mails/:id', { may: ['marketing'] }, async ({ scope, params }) => {
    const { row, raw, inquiryItems, importItems } = await cx.db.read(scope, async (tx) => ({
      row: await getMail(tx, params.id),
      raw: (await findStored(tx, params.id))!.raw,
      inquiryItems: await listInquiriesOf(tx, params.id),
      importItems: await listImportsOf(tx, params.id),
    }));
    const read = await readApart(raw, false).catch(() => undefined);
    return {
      ...row,
      text: read ? storable(read.text) : '',
      original: storable(new TextDecoder('utf-8').decode(raw.subarray(0, textMax))),
      files: (read?.mail.files ?? []).map(({ name, type, bytes }) => ({ name, type, bytes: bytes.length })),
      inquiryItems,
      importItems,
    };
  });
  serve(api, leadMailsApi, 'POST /v1/lead-mails/:id/read', { may: ['marketing'] }, async ({ scope, params, body }) => {
    await cx.db.read(scope, (tx) => getMail(tx, params.id));
    await readLeadMail(cx, scope, params.id, { states: ['held', 'waiting'], release: body.release ?? false });
    return cx.db.read(scope, (tx) => getMail(tx, params.id));
  });
}

const storable = (text: string): string => text.slice(0, textMax).replaceAll('\0', '␀').toWellFormed();
