import { expect, test } from 'vitest';
import { codesLeftOut, rangesToText, readPosition, textToRanges } from './territory-words.ts';

const read = (text: string): string => rangesToText(textToRanges(text)).replaceAll('\n', ' | ');

test.each([
  ['ranges, with and without a country', '1000-3999\nde 70000 – 79999\n10 to 19', '1000-3999 | DE 70000-79999 | 10-19'],
  ['a list pasted with commas', '70173, 70176,70178', '70173 | 70176 | 70178'],
  ['a column with tabs and semicolons', '70173\t70176;70178\r\n70190', '70173 | 70176 | 70178 | 70190'],
  ['a line of codes of one country', 'CH 8001 8004 8050', 'CH 8001 | CH 8004 | CH 8050'],
  ['what follows on each other', '70173\n70174\n70175\n70180', '70173-70175 | 70180'],
  ['leading zeros', '00999,01000', '00999-01000'],
  ['the same twice', '8004, 8004', '8004'],
  ['codes with a space in them', 'SW1A 1AA\n114 55\nGB EC1-EC4', 'SW1A 1AA | 114 55 | GB EC1-EC4'],
])('reads %s', (_, text, expected) => {
  expect(read(text)).toBe(expected);
  expect(codesLeftOut(text)).toEqual([]);
  expect(read(rangesToText(textToRanges(text)))).toBe(expected);
});

test('says what it does not read', () => {
  expect(codesLeftOut('70173, near Stuttgart!, 70174')).toEqual(['near Stuttgart!']);
  expect(textToRanges('near Stuttgart!')).toEqual([]);
});

test('reads a point, and nothing else as one', () => {
  expect(readPosition('48.78, -9.18')).toEqual({ lat: 48.78, lon: -9.18, name: '48.78, -9.18' });
  expect(['70173', '111 22', '98.1, 9.2', 'SW1A 1AA', ''].map(readPosition)).toEqual([undefined, undefined, undefined, undefined, undefined]);
});
