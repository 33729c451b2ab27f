/**
 * The currencies whose smallest unit is not a hundredth, by ISO 4217. Amounts are kept in these units, so it is one table for the server and the web: what
 * Intl says of digits is how many are usually shown, differs from browser to browser (HUF: 0 or 2), and changes with their versions.
 */
export const unusualDigits = {
  BIF: 0, CLP: 0, DJF: 0, GNF: 0, ISK: 0, JPY: 0, KMF: 0, KRW: 0, PYG: 0, RWF: 0, UGX: 0, VND: 0, VUV: 0, XAF: 0, XOF: 0, XPF: 0,
  BHD: 3, IQD: 3, JOD: 3, KWD: 3, LYD: 3, OMR: 3, TND: 3,
} as const;
