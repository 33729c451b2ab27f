import { writeXlsx } from 'hucre/xlsx';
import { defuse, type Sheet } from './sheet.rules.ts';

/** The same rows as an Excel file; texts are defused like in CSV, because a file goes on as CSV sooner or later. */
export async function writeSheet(sheet: Sheet): Promise<Buffer> {
  const bytes = await writeXlsx({
    sheets: [
      {
        name: sheet.name.slice(0, 31),
        columns: sheet.columns.map((column, index) => ({ header: column.label, key: `c${index}`, width: index === 0 ? 32 : 16 })),
        data: sheet.rows.map((row) =>
          Object.fromEntries(row.map((cell, index) => [`c${index}`, typeof cell === 'string' ? defuse(cell) : cell])),
        ),
      },
    ],
  });
  return Buffer.from(bytes);
}
