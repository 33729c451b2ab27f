import { readInquiry, saysSomething } from './read-inquiry.rules.ts';
import type { ReadInquiry } from './read-inquiry.rules.ts';

export interface DecodedBody {
  read?: ReadInquiry;
  problem?: string;
  /** The fields as they were posted. */
  posted?: Record<string, unknown>;
}

/** Turns the bytes of a post into text: the declared charset, a byte order mark, else UTF-8 that must be valid. */
export function decodeText(raw: Uint8Array, charset: string | undefined): { text: string; problem?: undefined } | { text?: undefined; problem: string } {
  let label = charset?.toLowerCase().replace(/^["']|["']$/g, '') || 'utf-8';
  if (raw[0] === 0xff && raw[1] === 0xfe) label = 'utf-16le';
  else if (raw[0] === 0xfe && raw[1] === 0xff) label = 'utf-16be';
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    return { problem: `Its character set “${label.slice(0, 40)}” is not known.` };
  }
  try {
    return { text: decoder.decode(raw) };
  } catch {
    return { problem: `Its bytes are not valid ${label.toUpperCase()}.` };
  }
}

/** Reads a posted body, or says in a sentence why it cannot be read; the body is kept either way. */
export function decodeBody(raw: Uint8Array, contentType: string | undefined): DecodedBody {
  if (raw.length === 0) return { problem: 'The body was empty.' };
  const charset = /charset\s*=\s*("[^"]+"|[^\s;]+)/i.exec(contentType ?? '')?.[1];
  const { text, problem } = decodeText(raw, charset);
  if (text === undefined) return { problem: problem };
  let body: unknown;
  if (contentType?.toLowerCase().startsWith('application/x-www-form-urlencoded')) body = Object.fromEntries(new URLSearchParams(text));
  else {
    try {
      body = JSON.parse(text);
    } catch (error) {
      return { problem: `The body is not valid JSON: ${(error as Error).message.slice(0, 120).replace(/[^\x20-\x7e]+/g, '…')}.` };
    }
  }
  if (Array.isArray(body)) return { problem: 'The body is a list; one inquiry a request was expected.' };
  if (typeof body !== 'object' || body === null) return { problem: 'The body is not an object of fields.' };
  let read: ReadInquiry;
  try {
    read = readInquiry(body as Record<string, unknown>);
  } catch {
    return { problem: 'The body is nested too deeply to be read.' };
  }
  const posted = body as Record<string, unknown>;
  return saysSomething(read) ? { read, posted } : { problem: 'Nothing in the body says who asks or for what.', posted };
}
