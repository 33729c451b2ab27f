import { audit } from '../../platform/access/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { refuse } from '../../platform/refusal.ts';
import { writeTableRow } from '../../platform/values/table-text.rules.ts';
import type { Kind } from '../merge.store.ts';
import { findSegment } from '../segment/segment.store.ts';
import { conditionsOf, segmentMembers } from '../segment/filter-by.ts';
import { findAppendField } from './append-fields.rules.ts';
import { findProvider } from './append.store.ts';
import { askedColumns, countLacking, insertKeys, insertRequest, listAsked, listRequests, type Asked, type RequestRow } from './request.store.ts';

export interface Wish {
  kind: Kind;
  fields: string[];
  segmentId?: string | undefined;
  /** conditions as JSON, as in the lists of people and organizations */
  where?: string | undefined;
}
/** The most that one extract asks about. */
const askedMost = 200_000;
/** The column whose key brings an answer home. */
export const keyColumn = 'Baton key';

/** The wish as a choice of people or organizations; refused where it names what is not there. */
export async function askedOf(tx: Tx, cx: Context, { kind, fields, segmentId, where }: Wish): Promise<Asked> {
  const known = fields.map((name) => findAppendField(kind, name) ?? refuse('invalid', 'identity/no-such-field', `“${name}” is no field that can be appended to ${kind === 'person' ? 'people' : 'organizations'}.`));
  return {
    kind,
    columns: known.map(({ columns }) => columns),
    among: segmentId === undefined ? undefined : await segmentMembers(tx, kind, segmentId),
    where: where === undefined ? undefined : await conditionsOf(tx, cx, kind, where),
  };
}

/** Of how many one of the fields is not known. */
export const countAsked = async (tx: Tx, cx: Context, wish: Wish): Promise<number> => countLacking(tx, await askedOf(tx, cx, wish));

/** Chooses whom to ask about and gives each a key of this request. The extract may be taken as often as wanted; answers come back as files. */
export async function askBureau(tx: Tx, cx: Context, wish: Wish & { providerId: string }): Promise<RequestRow> {
  const provider = await findProvider(tx, { id: wish.providerId });
  if (!provider) refuse('not-found', 'identity/no-such-provider', 'There is no such provider.');
  const id = cx.ids.next();
  const asked = await insertKeys(tx, id, await askedOf(tx, cx, wish), askedMost);
  if (asked === 0) refuse('invalid', 'identity/nobody-asked', 'Of all of them these fields are known: there is nobody to ask about.');
  const segment = wish.segmentId === undefined ? undefined : await findSegment(tx, wish.segmentId);
  await insertRequest(tx, { id, providerId: provider.id, kind: wish.kind, fields: wish.fields, whom: segment?.name ?? (wish.where === undefined ? 'everybody' : 'by conditions'), asked }, cx.clock.now());
  await audit(tx, cx, { what: 'append.asked', subjectId: id, detail: { provider: provider.name, asked } });
  return (await listRequests(tx, { id, limit: 1 }))[0]!;
}

export async function getRequest(tx: Tx, id: string): Promise<RequestRow> {
  const [request] = await listRequests(tx, { id, limit: 1 });
  return request ?? refuse('not-found', 'identity/no-such-request', 'There is no such request.');
}

/** The extract as CSV: the key, what the bureau may know them by, and an empty column per field. Cells that a spreadsheet would run are defused. */
export async function* extractFile(cx: Context, scope: Scope, request: RequestRow): AsyncGenerator<string> {
  const blank = request.fields.map((name) => findAppendField(request.kind, name)!.label);
  // The mark tells spreadsheets that it is UTF-8. An address is asked for in the columns that stand here already.
  const more = blank.filter((label) => label !== 'Address');
  yield '\uFEFF' + writeTableRow([keyColumn, ...askedColumns[request.kind], ...more], ',');
  const handful = 5000;
  for (let after = ''; ; ) {
    const rows = await cx.db.read(scope, (tx) => listAsked(tx, request, after, handful));
    if (rows.length === 0) return;
    yield rows.map(({ key, cells }) => writeTableRow([key, ...cells.map((cell) => cell ?? ''), ...more.map(() => '')], ',')).join('');
    after = rows.at(-1)!.key;
    if (rows.length < handful) return;
  }
}
