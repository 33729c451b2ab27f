import type { unusualDigits } from '../../../src/platform/values/currency.contract.ts';

// The same table as the server's: its type holds every code and its digits.
const unusual: typeof unusualDigits = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
};
const digits = new Map<string, number>(Object.entries(unusual));

/** How many digits of a currency stand behind the decimal mark: how its amounts are kept, not how many are usually shown. */
export const minorDigits = (currency: string): number => digits.get(currency) ?? 2;
