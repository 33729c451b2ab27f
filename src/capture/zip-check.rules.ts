/** What a ZIP archive (and so an XLSX file) says it holds, from its central directory alone, without inflating anything. */
export interface ZipEntry {
  name: string;
  packed: number;
  unpacked: number;
  /** 0 stored, 8 deflated. */
  method: number;
  /** Where its local header begins. */
  at: number;
  crc: number;
  encrypted: boolean;
}
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

/** Where the directory of an archive lies, from its last bytes (64 KB and a little are enough); `tailAt` says where in the file they begin. */
export function findDirectory(tail: Buffer, tailAt: number): { at: number; size: number; count: number } | undefined {
  const earliest = Math.max(0, tail.length - 65_557);
  for (let i = tail.length - 22; i >= earliest; i--) {
    if (tail.readUInt32LE(i) !== 0x06054b50) continue;
    const at = tail.readUInt32LE(i + 16);
    const count = tail.readUInt16LE(i + 10);
    // 64-bit archives hold more than what is brought in: not ours to unpack.
    return at === 0xffffffff || count === 0xffff || at > tailAt + i ? undefined : { at, size: tail.readUInt32LE(i + 12), count };
  }
  return undefined;
}
export function readDirectory(bytes: Buffer, count: number, from = 0): ZipEntry[] | undefined {
  const entries: ZipEntry[] = [];
  let at = from;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      packed: bytes.readUInt32LE(at + 20),
      unpacked: bytes.readUInt32LE(at + 24),
      method: bytes.readUInt16LE(at + 10),
      at: bytes.readUInt32LE(at + 42),
      crc: bytes.readUInt32LE(at + 16),
      encrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}
export function listZip(bytes: Buffer): ZipEntry[] | undefined {
  const directory = findDirectory(bytes, 0);
  return directory && readDirectory(bytes, directory.count, directory.at);
}
export const isWorkbook = (entries: readonly ZipEntry[]): boolean => entries.some(({ name }) => name === '[Content_Types].xml') && entries.some(({ name }) => name.startsWith('xl/'));

export interface ZipBounds {
  unpackedMax: number;
  ratioMax: number;
  entriesMax: number;
}

/** A sentence why this archive is not unpacked; undefined when it may be. */
export function zipProblem(bytes: Buffer, { unpackedMax, ratioMax, entriesMax }: ZipBounds): string | undefined {
  const entries = listZip(bytes);
  if (!entries) return 'The file begins like an Excel workbook but is cut off or damaged.';
  if (!isWorkbook(entries)) return 'The file is a ZIP archive, not an Excel workbook. Unpack it and bring in the file inside.';
  if (entries.length > entriesMax) return `The workbook has ${entries.length} parts; more than ${entriesMax} is not a spreadsheet.`;
  const total = entries.reduce((sum, entry) => sum + entry.unpacked, 0);
  const megabytes = Math.round(total / 1_048_576);
  if (total > unpackedMax) return `The workbook would unpack to ${megabytes} MB; at most ${Math.round(unpackedMax / 1_048_576)} MB are taken. Save the sheet as CSV instead.`;
  if (total > 10_485_760 && total > bytes.length * ratioMax) return `The workbook would unpack to ${megabytes} MB from ${Math.ceil(bytes.length / 1024)} KB. That is how archives meant to do harm look; save the sheet as CSV instead.`;
  return undefined;
}

/** The packed bytes of one entry; undefined when the archive is damaged there. */
export function packedBytes(bytes: Buffer, entry: ZipEntry): Buffer | undefined {
  if (entry.at + 30 > bytes.length || bytes.readUInt32LE(entry.at) !== 0x04034b50) return undefined;
  const from = entry.at + 30 + bytes.readUInt16LE(entry.at + 26) + bytes.readUInt16LE(entry.at + 28);
  return from + entry.packed <= bytes.length ? bytes.subarray(from, from + entry.packed) : undefined;
}

/** The names of the sheets, from the workbook's own part. */
export function sheetNames(workbookXml: string): string[] {
  const entity: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&apos;': "'" };
  return [...workbookXml.matchAll(/<(?:\w+:)?sheet\s[^>]*?name="([^"]*)"[^>]*>/g)].map((match) => match[1]!.replace(/&(amp|lt|gt|quot|apos);/g, (found) => entity[found]!));
}
