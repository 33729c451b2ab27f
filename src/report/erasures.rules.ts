/** Facts that do not read as they were hashed: taken for true where their own chain says later that an erasure took words out of them. */

interface ReadFact {
  chainId: string;
  seq: number;
  type: string;
  hash: Buffer;
  data: Record<string, unknown>;
}

export interface Erasures {
  /** of the chain being walked, by number: what it hashed to when recorded, and hashes to now */
  changed: Map<number, { type: string; was: string; now: string }>;
  /** erasures that people's own chains record */
  recorded: Set<string>;
  /** erasures that other chains name, with the first chain that does */
  named: Map<string, string>;
}

export const emptyErasures = (): Erasures => ({ changed: new Map(), recorded: new Set(), named: new Map() });

export function noteChanged(erasures: Erasures, { seq, type, hash }: ReadFact, now: Buffer): void {
  erasures.changed.set(seq, { type, was: hash.toString('hex'), now: now.toString('hex') });
}

/** A fact that proved true itself and tells of an erasure. */
export function noteErasure(erasures: Erasures, { type, chainId, data }: ReadFact): void {
  const erasureId = String(data['erasureId']);
  if (type === 'person.erased') {
    erasures.recorded.add(erasureId);
    return;
  }
  if (!erasures.named.has(erasureId)) erasures.named.set(erasureId, chainId);
  for (const { seq, was, now } of (data['facts'] ?? []) as { seq: number; was: string; now: string }[]) {
    const changed = erasures.changed.get(seq);
    if (changed?.was === was && changed.now === now) erasures.changed.delete(seq);
  }
}

/** What is left at the end of a chain was changed by nobody who may. */
export function endChain(erasures: Erasures, say: (sentence: string) => void): void {
  const [first] = erasures.changed;
  if (first) say(`Fact ${first[0]} of its chain (${first[1].type}) was changed after it was recorded.`);
  erasures.changed.clear();
}

export const unfounded = ({ named, recorded }: Erasures): { chainId: string; erasureId: string }[] =>
  [...named].flatMap(([erasureId, chainId]) => (recorded.has(erasureId) ? [] : [{ chainId, erasureId }]));
