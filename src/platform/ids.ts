import { randomFillSync } from 'node:crypto';
import type { Clock } from './clock.ts';

export interface Ids {
  /** A UUIDv7 of the clock's now, increasing within this process. */
  next(): string;
  /** A UUIDv7 of another instant, for records that arrive with their own time. */
  at(instant: Date): string;
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const pool = Buffer.alloc(8 * 512);
let drawn = pool.length;

/**
 * UUIDv7 (RFC 9562): 48 bits of milliseconds, then a 12-bit counter that keeps ids made within one millisecond in
 * order (the monotonic method of section 6.2), then 62 random bits.
 */
export function uuidv7(clock: Clock): Ids {
  let last = 0;
  let counter = 0;
  const make = (milliseconds: number, count: number): string => {
    if (drawn === pool.length) {
      randomFillSync(pool);
      drawn = 0;
    }
    const r = pool.subarray(drawn, (drawn += 8));
    const high = Math.floor(milliseconds / 2 ** 32);
    const low = milliseconds >>> 0;
    return (
      hex[(high >>> 8) & 255]! +
      hex[high & 255]! +
      hex[low >>> 24]! +
      hex[(low >>> 16) & 255]! +
      '-' +
      hex[(low >>> 8) & 255]! +
      hex[low & 255]! +
      '-' +
      hex[0x70 | (count >>> 8)]! +
      hex[count & 255]! +
      '-' +
      hex[0x80 | (r[0]! & 0x3f)]! +
      hex[r[1]!]! +
      '-' +
      hex[r[2]!]! +
      hex[r[3]!]! +
      hex[r[4]!]! +
      hex[r[5]!]! +
      hex[r[6]!]! +
      hex[r[7]!]!
    );
  };
  return {
    next() {
      const now = clock.now().getTime();
      // A clock that goes back must not make ids go back: stay in the last millisecond and count on.
      if (now > last || last - now > 60_000) {
        last = now;
        counter = 0;
      } else if (++counter > 0xfff) {
        last++;
        counter = 0;
      }
      return make(last, counter);
    },
    at: (instant) => make(instant.getTime(), Math.floor(Math.random() * 0x1000)),
  };
}
