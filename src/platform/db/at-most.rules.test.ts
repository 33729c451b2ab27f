import { expect, it } from 'vitest';
import { atMost } from './at-most.rules.ts';

it('stands in the text as a number, and as nothing else', () => {
  expect([atMost(50).text, atMost(50).values]).toEqual(['50', []]);
  for (const rows of [-1, 1.5, Number.NaN, '5; drop' as unknown as number]) expect(() => atMost(rows)).toThrow('no whole number');
});
