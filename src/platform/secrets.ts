import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Signatures of this installation, each purpose with its own derived key. */
export interface Secrets {
  /** A url-safe signature of `text`, valid for this purpose only. */
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, signature: string): boolean;
}

export function secretsFrom(master: Buffer): Secrets {
  const keys = new Map<string, Buffer>();
  const keyOf = (purpose: string): Buffer => {
    let key = keys.get(purpose);
    if (!key) keys.set(purpose, (key = createHmac('sha256', master).update(`baton:${purpose}`).digest()));
    return key;
  };
  const sign = (purpose: string, text: string): string => createHmac('sha256', keyOf(purpose)).update(text).digest('base64url');
  return {
    sign,
    verify(purpose, text, signature) {
      const expected = Buffer.from(sign(purpose, text));
      const given = Buffer.from(signature);
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}

/** 256 random bits for a token that only its holder knows; the database keeps `hashToken` of it. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
