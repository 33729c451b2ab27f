import { createHash } from 'node:crypto';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import { analyseImport } from './analyse-import.ts';
import { findImport, findReceived } from './import.queries.ts';
import type { ImportRecord } from './import.queries.ts';
import { insertImport, lockImport, saveImport, upsertChunk } from './import.store.ts';
import { fileBytesMax, fileNameOf, pieceBytes, Utf8Check } from './receive-file.ts';
import { piecesOf } from './import-file.ts';

export const partBytesMax = 8 * pieceBytes;

/** Begins an upload that may break off: its parts follow, each at the offset that is safe so far. */
export async function beginUpload(cx: Context, scope: Scope, given: { fileName: string; fileBytes: number; kind?: string | undefined }): Promise<string> {
  if (given.fileBytes > fileBytesMax(cx)) refuse('limit', 'capture/file-too-large', `The file is larger than the ${cx.config.uploadMegabytesMax} MB this installation takes. Split it, or raise BATON_UPLOAD_MB_MAX.`);
  const id = cx.ids.next();
  await cx.db.write(scope, async (tx) => {
    await insertImport(tx, { id, fileName: fileNameOf(given.fileName), at: cx.clock.now() });
    await saveImport(tx, id, { fileBytes: given.fileBytes, kind: given.kind ?? null });
  });
  return id;
}

export async function getUpload(cx: Context, scope: Scope, id: string): Promise<{ record: ImportRecord; offset: number }> {
  return cx.db.read(scope, async (tx) => {
    const record = await findImport(tx, id);
    if (!record || record.status !== 'uploading') refuse('not-found', 'capture/no-upload', 'There is no such upload, or it is complete.');
    return { record, offset: await findReceived(tx, id) };
  });
}

/** Adds a part at `offset`, which must be where the upload stands; returns where it stands then. Sending a part twice does no harm: the second is refused with the offset. */
export async function receivePart(cx: Context, scope: Scope, id: string, offset: number, part: Buffer): Promise<number> {
  return cx.db.write(scope, async (tx) => {
    const record = await lockImport(tx, id);
    if (!record || record.status !== 'uploading') refuse('not-found', 'capture/no-upload', 'There is no such upload, or it is complete.');
    const received = await findReceived(tx, id);
    if (offset !== received) refuse('conflict', 'capture/upload-offset', `The upload stands at byte ${received}. Go on from there.`, { offset: received });
    if (received + part.length > record.fileBytes) refuse('invalid', 'capture/upload-too-long', `The file was said to have ${record.fileBytes} bytes; this part goes beyond.`, { offset: received });
    let n = Math.floor(received / pieceBytes);
    let at = 0;
    const begun = received % pieceBytes;
    if (begun > 0) {
      at = Math.min(part.length, pieceBytes - begun);
      await upsertChunk(tx, id, n++, part.subarray(0, at));
    }
    for (; at < part.length; at += pieceBytes) await upsertChunk(tx, id, n++, part.subarray(at, at + pieceBytes));
    return received + part.length;
  });
}

/** All parts are there: the file is looked at like any other. */
export async function completeUpload(cx: Context, scope: Scope, id: string): Promise<void> {
  const { record, offset } = await getUpload(cx, scope, id);
  if (offset === 0) refuse('invalid', 'capture/empty-file', 'The file is empty.');
  if (offset < record.fileBytes) refuse('conflict', 'capture/upload-incomplete', `The upload stands at byte ${offset} of ${record.fileBytes}. Send the rest first.`, { offset });
  const hash = createHash('sha256');
  const utf8 = new Utf8Check();
  const pieces = piecesOf(cx, scope, id);
  for (let n = 0; ; n++) {
    const piece = await pieces(n);
    if (!piece) break;
    hash.update(piece);
    utf8.take(piece);
  }
  await cx.db.write(scope, (tx) => saveImport(tx, id, { fileHash: hash.digest() }));
  await analyseImport(cx, scope, id, utf8.valid(), record.kind ?? undefined);
}
