import { Readable } from 'node:stream';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { analyseImport } from './analyse-import.ts';
import { configureImport, getImport } from './configure-import.ts';
import type { ImportCounts, ImportSettings } from './import.contract.ts';
import { markStarted, runImport } from './run-import.ts';
import { receiveFile } from './receive-file.ts';

export interface GivenFile {
  name: string;
  bytes: Buffer;
  kind: string;
  settings?: ImportSettings;
}

/**
 * Brings a file in as the wizard does, but at once and without a job: whoever tells a past has a clock of its own, and no queue to wait
 * in. What comes of it is an import like any other, with its problems, its sentences and its undo.
 */
export async function bringInFile(cx: Context, scope: Scope, file: GivenFile): Promise<{ importId: string; counts: Partial<ImportCounts> }> {
  const { id, validUtf8 } = await receiveFile(cx, scope, file.name, Readable.from([file.bytes]));
  await analyseImport(cx, scope, id, validUtf8, file.kind);
  if (file.settings) await configureImport(cx, scope, id, file.kind, file.settings);
  await cx.db.write(scope, (tx) => markStarted(tx, cx, { id, kind: file.kind }, null));
  await runImport(cx, scope, { id, payload: { importId: id }, progress: async () => {}, cancelled: async () => false });
  const { counts } = await getImport(cx, scope, id);
  return { importId: id, counts };
}
