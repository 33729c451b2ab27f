import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cellAt } from '../platform/values/cells.rules.ts';
import { readTable } from '../platform/values/table-text.rules.ts';
import { readColumns } from './read-columns.rules.ts';

const width = 4;
const read = (text: string, skip = 0): string[][] => {
  const columns = readColumns(Buffer.from(text), ',', width, skip);
  return Array.from(columns[0]!.ids, (_, row) => columns.map((column) => cellAt(column, row)));
};
const plainly = (text: string): string[][] =>
  readTable(text, ',').map(({ cells }) => Array.from({ length: width }, (_, at) => cells[at] ?? ''));

const cell = fc.oneof(
  fc.constantFrom('', 'Ann', 'Müller', ' ', 'a b', '"x, y"', '"he said ""no"""', '"two\nlines"', '""', 'łódź'),
  fc.stringMatching(/^[a-z]{0,6}$/),
);
it('reads what the table reader reads, each distinct cell once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(cell, { minLength: 1, maxLength: 5 }), { maxLength: 30 }),
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      (rows, newline, closed) => {
        const text = rows.map((row) => row.join(',')).join(newline) + (closed ? newline : '');
        expect(read(text)).toEqual(plainly(text));
        for (const { texts } of readColumns(Buffer.from(text), ',', width, 0)) expect(new Set(texts).size).toBe(texts.length);
      },
    ),
  );
});

it('leaves out the header, a mark of the byte order and what would be a formula', () => {
  expect(read('\uFEFFa,b,c,d\r\nAnn,\'=1,,x\r\n\r\n,,,\r\n"Bob",1,2', 1)).toEqual([
    ['Ann', '=1', '', 'x'],
    ['Bob', '1', '2', ''],
  ]);
});

it('tells thousands of texts apart', () => {
  const text = Array.from({ length: 5000 }, (_, n) => `${n % 2500},"${n % 2500}",${n},same`).join('\n');
  const columns = readColumns(Buffer.from(text), ',', width, 0);
  expect(columns.map(({ texts }) => texts.length)).toEqual([2500, 2500, 5000, 1]);
  expect(read(text)).toEqual(plainly(text));
});
