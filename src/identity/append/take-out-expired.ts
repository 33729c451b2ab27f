import { append } from '../../journal/index.ts';
import type { Scope } from '../../platform/access/index.ts';
import type { Context } from '../../platform/context.ts';
import type { Tx } from '../../platform/db/index.ts';
import { lockIdentity } from '../candidates.store.ts';
import { findWrites } from '../import.store.ts';
import { refreshComponents } from '../merge-people.ts';
import { takeWritesBack } from '../take-back.ts';
import { findAppendField } from './append-fields.rules.ts';
import { momentsOf } from '../merge.rules.ts';
import { appended } from './append-values.ts';
import { findExpired, forgetCells, markExpired, type Expired } from './append.store.ts';

const handful = 2000;

/** Values whose licence has ended are taken out: back to what they replaced where they still stand. What somebody wrote since stays. Returns how many. */
export async function takeOutExpired(cx: Context, scope: Scope): Promise<number> {
  const today = cx.clock.now().toISOString().slice(0, 10);
  for (let done = 0; ; ) {
    const taken = await cx.db.write(scope, async (tx) => {
      await lockIdentity(tx);
      const expired = await findExpired(tx, today, handful);
      for (const ofRun of Map.groupBy(expired, ({ runId, kind }) => `${runId} ${kind}`).values()) await takeOut(tx, cx, ofRun);
      return expired.length;
    });
    done += taken;
    if (taken < handful) return done;
  }
}

/** Receipts of one run and kind. */
async function takeOut(tx: Tx, cx: Context, expired: readonly Expired[]): Promise<void> {
  const { runId, kind } = expired[0]!;
  const bySubject = Map.groupBy(expired, ({ subjectId }) => subjectId);
  const columnsOf = (of: readonly Expired[]): string[] =>
    of.flatMap(({ field }) => {
      const columns = findAppendField(kind, field)?.columns ?? [];
      return [...columns, ...Object.keys(momentsOf(kind, columns, ''))];
    });
  const writes = (await findWrites(tx, kind, { subjectIds: [...bySubject.keys()], importId: runId })).map((write) => {
    const columns = new Set(columnsOf(bySubject.get(write.subjectId)!));
    return { ...write, cells: Object.fromEntries(Object.entries(write.cells).filter(([column]) => columns.has(column))) };
  });
  await takeWritesBack(tx, kind, writes, { importId: runId });
  await forgetCells(tx, runId, [...bySubject].map(([subjectId, of]) => ({ subjectId, columns: columnsOf(of) })));
  await refreshComponents(tx, kind, [...bySubject.keys()]);
  await markExpired(tx, expired.map(({ id }) => id), cx.clock.now());
  await append(tx, cx, [...bySubject].map(([id, of]) => appended(kind, id, { runId, fields: of.map(({ field }) => field), expired: true })));
}
