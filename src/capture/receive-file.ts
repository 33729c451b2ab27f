import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { refuse } from '../platform/refusal.ts';
import { deleteBrokenUploads, deleteImport, insertChunk, insertImport, saveImport } from './import.store.ts';

export const pieceBytes = 1_048_576;
export const fileBytesMax = (cx: Context): number => cx.config.uploadMegabytesMax * 1_048_576;

export const fileNameOf = (fileName: string): string => basename(fileName.replaceAll('\\', '/')).replaceAll('\0', '').slice(0, 200) || 'file';

/** Whether bytes that flow by are valid UTF-8 as a whole. */
export class Utf8Check {
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private sound = true;
  take(bytes: Buffer): void {
    this.sound &&= this.decodes(bytes);
  }
  valid(): boolean {
    return (this.sound &&= this.decodes());
  }
  private decodes(bytes?: Buffer): boolean {
    try {
      this.decoder.decode(bytes, { stream: bytes !== undefined });
      return true;
    } catch {
      return false;
    }
  }
}


/** Keeps an uploaded file in pieces, as it flows in; the import exists once the last byte is safe. */
export async function receiveFile(cx: Context, scope: Scope, fileName: string, file: Readable, cutOff: () => boolean = () => false): Promise<{ id: string; validUtf8: boolean }> {
  const id = cx.ids.next();
  await cx.db.write(scope, (tx) => insertImport(tx, { id, fileName: fileNameOf(fileName), at: cx.clock.now() }));
  const hash = createHash('sha256');
  const utf8 = new Utf8Check();
  const bytesMax = fileBytesMax(cx);
  let bytes = 0;
  let n = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  const flush = async (last: boolean): Promise<void> => {
    let rest = waiting.length === 1 ? waiting[0]! : Buffer.concat(waiting);
    while (rest.length >= pieceBytes || (last && rest.length > 0)) {
      const piece = rest.subarray(0, pieceBytes);
      rest = rest.subarray(piece.length);
      await cx.db.write(scope, (tx) => insertChunk(tx, id, n, piece));
      n++;
    }
    waiting = rest.length > 0 ? [rest] : [];
    size = rest.length;
  };
  try {
    for await (const chunk of file as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      if (bytes > bytesMax) tooLarge(cx);
      utf8.take(chunk);
      waiting.push(chunk);
      size += chunk.length;
      if (size >= pieceBytes) await flush(false);
    }
    if (cutOff()) tooLarge(cx);
    if (bytes === 0) refuse('invalid', 'capture/empty-file', 'The file is empty.');
    await flush(true);
    await cx.db.write(scope, (tx) => saveImport(tx, id, { fileBytes: bytes, fileHash: hash.digest() }));
    return { id, validUtf8: utf8.valid() };
  } catch (error) {
    await cx.db.write(scope, (tx) => deleteImport(tx, id));
    throw error;
  }
}

/** Drops an upload that nothing was made of. */
export async function forgetImport(cx: Context, scope: Scope, id: string): Promise<void> {
  await cx.db.write(scope, (tx) => deleteImport(tx, id));
}

/** Drops uploads that broke off (the process died under them) more than a day ago. */
export async function forgetBrokenUploads(cx: Context, scope: Scope): Promise<number> {
  return cx.db.write(scope, (tx) => deleteBrokenUploads(tx, new Date(cx.clock.now().getTime() - 86_400_000)));
}

const tooLarge = (cx: Context): never =>
  refuse('limit', 'capture/file-too-large', `The file is larger than the ${cx.config.uploadMegabytesMax} MB this installation takes. Split it, or raise BATON_UPLOAD_MB_MAX.`);
