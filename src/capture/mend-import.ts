import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { configureImport, getImport } from './configure-import.ts';
import { saveImport } from './import.store.ts';

/** Rows that an import kept as problems come back corrected: they are read as that import was, column by column of the same name. */
export async function mendImport(cx: Context, scope: Scope, id: string, mends: string): Promise<void> {
  const first = await getImport(cx, scope, mends);
  const { analysis } = await getImport(cx, scope, id);
  const before = first.analysis?.columns ?? [];
  const { mapping = {}, values = {}, encoding: _encoding, delimiter: _delimiter, sheet: _sheet, hasHeader: _hasHeader, member: _member, format: _format, ...rest } = first.settings;
  const columnOf = new Map<number, number>();
  for (const column of analysis?.columns ?? []) {
    const was = before.find(({ header, index }) => (header === '' ? index === column.index && !analysis?.hasHeader : header === column.header));
    if (was) columnOf.set(was.index, column.index);
  }
  const moved = <T>(by: Record<string, T>): Record<string, T> =>
    Object.fromEntries(Object.entries(by).flatMap(([index, one]) => (columnOf.has(Number(index)) ? [[String(columnOf.get(Number(index))), one] as const] : [])));
  await configureImport(cx, scope, id, first.kind ?? undefined, { ...rest, mapping: moved(mapping), values: moved(values) });
  await cx.db.write(scope, (tx) => saveImport(tx, id, { mends }));
}
