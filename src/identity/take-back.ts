import type { Tx } from '../platform/db/index.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';
import { customColumn, findMadeBy, findWrites, forgetWrites, loadOwn, saveMoved, setRows, type Change as RowChange } from './import.store.ts';
import { groupOfColumn } from './merge.rules.ts';
import type { Kind } from './merge.store.ts';
import { isRetold, retell, type Change, type Told } from './retell.rules.ts';
import { loadSurvivorship } from './survive/survivorship.ts';
import { byId, isEmpty, takeBack } from './take-back.rules.ts';
import type { TakenBack, Write } from './take-back.rules.ts';
import { findTold, saveTold } from './withdraw.store.ts';

export type Kept = TakenBack['kept'][number];
const handful = 5000;

const groupOf = (kind: Kind) => (column: string): string | undefined => groupOfColumn[kind].get(column);
/** Custom fields are each taken back by itself, though a row keeps them in one. */
const withCustom = (rows: ReadonlyMap<string, Record<string, unknown>>): Map<string, Record<string, unknown>> =>
  new Map([...rows].map(([id, row]) => [id, { ...row, ...Object.fromEntries(Object.entries(row['custom'] ?? {}).map(([key, value]) => [customColumn(key), value])) }]));
function customTogether(values: Record<string, unknown>, row: Record<string, unknown> | undefined): Record<string, unknown> {
  const isCustom = (column: string): boolean => column.startsWith(customColumn(''));
  const put = Object.entries(values).filter(([column]) => isCustom(column));
  if (put.length === 0) return values;
  const custom = { ...(row?.['custom'] as Record<string, unknown> | null), ...Object.fromEntries(put.map(([column, value]) => [column.slice(customColumn('').length), value])) };
  const left = Object.entries(custom).filter(([, value]) => value !== null);
  return { ...Object.fromEntries(Object.entries(values).filter(([column]) => !isCustom(column))), custom: left.length > 0 ? Object.fromEntries(left) : null };
}
const subjectsOf = (writes: readonly Write[]): string[] => [...new Set(writes.map(({ subjectId }) => subjectId))];
/** Of what was written into people, what goes by the pile alone: the rest is told anew by who is left. */
const piled = <W extends Write>(kind: Kind, writes: readonly W[]): W[] =>
  kind === 'organization' ? [...writes] : writes.map((one) => ({ ...one, cells: Object.fromEntries(Object.entries(one.cells).filter(([column]) => !isRetold(column))) }));

const changeKey = ({ importId, subjectId }: Change): string => `${importId} ${subjectId}`;

/**
 * Takes writes of one import, and sightings that were withdrawn, out of the rows they were made in; `writes` themselves are the caller's to
 * forget. What others who are left say of a person takes the place of what those had said.
 */
export async function takeWritesBack(tx: Tx, kind: Kind, writes: readonly Write[], { importId, gone = [], overwrite = false }: { importId?: string | undefined; gone?: readonly Told[]; overwrite?: boolean } = {}): Promise<void> {
  const ids = subjectsOf([...writes, ...gone]);
  if (ids.length === 0) return;
  const current = withCustom(await loadOwn(tx, kind, ids));
  const changes = await findWrites(tx, kind, { subjectIds: ids, notImportId: importId });
  const { set, moved } = takeBack(piled(kind, [...writes, ...gone]), current, piled(kind, changes), overwrite, groupOf(kind));
  const rows = new Map(set.map(({ id, values }) => [id, values]));
  const standing = new Map(changes.map((one) => [changeKey(one), one]));
  const anew = new Map<string, Change>();
  const move = (one: Change): void => {
    const key = changeKey(one);
    const known = anew.get(key) ?? standing.get(key)!;
    anew.set(key, { ...known, cells: { ...known.cells, ...one.cells } });
  };
  for (const one of moved) move(one as Change);
  if (kind === 'person') {
    const told = retell(current, { sightings: gone, changes: writes }, { sightings: await findTold(tx, ids), changes }, await loadSurvivorship(tx), overwrite);
    for (const { id, values } of told.set) rows.set(id, { ...rows.get(id), ...values });
    told.changes.forEach(move);
    await saveTold(tx, told.fills);
  }
  await saveMoved(tx, kind, [...anew.values()]);
  await setRows(tx, kind, [...rows].map(([id, values]): RowChange => ({ id, values: customTogether(values, current.get(id)) })));
}

/** What somebody else wrote on top of these since. */
async function findKept(tx: Tx, kind: Kind, writes: readonly Write[], importId: string): Promise<Kept[]> {
  const ids = subjectsOf(writes);
  const own = new Set(writes.map(({ id }) => id));
  // A fill is made where nothing was, or an initial or a junk name; on another it lies also where somebody emptied the field in between.
  const others: Write[] = [...(await findWrites(tx, kind, { subjectIds: ids, notImportId: importId })), ...(kind === 'person' ? await findTold(tx, ids) : [])];
  return takeBack(writes, withCustom(await loadOwn(tx, kind, ids)), others.filter(({ id }) => !own.has(id)), false, groupOf(kind)).kept;
}

/**
 * Takes what a list said of organizations it made off those that others still speak of, as far as it is known what the others say. What lists,
 * and nobody else, tell is known of all; what people seen there tell, where none are. Name, domain and address stay.
 */
export async function takeFoundingBack(tx: Tx, importId: string): Promise<string[]> {
  const made = await findMadeBy(tx, importId);
  for (let from = 0; from < made.length; from += handful) {
    const some = made.slice(from, from + handful);
    const ids = some.map(({ id }) => id);
    const rows = await loadOwn(tx, 'organization', ids);
    const lowest = new Map<string, unknown>();
    for (const { subjectId, cells } of (await findWrites(tx, 'organization', { subjectIds: ids })).toSorted(byId))
      for (const [column, { was }] of Object.entries(cells)) if (!lowest.has(`${subjectId} ${column}`)) lowest.set(`${subjectId} ${column}`, was);
    const writes = some.map(({ id, isSeen, byHand }): Write => {
      const own = [...listedColumns, ...(isSeen ? [] : rowColumns)].filter((column) => !byHand.includes(column));
      const base = own.map((column) => [column, lowest.has(`${id} ${column}`) ? lowest.get(`${id} ${column}`) : rows.get(id)?.[column]] as const);
      return { subjectId: id, id, cells: Object.fromEntries(base.flatMap(([column, now]) => (isEmpty(now) ? [] : [[column, { was: typeof now === 'boolean' ? false : null, now }]]))) };
    });
    await takeWritesBack(tx, 'organization', writes, { importId });
  }
  return made.map(({ id }) => id);
}
/** Only lists of organizations say these. */
const listedColumns = ['external_id', 'website', 'phone', 'naics', 'sic', 'parent', 'language', 'is_customer'];
const rowColumns = ['industry', 'vertical', 'employees', 'annual_revenue_minor'];

async function* writesOf(tx: Tx, kind: Kind, importId: string): AsyncGenerator<Write[]> {
  for (let after = noUuid; ; ) {
    const writes = await findWrites(tx, kind, { importId, after, limit: handful });
    if (writes.length === 0) return;
    after = writes.at(-1)!.subjectId;
    yield writes;
  }
}

/** Puts back what an import replaced. Doing it twice changes nothing. Returns the ids of the rows it had written into. */
export async function restoreBefore(tx: Tx, kind: Kind, importId: string, { overwrite = false } = {}): Promise<string[]> {
  const ids: string[] = [];
  for await (const writes of writesOf(tx, kind, importId)) {
    for (const { subjectId } of writes) ids.push(subjectId);
    await takeWritesBack(tx, kind, writes, { importId, overwrite });
  }
  await forgetWrites(tx, kind, importId);
  return ids;
}

/** What somebody wrote on top of what an import had replaced, and (`fills`) of what it had filled. */
export async function keptSince(tx: Tx, kind: Kind, importId: string, fills: readonly Write[] = []): Promise<Kept[]> {
  const kept: Kept[] = [];
  for await (const writes of writesOf(tx, kind, importId)) kept.push(...(await findKept(tx, kind, writes, importId)));
  for (let from = 0; from < fills.length; from += handful) kept.push(...(await findKept(tx, kind, fills.slice(from, from + handful), importId)));
  return kept;
}
