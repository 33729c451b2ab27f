import type { ChangedSince } from '../capture/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { loadOwn } from './import.store.ts';
import type { Kind } from './merge.store.ts';
import { columnOf, saidFields } from './person-draft.rules.ts';
import type { Kept } from './take-back.ts';

const toldMax = 50;
/** Columns that only mirror another. */
const derived = new Set(['email_key', 'phone_e164', 'mobile_e164', 'name_key', 'full_name', 'name_is_junk', ...saidFields.map(columnOf)]);

/** Whom somebody changed after an import had, and how: what they are asked before it is taken back. */
export async function tellKept(tx: Tx, kind: Kind, kept: readonly Kept[]): Promise<ChangedSince> {
  const bySubject = Map.groupBy(
    kept.filter(({ column }) => !derived.has(column)),
    ({ subjectId }) => subjectId,
  );
  const told = [...bySubject].slice(0, toldMax);
  const rows = await loadOwn(tx, kind, told.map(([id]) => id));
  const text = (value: unknown): string | null => (value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value));
  return {
    count: bySubject.size,
    items: told.map(([id, cells]) => ({
      id,
      label: text(rows.get(id)?.[kind === 'person' ? 'full_name' : 'name']) ?? text(rows.get(id)?.['email']) ?? 'Without a name',
      fields: cells.map(({ column, was, now, current }) => ({ field: column.replaceAll('_', ' '), before: text(was), imported: text(now), since: text(current) })),
    })),
  };
}
