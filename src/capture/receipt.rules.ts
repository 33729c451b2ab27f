const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The receipt number people read to each other: the last 50 random bits of the inquiry's id in Crockford's base 32, which has
 * no I, L, O or U. Among a million inquiries the chance of any two alike is below one in two thousand.
 *
 *   receiptOf('0192f3a4-5b6c-7d8e-9f01-23456789abcd') → '938N-KRKA-YD'
 */
export function receiptOf(id: string): string {
  let rest = Number.parseInt(id.slice(22, 23) + id.slice(24), 16) % 2 ** 50;
  let text = '';
  for (let i = 0; i < 10; i++) {
    text = ALPHABET[rest % 32]! + text;
    rest = Math.floor(rest / 32);
  }
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}

/** A receipt number as somebody typed it, in the form we keep; undefined when it cannot be one. */
export function readReceipt(typed: string): string | undefined {
  const text = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
  if (text.length !== 10 || Array.from(text).some((letter) => !ALPHABET.includes(letter))) return undefined;
  return `${text.slice(0, 4)}-${text.slice(4, 8)}-${text.slice(8)}`;
}
