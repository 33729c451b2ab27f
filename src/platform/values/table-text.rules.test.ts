import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findDelimiter, readTable, TableReader, undefuseCell, writeTableRow } from './table-text.rules.ts';

const cells = (text: string, delimiter = ',') => readTable(text, delimiter).map((record) => record.cells);

describe('TableReader', () => {
  it('reads quotes, doubled quotes, line breaks in cells, carriage returns and blank lines', () => {
    expect(cells('a,b\r\n"x, y","he said ""hi"""\r\n\r\n"two\nlines",3')).toEqual([
      ['a', 'b'],
      ['x, y', 'he said "hi"'],
      ['two\nlines', '3'],
    ]);
    expect(cells('a,\n"b",\n')).toEqual([
      ['a', ''],
      ['b', ''],
    ]);
    expect(cells('a\rb\r')).toEqual([['a'], ['b']]);
  });
  it('numbers rows and lines', () => {
    expect(readTable('h\n"a\nb"\nc\n\nd', ',').map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [2, 2],
      [3, 4],
      [4, 6],
    ]);
  });
  it('keeps a stray quotation mark and survives one that never closes', () => {
    expect(cells('6" pipe,b\n"a "big" one",c')).toEqual([
      ['6" pipe', 'b'],
      ['a "big" one', 'c'],
    ]);
    const read = readTable('a,b\n1,"oops\n2,fine\n3,fine\n', ',');
    expect(read.map((record) => record.cells)).toEqual([
      ['a', 'b'],
      ['1', '"oops'],
      ['2', 'fine'],
      ['3', 'fine'],
    ]);
    expect(read[1]!.problem).toContain('never closes');
  });
  it('bounds one record in length and width', () => {
    const reader = new TableReader(',', '\n', { maxRecordChars: 100 });
    expect(() => reader.push('x'.repeat(200))).toThrow(/Line 1 is longer than 100/);
    expect(readTable('a,b,c,d\n', ',', { maxCells: 2 })[0]).toMatchObject({
      cells: ['a', 'b'],
      problem: 'The row has more than 2 columns.',
    });
  });
  it('reads back whatever it wrote, cut anywhere', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('=1+1', 'a"b', 'a,b', 'x\r\ny', "'", ' lead', '"', '\n'));
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }), fc.nat(50), (table, cut) => {
        const kept = table
          .filter((row) => row.some((text) => text.trim() !== ''))
          .map((row) => row.map((text) => text.replace(/\r(?!\n)/g, '')));
        const text = kept.map((row) => writeTableRow(row)).join('');
        const reader = new TableReader(',', '\n');
        const read = [...reader.push(text.slice(0, cut)), ...reader.push(text.slice(cut)), ...reader.push('', true)];
        expect(read.map((record) => record.cells.map(undefuseCell))).toEqual(
          kept.filter((row) => row.some((t) => t.trim() !== '')).map((row) => row.map(undefuseCell)),
        );
      }),
    );
  });
});

describe('findDelimiter', () => {
  it.each([
    ['a,b\n1,2\n3,4', ','],
    ['a;b;c\n"1,5";2,3;3\n1,2;2;3\n', ';'],
    ['Name\tSize\nx, y\t3\nz, q\t4\n', '\t'],
    ['Engineering Ltd.;Taiwan\nA, B Inc.;Japan\nC Corp.;Canada\n', ';'],
    ['one\ntwo\nthree', ','],
    ['a|b\n1|2', '|'],
  ])('%j', (text, delimiter) => expect(findDelimiter(text).delimiter).toBe(delimiter));
  it('believes a declared one', () => expect(findDelimiter('sep=;\na;b\n')).toEqual({ delimiter: ';', skipFirstLine: true }));
});

describe('writeTableRow', () => {
  it('defuses formulas and leaves numbers alone', () => {
    expect(writeTableRow(['=HYPERLINK("x")', '+49 1', '-5', -5, '@x', 'ok', null])).toBe(
      '"\'=HYPERLINK(""x"")",\'+49 1,-5,-5,\'@x,ok,\r\n',
    );
  });
});
