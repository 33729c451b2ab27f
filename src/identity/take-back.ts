import type { Tx } from '../platform/db/index.ts';
import { findWrites, forgetWrites, loadOwn, saveMoved, setRows } from './import.store.ts';
import { groupOfColumn } from './merge.rules.ts';
import type { Kind } from './merge.store.ts';
import { takeBack } from './take-back.rules.ts';
import type { TakenBack, Write } from './take-back.rules.ts';
import { findFills, saveMovedFills } from './withdraw.store.ts';
import { noUuid } from '../platform/values/uuid.rules.ts';

export type Kept = TakenBack['kept'][number];
const handful = 5000;

/** Takes writes out of the piles of the rows they were made in; `writes` themselves are the caller's to forget. Returns what stands on top of them. */
export async function takeWritesBack(tx: Tx, kind: Kind, writes: readonly Write[], { importId, overwrite = false, dry = false }: { importId?: string | undefined; overwrite?: boolean; dry?: boolean } = {}): Promise<Kept[]> {
  const ids = [...new Set(writes.map(({ subjectId }) => subjectId))];
  if (ids.length === 0) return [];
  const current = await loadOwn(tx, kind, ids);
  const changes = await findWrites(tx, kind, { subjectIds: ids, notImportId: importId });
  // A fill is made where nothing was, or an initial or a junk name; on another it lies also where somebody emptied the field in between.
  const fills = kind === 'person' ? await findFills(tx, ids) : [];
  const fillIds = new Set(fills.map(({ id }) => id));
  const own = new Set(writes.map(({ id }) => id));
  const result = takeBack(writes, current, [...changes, ...fills.filter(({ id }) => !own.has(id))], overwrite, (column) => groupOfColumn[kind].get(column));
  if (dry) return result.kept;
  await saveMoved(tx, kind, result.moved.filter(({ id }) => !fillIds.has(id)));
  await saveMovedFills(tx, result.moved.filter(({ id }) => fillIds.has(id)));
  await setRows(tx, kind, result.set);
  return result.kept;
}

/** Puts back what an import replaced. Doing it twice changes nothing. Returns the ids of the rows it had written into, and what was kept. */
export async function restoreBefore(tx: Tx, kind: Kind, importId: string, { overwrite = false, dry = false } = {}): Promise<{ ids: string[]; kept: Kept[] }> {
  const ids: string[] = [];
  const kept: Kept[] = [];
  for (let after = noUuid; ; ) {
    const writes = await findWrites(tx, kind, { importId, after, limit: handful });
    if (writes.length === 0) break;
    after = writes.at(-1)!.subjectId;
    for (const { subjectId } of writes) ids.push(subjectId);
    kept.push(...(await takeWritesBack(tx, kind, writes, { importId, overwrite, dry })));
  }
  if (!dry) await forgetWrites(tx, kind, importId);
  return { ids, kept };
}
