import { hash } from 'node:crypto';

export const noHash: Buffer = Buffer.alloc(32);

/** JSON with sorted keys, so that a fact hashes the same after a round trip through jsonb, which forgets key order. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return plain.test(value) ? `"${value}"` : JSON.stringify(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v)).join(',')}]`;
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') return JSON.stringify(value);
  const record = value as Record<string, unknown>;
  let text = '';
  for (const key of Object.keys(record).sort()) {
    const of = record[key];
    if (of === undefined) continue;
    text += `${text === '' ? '{' : ','}${quoted(key)}:${canonicalJson(of)}`;
  }
  return text === '' ? '{}' : `${text}}`;
}

/** What JSON writes as it stands; nearly everything a fact says are ids and short words. */
const plain = /^[ !#-[\]-~]{0,64}$/;

/** Keys come from the code, so there are few of them. */
const quotedKeys = new Map<string, string>();
function quoted(key: string): string {
  let text = quotedKeys.get(key);
  if (text === undefined) {
    text = JSON.stringify(key);
    if (quotedKeys.size < 1000) quotedKeys.set(key, text);
  }
  return text;
}

export interface Link {
  chainId: string;
  seq: number;
  id: string;
  type: string;
  subjectId: string;
  at: Date;
  actor: string;
  data: unknown;
}

let scratch = Buffer.allocUnsafe(4096);
let said = { at: Number.NaN, text: '' };
/** The facts of a batch mostly happened at one instant. */
function isoOf(at: Date): string {
  if (at.getTime() !== said.at) said = { at: at.getTime(), text: at.toISOString() };
  return said.text;
}

/**
 * SHA-256 over the previous hash and everything the fact says; changing, dropping or reordering any fact breaks every later one.
 * `json`: the canonical JSON of the data, where the caller has it already. `into`, `at`: where the 32 bytes go; a buffer for each of
 * thousands of hashes costs more than hashing.
 */
export function hashLink(previous: Buffer, link: Link, json = canonicalJson(link.data), into = Buffer.allocUnsafe(32), at = 0): Buffer {
  const text = `${link.chainId}|${link.seq}|${link.id}|${link.type}|${link.subjectId}|${isoOf(link.at)}|${link.actor}|${json}`;
  const most = previous.length + text.length * 3;
  if (most > scratch.length) scratch = Buffer.allocUnsafe(most);
  previous.copy(scratch);
  into.write(hash('sha256', scratch.subarray(0, previous.length + scratch.write(text, previous.length)), 'binary'), at, 'latin1');
  return into.subarray(at, at + 32);
}
