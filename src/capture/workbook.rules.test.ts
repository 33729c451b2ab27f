import { writeXlsx } from 'hucre/xlsx';
import { expect, it } from 'vitest';
import { sheetRows } from './workbook.ts';

const rows = Array.from({ length: 30_000 }, (_, n): (string | number | boolean | Date | null)[] => [`Person ${n}`, n % 3 === 0 ? new Date(Date.UTC(2026, n % 12, 1 + (n % 28))) : null, n / 4, n % 2 === 0, n % 7 === 0 ? '' : `Firm ${n % 5000}`]);
const workbook = async (): Promise<Buffer> => Buffer.from(await writeXlsx({ sheets: [{ name: 'Cover', rows: [['nothing here']] }, { name: 'People', rows: [['Name', 'Date', 'Worth', 'Yes', 'Firm'], ...rows] }] }));

it('reads a long sheet of several, whoever asks quickly or slowly, to the last cell', async () => {
  const bytes = await workbook();
  const found: string[][] = [];
  for await (const { row, cells } of sheetRows(bytes, 'People')) {
    expect(row).toBe(found.length + 1);
    found.push(cells);
    if (row % 9000 === 0) await new Promise((go) => setTimeout(go, 20));
  }
  expect(found).toHaveLength(rows.length + 1);
  expect(found[3]).toEqual(['Person 2', '', '0.5', 'true', 'Firm 2']);
  expect(found.slice(-3)[0]).toEqual(['Person 29997', '2026-10-10', '7499.25', 'false', 'Firm 4997']);
});

it('may be left at any row', async () => {
  for await (const { row } of sheetRows(await workbook(), 'People')) if (row === 5) break;
  for await (const { cells } of sheetRows(await workbook(), undefined)) expect(cells).toEqual(['nothing here']);
});

it('refuses what is no workbook', async () => {
  const read = async (): Promise<void> => {
    for await (const row of sheetRows(Buffer.from('PK\u0003\u0004 and no more'), undefined)) expect(row).toBeUndefined();
  };
  await expect(read()).rejects.toThrow(/could not be read/);
});
