import type { Tx } from '../platform/db/index.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';
import { findWrites, forgetWrites, loadOwn, saveMoved, setRows, type Change as RowChange } from './import.store.ts';
import { groupOfColumn } from './merge.rules.ts';
import type { Kind } from './merge.store.ts';
import { isRetold, retell, type Change, type Told } from './retell.rules.ts';
import { loadSurvivorship } from './survive/survivorship.ts';
import { takeBack } from './take-back.rules.ts';
import type { TakenBack, Write } from './take-back.rules.ts';
import { findTold, saveTold } from './withdraw.store.ts';

export type Kept = TakenBack['kept'][number];
const handful = 5000;

const groupOf = (kind: Kind) => (column: string): string | undefined => groupOfColumn[kind].get(column);
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
  const current = await loadOwn(tx, kind, ids);
  const changes = await findWrites(tx, kind, { subjectIds: ids, notImportId: importId });
  const { set, moved } = takeBack(piled(kind, [...writes, ...gone]), current, piled(kind, changes), overwrite, groupOf(kind));
  const rows = new Map(set.map(({ id, values }) => [id, values]));
  const byId = new Map(changes.map((one) => [changeKey(one), one]));
  const anew = new Map<string, Change>();
  const move = (one: Change): void => {
    const key = changeKey(one);
    const known = anew.get(key) ?? byId.get(key)!;
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
  await setRows(tx, kind, [...rows].map(([id, values]): RowChange => ({ id, values })));
}

/** What somebody else wrote on top of these since. */
async function findKept(tx: Tx, kind: Kind, writes: readonly Write[], importId: string): Promise<Kept[]> {
  const ids = subjectsOf(writes);
  const own = new Set(writes.map(({ id }) => id));
  // A fill is made where nothing was, or an initial or a junk name; on another it lies also where somebody emptied the field in between.
  const others: Write[] = [...(await findWrites(tx, kind, { subjectIds: ids, notImportId: importId })), ...(kind === 'person' ? await findTold(tx, ids) : [])];
  return takeBack(writes, await loadOwn(tx, kind, ids), others.filter(({ id }) => !own.has(id)), false, groupOf(kind)).kept;
}

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
