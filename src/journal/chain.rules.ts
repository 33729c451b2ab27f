import { hash } from 'node:crypto';

export const noHash: Buffer = Buffer.alloc(32);

/** JSON with sorted keys, so that a fact hashes the same after a round trip through jsonb, which forgets key order. */
export function canonicalJson(value: unknown): string {
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

/**
 * SHA-256 over the previous hash and everything the fact says; changing, dropping or reordering any fact breaks every later one.
 * `json`: the canonical JSON of the data, where the caller has it already.
 */
export function hashLink(previous: Buffer, link: Link, json = canonicalJson(link.data)): Buffer {
  const text = `${link.chainId}|${link.seq}|${link.id}|${link.type}|${link.subjectId}|${link.at.toISOString()}|${link.actor}|${json}`;
  const most = previous.length + text.length * 3;
  if (most > scratch.length) scratch = Buffer.allocUnsafe(most);
  previous.copy(scratch);
  return hash('sha256', scratch.subarray(0, previous.length + scratch.write(text, previous.length)), 'buffer');
}
