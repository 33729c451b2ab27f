import { createHash } from 'node:crypto';

// No i, l, o and u: keys are read out, typed, and sent through mail systems that write everything in small letters.
export const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
export const letters = (bytes: Uint8Array, count: number): string => Array.from(bytes.subarray(0, count), (byte) => ALPHABET[byte % 32]).join('');

const houseLetters = 5;
export const keyLength = houseLetters + 11;
/** Keys of addresses, and those of answers to our own mails (reply-address.rules.ts). */
const lengths = new Set([keyLength, houseLetters + 42]);

/** The beginning that keys of a workspace share; another may have the same, so it only says where to look. */
export const keyBeginning = (workspaceId: string): string => letters(createHash('sha256').update(workspaceId).digest(), houseLetters);
/** A key for an address of a workspace: 55 random bits after its beginning. `random` holds 11 bytes. */
export const addressKey = (workspaceId: string, random: Uint8Array): string => keyBeginning(workspaceId) + letters(random, keyLength - houseLetters);

/** 'leads@in.example', 'abc…' → 'leads+abc…@in.example' */
export function addressOf(base: string, key: string): string {
  const at = base.lastIndexOf('@');
  return `${base.slice(0, at)}+${key}${base.slice(at)}`;
}

/**
 * What an address that somebody wrote to means, given the one this installation takes lead mail at: a key ("leads+KEY@in.example", or
 * "KEY@in.example" where plus signs are not let through), the company as a whole (the bare address), or undefined: none of ours.
 */
export function readAddress(base: string, written: string): { key: string | undefined } | undefined {
  const [local, domain] = split(base.toLowerCase());
  const [theirs, there] = split(written.trim().toLowerCase());
  if (there !== domain || theirs === '') return undefined;
  if (theirs === local) return { key: undefined };
  const key = theirs.startsWith(`${local}+`) ? theirs.slice(local.length + 1) : theirs;
  return lengths.has(key.length) && Array.from(key).every((letter) => ALPHABET.includes(letter)) ? { key } : undefined;
}
const split = (address: string): [string, string] => [address.slice(0, address.lastIndexOf('@')), address.slice(address.lastIndexOf('@') + 1)];

/**
 * By which the same mail is known when it comes again, by whichever way: its message id, date, writer and subject, and its body byte for byte.
 * The lines that servers add on the way do not count; two mails that only share a message id are two.
 */
export function sameKeyOf(raw: Buffer): Buffer {
  const end = /\r?\n\r?\n/.exec(raw.subarray(0, 262_144).toString('latin1'));
  const head = end ? raw.subarray(0, end.index) : raw;
  const lines = head.toString('latin1').replaceAll(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  const said = ['message-id', 'date', 'from', 'subject'].map((name) => lines.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1).trim() ?? '');
  const body = end ? raw.subarray(end.index + end[0].length).toString('latin1').replaceAll('\r\n', '\n').trimEnd() : '';
  return createHash('sha256').update(said.join('\0')).update('\0').update(body, 'latin1').digest();
}
