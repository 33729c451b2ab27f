import { expect, test } from 'vitest';
import { isLocale, isTimeZone } from './place.rules.ts';

test.each([['Europe/Zurich', true], ['UTC', true], ['Asia/Calcutta', true], ['Mars/Base', false], ['', false]])('%s as a time zone: %s', (name, known) => {
  expect(isTimeZone(name)).toBe(known);
});

test.each([['en', true], ['de-CH', true], ['es-419', true], ['zh-Hant-TW', true], ['en-US@posix', false], ['C', false], ['xx', false], ['', false]])('%s as a language: %s', (tag, known) => {
  expect(isLocale(tag)).toBe(known);
});
