/**
 * Columns of a batch as PostgreSQL's binary arrays. An array literal costs the server a parse of every element; the binary form is taken
 * as it comes, which halves the cost of a bulk insert. Layout: `array_send` of PostgreSQL (int32 dimensions, flags, element type, then length
 * and lower bound of the one dimension, then each element with its length, -1 for null).
 */
interface Kind {
  oid: number;
  /** Bytes that no element exceeds, when that is known beforehand. */
  width?: number;
}
const kinds: Record<string, Kind> = {
  uuid: { oid: 2950, width: 16 },
  text: { oid: 25 },
  integer: { oid: 23, width: 4 },
  bigint: { oid: 20, width: 8 },
  boolean: { oid: 16, width: 1 },
  'double precision': { oid: 701, width: 8 },
  real: { oid: 700, width: 4 },
  'timestamp with time zone': { oid: 1184, width: 8 },
  jsonb: { oid: 3802 },
  bytea: { oid: 17 },
};

/** PostgreSQL counts microseconds from 2000-01-01. */
const epochMs = 946_684_800_000;

const hexOf = new Int8Array(128).fill(-1);
for (let i = 0; i < 16; i++) {
  hexOf['0123456789abcdef'.charCodeAt(i)] = i;
  hexOf['0123456789ABCDEF'.charCodeAt(i)] = i;
}

/** Writes a uuid in its usual 36 signs; false where it is none. */
function writeUuid(into: Buffer, at: number, text: string): boolean {
  if (text.length !== 36) return false;
  let sign = 0;
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) sign++;
    const high = hexOf[text.charCodeAt(sign++)];
    const low = hexOf[text.charCodeAt(sign++)];
    if (high === undefined || low === undefined || (high | low) < 0) return false;
    into[at + i] = (high << 4) | low;
  }
  return true;
}

/** A buffer that grows; one is kept for all columns, as each is copied out when it is whole. */
let scratch: Buffer = Buffer.allocUnsafe(1 << 20);
let view: DataView = new DataView(scratch.buffer, scratch.byteOffset, scratch.length);
function use(buffer: Buffer): void {
  scratch = buffer;
  view = new DataView(buffer.buffer, buffer.byteOffset, buffer.length);
}
function room(used: number, more: number): void {
  if (used + more <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, used + more));
  scratch.copy(larger, 0, 0, used);
  use(larger);
}
const scratchMax = 16 << 20;

/** What a batch says in one column. `textOf` turns any value into text or null, as for a text parameter. */
export interface Column {
  count: number;
  value(row: number): unknown;
}

/**
 * @param type as `format_type` names it
 * @returns undefined where the type or a value has no binary form here: the column then travels as text and is cast.
 */
export function binaryArray(column: Column, type: string, textOf: (value: unknown) => string | null): Buffer | undefined {
  const kind = kinds[type];
  if (!kind) return undefined;
  let at = 20;
  let hasNull = 0;
  room(0, 20 + column.count * (4 + (kind.width ?? 24)));
  for (let i = 0; i < column.count; i++) {
    const value = column.value(i);
    room(at, 20);
    if (value === null || value === undefined) {
      hasNull = 1;
      view.setInt32(at, -1);
      at += 4;
      continue;
    }
    const written = writeElement(type, value, at + 4, textOf);
    if (written < 0) return undefined;
    view.setInt32(at, written);
    at += 4 + written;
  }
  scratch.writeInt32BE(1, 0);
  scratch.writeInt32BE(hasNull, 4);
  scratch.writeInt32BE(kind.oid, 8);
  scratch.writeInt32BE(column.count, 12);
  scratch.writeInt32BE(1, 16);
  const out = Buffer.allocUnsafeSlow(at);
  scratch.copy(out, 0, 0, at);
  if (scratch.length > scratchMax) use(Buffer.allocUnsafe(1 << 20));
  return out;
}

/** @returns the bytes written; negative where this value has no binary form */
function writeElement(type: string, value: unknown, at: number, textOf: (value: unknown) => string | null): number {
  switch (type) {
    case 'uuid':
      return typeof value === 'string' && writeUuid(scratch, at, value) ? 16 : -1;
    case 'integer':
      if (typeof value !== 'number' || !Number.isInteger(value) || value > 2_147_483_647 || value < -2_147_483_648) return -1;
      view.setInt32(at, value);
      return 4;
    case 'bigint':
      if (typeof value !== 'number' || !Number.isSafeInteger(value)) return -1;
      view.setInt32(at, Math.floor(value / 4_294_967_296));
      view.setUint32(at + 4, value);
      return 8;
    case 'boolean':
      if (typeof value !== 'boolean') return -1;
      scratch[at] = value ? 1 : 0;
      return 1;
    case 'double precision':
      if (typeof value !== 'number') return -1;
      view.setFloat64(at, value);
      return 8;
    case 'real':
      if (typeof value !== 'number') return -1;
      view.setFloat32(at, value);
      return 4;
    case 'timestamp with time zone': {
      if (!(value instanceof Date) || Number.isNaN(value.getTime())) return -1;
      const micros = (value.getTime() - epochMs) * 1000;
      view.setInt32(at, Math.floor(micros / 4_294_967_296));
      view.setUint32(at + 4, micros);
      return 8;
    }
    case 'bytea':
      if (!Buffer.isBuffer(value)) return -1;
      room(at, value.length);
      scratch.set(value, at);
      return value.length;
    case 'jsonb': {
      const text = textOf(value)!;
      room(at, 1 + text.length * 3);
      scratch[at] = 1; // the version of the binary form: the text follows
      return 1 + writeText(text, at + 1);
    }
    default: {
      const text = textOf(value)!;
      room(at, text.length * 3);
      return writeText(text.includes('\0') ? text.replaceAll('\0', '') : text, at);
    }
  }
}

/** Short plain texts, which most are, are written here: crossing over to the runtime's own writer costs more than writing them. */
function writeText(text: string, at: number): number {
  if (text.length <= 48) {
    let i = 0;
    for (; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 127) break;
      scratch[at + i] = code;
    }
    if (i === text.length) return i;
  }
  return scratch.write(text, at);
}
