/** How many digits a code of a business has: NAICS 2 (sector) to 6 (national industry); SIC 2 to 4, and up to 8 as bureaus extend it. */
export const codeDigits = { naics: [2, 6], sic: [2, 8] } as const;

/** The code in a text such as “541511” or “5415 – Computer systems design”, or undefined where it does not begin with one. */
export function industryCode(kind: keyof typeof codeDigits, raw: unknown): string | undefined {
  const digits = /^\s*(\d+)(?![\d.,]*\d)/.exec(typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw : '')?.[1];
  const [least, most] = codeDigits[kind];
  return digits !== undefined && digits.length >= least && digits.length <= most ? digits : undefined;
}
