// Money is an integer of minor units and a currency. Text is parsed digit by digit, never through floating point, because
// "$1,209.48K" must be 120948000 cents exactly.

export interface Money {
  readonly minor: number
  readonly currency: string
}

const zeroDecimals = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' '))
const threeDecimals = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '))
const currencies = new Set(
  (
    'AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE ' +
    'CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES ' +
    'KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD ' +
    'OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SYP SZL THB TJS TMT TND TOP TRY TTD ' +
    'TWD TZS UAH UGX USD UYI UYU UZS VED VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW ZWL'
  ).split(' '),
)

// Longest first: "R$" must not be read as "$".
const symbols: readonly (readonly [string, string])[] = [
  ['US$', 'USD'], ['CA$', 'CAD'], ['AU$', 'AUD'], ['NZ$', 'NZD'], ['HK$', 'HKD'], ['MX$', 'MXN'], ['R$', 'BRL'], ['C$', 'CAD'], ['A$', 'AUD'], ['S$', 'SGD'],
  ['SFR.', 'CHF'], ['FR.', 'CHF'], ['KČ', 'CZK'], ['ZŁ', 'PLN'], ['RS.', 'INR'],
  ['€', 'EUR'], ['£', 'GBP'], ['¥', 'JPY'], ['￥', 'JPY'], ['₹', 'INR'], ['₩', 'KRW'], ['₽', 'RUB'], ['₺', 'TRY'], ['₪', 'ILS'], ['฿', 'THB'], ['₫', 'VND'], ['₴', 'UAH'], ['$', 'USD'],
]
const dollarCurrencies = new Set('USD CAD AUD NZD SGD HKD MXN ARS CLP COP TWD JMD BBD BSD FJD'.split(' '))

const magnitudes: readonly (readonly [RegExp, number])[] = [
  [/^(k|tsd|thousand|th)$/i, 3],
  [/^(m|mm|mn|mio|mill|million|millions)$/i, 6],
  [/^(b|bn|bln|mrd|billion|billions)$/i, 9],
]

export function minorDigits(currency: string): number {
  return zeroDecimals.has(currency) ? 0 : threeDecimals.has(currency) ? 3 : 2
}

export function isCurrency(text: string): boolean {
  return currencies.has(text)
}

/**
 * What a cell of a spreadsheet says about money, or undefined when it says nothing that can be trusted.
 *
 *   parseMoney('$1,209.48K', 'USD')    → { minor: 120948000, currency: 'USD' }
 *   parseMoney('1.234,56 €', 'USD')    → { minor: 123456, currency: 'EUR' }
 *   parseMoney('(250.00)', 'EUR')      → { minor: -25000, currency: 'EUR' }
 *
 * One separator followed by exactly three digits groups thousands ("1.234" is 1234), unless the amount carries a magnitude
 * ("1.234K" is 1234) or starts with zero.
 */
export function parseMoney(value: string | number, currency: string): Money | undefined {
  if (typeof value === 'number') return moneyOf(value, currency)
  let text = value.normalize('NFKC').trim().toUpperCase().replace(/[\s_]+/gu, ' ')
  if (!text) return undefined
  let sign = 1
  if (/^\(.*\)$/.test(text)) {
    sign = -1
    text = text.slice(1, -1).trim()
  }
  let found = currency
  const code = /(?:^|[^A-Z])([A-Z]{3})(?![A-Z])/.exec(text)?.[1]
  if (code && currencies.has(code)) {
    found = code
    text = text.replace(code, ' ').trim()
  } else {
    for (const [symbol, of] of symbols) {
      if (!text.includes(symbol)) continue
      // A bare dollar sign means the company's own dollar where it has one.
      found = symbol === '$' && dollarCurrencies.has(currency) ? currency : of
      text = text.replace(symbol, ' ').trim()
      break
    }
    text = text.replace(/(?:^|\s)KR\.?(?=\s|$|[\d-])/u, ' ').trim()
  }
  const signs = text.match(/[-−–+]/gu) ?? []
  if (signs.length > 1) return undefined
  if (signs.length === 1) {
    if (!/^[-−–+]|[-−–+]$/u.test(text)) return undefined
    if (signs[0] !== '+') sign = -sign
    text = text.replace(/[-−–+]/gu, '').trim()
  }
  const shape = /^([\d.,'’ ]*\d[.,]?)\s*\.?([A-Z]+)?\.?$/u.exec(text)
  if (!shape) return undefined
  let shift = 0
  if (shape[2]) {
    const magnitude = magnitudes.find(([pattern]) => pattern.test(shape[2]!))
    if (!magnitude) return undefined
    shift = magnitude[1]
  }
  const split = splitNumber(shape[1]!, shift > 0)
  if (!split) return undefined
  const minor = toMinor(split.whole, split.fraction, shift + minorDigits(found))
  if (minor === undefined) return undefined
  return { minor: minor === 0 ? 0 : sign * minor, currency: found }
}

/** A plain number (a spreadsheet's cell) in major units; halves round away from zero. */
export function moneyOf(major: number, currency: string): Money | undefined {
  if (!Number.isFinite(major) || Math.abs(major) > 9e12) return undefined
  const text = Math.abs(major).toFixed(6)
  const [whole = '0', fraction = ''] = text.split('.')
  const minor = toMinor(whole, fraction, minorDigits(currency))
  return minor === undefined ? undefined : { minor: minor === 0 ? 0 : Math.sign(major) * minor, currency }
}

export function majorOf(money: Money): number {
  return money.minor / 10 ** minorDigits(money.currency)
}

/** A decimal text without grouping, for files: { minor: 123456, EUR } → "1234.56". */
export function moneyText(money: Money): string {
  const digits = minorDigits(money.currency)
  const text = String(Math.abs(money.minor)).padStart(digits + 1, '0')
  const sign = money.minor < 0 ? '-' : ''
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/**
 * Shares an amount by weights so that the parts add up to the amount exactly (largest remainder, earlier parts win ties).
 *
 *   share(100, [1, 1, 1]) → [34, 33, 33]
 */
export function share(minor: number, weights: readonly number[]): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  if (weights.length === 0 || !(total > 0)) return weights.map(() => 0)
  const size = Math.abs(minor)
  const exact = weights.map((weight) => (size * weight) / total)
  const parts = exact.map(Math.floor)
  let left = size - parts.reduce((sum, part) => sum + part, 0)
  const byRemainder = exact.map((value, index) => ({ index, rest: value - Math.floor(value) })).sort((a, b) => b.rest - a.rest || a.index - b.index)
  for (let turn = 0; left > 0; turn = (turn + 1) % byRemainder.length, left--) parts[byRemainder[turn]!.index]!++
  // Floating point can overshoot by a unit on huge amounts: take it back from the smallest remainders.
  for (let turn = byRemainder.length - 1; left < 0; turn = (turn + byRemainder.length - 1) % byRemainder.length) {
    const index = byRemainder[turn]!.index
    if (parts[index]! > 0) {
      parts[index]!--
      left++
    }
  }
  return parts.map((part) => (part === 0 ? 0 : Math.sign(minor) * part))
}

function splitNumber(text: string, decimalsLikely: boolean): { whole: string; fraction: string } | undefined {
  const bare = text.replace(/['’ ]/gu, '')
  const marks = [...bare.matchAll(/[.,]/g)].map((match) => ({ mark: match[0], at: match.index }))
  if (marks.length === 0) return { whole: bare, fraction: '' }
  const last = marks[marks.length - 1]!
  const after = bare.slice(last.at + 1)
  const kinds = new Set(marks.map((mark) => mark.mark))
  const strip = (part: string): string => part.replace(/[.,]/g, '')
  if (kinds.size === 1 && marks.length > 1) {
    // 1,234,567: only grouping, and only in threes (India groups in twos before the last three).
    if (!/^\d{1,3}([.,]\d{2,3})*[.,]\d{3}$/.test(bare)) return undefined
    return { whole: strip(bare), fraction: '' }
  }
  if (kinds.size === 2) {
    const decimal = last.mark
    if (marks.filter((mark) => mark.mark === decimal).length > 1) return undefined
    return { whole: strip(bare.slice(0, last.at)), fraction: after }
  }
  const groups = after.length === 3 && last.at >= 1 && last.at <= 3 && !bare.startsWith('0') && !decimalsLikely
  return groups ? { whole: strip(bare), fraction: '' } : { whole: bare.slice(0, last.at) || '0', fraction: after }
}

function toMinor(whole: string, fraction: string, digits: number): number | undefined {
  const kept = fraction.slice(0, digits).padEnd(digits, '0')
  const roundsUp = Number(fraction[digits] ?? '0') >= 5
  const minor = BigInt((whole || '0') + kept) + (roundsUp ? 1n : 0n)
  return minor > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(minor)
}
