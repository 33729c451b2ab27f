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
  takenA.fill(0, 0, n);
  takenB.fill(0, 0, m);
  let matches = 0;
  for (let i = 0; i < n; i++) {
    const letter = a.charCodeAt(i);
    const to = Math.min(m - 1, i + window);
    for (let j = Math.max(0, i - window); j <= to; j++) {
      if (takenB[j] === 0 && b.charCodeAt(j) === letter) {
        takenA[i] = 1;
        takenB[j] = 1;
        matches++;
        break;
      }
    }
  }
  if (matches === 0) return 0;
  let transposed = 0;
  for (let i = 0, j = 0; i < n; i++) {
    if (takenA[i] === 0) continue;
    while (takenB[j] === 0) j++;
    if (a.charCodeAt(i) !== b.charCodeAt(j)) transposed++;
    j++;
  }
  const jaro = (matches / n + matches / m + (matches - transposed / 2) / matches) / 3;
  let prefix = 0;
  while (prefix < 4 && prefix < n && prefix < m && a.charCodeAt(prefix) === b.charCodeAt(prefix)) prefix++;
  return jaro + prefix * 0.1 * (1 - jaro);
}
const takenA = new Uint8Array(64);
const takenB = new Uint8Array(64);

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
