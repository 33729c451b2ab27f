import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { packedBytes, type ZipEntry } from './zip-check.rules.ts';

const pieceBytes = 128 * 1024;

/** A part of an archive, unpacked by the piece as it is asked for. */
export async function* unpackedPieces(bytes: Buffer, entry: ZipEntry): AsyncGenerator<Buffer> {
  const packed = packedBytes(bytes, entry);
  if (!packed) return;
  if (entry.method === 0) {
    yield* inPieces(packed);
    return;
  }
  const inflate = createInflateRaw({ chunkSize: pieceBytes });
  Readable.from(inPieces(packed)).pipe(inflate);
  try {
    for await (const piece of inflate) yield piece as Buffer;
  } finally {
    inflate.destroy();
  }
}

/** Bytes cut to handy pieces, none copied. */
export function* inPieces(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}
