import { hash, verify } from '@node-rs/argon2';
import { Refusal } from '../refusal.ts';

const lengthMin = 10;

/** Argon2id with the library's defaults (19 MiB, 2 passes): OWASP's recommended floor. */
export async function hashPassword(password: string): Promise<string> {
  if (password.length < lengthMin)
    throw new Refusal('invalid', 'platform/password-too-short', `Choose a password of at least ${lengthMin} characters.`);
  return hash(password);
}

export const passwordFits = (stored: string, password: string): Promise<boolean> => verify(stored, password).catch(() => false);

let decoy: Promise<string> | undefined;
/** Spends the same time where nobody was found, so that an answer's delay does not tell who has an account. */
export async function spendTheSameTime(password: string): Promise<void> {
  decoy ??= hash('no such account');
  await passwordFits(await decoy, password);
}
