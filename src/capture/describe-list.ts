import type { Scope } from '../platform/access/index.ts';
import { audit } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import type { ImportSettings } from './import.contract.ts';
import { lockImport, saveImport } from './import.store.ts';

/** Whose list it is and what it cost is often known only when the bill comes: it can be said of any import, however far it is. */
export async function describeList(cx: Context, scope: Scope, id: string, said: { owner: string | null; costMinor: number | null }): Promise<void> {
  await cx.db.write(scope, async (tx) => {
    const record = await lockImport(tx, id);
    if (!record || record.status === 'uploading') refuse('not-found', 'capture/no-import', 'There is no such import.');
    const { listOwner: _owner, listCostMinor: _cost, ...kept } = record.settings;
    const settings: ImportSettings = { ...kept, ...(said.owner ? { listOwner: said.owner } : {}), ...(said.costMinor === null ? {} : { listCostMinor: said.costMinor }) };
    await saveImport(tx, id, { settings });
    await audit(tx, cx, { what: 'import.listDescribed', subjectId: id, detail: said });
  });
}
