import { expect, test } from 'vitest';
import { guessPlace } from './guess-place.ts';

test('what the browser knows, as far as it can be read', () => {
  expect(guessPlace(['de-CH', 'en'], 'Europe/Zurich')).toEqual({ timeZone: 'Europe/Zurich', country: 'CH', currency: 'CHF', locale: 'de-CH' });
  // A browser started without a language of its own, and one whose language is of many countries.
  expect(guessPlace(['en-US@posix', 'en-US'], 'Mars/Base')).toEqual({ timeZone: 'Europe/London', country: 'US', currency: 'USD', locale: 'en-US' });
  expect(guessPlace(['es-419'], 'Europe/Madrid')).toEqual({ timeZone: 'Europe/Madrid', country: undefined, currency: 'EUR', locale: 'es-419' });
  expect(guessPlace(['en-US@posix'], 'Europe/Madrid')).toMatchObject({ locale: 'en', country: 'US' });
});
