import type { ZipEntry } from './zip-check.rules.ts';
import { unpackedPieces } from './unpack-part.ts';

const lessThan = 0x3c;
const text = { open: Buffer.from('t'), item: Buffer.from('si'), phonetic: Buffer.from('rPh') };
const is = (bytes: Buffer, from: number, to: number, name: Buffer): boolean => to - from === name.length && bytes.compare(name, 0, name.length, from, to) === 0;

/**
 * The texts the cells of a workbook share, kept as the bytes they came in, one behind the other: four hundred thousand different ones take as much memory as
 * their letters, and no object each. A text is read when a cell asks for it.
 */
export class SharedTexts {
  #bytes = Buffer.allocUnsafe(1 << 16);
  #used = 0;
  #ends = new Uint32Array(1 << 10);
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** The text of this number, as the cell shows it; undefined where there is none. */
  at(index: number): string | undefined {
    if (!(index >= 0 && index < this.#count)) return undefined;
    return unescaped(this.#bytes.toString('utf8', index === 0 ? 0 : this.#ends[index - 1], this.#ends[index]));
  }

  add(piece: Buffer): void {
    if (this.#used + piece.length > this.#bytes.length) {
      const larger = Buffer.allocUnsafe(Math.max(this.#bytes.length * 2, this.#used + piece.length));
      this.#bytes.copy(larger, 0, 0, this.#used);
      this.#bytes = larger;
    }
    this.#used += piece.copy(this.#bytes, this.#used);
  }

  end(): void {
    if (this.#count === this.#ends.length) {
      const larger = new Uint32Array(this.#ends.length * 2);
      larger.set(this.#ends);
      this.#ends = larger;
    }
    this.#ends[this.#count++] = this.#used;
  }
}

/** Reads xl/sharedStrings.xml as it is unpacked; undefined where it is written in a way this does not know. What is only there to say how a text is spoken is left out. */
export async function readSharedTexts(bytes: Buffer, entry: ZipEntry): Promise<SharedTexts | undefined> {
  const found = new SharedTexts();
  let [inText, inSpoken] = [false, false];
  let rest: Buffer = Buffer.alloc(0);
  for await (const piece of unpackedPieces(bytes, entry)) {
    const now = rest.length > 0 ? Buffer.concat([rest, piece]) : piece;
    let at = 0;
    for (;;) {
      const open = now.indexOf(lessThan, at);
      const until = open < 0 ? now.length : open;
      if (inText && !inSpoken && until > at) found.add(now.subarray(at, until));
      if (open < 0) {
        at = now.length;
        break;
      }
      const close = now.indexOf('>', open);
      if (close < 0) {
        at = open;
        break;
      }
      const isEnd = now[open + 1] === 0x2f;
      // A text in CDATA is rare enough to be left to the reader that holds everything.
      if (now[open + 1] === 0x21 && now[open + 2] === 0x5b) return undefined;
      const [from, to] = nameIn(now, open + (isEnd ? 2 : 1), close);
      const isEmpty = now[close - 1] === 0x2f;
      if (is(now, from, to, text.open)) inText = !isEnd && !isEmpty;
      else if (is(now, from, to, text.phonetic)) inSpoken = !isEnd && !isEmpty;
      else if (is(now, from, to, text.item) && (isEnd || isEmpty)) found.end();
      at = close + 1;
    }
    rest = Buffer.from(now.subarray(at));
  }
  return found;
}

/** Where the name of a tag stands, without the prefix of its namespace. */
export function nameIn(bytes: Buffer, start: number, close: number): [from: number, to: number] {
  let from = start;
  for (let at = start; at < close; at++) {
    const byte = bytes[at]!;
    if (byte === 0x3a) from = at + 1;
    else if (byte <= 0x20 || byte === 0x2f) return [from, at];
  }
  return [from, close];
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** XML's entities, then the spreadsheet's own way to write what XML cannot hold (`_x000D_`). */
function unescaped(written: string): string {
  const plain = written.includes('&')
    ? written.replace(/&(?:#(\d+)|#x([0-9a-f]+)|(\w+));/gi, (whole, ten?: string, sixteen?: string, name?: string) => {
        if (name !== undefined) return named[name] ?? whole;
        const code = ten === undefined ? Number.parseInt(sixteen!, 16) : Number(ten);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      })
    : written;
  return plain.includes('_x') ? plain.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : plain;
}
