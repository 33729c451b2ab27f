import { createInflateRaw, inflateRawSync } from 'node:zlib';
import { streamXlsxRows } from 'hucre/xlsx';
import { refuse } from '../platform/refusal.ts';
import { pointAtTexts, pointedAt } from './point-at-texts.ts';
import { readSharedTexts, type SharedTexts } from './shared-texts.ts';
import { inPieces, unpackedPieces } from './unpack-part.ts';
import { listZip, packedBytes, sheetNames, zipProblem, type ZipEntry } from './zip-check.rules.ts';

const bounds = { unpackedMax: 2 * 1024 * 1024 * 1024 - 1, ratioMax: 150, entriesMax: 5000 };

/**
 * Lets a workbook in or refuses it. The sizes it declares are judged before a byte is unpacked, and then each part is unpacked once to the
 * air, stopping at its declared size: an archive that lies is found without its contents ever being held.
 */
export async function checkWorkbook(bytes: Buffer): Promise<void> {
  const problem = zipProblem(bytes, bounds);
  if (problem) refuse('invalid', 'capture/workbook', problem);
  for (const entry of listZip(bytes)!) {
    if (entry.method === 0 && entry.packed === entry.unpacked) continue;
    const packed = packedBytes(bytes, entry);
    if (!packed || entry.method !== 8) refuse('invalid', 'capture/workbook', 'The workbook is damaged or packed in a way Baton does not know. Open and save it again, or save the sheet as CSV.');
    const size = await inflatedSize(packed, entry.unpacked);
    if (size > entry.unpacked) refuse('invalid', 'capture/workbook-lies', 'The workbook holds more than it says, as archives meant to do harm do. Save the sheet as CSV instead.');
  }
}

function inflatedSize(packed: Buffer, stopAbove: number): Promise<number> {
  return new Promise((done, failed) => {
    let size = 0;
    const inflate = createInflateRaw();
    inflate.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > stopAbove) {
        inflate.destroy();
        done(size);
      }
    });
    inflate.on('end', () => done(size));
    inflate.on('error', () => {
      try {
        refuse('invalid', 'capture/workbook', 'The workbook is damaged. Open and save it again, or save the sheet as CSV.');
      } catch (error) {
        failed(error);
      }
    });
    inflate.end(packed);
  });
}

export function sheetsOf(bytes: Buffer): string[] {
  const entry = listZip(bytes)?.find(({ name }) => name === 'xl/workbook.xml');
  const packed = entry && packedBytes(bytes, entry);
  if (!entry || !packed) return [];
  try {
    return sheetNames((entry.method === 8 ? inflateRawSync(packed, { maxOutputLength: 10_000_000 }) : packed).toString('utf8'));
  } catch {
    return [];
  }
}

const two = (n: number): string => String(n).padStart(2, '0');
/** A cell as the text that the same table saved as CSV would hold; dates as ISO, whatever the sheet shows. */
function textOf(value: string | number | boolean | Date | null): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return '';
    // Excel's days are fractions: their seconds come out a millisecond low.
    const at = new Date(Math.round(value.getTime() / 1000) * 1000);
    const day = `${at.getUTCFullYear()}-${two(at.getUTCMonth() + 1)}-${two(at.getUTCDate())}`;
    const seconds = at.getUTCHours() * 3600 + at.getUTCMinutes() * 60 + at.getUTCSeconds();
    return seconds === 0 ? day : `${day} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
  }
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(15)));
  return String(value);
}

/** The rows of a sheet, by their numbers in the sheet, blank ones left out; as they are asked for, so that a sheet of any length takes little memory. */
export async function* sheetRows(bytes: Buffer, sheet: string | undefined): AsyncGenerator<{ row: number; cells: string[] }> {
  try {
    const texts = await textsOf(bytes);
    for await (const { index, values } of rowsAsked(bytes, sheet ? { sheet } : {}, texts)) {
      const cells = values.map((value) => {
        const shared = texts && typeof value === 'string' ? pointedAt(value) : undefined;
        return shared === undefined ? textOf(value) : (texts!.at(shared) ?? '');
      });
      if (cells.some((cell) => cell.trim() !== '')) yield { row: index + 1, cells };
    }
  } catch (error) {
    if ((error as Error).name === 'Refusal') throw error;
    refuse('invalid', 'capture/workbook', `The workbook could not be read: ${(error as Error).message.slice(0, 200)} Save the sheet as CSV instead.`);
  }
}

/** The texts its cells share; undefined where there are none, or they are written in a way only the reader of whole workbooks knows. */
async function textsOf(bytes: Buffer): Promise<SharedTexts | undefined> {
  const entry = listZip(bytes)?.find(({ name }) => sharedTextsPart.test(name));
  return entry && readSharedTexts(bytes, entry);
}
const sharedTextsPart = /^xl\/sharedStrings\.xml$/i;
const sheetPart = /^xl\/worksheets\/sheet\d+\.xml$/i;
const noTexts = Buffer.from('<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>');

type Row = Awaited<ReturnType<ReturnType<typeof streamXlsxRows>['next']>>['value'] & object;

/**
 * The reader unpacks as fast as it can and keeps every row until it is asked for: of 200,000 rows a gigabyte. So it is fed by the piece,
 * and the next only when somebody has been waiting for a row. A workbook whose parts are named otherwise than usual is read as a whole.
 */
async function* rowsAsked(bytes: Buffer, options: { sheet?: string }, texts: SharedTexts | undefined): AsyncGenerator<Row> {
  let asked = false;
  let tell = (): void => {};
  /** Resolves once a row was asked for and nothing that was fed so far had one. */
  const hungry = async (): Promise<void> => {
    do {
      if (!asked) await new Promise<void>((go) => (tell = go));
      await new Promise((go) => setImmediate(go));
    } while (!asked);
  };
  const pieces = piecesOf(bytes, texts !== undefined);
  const source = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        await hungry();
        const { value, done } = await pieces.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  const rows = streamXlsxRows(source, options)[Symbol.asyncIterator]();
  let any = false;
  try {
    for (;;) {
      asked = true;
      tell();
      const next = await rows.next();
      asked = false;
      if (next.done) return;
      any = true;
      yield next.value;
    }
  } catch (error) {
    if (any) throw error;
  } finally {
    asked = true;
    tell();
    await rows.return?.(undefined);
    await pieces.return(undefined);
  }
  yield* streamXlsxRows(bytes, options);
}

/** The parts of a workbook as an archive in the order they are needed: what tells of the sheets, the sheets. Where its texts are read already (`isRead`), the sheets point at them. */
async function* piecesOf(bytes: Buffer, isRead: boolean): AsyncGenerator<Uint8Array> {
  const needed = (name: string): number => [/\.(rels|xml)$/i, /^xl\/(workbook|sharedStrings|styles)\.xml$/i, /^xl\/worksheets\//i].findLastIndex((one) => one.test(name));
  const parts = (listZip(bytes) ?? []).filter(({ name }) => needed(name) >= 0).toSorted((a, b) => needed(a.name) - needed(b.name));
  for (const entry of parts) {
    const packed = packedBytes(bytes, entry);
    if (!packed) return;
    if (isRead && sharedTextsPart.test(entry.name)) {
      yield headOf(entry, noTexts.length);
      yield noTexts;
    } else if (isRead && sheetPart.test(entry.name)) {
      yield headOf(entry, entry.unpacked);
      yield* pointAtTexts(unpackedPieces(bytes, entry), entry.unpacked);
    } else {
      yield headOf(entry, undefined);
      yield* inPieces(packed);
    }
  }
}

/** What stands before a part in an archive; `stored`: its bytes follow as they are, so many. */
function headOf({ name: path, method, crc, packed, unpacked }: ZipEntry, stored: number | undefined): Buffer {
  const name = Buffer.from(path);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(stored === undefined ? method : 0, 8);
  header.writeUInt32LE(stored === undefined ? crc : 0, 14);
  header.writeUInt32LE(stored ?? packed, 18);
  header.writeUInt32LE(stored ?? unpacked, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}
