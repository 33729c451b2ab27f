import { ALPHABET, addressOf, keyBeginning, letters } from './lead-address.rules.ts';

/**
 * The address an answer to one of our own mails comes to: "leads+KEY@in.example". The key says whose it is, what it answers, and bears a
 * signature, all in letters that survive being written small: 5 of the workspace, 26 of the id, 16 (80 bits) of the signature.
 */
const idLength = 26;
const signLength = 16;
const wholeLength = 5 + idLength + signLength;
/** RFC 5321: what may stand before the @. */
const localMax = 64;

export interface ReplyKey {
  /** As the workspace's keys begin. */
  beginning: string;
  id: string;
  signature: string;
}

export const replySigned = (workspaceId: string, id: string): string => `${workspaceId}/${id}`;

/** `signature` as `secrets.sign` gives it; the key holds its first 80 bits. */
export function replyKey(workspaceId: string, id: string, signature: string): string {
  return keyBeginning(workspaceId) + idLetters(id) + signLetters(signature);
}

export function readReplyKey(key: string): ReplyKey | undefined {
  if (key.length !== wholeLength) return undefined;
  const id = lettersId(key.slice(5, 5 + idLength));
  return id === undefined ? undefined : { beginning: key.slice(0, 5), id, signature: key.slice(5 + idLength) };
}

/** The first 80 bits of a url-safe signature, a letter for five of them. */
export const signLetters = (signature: string): string => letters(Buffer.from(signature, 'base64url'), signLength);

/** With the plus sign where that fits into an address, else the key alone, which is read just as well. */
export function replyAddress(base: string, key: string): string {
  const address = addressOf(base, key);
  return address.lastIndexOf('@') <= localMax ? address : `${key}${base.slice(base.lastIndexOf('@'))}`;
}

function idLetters(id: string): string {
  let rest = BigInt(`0x${id.replaceAll('-', '')}`);
  let out = '';
  for (let at = 0; at < idLength; at++) {
    out = ALPHABET[Number(rest % 32n)]! + out;
    rest /= 32n;
  }
  return out;
}

function lettersId(text: string): string | undefined {
  let whole = 0n;
  for (const letter of text) {
    const value = ALPHABET.indexOf(letter);
    if (value === -1) return undefined;
    whole = whole * 32n + BigInt(value);
  }
  if (whole >= 1n << 128n) return undefined;
  const hex = whole.toString(16).padStart(32, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
