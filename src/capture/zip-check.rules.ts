/** What a ZIP archive (and so an XLSX file) says it holds, from its central directory alone, without inflating anything. */
export interface ZipEntry {
  name: string;
  packed: number;
  unpacked: number;
  /** 0 stored, 8 deflated. */
  method: number;
  /** Where its local header begins. */
  at: number;
}
export const isZip = (bytes: Uint8Array): boolean => bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5);

export function listZip(bytes: Buffer): ZipEntry[] | undefined {
  const earliest = Math.max(0, bytes.length - 65_557);
  let end = -1;
  for (let i = bytes.length - 22; i >= earliest; i--) {
    if (bytes.readUInt32LE(i) === 0x06054b50) {
      end = i;
      break;
    }
  }
  if (end < 0) return undefined;
  const entries: ZipEntry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  const count = bytes.readUInt16LE(end + 10);
  // 64-bit archives hold more than any spreadsheet: not ours to unpack.
  if (at === 0xffffffff || count === 0xffff) return undefined;
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) return undefined;
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({ name: bytes.toString('utf8', at + 46, at + 46 + nameLength), packed: bytes.readUInt32LE(at + 20), unpacked: bytes.readUInt32LE(at + 24), method: bytes.readUInt16LE(at + 10), at: bytes.readUInt32LE(at + 42) });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

export interface ZipBounds {
  unpackedMax: number;
  ratioMax: number;
  entriesMax: number;
}

/** A sentence why this archive is not unpacked; undefined when it may be. */
export function zipProblem(bytes: Buffer, { unpackedMax, ratioMax, entriesMax }: ZipBounds): string | undefined {
  const entries = listZip(bytes);
  if (!entries) return 'The file begins like an Excel workbook but is cut off or damaged.';
  if (!entries.some((entry) => entry.name === '[Content_Types].xml') || !entries.some((entry) => entry.name.startsWith('xl/'))) return 'The file is a ZIP archive, not an Excel workbook. Unpack it and bring in the file inside.';
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
