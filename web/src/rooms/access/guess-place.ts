const zones = new Set(Intl.supportedValuesOf('timeZone'));
const regionCurrency: Record<string, string> = {
  US: 'USD',
  GB: 'GBP',
  CH: 'CHF',
  CA: 'CAD',
  AU: 'AUD',
  JP: 'JPY',
  SE: 'SEK',
  NO: 'NOK',
  DK: 'DKK',
  PL: 'PLN',
  CZ: 'CZK',
  IN: 'INR',
  BR: 'BRL',
  MX: 'MXN',
  CN: 'CNY',
};

export interface Place {
  timeZone: string;
  /** two letters; undefined where a language is spoken in many */
  country: string | undefined;
  currency: string;
  locale: string;
}

/** What the browser already knows is not asked for, only shown so that it can be put right. Some name their language as no standard does (en-US@posix): the next that can be read counts. */
export function guessPlace(languages: readonly string[], timeZone: string): Place {
  const locale = languages.map(readLocale).find((one) => one !== undefined) ?? new Intl.Locale('en');
  const region = locale.maximize().region ?? '';
  return {
    timeZone: zones.has(timeZone) ? timeZone : 'Europe/London',
    country: /^[A-Z]{2}$/.test(region) ? region : undefined,
    currency: regionCurrency[region] ?? 'EUR',
    locale: locale.baseName,
  };
}

function readLocale(tag: string): Intl.Locale | undefined {
  try {
    return new Intl.Locale(tag);
  } catch {
    return undefined;
  }
}
