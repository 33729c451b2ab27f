import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Signatures of this installation, each purpose with its own derived key. */
export interface Secrets {
  /** A url-safe signature of `text`, valid for this purpose only. */
  sign(purpose: string, text: string): string;
  verify(purpose: string, text: string, signature: string): boolean;
  /** A text that must be read again, such as the key of somebody else's service, as only this installation can read it (AES-256-GCM). */
  seal(purpose: string, text: string): Buffer;
  /** What was sealed for this purpose; throws where it was not, or was tampered with. */
  unseal(purpose: string, sealed: Buffer): string;
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
    seal(purpose, text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyOf(`seal ${purpose}`), nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), body]);
    },
    unseal(purpose, sealed) {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(`seal ${purpose}`), sealed.subarray(0, 12), { authTagLength: 16 });
      decipher.setAuthTag(sealed.subarray(12, 28));
      return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8');
    },
  };
}

/** 256 random bits for a token that only its holder knows; the database keeps `hashToken` of it. */
export const newToken = (): string => randomBytes(32).toString('base64url');
export const hashToken = (token: string): Buffer => createHash('sha256').update(token).digest();
