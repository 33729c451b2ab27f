/**
 * Randomness that repeats: the same seed and keys give the same numbers on every machine.
 *
 * The generator never keeps people or organizations in memory. It asks for "person 4711" and derives that person again from
 * the seed, so a million inquiries stream in constant memory and any one of them can be reproduced alone.
 */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** A whole number in [0, below). */
  int(below: number): number;
  /** A whole number in [low, high], both included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  weighted<T>(items: readonly (readonly [T, number])[]): T;
  /** Standard normal. */
  normal(): number;
  /** Log-normal with this median; sigma 0.5 is mild, 1.2 has a long tail. */
  logNormal(median: number, sigma: number): number;
}

/** Mixes keys into 32 bits (murmur3's finalizer over each). */
export function hashOf(seed: number, ...keys: (number | string)[]): number {
  let h = seed | 0;
  for (const key of keys) {
    if (typeof key === 'number') h = mix(h ^ Math.imul(key | 0, 0x9e3779b1));
    else for (let i = 0; i < key.length; i++) h = mix(h ^ Math.imul(key.charCodeAt(i) + i, 0x85ebca6b));
  }
  return mix(h) >>> 0;
}

function mix(value: number): number {
  let h = (value + 0x6d2b79f5) | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** sfc32, seeded by the hash of its keys. */
export function randomOf(seed: number, ...keys: (number | string)[]): Random {
  const start = hashOf(seed, ...keys);
  let a = start | 0;
  let b = mix(start + 1);
  let c = mix(start + 2);
  let d = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  next();
  next();
  const self: Random = {
    next,
    int: (below) => Math.floor(next() * below),
    between: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)]!,
    weighted(items) {
      let total = 0;
      for (const item of items) total += item[1];
      let left = next() * total;
      for (const item of items) {
        left -= item[1];
        if (left < 0) return item[0];
      }
      return items[items.length - 1]![0];
    },
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    logNormal: (median, sigma) => median * Math.exp(sigma * self.normal()),
  };
  return self;
}
