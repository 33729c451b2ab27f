import { createHash } from 'node:crypto';

export const noHash: Buffer = Buffer.alloc(32);

/** JSON with sorted keys, so that a fact hashes the same after a round trip through jsonb, which forgets key order. */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v)).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, v]) => v !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`;
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

/** SHA-256 over the previous hash and everything the fact says; changing, dropping or reordering any fact breaks every later one. */
export function hashLink(previous: Buffer, link: Link): Buffer {
  return createHash('sha256')
    .update(previous)
    .update(
      `${link.chainId}|${link.seq}|${link.id}|${link.type}|${link.subjectId}|${link.at.toISOString()}|${link.actor}|${canonicalJson(link.data)}`,
    )
    .digest();
}
