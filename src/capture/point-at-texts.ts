import { nameIn } from './shared-texts.ts';

// The reader of sheets wants every shared text as an object before it reads a row. So its cells are told apart instead: a cell that points at text 123 becomes an
// error cell (handed over as it is written) that holds 123 in ten marks XML cannot hold, which nothing else in a sheet is. The length stays, so that the archive does.

const marks = [1, 2, 3, 4, 5, 6, 7, 8, 14, 15];
const digitOf = new Map(marks.map((mark, digit) => [mark, digit]));

/** The number of the shared text a cell's value stands for; undefined where it is a value of its own. */
export function pointedAt(value: string): number | undefined {
  let number: number | undefined;
  for (let at = 0; at < value.length; at++) {
    const code = value.charCodeAt(at);
    if (code === 32) continue;
    const digit = digitOf.get(code);
    if (digit === undefined) return undefined;
    number = (number ?? 0) * 10 + digit;
  }
  return number;
}

/** A sheet's pieces with its shared texts pointed at, each as long as before; to `size`, with the space XML allows at its end. */
export async function* pointAtTexts(pieces: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  let [inShared, inValue] = [false, false];
  let rest: Buffer = Buffer.alloc(0);
  let given = 0;
  for await (const piece of pieces) {
    const now = Buffer.concat([rest, piece]);
    let at = 0;
    for (;;) {
      const open = now.indexOf(0x3c, at);
      if (inValue) mark(now, at, open < 0 ? now.length : open);
      if (open < 0) {
        at = now.length;
        break;
      }
      const close = now.indexOf(0x3e, open);
      if (close < 0) {
        at = open;
        break;
      }
      const isEnd = now[open + 1] === 0x2f;
      const [from, to] = nameIn(now, open + (isEnd ? 2 : 1), close);
      if (to - from === 1) {
        if (now[from] === 0x63) {
          const type = isEnd ? -1 : sharedType(now, to, close);
          if (type >= 0) now[type] = 0x65;
          inShared = type >= 0;
        } else if (now[from] === 0x76) inValue = inShared && !isEnd;
      }
      at = close + 1;
    }
    rest = Buffer.from(now.subarray(at));
    given += at;
    yield now.subarray(0, at);
  }
  if (given + rest.length <= size) yield Buffer.concat([rest, Buffer.alloc(size - given - rest.length, 0x20)]);
}

function mark(bytes: Buffer, from: number, to: number): void {
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 0x30;
    if (digit >= 0 && digit <= 9) bytes[at] = marks[digit]!;
  }
}

/** Where in a cell's tag the s of t="s" stands; -1 where the cell holds something else. */
function sharedType(bytes: Buffer, from: number, close: number): number {
  const space = (at: number): number => {
    while (at < close && bytes[at]! <= 0x20) at++;
    return at;
  };
  for (let at = from; at < close; at++) {
    if (bytes[at] !== 0x74 || bytes[at - 1]! > 0x20) continue;
    const equals = space(at + 1);
    if (bytes[equals] !== 0x3d) continue;
    const quote = space(equals + 1);
    if (bytes[quote + 1] === 0x73 && bytes[quote + 2] === bytes[quote]) return quote + 1;
  }
  return -1;
}
