/** How alike two words are, and the coarse keys under which alike words are filed together. */

/**
 * Jaro–Winkler likeness from 0 to 1: `jaroWinkler('martha', 'marhta')` → 0.961. Words longer than 64 letters are cut: no name is,
 * and it bounds the work.
 */
export function jaroWinkler(a: string, b: string): number {
  if (a === b) return 1;
  const n = Math.min(a.length, 64);
  const m = Math.min(b.length, 64);
  if (n === 0 || m === 0) return 0;
  const window = Math.max(0, (Math.max(n, m) >> 1) - 1);
  // where each letter stands in b, a bit for each place: the first free one in the window is found without a search
  for (let j = 0; j < m; j++) {
    const letter = b.charCodeAt(j) & 255;
    if (j < 32) lower[letter]! |= 1 << j;
    else upper[letter]! |= 1 << (j - 32);
  }
  let freeLower = -1;
  let freeUpper = -1;
  let matches = 0;
  for (let i = 0; i < n; i++) {
    const code = a.charCodeAt(i);
    const from = i - window;
    const to = i + window;
    let places = lower[code & 255]! & freeLower & span(from, to);
    let at = -1;
    // codes above 255 share a place in the tables: the letters decide
    while (places !== 0) {
      const j = 31 - Math.clz32(places & -places);
      if (b.charCodeAt(j) === code) {
        at = j;
        freeLower &= ~(1 << j);
        break;
      }
      places &= places - 1;
    }
    if (at < 0 && m > 32) {
      places = upper[code & 255]! & freeUpper & span(from - 32, to - 32);
      while (places !== 0) {
        const j = 31 - Math.clz32(places & -places);
        if (b.charCodeAt(j + 32) === code) {
          at = j + 32;
          freeUpper &= ~(1 << j);
          break;
        }
        places &= places - 1;
      }
    }
    if (at >= 0) matchedA[matches++] = code;
  }
  for (let j = 0; j < m; j++) {
    const letter = b.charCodeAt(j) & 255;
    lower[letter] = 0;
    upper[letter] = 0;
  }
  if (matches === 0) return 0;
  let transposed = 0;
  for (let j = 0, k = 0; k < matches; j++) {
    const isFree = j < 32 ? (freeLower >>> j) & 1 : (freeUpper >>> (j - 32)) & 1;
    if (isFree === 0 && matchedA[k++] !== b.charCodeAt(j)) transposed++;
  }
  const jaro = (matches / n + matches / m + (matches - transposed / 2) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < n && prefix < m && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
const lower = new Int32Array(256);
const upper = new Int32Array(256);
const matchedA = new Uint16Array(64);

/** bits `from` to `to`, both included, as far as they are within 0 to 31 */
function span(from: number, to: number): number {
  if (to < 0 || from > 31) return 0;
  const high = to >= 31 ? -1 : (1 << (to + 1)) - 1;
  return from <= 0 ? high : high & (-1 << from);
}

/** at most two letters differ in kind, by masks of which letters occur: all that one slip can do */
export function areNear(a: number, b: number): boolean {
  const apart = a ^ b;
  // Kernighan's count, given up after the second bit
  const one = apart & (apart - 1);
  return (one & (one - 1)) === 0;
}

export function bitCount(of: number): number {
  let n = of - ((of >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/**
 * What Jaro–Winkler cannot exceed, by lengths, by how many of the first four letters agree, and by masks of which letters occur, and which
 * occur twice where that is known: those the two do not share bound it.
 */
export function likenessMost(n: number, maskA: number, m: number, maskB: number, prefix: number, twiceA = 0, twiceB = 0): number {
  const common = Math.min(n - bitCount(maskA & ~maskB) - bitCount(twiceA & ~twiceB), m - bitCount(maskB & ~maskA) - bitCount(twiceB & ~twiceA));
  if (common <= 0) return 0;
  const jaro = (common / n + common / m + 1) / 3;
  return jaro + prefix * 0.1 * (1 - jaro);
}

/** the first four letters, five bits each: as many of two words agree as `prefixMost` says, or fewer */
export function startOf(text: string): number {
  let out = 0;
  for (let at = 0; at < 4; at++) out = (out << 5) | (at < text.length ? text.charCodeAt(at) & 31 : 0);
  return out;
}

export const prefixMost = (a: number, b: number): number => (a === b ? 4 : Math.floor((Math.clz32(a ^ b) - 12) / 5));

/** one letter added, dropped, changed, or two neighbours swapped */
export function isOneSlip(a: string, b: string): boolean {
  if (a === b) return true;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short.charCodeAt(at) === long.charCodeAt(at)) at++;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  if (short.slice(at + 1) === long.slice(at + 1)) return true;
  return short[at] === long[at + 1] && short[at + 1] === long[at] && short.slice(at + 2) === long.slice(at + 2);
}

const codes: Record<string, string> = {
  b: 'p',
  p: 'p',
  f: 'f',
  v: 'f',
  c: 'k',
  g: 'k',
  j: 'k',
  k: 'k',
  q: 'k',
  x: 's',
  s: 's',
  z: 's',
  d: 't',
  t: 't',
  l: 'l',
  m: 'm',
  n: 'm',
  r: 'r',
};

/** the consonants' sound, repeated ones once: schmidt, schmitt, smith → close or equal ('smt') */
export function skeleton(word: string): string {
  let out = '';
  let last = '';
  const text = word
    .replace(/ /g, '')
    .replace(/sch/g, 's')
    .replace(/ck/g, 'k')
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/sh/g, 's')
    .replace(/ch/g, 'k');
  for (const letter of text) {
    const code = codes[letter] ?? '';
    if (code !== '' && code !== last) out += code;
    last = code || last;
    if (out.length === 5) break;
  }
  return out === '' ? text.slice(0, 3) : out;
}

/** 53 bits of a text (cyrb53): small index entries; a collision only costs one more comparison */
export function hash53(text: string): number {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    h1 = Math.imul(h1 ^ code, 2654435761);
    h2 = Math.imul(h2 ^ code, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return 4294967296 * (2097151 & h2) + (h1 >>> 0);
}
