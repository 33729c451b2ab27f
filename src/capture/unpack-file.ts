import { Readable } from 'node:stream';
import type { Transform } from 'node:stream';
import { crc32, createGunzip, createInflateRaw } from 'node:zlib';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import type { Tx } from '../platform/db/index.ts';
import { refuse } from '../platform/refusal.ts';
import { countArchiveBytes, findChunk } from './import.queries.ts';
import { deleteChunks, insertChunk, lockImport, saveImport, setArchiveAside } from './import.store.ts';
import { fileBytesMax, pieceBytes, Utf8Check } from './receive-file.ts';
import { findDirectory, isWorkbook, isZip, readDirectory } from './zip-check.rules.ts';
import type { ZipEntry } from './zip-check.rules.ts';

export interface Unpacked {
  /** The files of a ZIP archive that may be brought in; none for gzip, which holds one. */
  members: { name: string; bytes: number }[];
  member: string;
  fileBytes: number;
  validUtf8: boolean;
  sentence: string;
}
type Bytes = AsyncIterable<Buffer>;
const membersMax = 1000;

/**
 * Unpacks a gzip file or one file of a ZIP archive into pieces like any other's; undefined when the file is neither (a workbook is a file of
 * its own). What is unpacked flows through memory and stops at the size an upload may have, whatever the archive says of itself. An archive of
 * several files is kept beside (its pieces are numbered from −1 downwards), so that another of them can be chosen.
 */
export async function unpackFile(cx: Context, scope: Scope, id: string, wanted?: string): Promise<Unpacked | undefined> {
  return cx.db.write(scope, async (tx) => {
    const record = (await lockImport(tx, id))!;
    const aside = (await findChunk(tx, id, -1)) !== undefined;
    const first = (await findChunk(tx, id, aside ? -1 : 0)) ?? Buffer.alloc(0);
    const gzip = first[0] === 0x1f && first[1] === 0x8b;
    if (!gzip && !isZip(first)) return undefined;
    const piece = (n: number): Promise<Buffer | undefined> => findChunk(tx, id, aside ? -1 - n : n);
    const entries = gzip ? undefined : await listEntries(piece, aside ? await countArchiveBytes(tx, id) : record.fileBytes);
    // A workbook, or a damaged archive, of which the reading of workbooks says what is wrong.
    if (!gzip && (!entries || isWorkbook(entries))) return undefined;
    if (!aside) await setArchiveAside(tx, id);
    else await deleteChunks(tx, id, { archive: false });
    const packed = (n: number): Promise<Buffer | undefined> => findChunk(tx, id, -1 - n);
    const members = (entries ?? []).filter(isMember);
    const entry = gzip ? undefined : choose(members, wanted);
    const source = entry ? await entryBytes(packed, entry) : through(piecesFrom(packed, 0), createGunzip());
    const written = await write(cx, tx, id, await unzipped(source));
    // What holds one file has nothing more to choose from.
    if (members.length <= 1) await deleteChunks(tx, id, { archive: true });
    const megabytes = (written.fileBytes / 1_048_576).toFixed(1);
    await saveImport(tx, id, { fileBytes: written.fileBytes });
    return {
      ...written,
      members: members.length > 1 ? members.map(({ name, unpacked }) => ({ name, bytes: unpacked })) : [],
      member: entry?.name ?? '',
      sentence: !entry
        ? `The file was packed with gzip and was unpacked to ${megabytes} MB.`
        : members.length === 1
          ? `“${entry.name}” was unpacked from the archive.`
          : `The archive holds ${members.length} files; “${entry.name}” was unpacked. Choose another here, or bring the archive in once for each.`,
    };
  });
}

const isMember = ({ name, unpacked }: ZipEntry): boolean => unpacked > 0 && !name.endsWith('/') && !/(^|\/)(__MACOSX\/|\.|Thumbs\.db$|desktop\.ini$)/i.test(name);
const TABLE = /\.(csv|tsv|tab|txt|xlsx|vcf|vcard|json|jsonl|ndjson)(\.gz)?$/i;

/** The one asked for; else the only table, else the largest of them. */
function choose(members: readonly ZipEntry[], wanted: string | undefined): ZipEntry {
  if (members.length === 0) refuse('invalid', 'capture/empty-archive', 'The archive holds no file.');
  if (members.length > membersMax) refuse('limit', 'capture/archive-too-full', `The archive holds ${members.length.toLocaleString('en-US')} files; at most ${membersMax.toLocaleString('en-US')} are listed. Unpack it and bring in the ones you mean.`);
  const named = members.find(({ name }) => name === wanted);
  if (wanted !== undefined && !named) refuse('invalid', 'capture/no-member', `The archive has no file “${wanted}”. It has: ${members.slice(0, 20).map(({ name }) => name).join(', ')}.`);
  const tables = members.filter(({ name }) => TABLE.test(name));
  return named ?? (tables.length > 0 ? tables : members).reduce((largest, one) => (one.unpacked > largest.unpacked ? one : largest));
}

async function listEntries(piece: (n: number) => Promise<Buffer | undefined>, size: number): Promise<ZipEntry[] | undefined> {
  const tailAt = Math.max(0, size - 65_557);
  const found = findDirectory(await bytesOf(piece, tailAt, size), tailAt);
  if (!found || found.size > 16_777_216) return undefined;
  return readDirectory(await bytesOf(piece, found.at, found.at + found.size), found.count);
}

async function entryBytes(piece: (n: number) => Promise<Buffer | undefined>, entry: ZipEntry): Promise<Bytes> {
  if (entry.encrypted) refuse('invalid', 'capture/archive-locked', `“${entry.name}” is locked with a password. Unpack it and bring in the file itself.`);
  if (entry.method !== 0 && entry.method !== 8) refuse('invalid', 'capture/damaged-archive', 'The archive is packed in a way Baton does not know. Unpack it and bring in the file itself.');
  const local = await bytesOf(piece, entry.at, entry.at + 30);
  if (local.length < 30 || local.readUInt32LE(0) !== 0x04034b50) damaged();
  const from = entry.at + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = piecesFrom(piece, from, from + entry.packed);
  return checked(entry.method === 8 ? through(packed, createInflateRaw()) : packed, entry);
}

const damaged = (): never => refuse('invalid', 'capture/damaged-archive', 'The archive is damaged. Pack it again, or bring in the file itself.');

async function bytesOf(piece: (n: number) => Promise<Buffer | undefined>, from: number, to: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of piecesFrom(piece, from, to)) parts.push(part);
  return Buffer.concat(parts);
}

async function* piecesFrom(piece: (n: number) => Promise<Buffer | undefined>, from: number, to = Number.MAX_SAFE_INTEGER): AsyncGenerator<Buffer> {
  for (let n = Math.floor(from / pieceBytes); n * pieceBytes < to; n++) {
    const part = await piece(n);
    if (!part) return;
    yield part.subarray(Math.max(0, from - n * pieceBytes), Math.min(part.length, to - n * pieceBytes));
  }
}

async function* through(source: Bytes, unpacking: Transform): AsyncGenerator<Buffer> {
  const input = Readable.from(source);
  input.on('error', (error) => unpacking.destroy(error));
  input.pipe(unpacking);
  try {
    yield* unpacking as AsyncIterable<Buffer>;
  } catch (error) {
    if (/^(Z_|ERR_)/.test(String((error as { code?: string }).code))) damaged();
    throw error;
  } finally {
    input.destroy();
    unpacking.destroy();
  }
}

/** Stops where an entry turns out to be other than its archive says. */
async function* checked(source: Bytes, entry: ZipEntry): AsyncGenerator<Buffer> {
  let size = 0;
  let sum = 0;
  for await (const part of source) {
    size += part.length;
    if (size > entry.unpacked) refuse('invalid', 'capture/archive-lies', 'The archive holds more than it says, as archives meant to do harm do. Bring in the file itself.');
    sum = crc32(part, sum);
    yield part;
  }
  if (size !== entry.unpacked || sum !== entry.crc) damaged();
}

/** A file inside an archive may itself be packed with gzip. */
async function unzipped(source: Bytes): Promise<Bytes> {
  const parts = source[Symbol.asyncIterator]();
  const first = await parts.next();
  if (first.done) return source;
  async function* again(): AsyncGenerator<Buffer> {
    yield first.value as Buffer;
    yield* { [Symbol.asyncIterator]: () => parts };
  }
  return first.value[0] === 0x1f && first.value[1] === 0x8b ? through(again(), createGunzip()) : again();
}

async function write(cx: Context, tx: Tx, id: string, source: Bytes): Promise<{ fileBytes: number; validUtf8: boolean }> {
  const utf8 = new Utf8Check();
  const bytesMax = fileBytesMax(cx);
  let fileBytes = 0;
  let n = 0;
  let waiting: Buffer[] = [];
  let size = 0;
  for await (const part of source) {
    fileBytes += part.length;
    if (fileBytes > bytesMax) refuse('limit', 'capture/file-too-large', `Unpacked, the file is larger than the ${cx.config.uploadMegabytesMax} MB this installation takes. Split it, or raise BATON_UPLOAD_MB_MAX.`);
    utf8.take(part);
    waiting.push(part);
    size += part.length;
    while (size >= pieceBytes) {
      const all = Buffer.concat(waiting);
      await insertChunk(tx, id, n++, all.subarray(0, pieceBytes));
      waiting = [all.subarray(pieceBytes)];
      size -= pieceBytes;
    }
  }
  if (size > 0) await insertChunk(tx, id, n, Buffer.concat(waiting));
  if (fileBytes === 0) refuse('invalid', 'capture/empty-file', 'The archive holds an empty file.');
  return { fileBytes, validUtf8: utf8.valid() };
}
